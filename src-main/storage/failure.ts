import type { Refusal } from '../core/result.ts';

/**
 * Why the database did not do what it was asked. Stable and machine-readable.
 * 'database-locked': another process holds it. 'database-corrupt': it is no database or fails its check. 'database-newer': a
 * later version of the app wrote it. 'database-unreadable': the system does not let us read or write it, or it belongs to
 * another program. 'database-unsafe': a setting that keeps what was acknowledged could not be made to hold. 'database-closed':
 * asked after `close`. 'database-failed': anything else.
 */
export type FailureCode =
  | 'database-locked'
  | 'database-corrupt'
  | 'database-newer'
  | 'database-unreadable'
  | 'database-unsafe'
  | 'database-closed'
  | 'database-failed'
  | 'disk-full';

const SENTENCES: Readonly<Record<FailureCode, string>> = {
  'database-locked':
    'Another copy of All Stop has the database open. Close it; this one goes on by itself then.',
  'database-corrupt':
    'The database is damaged or is not a database. Nothing was changed; put back a copy, or move the file away to start anew.',
  'database-newer':
    'A newer version of All Stop wrote this database. Install that version; nothing was changed.',
  'database-unreadable':
    'The database cannot be read or written there. Check the folder and its permissions.',
  'database-unsafe':
    'The database does not keep the settings that protect it, so nothing is published from it.',
  'database-closed': 'The database is closed.',
  'database-failed': 'The database failed.',
  'disk-full': 'The disk is full. Nothing already kept is lost; free some space and try again.',
};

/** What every promise of the stores rejects with. `message` is a sentence for people, then what SQLite said. */
export class StorageError extends Error {
  readonly code: FailureCode;
  /** What SQLite or the system said. */
  readonly said: string;

  constructor(code: FailureCode, said: string) {
    super(said === '' ? SENTENCES[code] : `${SENTENCES[code]} (${said})`);
    this.name = 'StorageError';
    this.code = code;
    this.said = said;
  }
}

const BY_SQLITE_CODE: Readonly<Record<string, FailureCode>> = {
  SQLITE_BUSY: 'database-locked',
  SQLITE_LOCKED: 'database-locked',
  SQLITE_CORRUPT: 'database-corrupt',
  SQLITE_NOTADB: 'database-corrupt',
  SQLITE_FULL: 'disk-full',
  SQLITE_CANTOPEN: 'database-unreadable',
  SQLITE_READONLY: 'database-unreadable',
  SQLITE_PERM: 'database-unreadable',
  SQLITE_AUTH: 'database-unreadable',
  SQLITE_IOERR: 'database-unreadable',
  SQLITE_MISUSE: 'database-closed',
};

/** Turns an error of the driver into ours; errors of our own pass unchanged. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const known = typeof code === 'string' ? BY_SQLITE_CODE[code] : undefined;
  return new StorageError(known ?? 'database-failed', typeof message === 'string' ? message : String(error));
}

export function toRefusal(error: unknown): Refusal {
  const failure = toStorageError(error);
  return { code: failure.code, message: failure.message };
}

/** The refusal a failure of the database is; null for any other error. */
export function asRefusal(error: unknown): Refusal | null {
  return error instanceof StorageError ? toRefusal(error) : null;
}
