import type { Migration } from './migration.ts';

/** Which posts came by which import, by the ranges of their ids: nothing is written to the posts themselves. */
export const imports: Migration = {
  version: 6,
  statements: [
    `CREATE TABLE import (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      file_name TEXT NOT NULL,
      format TEXT NOT NULL,
      imported_at INTEGER NOT NULL,
      imported_by TEXT NOT NULL,
      posts INTEGER NOT NULL CHECK (posts > 0),
      undone_at INTEGER
    ) STRICT`,
    `CREATE TABLE import_range (
      first_id INTEGER PRIMARY KEY,
      last_id INTEGER NOT NULL CHECK (last_id >= first_id),
      import_id INTEGER NOT NULL REFERENCES import (id)
    ) STRICT`,
    `CREATE INDEX import_range_by_import ON import_range (import_id)`,
  ],
};
