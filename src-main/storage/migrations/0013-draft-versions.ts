import type { Migration } from './migration.ts';

/** What drafts held before, as JSON of `Draft` without its id and time. They go with their draft. */
export const draftVersions: Migration = {
  version: 13,
  statements: [
    `CREATE TABLE draft_version (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
      saved_at INTEGER NOT NULL,
      length INTEGER NOT NULL,
      held TEXT NOT NULL CHECK (json_valid(held))
    ) STRICT`,
    'CREATE INDEX draft_version_by_draft ON draft_version (draft_id, id)',
  ],
};
