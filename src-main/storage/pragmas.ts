import { StorageError } from './failure.ts';
import type { Sqlite } from './sqlite-driver.ts';

/** 'AllS': the file says whose it is. */
export const APPLICATION_ID = 0x416c6c53;

/** How long another process is waited for before it is said that it has the database. */
const BUSY_TIMEOUT_MS = 1_000;

/** KiB of pages kept in memory, usually and while very many rows are written. */
const CACHE_KIB = 4_096;
const BULK_CACHE_KIB = 32_768;
/** Pages of the log after which a commit writes them back itself; usually `checkpointer.ts` has done it before, in a quiet moment. */
const CHECKPOINT_PAGES = 8_000;
/** What is left of the log after that. */
const LOG_BYTES = 8 * 1024 * 1024;

type Pragma = { readonly name: string; readonly set: string; readonly holds: string | number };

/**
 * What must hold, in the order in which it is set. `locking_mode` comes before the first access to the file: so no shared-memory file is
 * made (a full btrfs kills a process that maps one) and a second process is refused. FULL, because in WAL mode NORMAL loses
 * acknowledged commits at a power cut.
 */
const PRAGMAS: readonly Pragma[] = [
  { name: 'busy_timeout', set: String(BUSY_TIMEOUT_MS), holds: BUSY_TIMEOUT_MS },
  { name: 'locking_mode', set: 'EXCLUSIVE', holds: 'exclusive' },
  { name: 'trusted_schema', set: 'OFF', holds: 0 },
  { name: 'cell_size_check', set: 'ON', holds: 1 },
  { name: 'journal_mode', set: 'WAL', holds: 'wal' },
  { name: 'synchronous', set: 'FULL', holds: 2 },
  { name: 'foreign_keys', set: 'ON', holds: 1 },
  { name: 'ignore_check_constraints', set: 'OFF', holds: 0 },
  { name: 'temp_store', set: 'MEMORY', holds: 2 },
  { name: 'journal_size_limit', set: String(LOG_BYTES), holds: LOG_BYTES },
  { name: 'wal_autocheckpoint', set: String(CHECKPOINT_PAGES), holds: CHECKPOINT_PAGES },
  { name: 'cache_size', set: String(-CACHE_KIB), holds: -CACHE_KIB },
];

/** macOS calls a write done when the drive has it in its cache, unless told otherwise. */
const MAC_PRAGMAS: readonly Pragma[] = [
  { name: 'fullfsync', set: 'ON', holds: 1 },
  { name: 'checkpoint_fullfsync', set: 'ON', holds: 1 },
];

function pragmasOf(platform: string): readonly Pragma[] {
  return platform === 'darwin' ? [...PRAGMAS, ...MAC_PRAGMAS] : PRAGMAS;
}

/** Only what is needed to look at a file without changing it. */
export async function setLookingPragmas(sqlite: Sqlite): Promise<void> {
  for (const { name, set } of PRAGMAS.slice(0, 4)) await sqlite.all(`PRAGMA ${name} = ${set}`);
}

export async function setPragmas(sqlite: Sqlite, platform: string): Promise<void> {
  for (const { name, set } of pragmasOf(platform)) await sqlite.all(`PRAGMA ${name} = ${set}`);
}

export async function readPragma(sqlite: Sqlite, name: string): Promise<string | number> {
  const [row] = await sqlite.all<Record<string, string | number>>(`PRAGMA ${name}`);
  return Object.values(row ?? {})[0] ?? '';
}

/** Reads every setting back; refuses with 'database-unsafe' when one does not hold. */
export async function assertPragmas(sqlite: Sqlite, platform: string, version: number): Promise<void> {
  const wanted = [
    ...pragmasOf(platform),
    { name: 'application_id', holds: APPLICATION_ID },
    { name: 'user_version', holds: version },
  ];
  for (const { name, holds } of wanted) {
    const found = await readPragma(sqlite, name);
    if (found !== holds) throw new StorageError('database-unsafe', `${name} is ${found}, not ${holds}`);
  }
}

/** Statements that make room for writing very many rows, and those that give it back. Speed only, never safety. */
export const BULK_ON: readonly string[] = [`PRAGMA cache_size = ${-BULK_CACHE_KIB}`];
export const BULK_OFF: readonly string[] = [`PRAGMA cache_size = ${-CACHE_KIB}`, 'PRAGMA shrink_memory'];
