import type { Migration } from './migration.ts';

/** What some accounts of a draft, or of a recurring post, say in their own words: a JSON array of `Variant`. */
export const variants: Migration = {
  version: 8,
  statements: [
    `ALTER TABLE draft ADD COLUMN variants TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(variants))`,
    `ALTER TABLE recurrence ADD COLUMN variants TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(variants))`,
  ],
};
