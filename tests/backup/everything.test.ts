import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openDeskRig } from '../ipc/desk-rig.ts';
import { makePost } from '../storage/sample-posts.ts';
import { startOpenApp } from '../support/app-here.ts';
import { until } from '../support/engine-rig.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 90_000 });

const CANARY = 'canary-of-a-secret';

/** A desk with a signed-in account, one that needs none, posts in several states, a draft and a plan. */
async function openFullDesk(chosen: { folder: string | null }) {
  const shown: string[] = [];
  const rig = await openDeskRig({
    chooseFolder: async () => chosen.folder,
    showFile: (path) => shown.push(path),
  });
  const brandId = await rig.addBrand('Maison, Verrier "Lyon"');
  const signedIn = await rig.addAccount(
    brandId,
    'webhook',
    'hook',
    { url: 'https://hook.example/a' },
    { secret: CANARY },
  );
  const free = await rig.addAccount(brandId, 'practice', 'essai', {});
  const at = Date.now() + 86_400_000;
  const texts = ['=1+1', 'Bonjour\n« à tous »', 'third, with "quotes"', 'fourth'];
  const { ids } = await rig.storage.posts.add(
    texts.map((text, n) => makePost(n % 2 === 0 ? signedIn : free, { text, publishAt: at + n * 60_000 })),
    Date.now(),
  );
  await rig.storage.posts.move(ids.slice(0, 1), 'held', 'by-person', '', Date.now());
  await rig.storage.posts.move(ids.slice(1, 2), 'canceled', 'by-person', '', Date.now());
  await rig.storage.drafts.save(
    {
      content: { parts: ['one', 'two'], link: '', media: [] },
      variants: [{ accountIds: [signedIn], parts: ['its own'], link: 'https://own.example' }],
      label: '',
      accountIds: [free, signedIn],
      localTime: '',
      timeZone: '',
    },
    null,
    Date.now(),
  );
  await rig.storage.savedTexts.save(
    { kind: 'hashtags', name: 'Été', brandId, text: '#été' },
    null,
    Date.now(),
  );
  await rig.storage.slots.replace([free], [{ weekday: 1, time: '09:00' }]);
  await rig.storage.handles.keep({ brandId, network: 'mastodon', handle: '@a@b.example' });
  await rig.storage.words.keep({ brandId, word: 'Verrier' });
  rig.engine.record({ event: 'app.started' });
  return { ...rig, ids, shown, signedIn, free };
}

function filesUnder(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile());
}

it('leaves in open formats without any sign-in, and arrives on another computer as it was, stopped', async () => {
  const chosen = { folder: tempDir() as string | null };
  const desk = await openFullDesk(chosen);
  const sealed = await desk.storage.accounts.sealedOf(desk.signedIn);
  const done = await desk.handlers['everything.export']({});
  const path = done.ok ? (done.value.path ?? '') : '';
  expect(desk.shown).toEqual([path]);
  const lines = readFileSync(join(path, 'posts.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as { state: string; account: string })).toMatchObject([
    { state: 'held', account: 'hook', parts: ['=1+1'] },
    { state: 'canceled', account: 'essai', parts: ['Bonjour\n« à tous »'] },
    { state: 'scheduled' },
    { state: 'scheduled' },
  ]);
  const csv = readFileSync(join(path, 'posts.csv'), 'utf8');
  expect(csv).toContain(`"Maison, Verrier ""Lyon""",webhook,hook,held`);
  expect(csv).toContain(",'=1+1,");
  const drafts = readFileSync(join(path, 'drafts.csv'), 'utf8');
  expect(drafts.trimEnd().split('\r\n').slice(1)).toEqual([
    '1,,,,"one\n---\ntwo",,essai',
    '1,,,,its own,https://own.example,hook',
  ]);
  expect(JSON.parse(readFileSync(join(path, 'accounts.json'), 'utf8'))).toContainEqual(
    expect.objectContaining({ name: 'essai', postingSlots: [{ weekday: 1, time: '09:00' }] }),
  );
  for (const file of filesUnder(path)) {
    const bytes = readFileSync(file);
    expect(bytes.includes(CANARY)).toBe(false);
    expect(bytes.includes(sealed ?? 'none')).toBe(false);
  }
  expect(readdirSync(desk.dataDir).filter((name) => name.endsWith('-part'))).toEqual([]);

  // The other computer: empty, never published from.
  const target = await openDeskRig({ chooseFolder: async () => path });
  const looked = await target.handlers['everything.look']({});
  const found = looked.ok ? looked.value : null;
  expect(found).toMatchObject({ brands: 1, accounts: 2, posts: 4, drafts: 1, replaces: false });
  const order = { exportId: found?.exportId ?? '', by: 'Zoé', replaces: false };
  expect(await target.handlers['everything.import'](order)).toMatchObject({
    ok: true,
    value: { restore: { kind: 'import', by: 'Zoé' } },
  });
  await target.desk.backups.close();
  await target.engine.close();
  await target.storage.close();

  const { engine, storage } = await startOpenApp(target.dataDir);
  await until('it is silent', 5_000, async () => engine.stop.status().state === 'stopped');
  expect(engine.stop.status().stops).toMatchObject([{ scope: { kind: 'everything' }, by: 'Zoé' }]);
  expect(await storage.brands.list()).toEqual(await desk.storage.brands.list());
  expect(await storage.drafts.list()).toEqual(await desk.storage.drafts.list());
  expect(await storage.handles.list()).toEqual(await desk.storage.handles.list());
  expect(await storage.words.list()).toEqual(await desk.storage.words.list());
  expect(await storage.savedTexts.list()).toEqual(await desk.storage.savedTexts.list());
  expect(JSON.parse(readFileSync(join(path, 'saved-texts.json'), 'utf8'))).toMatchObject([
    { name: 'Été', text: '#été' },
  ]);
  expect(await storage.posts.readMany(desk.ids)).toEqual(await desk.storage.posts.readMany(desk.ids));
  expect(await storage.slots.list()).toEqual(await desk.storage.slots.list());
  expect(await storage.accounts.read(desk.free)).toMatchObject({ state: 'ready' });
  expect(await storage.accounts.read(desk.signedIn)).toMatchObject({ state: 'signed-out' });
  expect(await storage.accounts.sealedOf(desk.signedIn)).toBeNull();
  const names = readdirSync(target.dataDir);
  expect(names.some((name) => name.startsWith('imported-journal-'))).toBe(true);
  expect(names.some((name) => name.startsWith('before-restore-'))).toBe(true);
});

it('stops before it puts anything back: neither a crash nor a disk that refuses it leaves what came back armed', async () => {
  const chosen = { folder: tempDir() as string | null };
  const { handlers, desk, engine, storage, dataDir } = await openFullDesk(chosen);
  const done = await handlers['everything.export']({});
  chosen.folder = done.ok ? done.value.path : null;
  const looked = await handlers['everything.look']({});
  const exportId = looked.ok ? (looked.value?.exportId ?? '') : '';
  expect(await handlers['everything.import']({ exportId, by: 'Zoé', replaces: true })).toMatchObject({
    ok: true,
  });
  // Publishing was begun after the order.
  expect(engine.stop.start('Zoé').ok).toBe(true);
  await desk.backups.close();
  await engine.close();
  await storage.close();
  const { keptIn } = JSON.parse(readFileSync(join(dataDir, 'restore', 'order.json'), 'utf8')) as {
    keptIn: string;
  };
  writeFileSync(join(dataDir, keptIn), 'in the way');
  await expect(startOpenApp(dataDir)).rejects.toThrow('EEXIST');
  expect(existsSync(join(dataDir, 'permit'))).toBe(false);
});

it('refuses what is no export, one that was changed, and to replace a desk without being told so', async () => {
  const chosen = { folder: tempDir() as string | null };
  const desk = await openFullDesk(chosen);
  expect(await desk.handlers['everything.look']({})).toMatchObject({ error: { code: 'no-export' } });
  const done = await desk.handlers['everything.export']({});
  chosen.folder = done.ok ? done.value.path : null;
  const looked = await desk.handlers['everything.look']({});
  const exportId = looked.ok ? (looked.value?.exportId ?? '') : '';
  expect(looked).toMatchObject({ value: { replaces: true } });
  const order = { exportId, by: 'Zoé', replaces: false };
  expect(await desk.handlers['everything.import'](order)).toMatchObject({
    error: { code: 'desk-not-empty' },
  });
  expect(desk.engine.stop.start('Zoé').ok).toBe(true);
  expect(await desk.handlers['everything.import']({ ...order, replaces: true })).toMatchObject({
    error: { code: 'restore-publishing' },
  });
  expect(existsSync(join(desk.dataDir, 'restore', 'order.json'))).toBe(false);
  appendFileSync(join(chosen.folder ?? '', 'brands.json'), ' ');
  expect(await desk.handlers['everything.look']({})).toMatchObject({
    error: { code: 'export-damaged', message: 'This export is damaged: brands.json' },
  });
  chosen.folder = join(desk.dataDir, 'media');
  expect(await desk.handlers['everything.export']({})).toMatchObject({ error: { code: 'folder-in-data' } });
  chosen.folder = null;
  expect(await desk.handlers['everything.export']({})).toEqual({ ok: true, value: { path: null } });
});
