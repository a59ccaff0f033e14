import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDatabase, openSqlite, type Sqlite } from '../../src-main/storage/sqlite-driver.ts';
import { createStatementQueue } from '../../src-main/storage/statement-queue.ts';
import { freshPath } from './fresh-storage.ts';

let sqlite: Sqlite;
beforeEach(async () => {
  sqlite = await openSqlite(await freshPath(), 'create');
  await sqlite.run('CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
});
afterEach(() => sqlite.close());

function open() {
  const queue = createStatementQueue(() => undefined);
  return {
    ordinary: createDatabase(sqlite, queue, 'ordinary'),
    urgent: createDatabase(sqlite, queue, 'urgent'),
  };
}

test('a single statement asked for during a transaction waits for its end and is not undone with it', async () => {
  const { ordinary, urgent } = open();
  let single: Promise<unknown> = Promise.resolve();
  const failing = ordinary.transaction().execute(async (step) => {
    await step.insertInto('fact').values({ key: 'inside', value: '1' }).execute();
    single = urgent.insertInto('fact').values({ key: 'outside', value: '2' }).execute();
    await step.insertInto('fact').values({ key: 'inside too', value: '3' }).execute();
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await single;
  expect(await sqlite.all('SELECT key FROM fact')).toEqual([{ key: 'outside' }]);
});

test('a transaction has the write lock from its first statement on', async () => {
  const { ordinary } = open();
  const path = (await sqlite.all<{ file: string }>('PRAGMA database_list'))[0]?.file ?? '';
  const other = await openSqlite(path, 'create');
  try {
    await ordinary.transaction().execute(async (step) => {
      await sql`select 1`.execute(step);
      await expect(other.run("INSERT INTO fact VALUES ('late', 'x')")).rejects.toMatchObject({
        code: 'database-locked',
      });
    });
  } finally {
    await other.close();
  }
});

test('the first error of a failed transaction is the one told, and the connection is free again', async () => {
  const { ordinary } = open();
  await ordinary.insertInto('fact').values({ key: 'a', value: '1' }).execute();
  const failing = ordinary
    .transaction()
    .execute((step) => step.insertInto('fact').values({ key: 'a', value: '2' }).execute());
  await expect(failing).rejects.toMatchObject({
    code: 'database-failed',
    said: expect.stringMatching(/UNIQUE/u),
  });
  expect(await ordinary.selectFrom('fact').selectAll().execute()).toEqual([{ key: 'a', value: '1' }]);
});

test('changed rows are counted, returned rows are returned, and large numbers stay whole', async () => {
  const { ordinary } = open();
  const inserted = await sql<{ key: string }>`
    insert into fact values ('a', '1'), ('b', '2') returning key`.execute(ordinary);
  expect(inserted.rows).toEqual([{ key: 'a' }, { key: 'b' }]);
  const updated = await sql`update fact set value = '3'`.execute(ordinary);
  expect(updated.numAffectedRows).toBe(2n);
  const big = await sql<{ big: number }>`select ${Number.MAX_SAFE_INTEGER} as big`.execute(ordinary);
  expect(big.rows[0]?.big).toBe(Number.MAX_SAFE_INTEGER);
});

test('many different statements do not pile up and still work', async () => {
  for (let n = 0; n < 300; n += 1) {
    expect(await sqlite.all(`SELECT ${n} AS n`)).toEqual([{ n }]);
  }
  expect(await sqlite.all('SELECT 0 AS n')).toEqual([{ n: 0 }]);
});
