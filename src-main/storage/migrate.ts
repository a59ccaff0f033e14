import { rm } from 'node:fs/promises';
import { StorageError } from './failure.ts';
import type { Migration } from './migrations/migration.ts';
import { APPLICATION_ID } from './pragmas.ts';
import { openSqlite, type Sqlite } from './sqlite-driver.ts';

/**
 * Brings the schema to the newest version, in one transaction. A database that holds something is copied beside itself first
 * (`<path>.before-<version>`), and the copy is checked, because a migration that goes wrong must not be the end of the queue.
 */
export async function migrate(
  sqlite: Sqlite,
  path: string,
  from: number,
  migrations: readonly Migration[],
): Promise<void> {
  const due = migrations.filter((migration) => migration.version > from);
  const newest = due.at(-1);
  if (newest === undefined) return;
  if (from > 0) await copyVerified(sqlite, `${path}.before-${newest.version}`);
  await sqlite.run('begin immediate');
  try {
    for (const migration of due) {
      for (const statement of migration.statements) await sqlite.run(statement);
    }
    await sqlite.all(`PRAGMA application_id = ${APPLICATION_ID}`);
    await sqlite.all(`PRAGMA user_version = ${newest.version}`);
    await sqlite.run('commit');
  } catch (error) {
    await sqlite.run('rollback').catch(() => undefined);
    throw error;
  }
}

/** Writes a whole copy with `VACUUM INTO` and checks it as a database of its own. Rejects, leaving no copy, when it is not sound. */
async function copyVerified(sqlite: Sqlite, target: string): Promise<void> {
  await rm(target, { force: true });
  try {
    await sqlite.run('VACUUM INTO ?', [target]);
    const copy = await openSqlite(target, 'read-only');
    try {
      const [row] = await copy.all<{ integrity_check: string }>('PRAGMA integrity_check(1)');
      if (row?.integrity_check !== 'ok') {
        throw new StorageError('database-corrupt', row?.integrity_check ?? 'no answer');
      }
    } finally {
      await copy.close();
    }
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}
