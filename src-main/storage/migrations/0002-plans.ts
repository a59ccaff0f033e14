import type { Migration } from './migration.ts';

/** The crisis plan of a brand, and the other tools that can post on an account. */
export const plans: Migration = {
  version: 2,
  statements: [
    `CREATE TABLE plan (
      brand_id INTEGER PRIMARY KEY REFERENCES brand (id),
      language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
      decision_makers TEXT NOT NULL CHECK (json_type(decision_makers) = 'array'),
      tone_rules TEXT NOT NULL CHECK (json_type(tone_rules) = 'array'),
      holding_message TEXT NOT NULL,
      steps TEXT NOT NULL CHECK (json_type(steps) = 'array'),
      changed_at INTEGER NOT NULL
    ) STRICT`,

    `CREATE TABLE other_tool (
      account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
      key TEXT NOT NULL CHECK (key <> ''),
      place INTEGER NOT NULL CHECK (place >= 0),
      kind TEXT NOT NULL CHECK (kind IN ('scheduler', 'network-planner', 'automation', 'feed', 'other')),
      name TEXT NOT NULL CHECK (name <> ''),
      link TEXT NOT NULL CHECK (link = '' OR link GLOB 'https://?*'),
      note TEXT NOT NULL,
      PRIMARY KEY (account_id, key)
    ) STRICT, WITHOUT ROWID`,
  ],
};
