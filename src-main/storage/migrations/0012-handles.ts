import type { Migration } from './migration.ts';

/** Whom people mention again and again, for one brand or for all. */
export const handles: Migration = {
  version: 12,
  statements: [
    `CREATE TABLE handle (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      brand_id INTEGER REFERENCES brand (id),
      network TEXT NOT NULL CHECK (network <> ''),
      handle TEXT NOT NULL CHECK (handle <> '')
    ) STRICT`,
    'CREATE UNIQUE INDEX handle_once ON handle (network, handle, ifnull(brand_id, 0))',
  ],
};
