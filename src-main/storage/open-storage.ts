import { open } from 'node:fs/promises';
import { ok, type Result } from '../core/result.ts';
import { marketKey } from '../core/scope.ts';
import type { Storage } from '../core/stores.ts';
import { createAccountStore } from './account-store.ts';
import { createBrandStore } from './brand-store.ts';
import { createCalendarStore } from './calendar-store.ts';
import { createCheckpointer } from './checkpointer.ts';
import { createDraftStore, createFactStore } from './draft-store.ts';
import { createElsewhereStore } from './elsewhere-store.ts';
import { StorageError, toRefusal } from './failure.ts';
import { installGuards } from './guards.ts';
import { createHandleStore } from './handle-store.ts';
import { checkQuickly, endedUncleanly } from './health.ts';
import { createImporter } from './import-posts.ts';
import { createImportStore } from './import-store.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { createBrandNoteStore, createLabelStore } from './note-store.ts';
import { copyOnline } from './online-copy.ts';
import { createOtherToolStore, createPlanStore } from './plan-store.ts';
import { createPostStore } from './post-store.ts';
import { APPLICATION_ID, assertPragmas, readPragma, setLookingPragmas, setPragmas } from './pragmas.ts';
import { createRecurrenceStore } from './recurrence-store.ts';
import { createSavedTextStore } from './saved-text-store.ts';
import { createSlotStore } from './slot-store.ts';
import { createDatabase, openSqlite, type Sqlite } from './sqlite-driver.ts';
import { createStatementQueue } from './statement-queue.ts';
import { createWordStore } from './word-store.ts';
import { createYesStore } from './yes-store.ts';

export type StorageOptions = {
  /** The database file; its folder must exist. The write-ahead log and copies made before a migration lie beside it. */
  readonly path: string;
  /** Stamps what no caller hands a time for. */
  readonly now: () => number;
  readonly platform?: string;
  /** Another list than the app's own, for trying out a migration. */
  readonly migrations?: readonly Migration[];
};

/** SQLite's file format, part 1.3: the header and where it keeps the two numbers that are the application's own. */
const HEADER_BYTES = 100;
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/**
 * Opens the database, making it when there is none. Refuses with a `FailureCode`: 'database-locked', 'database-corrupt',
 * 'database-newer' (left as it is), 'database-unreadable', 'database-unsafe', 'disk-full'. Later on the stores' promises reject with
 * `StorageError`, of the same codes.
 */
export async function openStorage(options: StorageOptions): Promise<Result<Storage>> {
  let sqlite: Sqlite | null = null;
  try {
    await refuseNewer(options);
    const wasLeft = await endedUncleanly(options.path);
    sqlite = await openSqlite(options.path, 'create');
    await prepare(sqlite, options, wasLeft);
    return ok(assemble(sqlite, options));
  } catch (error) {
    await sqlite?.close().catch(() => undefined);
    return { ok: false, error: toRefusal(error) };
  }
}

/**
 * Reads the version from the file itself, because SQLite cannot look into a database without taking part in it: it would write the log of a
 * crashed newer version back. A version that is only in such a log is found a little later, by asking SQLite.
 */
async function refuseNewer({ path, migrations = MIGRATIONS }: StorageOptions): Promise<void> {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return;
  try {
    const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0).catch(() => ({ bytesRead: 0 }));
    if (bytesRead < HEADER_BYTES || header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) return;
    requireKnown(header.readUInt32BE(USER_VERSION_AT), migrations);
  } finally {
    await file.close();
  }
}

function requireKnown(version: number, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest)
    throw new StorageError('database-newer', `version ${version}, known are up to ${newest}`);
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
  requireKnown(version, migrations);
  await setPragmas(sqlite, platform);
  if (wasLeft) await checkQuickly(sqlite);
  await migrate(sqlite, path, version, migrations);
  await keyMarkets(sqlite);
  await installGuards(sqlite);
  await assertPragmas(sqlite, platform, newest);
}

/** A database of an earlier version has markets under keys that two ways of writing one accent tell apart. */
async function keyMarkets(sqlite: Sqlite): Promise<void> {
  const brands = await sqlite.all<{ id: number; market: string; market_key: string }>(
    'SELECT id, market, market_key FROM brand',
  );
  for (const { id, market, market_key: known } of brands) {
    const key = marketKey(market);
    if (key !== known) await sqlite.run('UPDATE brand SET market_key = ? WHERE id = ?', [key, id]);
  }
}

function assemble(sqlite: Sqlite, { now }: StorageOptions): Storage {
  const checkpointer = createCheckpointer(sqlite, () => queue.take('ordinary'));
  const queue = createStatementQueue(checkpointer.onFree);
  const urgent = createDatabase(sqlite, queue, 'urgent');
  const ordinary = createDatabase(sqlite, queue, 'ordinary');
  const importer = createImporter(ordinary, queue.someoneWaits);
  // Refused only by closing, or by a failing disk: then the next open does it.
  importer.clearLeftovers().catch(() => undefined);
  return {
    brands: createBrandStore(ordinary),
    accounts: createAccountStore(ordinary, now),
    posts: createPostStore({ urgent, ordinary }, importer),
    calendar: createCalendarStore(ordinary),
    drafts: createDraftStore(ordinary),
    facts: createFactStore(ordinary),
    plans: createPlanStore(ordinary),
    otherTools: createOtherToolStore(ordinary),
    brandNotes: createBrandNoteStore(ordinary),
    labels: createLabelStore(ordinary),
    imports: createImportStore(ordinary),
    recurrences: createRecurrenceStore(ordinary),
    savedTexts: createSavedTextStore(ordinary),
    slots: createSlotStore(ordinary),
    yes: createYesStore(ordinary),
    handles: createHandleStore(ordinary),
    words: createWordStore(ordinary),
    elsewhere: createElsewhereStore(ordinary),
    copyTo: (path, isGivenUp) => copyOnline(sqlite, () => queue.take('ordinary'), path, isGivenUp),
    async close() {
      checkpointer.stop();
      await queue.close();
      await sqlite.close();
    },
  };
}
