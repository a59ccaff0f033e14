import type { Migration } from './migration.ts';

/** What people note of a brand, its logo (a file in `media/` by its SHA-256, '' for none), and labels of accounts. */
export const notesAndLabels: Migration = {
  version: 4,
  statements: [
    `CREATE TABLE brand_note (
      brand_id INTEGER PRIMARY KEY REFERENCES brand (id),
      notes TEXT NOT NULL,
      logo TEXT NOT NULL CHECK (logo = '' OR length(logo) = 64)
    ) STRICT`,

    `CREATE TABLE account_label (
      account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
      label TEXT NOT NULL CHECK (label <> ''),
      PRIMARY KEY (account_id, label)
    ) STRICT, WITHOUT ROWID`,
  ],
};
