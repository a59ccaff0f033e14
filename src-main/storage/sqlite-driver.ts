import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import sqlite3 from 'sqlite3';
import { toStorageError } from './failure.ts';
import type { Schema } from './schema.ts';
import type { Lane, StatementQueue } from './statement-queue.ts';

/** The port. Another SQLite driver can take this file's place: nothing else in the project names the one we use. */
export type Sqlite = {
  /** Runs one statement and returns its rows. */
  all<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement that returns no rows. */
  run(sql: string, parameters?: readonly unknown[]): Promise<{ changes: number; lastId: number }>;
  /** Ends the statement under way with an error; does nothing when there is none. */
  interrupt(): void;
  /**
   * Begins a copy into a new file. What this connection writes between the steps is written into the copy as well, so that it is whole in
   * the moment of its last step.
   */
  copyInto(path: string): Promise<SteppedCopy>;
  close(): Promise<void>;
};

/** A copy under way. Each step is a statement of its own: the connection must not be used by anybody else meanwhile. */
export type SteppedCopy = {
  /** Copies so many pages. True when that was the last of them. */
  step(pages: number): Promise<boolean>;
  /** Pages that are still to be copied, as the last step found. */
  remaining(): number;
  /** Lets go of both files; to be called in any case. */
  finish(): Promise<void>;
};

/** What the driver has and its types do not name. */
type DriverCopy = {
  readonly remaining: number;
  readonly completed: boolean;
  step(pages: number, done: (error: Error | null) => void): void;
  finish(done: () => void): void;
};
type CopyingDatabase = sqlite3.Database & {
  backup(path: string, done: (error: Error | null) => void): DriverCopy;
};

/** Prepared statements kept. Our statements take lists as JSON, so that there are few different texts. */
const MOST_STATEMENTS = 80;

/** Opens or creates the file. Rejects with `StorageError`. All work is done on threads of the pool, one statement at a time. */
export async function openSqlite(path: string, mode: 'create' | 'read-only'): Promise<Sqlite> {
  const flags = mode === 'create' ? sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE : sqlite3.OPEN_READONLY;
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(path, flags | sqlite3.OPEN_FULLMUTEX, (error) =>
      error ? reject(toStorageError(error)) : resolve(opened),
    );
  });
  const statements = new Map<string, sqlite3.Statement>();

  async function prepare(sql: string): Promise<sqlite3.Statement> {
    const kept = statements.get(sql);
    if (kept) {
      statements.delete(sql);
      statements.set(sql, kept);
      return kept;
    }
    const made = await new Promise<sqlite3.Statement>((resolve, reject) => {
      const statement: sqlite3.Statement = db.prepare(sql, (error) =>
        error ? reject(toStorageError(error)) : resolve(statement),
      );
    });
    statements.set(sql, made);
    const oldest = statements.keys().next();
    if (statements.size > MOST_STATEMENTS && !oldest.done) await discard(oldest.value);
    return made;
  }

  function discard(sql: string): Promise<void> {
    const statement = statements.get(sql);
    statements.delete(sql);
    return new Promise((resolve) => (statement ? statement.finalize(() => resolve()) : resolve()));
  }

  return {
    async all<Row>(sql: string, parameters: readonly unknown[] = []) {
      const statement = await prepare(sql);
      return new Promise<Row[]>((resolve, reject) => {
        statement.all<Row>(parameters, (error, rows) =>
          error ? reject(toStorageError(error)) : resolve(rows),
        );
      });
    },
    async run(sql, parameters = []) {
      const statement = await prepare(sql);
      return new Promise((resolve, reject) => {
        statement.run(parameters, function (error) {
          if (error) reject(toStorageError(error));
          else resolve({ changes: this.changes, lastId: this.lastID });
        });
      });
    },
    interrupt: () => db.interrupt(),
    async copyInto(path) {
      const copy = await new Promise<DriverCopy>((resolve, reject) => {
        const begun: DriverCopy = (db as CopyingDatabase).backup(path, (error) =>
          error ? reject(toStorageError(error)) : resolve(begun),
        );
      });
      return {
        step: (pages) =>
          new Promise((resolve, reject) => {
            copy.step(pages, (error) => (error ? reject(toStorageError(error)) : resolve(copy.completed)));
          }),
        remaining: () => copy.remaining,
        finish: () => new Promise((resolve) => copy.finish(() => resolve())),
      };
    },
    async close() {
      for (const sql of [...statements.keys()]) await discard(sql);
      await new Promise<void>((resolve, reject) => {
        db.close((error) => (error ? reject(toStorageError(error)) : resolve()));
      });
    },
  };
}

const RETURNS_ROWS = /^\s*(?:select|with|pragma|explain)\b|\breturning\b/iu;

/**
 * Kysely over the one connection. Every statement or transaction waits its turn in `lane`; transactions begin `IMMEDIATE`, so that
 * they never fail half-way for want of the write lock.
 */
export function createDatabase(sqlite: Sqlite, queue: StatementQueue, lane: Lane): Kysely<Schema> {
  const releases = new WeakMap<DatabaseConnection, () => void>();
  const driver: Driver = {
    init: () => Promise.resolve(),
    async acquireConnection() {
      const release = await queue.take(lane);
      const connection: DatabaseConnection = {
        async executeQuery<Row>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
          if (RETURNS_ROWS.test(sql)) return { rows: await sqlite.all<Row>(sql, parameters) };
          const { changes, lastId } = await sqlite.run(sql, parameters);
          const result: QueryResult<Row> = {
            rows: [],
            numAffectedRows: BigInt(changes),
            insertId: BigInt(lastId),
          };
          return result;
        },
        streamQuery() {
          throw new Error('rows are read in pages, never streamed: a stream would keep the connection');
        },
      };
      releases.set(connection, release);
      return connection;
    },
    async beginTransaction() {
      await sqlite.run('begin immediate');
    },
    async commitTransaction() {
      await sqlite.run('commit');
    },
    async rollbackTransaction() {
      // SQLite has already rolled back after some failures (disk full, for one); the first error is the one to tell.
      await sqlite.run('rollback').catch(() => undefined);
    },
    releaseConnection(connection) {
      releases.get(connection)?.();
      return Promise.resolve();
    },
    destroy: () => Promise.resolve(),
  };
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SingleConnectionAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

/** Kysely would put a lock of its own, with one lane, before ours. */
class SingleConnectionAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}
