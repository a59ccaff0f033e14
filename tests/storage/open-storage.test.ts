import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS } from '../../src-main/storage/migrations/index.ts';
import type { Migration } from '../../src-main/storage/migrations/migration.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { assertPragmas, setPragmas } from '../../src-main/storage/pragmas.ts';
import { openSqlite } from '../../src-main/storage/sqlite-driver.ts';
import { expectSound, freshPath, freshStorage } from './fresh-storage.ts';
import { DAY, makeAccount, makeBrand, makePost, NOW, openOrThrow } from './sample-posts.ts';

const options = (path: string) => ({ path, now: () => NOW });
const NEWER = MIGRATIONS.length + 1;
const NEXT: Migration = { version: NEWER, statements: ['ALTER TABLE brand ADD COLUMN motto TEXT'] };

async function refusalOf(path: string) {
  const opened = await openStorage(options(path));
  if (opened.ok) {
    await opened.value.close();
    throw new Error('it opened');
  }
  return opened.error;
}

test('what is written is there after closing and opening again', async () => {
  const { storage, path, reopen } = await freshStorage();
  const brand = await makeBrand(storage, { name: 'Atelier' });
  const account = await makeAccount(storage, brand, 'atelier');
  await storage.posts.add([makePost(account)], NOW);
  await storage.facts.write('last-start', 'one');
  const again = await reopen();
  expect((await again.brands.list()).map((each) => each.name)).toEqual(['Atelier']);
  expect((await again.posts.counts()).scheduled).toBe(1);
  expect(await again.facts.read('last-start')).toBe('one');
  expect(await readdir(dirname(path))).not.toContain('queue.db-shm');
});

test('a clean close leaves no log behind, so that the next start knows it was clean', async () => {
  const { storage, path } = await freshStorage();
  await makeBrand(storage);
  expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0);
  await storage.close();
  await expect(stat(`${path}-wal`)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('every setting that protects the database is checked, not only made', async () => {
  const wrong: Readonly<Record<string, string>> = {
    journal_mode: 'DELETE',
    synchronous: 'NORMAL',
    foreign_keys: 'OFF',
    trusted_schema: 'ON',
    cell_size_check: 'OFF',
    ignore_check_constraints: 'ON',
    busy_timeout: '0',
    application_id: '7',
    user_version: String(MIGRATIONS.length + 1),
    fullfsync: 'OFF',
    checkpoint_fullfsync: 'OFF',
  };
  const { storage, path } = await freshStorage();
  await storage.close();
  for (const [name, value] of Object.entries(wrong)) {
    const sqlite = await openSqlite(path, 'create');
    await setPragmas(sqlite, 'darwin');
    await assertPragmas(sqlite, 'darwin', MIGRATIONS.length);
    const before = Object.values((await sqlite.all<Record<string, unknown>>(`PRAGMA ${name}`))[0] ?? {})[0];
    await sqlite.all(`PRAGMA ${name} = ${value}`);
    await expect(assertPragmas(sqlite, 'darwin', MIGRATIONS.length), name).rejects.toMatchObject({
      code: 'database-unsafe',
    });
    await sqlite.all(`PRAGMA ${name} = ${before}`);
    await sqlite.close();
  }
});

test('a place where no log can be kept is refused as unsafe', async () => {
  expect(await refusalOf(':memory:')).toMatchObject({
    code: 'database-unsafe',
    message: expect.stringMatching(/journal_mode/u),
  });
});

test('a database that another process has open is refused, and that process is not disturbed', async () => {
  const { storage, path } = await freshStorage();
  await makeBrand(storage, { name: 'First' });
  await storage.close();
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'hold-database.ts'), path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    await once(holder.stdout, 'data');
    const refusal = await refusalOf(path);
    expect(refusal.code).toBe('database-locked');
    expect(refusal.message).toMatch(/Another copy of All Stop/u);
  } finally {
    const gone = once(holder, 'exit');
    holder.stdin.end();
    await gone;
  }
  expect(holder.exitCode).toBe(0);
  const again = await openOrThrow(path);
  expect((await again.brands.list()).map((brand) => brand.name).sort()).toEqual(['First', 'Second']);
  await again.close();
});

test('a file that is no database is refused and left as it is', async () => {
  const path = await freshPath();
  await writeFile(path, 'brand;account;text\n'.repeat(500));
  const before = await readFile(path);
  expect(await refusalOf(path)).toMatchObject({ code: 'database-corrupt' });
  expect(await readFile(path)).toEqual(before);
});

test('the database of another program is refused and left as it is', async () => {
  const path = await freshPath();
  const sqlite = await openSqlite(path, 'create');
  await sqlite.run('CREATE TABLE music (title TEXT)');
  await sqlite.close();
  const before = await readFile(path);
  expect(await refusalOf(path)).toMatchObject({
    code: 'database-unreadable',
    message: expect.stringMatching(/another program/u),
  });
  expect(await readFile(path)).toEqual(before);
});

test('a database of a newer version is refused in a sentence and left as it is', async () => {
  const { storage, path } = await freshStorage();
  await makeBrand(storage);
  await storage.close();
  await (await openOrThrow(path, { migrations: [...MIGRATIONS, NEXT] })).close();
  const before = await readFile(path);
  expect(await refusalOf(path)).toMatchObject({
    code: 'database-newer',
    message: expect.stringMatching(/newer version/u),
  });
  expect(await readFile(path)).toEqual(before);
});

test('a newer database that a crash left with its log is not touched either', async () => {
  const { storage, path } = await freshStorage();
  await storage.close();
  await (await openOrThrow(path, { migrations: [...MIGRATIONS, NEXT] })).close();
  await writeFile(`${path}-wal`, 'a log of a later version');
  const before = await readFile(path);
  expect(await refusalOf(path)).toMatchObject({ code: 'database-newer' });
  expect(await readFile(path)).toEqual(before);
  expect(await readFile(`${path}-wal`, 'utf8')).toBe('a log of a later version');
  await writeFile(`${path}-wal`, '');
});

test('a folder that is not there, and a folder in place of the file, are refused as unreadable', async () => {
  const path = await freshPath();
  expect(await refusalOf(join(dirname(path), 'none', 'queue.db'))).toMatchObject({
    code: 'database-unreadable',
  });
  await mkdir(path);
  expect(await refusalOf(path)).toMatchObject({ code: 'database-unreadable' });
});

test.skipIf(process.getuid?.() === 0)('a file that may not be written is refused as unreadable', async () => {
  const { storage, path } = await freshStorage();
  await storage.close();
  await chmod(path, 0o400);
  expect(await refusalOf(path)).toMatchObject({ code: 'database-unreadable' });
  await chmod(path, 0o600);
});

/** Overwrites the middle of the file, as a failing disk would. */
async function damage(path: string, from: number, length: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(length, 0xa5), 0, length, from);
  await file.close();
}

test('damage is found at the first start after a crash, and refused as such', async () => {
  const path = await freshPath();
  const storage = await openOrThrow(path);
  const account = await makeAccount(storage, await makeBrand(storage), 'one');
  await storage.posts.add(
    Array.from({ length: 2_000 }, (_, n) => makePost(account, { text: `post ${n}`, publishAt: NOW + n })),
    NOW,
  );
  await storage.close();
  const { size } = await stat(path);
  await damage(path, Math.floor(size / 2 / 4_096) * 4_096, 3 * 4_096);
  await writeFile(`${path}-wal`, Buffer.alloc(32));
  expect(await refusalOf(path)).toMatchObject({ code: 'database-corrupt' });
});

test('damage that no check met is an error when it is read, never wrong rows', async () => {
  const path = await freshPath();
  const storage = await openOrThrow(path);
  const account = await makeAccount(storage, await makeBrand(storage), 'one');
  await storage.posts.add(
    Array.from({ length: 2_000 }, (_, n) => makePost(account, { text: `post ${n}`, publishAt: NOW + n })),
    NOW,
  );
  await storage.close();
  const { size } = await stat(path);
  await damage(path, Math.floor(size / 2 / 4_096) * 4_096, 3 * 4_096);
  const opened = await openStorage(options(path));
  if (!opened.ok) throw new Error(opened.error.message);
  const reading = (async () => {
    for await (const posts of opened.value.posts.stream({ search: 'post' }))
      expect(posts.length).toBeGreaterThan(0);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'database-corrupt' });
  await opened.value.close();
});

test('a migration is preceded by a copy that opens and holds everything', async () => {
  const { storage, path } = await freshStorage();
  await makeBrand(storage, { name: 'Before' });
  await storage.close();
  const migrated = await openOrThrow(path, { migrations: [...MIGRATIONS, NEXT] });
  expect((await migrated.brands.list()).map((brand) => brand.name)).toEqual(['Before']);
  await migrated.close();
  const copy = await openOrThrow(`${path}.before-${NEWER}`);
  expect((await copy.brands.list()).map((brand) => brand.name)).toEqual(['Before']);
  await copy.close();
});

test('the one label a post had stays its label, and is found by it', async () => {
  const path = await freshPath();
  const before = MIGRATIONS.filter(({ version }) => version < 17);
  const old = await openOrThrow(path, { migrations: before });
  const account = await makeAccount(old, await makeBrand(old), 'practice');
  const labels = ['Noël, 2026', 'a "b" \\n c', '', 'tab\there'];
  await old.posts.add(
    labels.map((label, n) => makePost(account, { text: `${n}`, label })),
    NOW,
  );
  await old.close();
  const now = await openOrThrow(path);
  expect((await now.posts.readMany([1, 2, 3, 4])).map(({ label }) => label)).toEqual(labels);
  const found = async (label: string) =>
    (await now.posts.page({ label }, 'soonest', 0, 9)).posts.map(({ id }) => id);
  expect([await found('Noël, 2026'), await found('a "b" \\n c'), await found('Noël')]).toEqual([
    [1],
    [2],
    [],
  ]);
  expect(await now.labels.ofPosts(9)).toEqual(['Noël, 2026', 'a "b" \\n c', 'tab here']);
  await now.close();
});

test('a migration that fails half-way changes nothing', async () => {
  const { storage, path } = await freshStorage();
  await makeBrand(storage, { name: 'Kept' });
  await storage.close();
  const broken: Migration = {
    version: NEWER,
    statements: ['DROP TABLE fact', 'ALTER TABLE nothing ADD COLUMN x'],
  };
  const opened = await openStorage({ ...options(path), migrations: [...MIGRATIONS, broken] });
  expect(opened.ok).toBe(false);
  const again = await openOrThrow(path);
  expect((await again.brands.list()).map((brand) => brand.name)).toEqual(['Kept']);
  await again.facts.write('still', 'there');
  await again.close();
});

test('versions are counted from one without a gap', () => {
  expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('a database of the first version is brought to the newest and keeps what it holds', async () => {
  const path = await freshPath();
  const first = await openOrThrow(path, { migrations: MIGRATIONS.slice(0, 1) });
  await first.facts.write('kept', 'yes');
  await first.close();
  const storage = await openOrThrow(path);
  const brandId = await makeBrand(storage);
  const id = await makeAccount(storage, brandId, 'one');
  await storage.accounts.setHeld(id, NOW, 'refusals 5');
  await storage.accounts.setHeld(id, NOW + 1, 'rate 31');
  expect(await storage.accounts.read(id)).toMatchObject({ heldAt: NOW, heldReason: 'refusals 5' });
  await storage.accounts.setHeld(id, null);
  expect(await storage.accounts.read(id)).toMatchObject({ heldAt: null, heldReason: '' });
  expect(await storage.facts.read('kept')).toBe('yes');
  await storage.close();
});

test('after closing, everything is refused as closed', async () => {
  const { storage } = await freshStorage();
  await storage.close();
  await expect(storage.brands.list()).rejects.toMatchObject({ code: 'database-closed' });
  await expect(storage.posts.nextDueAt(NOW)).rejects.toMatchObject({ code: 'database-closed' });
});

test('a full disk refuses what does not fit, keeps what was there, and works again when there is room', async () => {
  const { path, makeRoom, mostPages } = await smallDisk();
  // Where nothing can be mounted, SQLite is told to pretend.
  const limit: Migration = {
    version: NEWER,
    statements: mostPages === null ? [] : [`PRAGMA max_page_count = ${mostPages}`],
  };
  const storage = await openOrThrow(path, { migrations: [...MIGRATIONS, limit] });
  const account = await makeAccount(storage, await makeBrand(storage, { name: 'Kept' }), 'one');
  let kept = 0;
  const write = async () => {
    for (let batch = 0; batch < 400; batch += 1) {
      const posts = Array.from({ length: 50 }, (_, n) =>
        makePost(account, { text: `${batch} ${n} ${'x'.repeat(400)}`, publishAt: NOW + DAY }),
      );
      kept += (await storage.posts.add(posts, NOW)).ids.length;
    }
  };
  await expect(write()).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(/disk is full/iu),
  });
  expect(kept).toBeGreaterThan(0);
  expect((await storage.posts.counts()).scheduled).toBe(kept);
  await makeRoom();
  if (mostPages === null) {
    await storage.posts.add([makePost(account, { publishAt: NOW + DAY })], NOW);
    kept += 1;
  }
  await storage.close();
  await expectSound(path);
  const again = await openOrThrow(path, { migrations: [...MIGRATIONS, limit] });
  expect((await again.posts.counts()).scheduled).toBe(kept);
  expect((await again.brands.list()).map((brand) => brand.name)).toEqual(['Kept']);
  await again.close();
});

test('a disk that is full from the start is refused as such', async () => {
  const { path, mostPages } = await smallDisk();
  if (mostPages !== null) return;
  await writeFile(join(dirname(path), 'ballast'), Buffer.alloc(2 * 1024 * 1024)).catch(() => undefined);
  expect(await refusalOf(path)).toMatchObject({ code: 'disk-full' });
});

/** A disk of one megabyte where one may be mounted, else a number of pages to pretend with. */
async function smallDisk(): Promise<{
  path: string;
  makeRoom: () => Promise<void>;
  mostPages: number | null;
}> {
  const path = await freshPath();
  const folder = join(dirname(path), 'disk');
  await mkdir(folder);
  const small = join(folder, 'queue.db');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return { path: small, makeRoom: () => Promise.resolve(), mostPages: 200 };
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  return {
    path: small,
    makeRoom: async () => {
      execFileSync('mount', ['-o', 'remount,size=8m', folder]);
    },
    mostPages: null,
  };
}
