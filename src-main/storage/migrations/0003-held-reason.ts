import type { Migration } from './migration.ts';

/** Why an account is held: '' by a person, otherwise what tripped and how often, for instance 'refusals 5'. */
export const heldReason: Migration = {
  version: 3,
  statements: [`ALTER TABLE account ADD COLUMN held_reason TEXT NOT NULL DEFAULT ''`],
};
