import { ok, type Result } from '../core/result.ts';
import type { Storage } from '../core/stores.ts';
import { createAccountStore } from './account-store.ts';
import { createBrandStore } from './brand-store.ts';
import { createDraftStore, createFactStore } from './draft-store.ts';
import { StorageError, toRefusal } from './failure.ts';
import { installGuards } from './guards.ts';
import { checkQuickly, endedUncleanly } from './health.ts';
import { createImporter } from './import-posts.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';
import { createPostStore } from './post-store.ts';
import { APPLICATION_ID, assertPragmas, readPragma, setLookingPragmas, setPragmas } from './pragmas.ts';
import { createDatabase, openSqlite, type Sqlite } from './sqlite-driver.ts';
import { createStatementQueue } from './statement-queue.ts';

export type StorageOptions = {
  /** The database file; its folder must exist. The write-ahead log and copies made before a migration lie beside it. */
  readonly path: string;
  /** Stamps what no caller hands a time for. */
  readonly now: () => number;
  readonly platform?: string;
  /** Another list than the app's own, for trying out a migration. */
  readonly migrations?: readonly Migration[];
};

/**
 * Opens the database, making it when there is none. Refuses with a `FailureCode`: 'database-locked', 'database-corrupt',
 * 'database-newer' (left as it is), 'database-unreadable', 'database-unsafe', 'disk-full'. Later on the stores' promises reject with
 * `StorageError`, of the same codes.
 */
export async function openStorage(options: StorageOptions): Promise<Result<Storage>> {
  let sqlite: Sqlite | null = null;
  try {
    const wasLeft = await endedUncleanly(options.path);
    sqlite = await openSqlite(options.path, 'create');
    await prepare(sqlite, options, wasLeft);
    return ok(assemble(sqlite, options));
  } catch (error) {
    await sqlite?.close().catch(() => undefined);
    return { ok: false, error: toRefusal(error) };
  }
}

async function prepare(sqlite: Sqlite, options: StorageOptions, wasLeft: boolean): Promise<void> {
  const { path, platform = process.platform, migrations = MIGRATIONS } = options;
  const newest = migrations.at(-1)?.version ?? 0;
  await setLookingPragmas(sqlite);
  const version = Number(await readPragma(sqlite, 'user_version'));
  const owner = await readPragma(sqlite, 'application_id');
  const [content] = await sqlite.all<{ tables: number }>('SELECT count(*) AS tables FROM sqlite_schema');
  const isNew = content?.tables === 0 && version === 0;
  if (!isNew && owner !== APPLICATION_ID) {
    throw new StorageError('database-unreadable', 'the file belongs to another program');
  }
  if (version > newest)
    throw new StorageError('database-newer', `version ${version}, known are up to ${newest}`);
  await setPragmas(sqlite, platform);
  if (wasLeft) await checkQuickly(sqlite);
  await migrate(sqlite, path, version, migrations);
  await installGuards(sqlite);
  await assertPragmas(sqlite, platform, newest);
}

function assemble(sqlite: Sqlite, { now }: StorageOptions): Storage {
  const queue = createStatementQueue();
  const urgent = createDatabase(sqlite, queue, 'urgent');
  const ordinary = createDatabase(sqlite, queue, 'ordinary');
  const importer = createImporter(ordinary, queue.someoneWaits);
  // Refused only by closing, or by a failing disk: then the next open does it.
  importer.clearLeftovers().catch(() => undefined);
  return {
    brands: createBrandStore(ordinary),
    accounts: createAccountStore(ordinary, now),
    posts: createPostStore({ urgent, ordinary }, importer),
    drafts: createDraftStore(ordinary),
    facts: createFactStore(ordinary),
    async close() {
      await queue.close();
      await sqlite.close();
    },
  };
}
