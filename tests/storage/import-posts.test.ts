import { expect, test } from 'vitest';
import type { NewPost } from '../../src-main/core/queue.ts';
import { ROWS_A_TRANSACTION } from '../../src-main/storage/import-posts.ts';
import { openSqlite } from '../../src-main/storage/sqlite-driver.ts';
import { freshStorage } from './fresh-storage.ts';
import { DAY, MINUTE, makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

async function twoAccounts() {
  const fresh = await freshStorage();
  const brandId = await makeBrand(fresh.storage);
  const accounts = [
    await makeAccount(fresh.storage, brandId, 'a'),
    await makeAccount(fresh.storage, brandId, 'b'),
  ] as const;
  return { ...fresh, accounts };
}

function rowsOf(accounts: readonly [number, number], count: number, from = 0): NewPost[] {
  return Array.from({ length: count }, (_, n) =>
    makePost(accounts[n % 2] ?? 0, {
      text: `row ${from + n}`,
      publishAt: NOW + MINUTE + from + n,
      importKey: `key ${from + n}`,
    }),
  );
}

async function* inChunks(rows: readonly NewPost[], size: number): AsyncGenerator<readonly NewPost[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

const claimRequest = { limit: 10, perAccount: 1, epoch: 1, stopped: [], floors: [], newKey: () => 'key' };

test('an import adds every row once, tells how far it is, and is known when it is imported again', async () => {
  const { storage, accounts } = await twoAccounts();
  const rows = rowsOf(accounts, 25_000);
  const told: number[] = [];
  expect(await storage.posts.importAll(inChunks(rows, 700), NOW, (done) => told.push(done))).toEqual({
    added: 25_000,
    known: 0,
  });
  expect(told.at(-1)).toBe(25_000);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect((await storage.posts.counts()).scheduled).toBe(25_000);
  expect((await storage.posts.summaries()).map((summary) => summary.nextDueAt)).toEqual([
    NOW + MINUTE,
    NOW + MINUTE + 1,
  ]);
  expect(await storage.posts.importAll(inChunks(rows, 9_000), NOW, () => undefined)).toEqual({
    added: 0,
    known: 25_000,
  });
  expect(await storage.posts.importAll(inChunks([], 1), NOW, () => undefined)).toEqual({
    added: 0,
    known: 0,
  });
  expect((await storage.posts.counts()).scheduled).toBe(25_000);
});

test('a key that comes twice in one import is added once, also with known ones in between', async () => {
  const { storage, accounts } = await twoAccounts();
  await storage.posts.add(rowsOf(accounts, 3, 10), NOW);
  const rows = [...rowsOf(accounts, 20), ...rowsOf(accounts, 15), ...rowsOf(accounts, 5, 20)];
  expect(await storage.posts.importAll(inChunks(rows, 4), NOW, () => undefined)).toEqual({
    added: 22,
    known: 18,
  });
  expect((await storage.posts.counts()).scheduled).toBe(25);
  const { ids } = await storage.posts.add(rowsOf(accounts, 1, 99), NOW);
  expect((await storage.posts.read(ids[0] ?? 0))?.content.parts).toEqual(['row 99']);
});

test('until an import is complete nobody sees anything of it; then everybody sees all of it', async () => {
  const { storage, accounts } = await twoAccounts();
  const own = await storage.posts.add([makePost(accounts[0], { text: 'own', publishAt: NOW + DAY })], NOW);
  const late = NOW + DAY;
  const see = async () => ({
    counts: (await storage.posts.counts()).scheduled,
    summaries: (await storage.posts.summaries()).map((each) => [
      each.accountId,
      each.counts.scheduled,
      each.nextDueAt,
    ]),
    covered: await storage.posts.countScheduled({ kind: 'everything' }),
    page: (await storage.posts.page({}, 'soonest', 0, 500)).total,
    changed: (await storage.posts.page({}, 'changed', 0, 500)).posts.length,
    timed: (await storage.posts.page({ from: NOW }, 'latest', 0, 500)).posts.length,
    found: (await storage.posts.page({ search: 'row' }, 'soonest', 0, 500)).total,
    inBrand: (await storage.posts.page({ market: 'fr' }, 'soonest', 0, 500)).total,
    next: await storage.posts.nextDueAt(NOW),
    known: (await storage.posts.knownKeys(['key 0', 'key 5000'])).size,
    read: (await storage.posts.readMany(Array.from({ length: 40 }, (_, n) => n))).length,
    moved: (await storage.posts.move([own.ids[0] ?? 0, ...range(2, 40)], 'missed', 'late', '', NOW)).moved,
    resumed: (
      await storage.posts.reschedule(
        range(1, 40).map((postId) => ({ postId, publishAt: NOW + DAY, localTime: '', timeZone: 'UTC' })),
        NOW,
      )
    ).moved,
    claims: (await storage.posts.claimDue({ ...claimRequest, now: NOW + 2 * MINUTE })).length,
    swept: (await storage.posts.sweepMissed(NOW + DAY - MINUTE, [], [])).counts,
  });
  const before = await see();
  expect(before).toMatchObject({
    counts: 1,
    page: 1,
    found: 0,
    next: late,
    moved: own.ids,
    resumed: own.ids,
  });
  let isHalfWay = false;
  async function* halting() {
    yield rowsOf(accounts, ROWS_A_TRANSACTION + 1_000);
    expect(await see()).toEqual(before);
    isHalfWay = true;
    yield rowsOf(accounts, ROWS_A_TRANSACTION, ROWS_A_TRANSACTION + 1_000);
    expect(await see()).toEqual(before);
  }
  await storage.posts.importAll(halting(), NOW, () => undefined);
  expect(isHalfWay).toBe(true);
  expect((await storage.posts.counts()).scheduled).toBe(2 * ROWS_A_TRANSACTION + 1_001);
  expect(await storage.posts.nextDueAt(NOW)).toBe(NOW + MINUTE);
  expect(await storage.posts.countScheduled({ kind: 'everything' })).toBe(2 * ROWS_A_TRANSACTION + 1_001);
  expect((await storage.posts.page({ search: 'row' }, 'soonest', 0, 1)).total).toBe(
    2 * ROWS_A_TRANSACTION + 1_000,
  );
  expect(await storage.posts.knownKeys(['key 0', 'key 5000'])).toEqual(new Set(['key 0', 'key 5000']));
  expect(await storage.posts.claimDue({ ...claimRequest, now: NOW + MINUTE + 1 })).toHaveLength(2);
});

test('an import that fails leaves nothing, and what was added meanwhile stays', async () => {
  const { storage, accounts } = await twoAccounts();
  let added: readonly number[] = [];
  async function* failing() {
    yield rowsOf(accounts, ROWS_A_TRANSACTION);
    added = (await storage.posts.add([makePost(accounts[1], { text: 'meanwhile' })], NOW)).ids;
    yield rowsOf(accounts, ROWS_A_TRANSACTION, ROWS_A_TRANSACTION);
    throw new Error('line 20,001 is bad');
  }
  await expect(storage.posts.importAll(failing(), NOW, () => undefined)).rejects.toThrow(
    'line 20,001 is bad',
  );
  expect((await storage.posts.counts()).scheduled).toBe(1);
  expect((await storage.posts.page({}, 'soonest', 0, 10)).posts.map((post) => post.id)).toEqual(added);
  expect(await storage.posts.knownKeys(['key 0', 'key 11999'])).toEqual(new Set());
  const more = await storage.posts.add([makePost(accounts[0], { text: 'afterwards' })], NOW);
  expect(
    (await storage.posts.readMany([...added, ...more.ids])).map((post) => post.content.parts[0]),
  ).toEqual(['meanwhile', 'afterwards']);
  expect(await storage.posts.importAll(inChunks(rowsOf(accounts, 100), 50), NOW, () => undefined)).toEqual({
    added: 100,
    known: 0,
  });
});

test('posts added while a failed import is cleared away are seen and stay', async () => {
  const { storage, accounts } = await twoAccounts();
  async function* failing() {
    yield rowsOf(accounts, ROWS_A_TRANSACTION + 2_000);
    throw new Error('no');
  }
  const importing = storage.posts.importAll(failing(), NOW, () => undefined).catch(() => 'failed');
  const ids: number[] = [];
  let isOver = false;
  void importing.then(() => {
    isOver = true;
  });
  while (!isOver) {
    ids.push(...(await storage.posts.add([makePost(accounts[0], { text: `${ids.length}` })], NOW)).ids);
    await new Promise((resolve) => setImmediate(resolve));
  }
  ids.push(...(await storage.posts.add([makePost(accounts[0], { text: `${ids.length}` })], NOW)).ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect((await storage.posts.readMany(ids)).map((post) => post.content.parts[0])).toEqual(
    ids.map((_, n) => `${n}`),
  );
  expect((await storage.posts.counts()).scheduled).toBe(ids.length);
});

test('a post added by hand with the key of one that is arriving takes its place', async () => {
  const { storage, accounts } = await twoAccounts();
  async function* halting() {
    // The last one written so far: its id would be the next to be given.
    yield rowsOf(accounts, ROWS_A_TRANSACTION);
    const last = makePost(accounts[0], { text: 'by hand', importKey: `key ${ROWS_A_TRANSACTION - 1}` });
    const added = await storage.posts.add([last, makePost(accounts[0], { text: 'free' })], NOW);
    expect(added).toMatchObject({ known: 0 });
    expect((await storage.posts.readMany(added.ids)).map((post) => post.content.parts[0])).toEqual([
      'by hand',
      'free',
    ]);
    yield rowsOf(accounts, 10, ROWS_A_TRANSACTION);
  }
  expect(await storage.posts.importAll(halting(), NOW, () => undefined)).toEqual({
    added: ROWS_A_TRANSACTION + 9,
    known: 1,
  });
  expect((await storage.posts.counts()).scheduled).toBe(ROWS_A_TRANSACTION + 11);
});

test('a row for an account that is not there makes the import fail as a whole', async () => {
  const { storage, accounts } = await twoAccounts();
  const rows = [...rowsOf(accounts, 5_000), makePost(99, { importKey: 'bad' })];
  await expect(storage.posts.importAll(inChunks(rows, 500), NOW, () => undefined)).rejects.toThrow(
    'not there',
  );
  expect((await storage.posts.counts()).scheduled).toBe(0);
});

test('two imports at once come one after the other, and neither loses a row', async () => {
  const { storage, accounts } = await twoAccounts();
  const results = await Promise.all([
    storage.posts.importAll(inChunks(rowsOf(accounts, 5_000), 500), NOW, () => undefined),
    storage.posts.importAll(inChunks(rowsOf(accounts, 5_000, 2_500), 500), NOW, () => undefined),
  ]);
  expect(results).toEqual([
    { added: 5_000, known: 0 },
    { added: 2_500, known: 2_500 },
  ]);
  expect((await storage.posts.counts()).scheduled).toBe(7_500);
});

test('others get their turn during an import', async () => {
  const { storage, accounts } = await twoAccounts();
  await storage.posts.add([makePost(accounts[0], { text: 'due' })], NOW);
  let done = 0;
  const at: number[] = [];
  const importing = storage.posts.importAll(inChunks(rowsOf(accounts, 30_000), 500), NOW, (now) => {
    done = now;
  });
  expect(await storage.posts.claimDue({ ...claimRequest, now: NOW })).toHaveLength(1);
  for (let turn = 0; turn < 5; turn += 1) {
    await storage.posts.counts();
    at.push(done);
  }
  await importing;
  expect(at[0]).toBeLessThan(10_000);
  expect(at.at(-1)).toBeLessThan(30_000);
});

test('what a crash left of an import is not seen after the next start, and is cleared away', async () => {
  const { storage, accounts, path, lookInto, reopen } = await twoAccounts();
  await storage.posts.add(rowsOf(accounts, 3, 50_000), NOW);
  await lookInto(async (sqlite) => {
    // As the import writes it, cut off before its last step.
    await sqlite.run('INSERT INTO arriving VALUES (4, 1503)');
    await sqlite.run(`INSERT INTO post (id, account_id, publish_at, changed_at, created_at, content_hash, import_key, local_time,
        time_zone, label, link, media, text)
      WITH RECURSIVE n (n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM n WHERE n < 1503)
      SELECT n, ${accounts[0]}, ${NOW}, 0, 0, '', 'left ' || n, '', 'UTC', '', '', '[]', 'left' FROM n`);
    await sqlite.run(`INSERT INTO arriving_tally (account_id, posts) VALUES (${accounts[0]}, 1500)`);
  });
  const again = await reopen();
  expect((await again.posts.counts()).scheduled).toBe(3);
  expect((await again.posts.page({}, 'soonest', 0, 10)).total).toBe(3);
  expect(await again.posts.knownKeys(['left 4'])).toEqual(new Set());
  expect(
    await again.posts.importAll(
      inChunks([makePost(accounts[0], { importKey: 'left 9' })], 1),
      NOW,
      () => undefined,
    ),
  ).toEqual({ added: 1, known: 0 });
  await again.close();
  const sqlite = await openSqlite(path, 'create');
  expect(await sqlite.all("SELECT count(*) AS n FROM post WHERE text = 'left'")).toEqual([{ n: 0 }]);
  expect(await sqlite.all('SELECT * FROM arriving')).toEqual([]);
  await sqlite.close();
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n);
}

test('whoever writes down what was planned is told of every post before it appears, and may end the import', async () => {
  const { storage, accounts } = await twoAccounts();
  const rows = rowsOf(accounts, 4_500);
  const told: number[] = [];
  const visible: number[] = [];
  const result = await storage.posts.importAll(
    inChunks(rows, 1_000),
    NOW,
    () => undefined,
    async (planned) => {
      for await (const posts of planned) {
        told.push(...posts.map(({ id }) => id));
        visible.push((await storage.posts.page({}, 'soonest', 0, 1)).total);
      }
    },
  );
  expect(result).toEqual({ added: 4_500, known: 0 });
  expect(new Set(told).size).toBe(4_500);
  expect(new Set(visible)).toEqual(new Set([0]));
  expect((await storage.posts.page({}, 'soonest', 0, 1)).total).toBe(4_500);
  const more = rowsOf(accounts, 10).map((row) => ({ ...row, importKey: `more ${row.importKey}` }));
  const refused = storage.posts.importAll(
    inChunks(more, 10),
    NOW,
    () => undefined,
    () => Promise.reject(new Error('no room')),
  );
  await expect(refused).rejects.toThrow('no room');
  expect((await storage.posts.page({}, 'soonest', 0, 1)).total).toBe(4_500);
});
