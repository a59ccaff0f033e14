import { open, rm } from 'node:fs/promises';
import { POST_STATES } from '../core/post.ts';
import type { DatabaseCounts } from '../core/stores.ts';
import { StorageError } from './failure.ts';
import { APPLICATION_ID, readPragma } from './pragmas.ts';
import { openSqlite, type Sqlite } from './sqlite-driver.ts';
import type { Release } from './statement-queue.ts';

/** A step holds the connection for some 2 ms: a claim that falls due waits no longer. */
const PAGES_A_STEP = 250;
/** After so many steps what was written is synced from outside, so that the last step, which syncs too, finds nothing left to do. */
const STEPS_A_SYNC = 16;

/**
 * Copies an open database into a new file, a few pages at a time, giving the connection back after each: `VACUUM INTO` would keep it for as long
 * as the whole takes. See `Storage.copyTo`.
 */
export async function copyOnline(
  sqlite: Sqlite,
  take: () => Promise<Release>,
  path: string,
  isGivenUp: () => boolean,
): Promise<DatabaseCounts | null> {
  await removeDatabase(path);
  try {
    const counts = await copyInSteps(sqlite, take, path, isGivenUp);
    if (counts === null) await removeDatabase(path);
    else await makeOneFile(path);
    return counts;
  } catch (error) {
    await removeDatabase(path);
    throw error;
  }
}

async function copyInSteps(
  sqlite: Sqlite,
  take: () => Promise<Release>,
  path: string,
  isGivenUp: () => boolean,
): Promise<DatabaseCounts | null> {
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await take();
    try {
      return await work();
    } finally {
      release();
    }
  };
  const copy = await alone(() => sqlite.copyInto(path));
  try {
    for (let steps = 1; !isGivenUp(); steps += 1) {
      const isNearEnd = steps > 1 && copy.remaining() <= PAGES_A_STEP;
      if (isNearEnd || steps % STEPS_A_SYNC === 0) await syncFile(path);
      const counts = await alone(async () => ((await copy.step(PAGES_A_STEP)) ? readCounts(sqlite) : null));
      if (counts) return counts;
    }
    return null;
  } finally {
    // The connection is needed for it, and is had even while the storage closes: `close` waits for whoever has it.
    await alone(copy.finish).catch(copy.finish);
  }
}

/** As the triggers keep it: what counting the rows gives must be the same. */
async function readCounts(sqlite: Sqlite): Promise<DatabaseCounts> {
  return toCounts(
    await sqlite.all(`SELECT ${OTHERS}, ${POST_STATES.map((state) => `total(${state}) AS ${state}`).join(', ')}
      FROM account_tally`),
  );
}

const OTHERS = `(SELECT count(*) FROM brand) AS brands, (SELECT count(*) FROM account) AS accounts,
  (SELECT count(*) FROM draft) AS drafts`;

function toCounts([row = {}]: Record<string, number>[]): DatabaseCounts {
  const posts = Object.fromEntries(POST_STATES.map((state) => [state, row[state] ?? 0]));
  return {
    brands: row.brands ?? 0,
    accounts: row.accounts ?? 0,
    drafts: row.drafts ?? 0,
    posts: posts as DatabaseCounts['posts'],
  };
}

/** A copy is to be read where nothing may be written beside it: it gets no log and no shared memory. */
async function makeOneFile(path: string): Promise<void> {
  const copy = await openSqlite(path, 'create');
  try {
    await copy.all('PRAGMA journal_mode = DELETE');
  } finally {
    await copy.close();
  }
  await syncFile(path);
}

/**
 * Looks at a closed copy as a database of its own, read-only: every page, every index, and counts every row. Rejects with `StorageError`
 * ('database-corrupt', 'database-unreadable') when it is not sound.
 */
export async function checkCopy(path: string): Promise<DatabaseCounts> {
  const copy = await openSqlite(path, 'read-only');
  try {
    if ((await readPragma(copy, 'application_id')) !== APPLICATION_ID)
      throw new StorageError('database-unreadable', 'the file belongs to another program');
    const [row] = await copy.all<{ integrity_check: string }>('PRAGMA integrity_check(1)');
    if (row?.integrity_check !== 'ok')
      throw new StorageError('database-corrupt', row?.integrity_check ?? 'no answer');
    const states = POST_STATES.map((state) => `total(state = '${state}') AS ${state}`).join(', ');
    return toCounts(await copy.all(`SELECT ${OTHERS}, ${states} FROM post`));
  } finally {
    await copy.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A database that is not open, with what SQLite may have left beside it. */
async function removeDatabase(path: string): Promise<void> {
  for (const beside of ['', '-wal', '-shm', '-journal']) await rm(`${path}${beside}`, { force: true });
}
