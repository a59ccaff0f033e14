import type { Migration } from './migration.ts';

/** Which posts stand on which page that a client was given: what is left open on it can be told when answers are read. */
export const yesAsked: Migration = {
  version: 15,
  statements: [
    `CREATE TABLE yes_asked (
      request TEXT NOT NULL CHECK (request <> ''),
      post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
      PRIMARY KEY (request, post_id)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX yes_asked_by_post ON yes_asked (post_id)',
  ],
};
