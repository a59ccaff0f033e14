import { stat } from 'node:fs/promises';
import { StorageError } from './failure.ts';
import type { Sqlite } from './sqlite-driver.ts';

/** How long a start may be kept waiting by a check. A database of some 100 MB is checked whole in that time. */
const CHECK_FOR_MS = 1_000;

/**
 * Whether the last use ended without `close`. SQLite deletes the write-ahead log when the last connection closes, so one that holds
 * something was left by a crash. No marker of our own could be missing when it is needed.
 */
export async function endedUncleanly(path: string): Promise<boolean> {
  const log = await stat(`${path}-wal`).catch(() => null);
  return log !== null && log.size > 0;
}

/**
 * Looks for damage, small tables first, for at most `CHECK_FOR_MS`: after a crash only, because it reads the whole file, which takes
 * seconds at a million posts, while after a clean end nothing but the disk itself can have changed it. Damage that the time did not
 * suffice to find is still met with an error when its page is read (`cell_size_check`), never with wrong rows taken for good.
 */
export async function checkQuickly(sqlite: Sqlite): Promise<void> {
  const deadline = setTimeout(() => {
    isLate = true;
    sqlite.interrupt();
  }, CHECK_FOR_MS);
  let isLate = false;
  try {
    const tables = await sqlite.all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY name IN ('post', 'attempt'), name`,
    );
    for (const { name } of tables) {
      if (isLate) return;
      const rows = await sqlite.all<{ quick_check: string }>(`PRAGMA quick_check('${name}')`);
      const problem = rows.find((row) => row.quick_check !== 'ok');
      if (problem) throw new StorageError('database-corrupt', problem.quick_check);
    }
  } catch (error) {
    if (!isLate) throw error;
  } finally {
    clearTimeout(deadline);
  }
}
