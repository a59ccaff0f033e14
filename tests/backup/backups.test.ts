import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { placesOf } from '../../src-main/backup/backup-record.ts';
import { type BackupProblem, createBackups, ownFolder } from '../../src-main/backup/create-backups.ts';
import { putBackOrdered } from '../../src-main/backup/put-back.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { makeAccount, makeBrand, makePost, openOrThrow } from '../storage/sample-posts.ts';
import { openEngine } from '../support/engine-here.ts';
import { until } from '../support/engine-rig.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 60_000 });

const HOUR = 3_600_000;

/** A data folder with an engine, a brand, three posts and a picture, and the backups of it under a clock that can be set on. */
async function openBackups(change: { folder?: string } = {}) {
  const here = await openEngine();
  const { dataDir, storage, engine } = here;
  const accountId = await makeAccount(storage, await makeBrand(storage), 'maison');
  const { ids } = await storage.posts.add(
    ['one', 'two', 'three'].map((text) => makePost(accountId, { text, publishAt: Date.now() + HOUR })),
    Date.now(),
  );
  const picture = addMedia(dataDir, 'a picture');
  let ahead = 0;
  let chosen = change.folder ?? '';
  let problem: BackupProblem | null = null;
  const told: BackupProblem[] = [];
  const clock = createSystemClock();
  const backups = createBackups({
    dataDir,
    clock: { ...clock, now: () => clock.now() + ahead, monotonic: () => clock.monotonic() + ahead },
    engine,
    appVersion: '0.1.0',
    storage: () => storage,
    chosenFolder: () => chosen,
    problem: () => problem,
    keepProblem: (found) => {
      problem = found;
    },
    dayOf: (at) => new Date(at).toISOString().slice(0, 10),
    onFailed: (found) => told.push(found),
    onChange: () => {},
  });
  onTestFinished(backups.close);
  return {
    ...here,
    ids,
    picture,
    backups,
    told,
    later: (ms: number) => {
      ahead += ms;
    },
    use: (folder: string) => {
      chosen = folder;
    },
    list: async () => (await backups.status()).backups,
  };
}

function addMedia(dataDir: string, bytes: string): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  mkdirSync(join(dataDir, 'media'), { recursive: true });
  writeFileSync(join(dataDir, 'media', sha256), bytes);
  return sha256;
}

it('makes one verified copy of everything a day by itself, and keeps the secrets out that are not sealed', async () => {
  const { backups, dataDir, engine, list, later, picture } = await openBackups();
  writeFileSync(join(dataDir, 'secrets-pending.json'), 'an open secret');
  engine.record({ event: 'app.started' });
  await backups.look();
  await backups.look();
  const [first, ...more] = await list();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ counts: { brands: 1, accounts: 1, posts: { scheduled: 3 } }, mediaFiles: 1 });
  const places = placesOf(ownFolder(dataDir), first?.id ?? '');
  // The second look found it never tried out, and did that.
  expect(readdirSync(places.dir).sort()).toEqual([
    'backup.json',
    'journal.head',
    'journal.jsonl',
    'media.txt',
    'queue.sqlite',
    'rehearsal.json',
    'stop.json',
  ]);
  expect(readFileSync(places.stop, 'utf8')).toContain('not-started');
  const media = join(ownFolder(dataDir), 'media', picture);
  // Once on the disk, not twice.
  expect(statSync(media).ino).toBe(statSync(join(dataDir, 'media', picture)).ino);
  later(24 * HOUR);
  await backups.look();
  expect(await list()).toHaveLength(2);
  expect(readdirSync(ownFolder(dataDir)).filter((name) => name.startsWith('unfinished'))).toEqual([]);
});

it('tries out putting one back, and keeps what came of it, good or bad', async () => {
  const { backups, dataDir, list, picture } = await openBackups();
  expect(await backups.make()).toEqual({ ok: true, value: true });
  const [made] = await list();
  const id = made?.id ?? '';
  await backups.rehearse(id);
  expect((await list())[0]?.rehearsal).toMatchObject({ problem: '' });
  expect(existsSync(join(dataDir, 'rehearsal'))).toBe(false);

  const pool = join(ownFolder(dataDir), 'media', picture);
  rmSync(pool);
  await backups.rehearse(id);
  expect((await list())[0]?.rehearsal?.problem).toBe(picture);
  writeFileSync(pool, 'b picture');
  await backups.rehearse(id);
  expect((await list())[0]?.rehearsal?.problem).toBe(picture);
  writeFileSync(pool, 'a picture');

  const places = placesOf(ownFolder(dataDir), id);
  appendFileSync(places.journal, '{}\n');
  await backups.rehearse(id);
  expect((await list())[0]?.rehearsal?.problem).toContain('is not a record');
  truncateSync(places.database, 8_192);
  await backups.rehearse(id);
  expect((await list())[0]?.rehearsal?.problem).toContain('Its bytes are not those');
  expect(await backups.restore(id, 'Camille')).toMatchObject({ error: { code: 'backup-not-sound' } });
});

it('makes its own where another computer keeps one of the same day, and removes none of that', async () => {
  const folder = tempDir();
  const one = await openBackups({ folder });
  const other = await openBackups({ folder });
  await one.backups.look();
  const [first] = await one.list();
  await other.backups.look();
  await other.backups.make();
  const all = await one.list();
  expect(all.map(({ id }) => id)).toContain(first?.id);
  expect(new Set(all.map(({ desk }) => desk)).size).toBe(2);
});

it('leaves alone what another computer is about to finish, and clears what it left unfinished itself', async () => {
  const folder = tempDir();
  const { backups, dataDir, later } = await openBackups({ folder });
  await backups.make();
  const own = `unfinished-${readFileSync(join(dataDir, 'desk-id'), 'utf8')}-2026-11-23T09-00-00Z`;
  const others = 'unfinished-another-desk-2026-11-23T09-00-00Z';
  for (const name of [own, others]) mkdirSync(join(folder, name));
  const media = join(folder, 'media', 'b'.repeat(64));
  writeFileSync(media, 'not yet on its list');
  // Written long before it was brought.
  utimesSync(media, 1_000_000_000, 1_000_000_000);
  await backups.make();
  expect(readdirSync(folder)).not.toContain(own);
  expect(readdirSync(folder)).toContain(others);
  expect(existsSync(media)).toBe(true);
  later(25 * HOUR);
  await backups.make();
  expect(existsSync(media)).toBe(false);
  expect(readdirSync(folder)).toContain(others);
});

it('says once a day that none can be made, keeps the earlier ones, and tries again an hour later', async () => {
  const { backups, told, list, later, use, dataDir } = await openBackups();
  await backups.look();
  const file = join(dataDir, 'a-file');
  writeFileSync(file, '');
  use(join(file, 'backups'));
  later(24 * HOUR);
  await backups.look();
  await backups.look();
  expect((await backups.status()).problem).toMatchObject({ code: 'failed' });
  expect(told).toHaveLength(1);
  later(2 * HOUR);
  await backups.look();
  expect(told).toHaveLength(1);
  use('');
  expect(await list()).toHaveLength(1);
  later(2 * HOUR);
  await backups.look();
  expect(await list()).toHaveLength(2);
  expect((await backups.status()).problem).toBeNull();
});

it('puts one back at the next start only, keeps what was there, and brings media that are gone', async () => {
  const { backups, dataDir, storage, engine, ids, list, picture, close } = await openBackups();
  await backups.make();
  const [made] = await list();
  const id = made?.id ?? '';
  expect(engine.stop.start('Camille').ok).toBe(true);
  expect(await backups.restore(id, 'Camille')).toMatchObject({ error: { code: 'restore-publishing' } });
  await engine.stop.engage({
    scope: { kind: 'everything' },
    control: 'button',
    by: 'Camille',
    reason: '',
    widenedFrom: '',
  });
  await until('it is silent', 5_000, async () => engine.stop.status().state === 'stopped');
  await storage.posts.move(ids.slice(0, 1), 'canceled', 'by-person', '', Date.now());
  rmSync(join(dataDir, 'media', picture));
  expect(await backups.restore(id, 'Camille')).toEqual({ ok: true, value: true });
  expect(existsSync(join(dataDir, 'media', picture))).toBe(true);
  expect((await storage.posts.counts()).canceled).toBe(1);
  await backups.close();
  await close();

  const order = await putBackOrdered(dataDir);
  expect(order).toMatchObject({ backup: id, by: 'Camille' });
  const restored = await openOrThrow(join(dataDir, 'queue.sqlite'));
  expect(await restored.posts.counts()).toMatchObject({ scheduled: 3, canceled: 0 });
  await restored.close();
  const kept = await openOrThrow(join(dataDir, order?.keptIn ?? '', 'queue.sqlite'));
  expect(await kept.posts.counts()).toMatchObject({ scheduled: 2, canceled: 1 });
  await kept.close();
  expect(await putBackOrdered(dataDir)).toBeNull();
});

it('goes on where a crash ended putting back, whichever step was the last', async () => {
  const { backups, dataDir, list, storage, ids, close } = await openBackups();
  await backups.make();
  const [made] = await list();
  await storage.posts.move(ids, 'canceled', 'by-person', '', Date.now());
  await backups.restore(made?.id ?? '', 'Camille');
  await backups.close();
  await close();
  const order = JSON.parse(readFileSync(join(dataDir, 'restore', 'order.json'), 'utf8')) as {
    keptIn: string;
  };
  const live = join(dataDir, 'queue.sqlite');
  const aside = join(dataDir, order.keptIn);
  // The old one is aside, the other not yet in its place.
  mkdirSync(aside);
  linkSync(live, join(aside, 'queue.sqlite'));
  rmSync(live);
  expect(await putBackOrdered(dataDir)).not.toBeNull();
  const restored = await openOrThrow(live);
  expect(await restored.posts.counts()).toMatchObject({ scheduled: 3, canceled: 0 });
  await restored.close();
  // It is in its place, and the order was not yet forgotten: nothing is moved a second time.
  mkdirSync(join(dataDir, 'restore'), { recursive: true });
  writeFileSync(join(dataDir, 'restore', 'order.json'), JSON.stringify(order));
  expect(await putBackOrdered(dataDir)).not.toBeNull();
  expect(existsSync(live)).toBe(true);
});

it('removes what no kept backup needs, and nothing else', async () => {
  const elsewhere = tempDir();
  const { backups, dataDir, list, later, picture } = await openBackups({ folder: join(elsewhere, 'kept') });
  await backups.look();
  rmSync(join(dataDir, 'media', picture));
  writeFileSync(join(elsewhere, 'kept', 'a-letter.txt'), 'mine');
  for (let day = 0; day < 50; day += 10) {
    for (let n = 0; n < 10; n += 1) later(24 * HOUR);
    await backups.look();
  }
  // Six of six weeks and days are far apart: all but the oldest weeks stay.
  expect((await list()).length).toBe(6);
  const names = readdirSync(join(elsewhere, 'kept'));
  expect(names).toContain('a-letter.txt');
  expect(readdirSync(join(elsewhere, 'kept', 'media'))).toEqual([picture]);
  for (let n = 0; n < 8; n += 1) {
    later(24 * HOUR);
    await backups.look();
  }
  expect(readdirSync(join(elsewhere, 'kept', 'media'))).toEqual([]);
});
