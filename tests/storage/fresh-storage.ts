import { rm } from 'node:fs/promises';
import { expect, onTestFinished } from 'vitest';
import { POST_STATES } from '../../src-main/core/post.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import type { StorageOptions } from '../../src-main/storage/open-storage.ts';
import { openSqlite, type Sqlite } from '../../src-main/storage/sqlite-driver.ts';
import { makeFolder, openOrThrow } from './sample-posts.ts';

export type FreshStorage = {
  readonly storage: Storage;
  readonly path: string;
  readonly folder: string;
  /** Closes it and opens the same file again. */
  reopen(): Promise<Storage>;
  /** Closes it and looks at the file with plain SQL. */
  lookInto<T>(look: (sqlite: Sqlite) => Promise<T>): Promise<T>;
};

/** A new database in a folder of its own. When the test ends it is closed, checked from outside and deleted. */
export async function freshStorage(options: Partial<StorageOptions> = {}): Promise<FreshStorage> {
  const { path, folder, remove } = await makeFolder();
  let current = await openOrThrow(path, options);
  onTestFinished(async () => {
    try {
      await current.close().catch(() => undefined);
      await expectSound(path);
    } finally {
      await remove();
    }
  });
  return {
    storage: current,
    path,
    folder,
    async reopen() {
      await current.close().catch(() => undefined);
      current = await openOrThrow(path, options);
      return current;
    },
    async lookInto(look) {
      await current.close().catch(() => undefined);
      const sqlite = await openSqlite(path, 'create');
      try {
        return await look(sqlite);
      } finally {
        await sqlite.close();
      }
    },
  };
}

/** A folder of this test's own for a database that the test opens itself. */
export async function freshPath(): Promise<string> {
  const { path, folder } = await makeFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return path;
}

/** The file is whole, and what triggers keep about the posts is what counting the posts gives. */
export async function expectSound(path: string): Promise<void> {
  const sqlite = await openSqlite(path, 'create');
  try {
    expect(await sqlite.all('PRAGMA integrity_check(5)')).toEqual([{ integrity_check: 'ok' }]);
    expect(await sqlite.all('PRAGMA foreign_key_check')).toEqual([]);
    const counted = POST_STATES.map((state) => `count(*) FILTER (WHERE state = '${state}') AS ${state}`);
    const real = await sqlite.all(
      `SELECT account.id AS account_id, ${POST_STATES.map((state) => `coalesce(${state}, 0) AS ${state}`).join(', ')},
          head.publish_at AS head_at, head.id AS head_id
        FROM account
        LEFT JOIN (SELECT account_id, ${counted.join(', ')} FROM post GROUP BY account_id) AS counted
          ON counted.account_id = account.id
        LEFT JOIN post AS head ON head.id = (
          SELECT id FROM post WHERE post.account_id = account.id AND state = 'scheduled'
            AND NOT EXISTS (SELECT 1 FROM arriving WHERE post.id BETWEEN first_id AND last_id)
          ORDER BY publish_at, id LIMIT 1)
        ORDER BY account.id`,
    );
    const kept = await sqlite.all(
      `SELECT account_id, ${POST_STATES.join(', ')}, head_at, head_id FROM account_tally ORDER BY account_id`,
    );
    expect(kept).toEqual(real);
    const arriving = await sqlite.all<{ real: number; kept: number }>(
      `SELECT (SELECT count(*) FROM post JOIN arriving ON post.id BETWEEN first_id AND last_id) AS real,
        (SELECT coalesce(sum(posts + held), 0) FROM arriving_tally) AS kept`,
    );
    expect(arriving[0]?.kept).toBe(arriving[0]?.real);
  } finally {
    await sqlite.close();
  }
}
