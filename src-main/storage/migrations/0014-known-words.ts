import type { Migration } from './migration.ts';

/** Words that are right although no dictionary has them, for one brand or for all. */
export const knownWords: Migration = {
  version: 14,
  statements: [
    `CREATE TABLE known_word (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      brand_id INTEGER REFERENCES brand (id),
      word TEXT NOT NULL CHECK (word <> '')
    ) STRICT`,
    'CREATE UNIQUE INDEX known_word_once ON known_word (word, ifnull(brand_id, 0))',
  ],
};
