import type { Migration } from './migration.ts';

/** Posts that are said again and again: the rule, how far each account's posts were made, and which posts they are. */
export const recurrences: Migration = {
  version: 7,
  statements: [
    `CREATE TABLE recurrence (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      content TEXT NOT NULL CHECK (json_valid(content)),
      label TEXT NOT NULL,
      rule TEXT NOT NULL CHECK (json_valid(rule)),
      time TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      gap TEXT NOT NULL CHECK (gap IN ('before', 'after', 'skip')),
      twice TEXT NOT NULL CHECK (twice IN ('first', 'second')),
      from_date TEXT NOT NULL,
      until_date TEXT,
      most INTEGER CHECK (most IS NULL OR most >= 1),
      created_at INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      ended_at INTEGER
    ) STRICT`,

    `CREATE TABLE recurrence_account (
      recurrence_id INTEGER NOT NULL REFERENCES recurrence (id),
      account_id INTEGER NOT NULL REFERENCES account (id),
      made_up_to TEXT NOT NULL,
      PRIMARY KEY (recurrence_id, account_id)
    ) STRICT, WITHOUT ROWID`,

    `CREATE TABLE recurrence_post (
      post_id INTEGER PRIMARY KEY REFERENCES post (id),
      recurrence_id INTEGER NOT NULL REFERENCES recurrence (id)
    ) STRICT`,
    'CREATE INDEX recurrence_post_by_recurrence ON recurrence_post (recurrence_id)',
  ],
};
