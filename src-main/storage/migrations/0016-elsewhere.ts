import type { Migration } from './migration.ts';

/** Other schedulers that can be read, whose channels are whose, and what a person lets a stop cancel there. */
export const elsewhere: Migration = {
  version: 16,
  statements: [
    `CREATE TABLE elsewhere_service (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      service TEXT NOT NULL CHECK (service <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      settings TEXT NOT NULL CHECK (json_type(settings) = 'object'),
      sealed TEXT,
      channels TEXT NOT NULL CHECK (json_type(channels) = 'array')
    ) STRICT`,
    `CREATE TABLE elsewhere_match (
      service_id INTEGER NOT NULL REFERENCES elsewhere_service (id) ON DELETE CASCADE,
      channel TEXT NOT NULL,
      account_id INTEGER REFERENCES account (id) ON DELETE CASCADE,
      brand_id INTEGER REFERENCES brand (id),
      CHECK ((account_id IS NULL) <> (brand_id IS NULL)),
      PRIMARY KEY (service_id, channel)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE elsewhere_opted (
      source TEXT PRIMARY KEY CHECK (source GLOB 'account:[1-9]*' OR source GLOB 'service:[1-9]*'),
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
