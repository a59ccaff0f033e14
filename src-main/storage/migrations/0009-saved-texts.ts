import type { Migration } from './migration.ts';

/** Groups of hashtags and templates, of one brand or of all. */
export const savedTexts: Migration = {
  version: 9,
  statements: [
    `CREATE TABLE saved_text (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      brand_id INTEGER REFERENCES brand (id),
      kind TEXT NOT NULL CHECK (kind IN ('hashtags', 'template')),
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL,
      text TEXT NOT NULL CHECK (text <> ''),
      changed_at INTEGER NOT NULL
    ) STRICT`,
    'CREATE UNIQUE INDEX saved_text_by_name ON saved_text (kind, ifnull(brand_id, 0), name_key)',
  ],
};
