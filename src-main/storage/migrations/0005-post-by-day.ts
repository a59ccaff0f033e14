import type { Migration } from './migration.ts';

/** What a calendar counts and picks the first posts of a day by: no row is read to tell whose post it is. */
export const postByDay: Migration = {
  version: 5,
  statements: [`CREATE INDEX post_by_day ON post (state, publish_at, account_id)`],
};
