import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Result } from '../../src-main/core/result.ts';
import { createChosenFiles } from '../../src-main/ipc/chosen-files.ts';
import { tempDir } from '../support/temp-dir.ts';
import { openDeskRig } from './desk-rig.ts';

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

const CALENDAR = [
  'brand,network,account,publish_at,text',
  'Maison Lune,practice,Lune,2031-03-10 09:30,Bonjour',
  '',
].join('\r\n');

/** A desk whose save dialog always answers with the path given. */
async function openRig() {
  let answer: string | null = null;
  const rig = await openDeskRig({ chooseFile: async () => answer });
  await rig.addAccount(await rig.addBrand('Maison Lune'), 'practice', 'Lune', {});
  const home = join(rig.dir, 'home');
  mkdirSync(home);
  const put = (name: string, text: string) => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const save = (path: string | null) => {
    answer = path;
    return rig.handlers['file.choose']({ purpose: 'export' });
  };
  return { ...rig, home, put, save };
}

test('a calendar that was dropped is read, imported and written again', async () => {
  const { handlers, put, save, home, storage } = await openRig();
  const dropped = { purpose: 'calendar', path: put('décembre.CSV', CALENDAR) } as const;
  const { token, name } = need(await handlers['file.offer'](dropped));
  expect(name).toBe('décembre.CSV');
  const { previewId, newRows } = need(await handlers['import.preview']({ token }));
  expect(newRows).toBe(1);
  need(await handlers['import.apply']({ previewId, skipBad: false }));
  expect((await storage.posts.counts()).scheduled).toBe(1);
  const path = join(home, 'out.csv');
  const chosen = need(await save(path));
  expect(chosen?.name).toBe('out.csv');
  expect(await handlers['export.calendar']({ token: chosen?.token ?? '' })).toEqual({
    ok: true,
    value: { rows: 1, path, heldPosts: 0, missingMedia: 0 },
  });
  expect(readFileSync(path, 'utf8')).toContain('Bonjour');
});

test('an export goes where the save dialog said, once, and nowhere else', async () => {
  const { handlers, put, save, home } = await openRig();
  const write = (token: string) => handlers['export.calendar']({ token });
  const refused = { ok: false, error: { code: 'not-chosen' } };
  expect(await write('0'.repeat(48))).toMatchObject(refused);
  const source = put('calendar.csv', CALENDAR);
  const read = need(await handlers['file.offer']({ purpose: 'calendar', path: source }));
  expect(await write(read.token)).toMatchObject(refused);
  expect(readFileSync(source, 'utf8')).toBe(CALENDAR);

  const chosen = need(await save(join(home, 'one.csv')));
  const token = chosen?.token ?? '';
  expect(await handlers['import.preview']({ token })).toMatchObject(refused);
  expect(await write(token)).toMatchObject({ ok: true });
  expect(await write(token)).toMatchObject(refused);
  expect(await save(null)).toEqual({ ok: true, value: null });
});

test('nothing is written into the data folder, whatever it is called', async () => {
  const { save, home, dataDir, dir } = await openRig();
  const link = join(home, 'link');
  symlinkSync(dataDir, link);
  const inside = { ok: false, error: { code: 'inside-data' } };
  for (const path of [
    join(dataDir, 'permit'),
    join(dataDir, 'new', 'x.csv'),
    join(dataDir, '..', 'data', 'settings.json'),
    join(link, 'queue.sqlite'),
    dataDir,
  ])
    expect(await save(path), path).toMatchObject(inside);
  // Media go beside the calendar, into a folder named after it.
  mkdirSync(join(dir, 'x-media', 'data'), { recursive: true });
  const files = createChosenFiles({
    dataDir: join(dir, 'x-media', 'data'),
    language: () => 'en',
    monotonic: () => 0,
    randomBytes: (n) => new Uint8Array(n),
  });
  expect(await files.offerExport(join(dir, 'x-media', 'data.csv'))).toMatchObject({ ok: true });
  mkdirSync(join(dir, 'y-media'));
  const other = createChosenFiles({
    dataDir: join(dir, 'y-media'),
    language: () => 'fr',
    monotonic: () => 0,
    randomBytes: (n) => new Uint8Array(n),
  });
  expect(await other.offerExport(join(dir, 'y.csv'))).toMatchObject(inside);
});

test('only ordinary files named .csv or .txt outside the data folder are read, and what else there is is not told', async () => {
  const { handlers, put, home, dataDir } = await openRig();
  const offer = (path: string, purpose: 'calendar' | 'accounts' = 'calendar') =>
    handlers['file.offer']({ purpose, path });
  const answers: unknown[] = [];
  const secret = put('secret.pem', 'SECRET');
  for (const path of [
    secret,
    '/etc/passwd',
    join(dataDir, 'queue.sqlite'),
    join(home, 'gone.pem'),
    'calendar.csv',
  ]) {
    const answer = await offer(path);
    expect(answer, path).toMatchObject({ ok: false, error: { code: 'file-type' } });
    answers.push(answer);
  }
  mkdirSync(join(home, 'folder.csv'));
  symlinkSync(secret, join(home, 'disguised.csv'));
  writeFileSync(join(dataDir, 'secrets.txt'), 'SECRET');
  symlinkSync(join(dataDir, 'secrets.txt'), join(home, 'own.txt'));
  for (const path of [
    join(home, 'folder.csv'),
    join(home, 'gone.csv'),
    join(home, 'disguised.csv'),
    join(home, 'own.txt'),
    join(dataDir, 'secrets.txt'),
  ]) {
    const answer = await offer(path, 'accounts');
    expect(answer, path).toMatchObject({ ok: false, error: { code: 'not-readable' } });
    answers.push(answer);
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(2);
});

test('a file that is no such table is refused without a word of it', async () => {
  const { handlers, put } = await openRig();
  const line = 'brand,token=hunter2,password: correct horse';
  for (const purpose of ['calendar', 'accounts'] as const) {
    const { token } = need(
      await handlers['file.offer']({ purpose, path: put(`${purpose}.txt`, `${line}\nAKIA-1234,x,y\n`) }),
    );
    const answer =
      purpose === 'calendar'
        ? await handlers['import.preview']({ token })
        : await handlers['import.accounts']({ token, dryRun: true });
    const code = purpose === 'calendar' ? 'no-header' : 'bad-header';
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|correct|AKIA/u);
  }
});

test('an accounts file is tried and then imported with the same token', async () => {
  const { handlers, put, storage } = await openRig();
  const path = put('accounts.csv', 'brand,network,name,time_zone\nHarbour,practice,quay,Europe/London\n');
  const { token } = need(await handlers['file.offer']({ purpose: 'accounts', path }));
  expect(need(await handlers['import.accounts']({ token, dryRun: true })).accountsAdded).toBe(1);
  expect((await storage.accounts.list()).length).toBe(1);
  need(await handlers['import.accounts']({ token, dryRun: false }));
  expect((await storage.accounts.list()).map(({ name }) => name).sort()).toEqual(['Lune', 'quay']);
});

test('tokens end: those for writing after five minutes, all others after an hour, and only the newest are kept', async () => {
  const dir = tempDir();
  mkdirSync(join(dir, 'data'));
  let now = 1_000;
  let count = 0;
  const files = createChosenFiles({
    dataDir: join(dir, 'data'),
    language: () => 'en',
    monotonic: () => now,
    randomBytes: (n) => new Uint8Array(n).fill(count++),
  });
  const path = join(dir, 'calendar.csv');
  writeFileSync(path, CALENDAR);
  const [first, last] = [
    need(await files.offerExport(join(dir, 'a.csv'))),
    need(await files.offerExport(join(dir, 'b.csv'))),
  ];
  const read = need(await files.offer(path, 'calendar'));
  now += 299_999;
  expect(files.take(first.token, 'export')).toEqual({ ok: true, value: join(dir, 'a.csv') });
  now += 1;
  expect(files.take(last.token, 'export')).toMatchObject({ ok: false });
  expect(files.take(read.token, 'calendar')).toMatchObject({ ok: true });
  now += 3_600_000;
  expect(files.take(read.token, 'calendar')).toMatchObject({ ok: false });
  const tokens: string[] = [];
  for (let n = 0; n < 21; n += 1) tokens.push(need(await files.offer(path, 'calendar')).token);
  expect(files.take(tokens[0] ?? '', 'calendar')).toMatchObject({ ok: false });
  expect(files.take(tokens[1] ?? '', 'calendar')).toMatchObject({ ok: true });
  expect(existsSync(join(dir, 'b.csv'))).toBe(false);
});

test('what an import of accounts made before it failed is known at once', async () => {
  const { addBrand, desk, dir, handlers } = await openDeskRig({
    keyForSignIn: async () => {
      throw new Error('there is no key');
    },
  });
  await addBrand('Maison Lune');
  need(await handlers['desk.read']({}));
  const path = join(dir, 'accounts.csv');
  const row = 'Harbour,webhook,quay,Europe/London,https://hooks.example/quay,a-secret';
  writeFileSync(path, `brand,network,name,time_zone,url,secret\n${row}\n`);
  const { token } = need(await handlers['file.offer']({ purpose: 'accounts', path }));
  const failed = await handlers['import.accounts']({ token, dryRun: false });
  expect(failed).toMatchObject({ ok: false, error: { code: 'storage' } });
  expect(need(await handlers['desk.read']({})).brands.map(({ name }) => name)).toEqual([
    'Harbour',
    'Maison Lune',
  ]);
  expect(desk.open()?.directory.latest()?.brands.size).toBe(2);
});
