import type { Migration } from './migration.ts';

/** The places in an account's week that posts can take. `weekday` is 1 (Monday) to 7, `time` 'HH:mm' in the zone of the brand. */
export const postingSlots: Migration = {
  version: 10,
  statements: [
    `CREATE TABLE posting_slot (
      account_id INTEGER NOT NULL REFERENCES account (id),
      weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
      time TEXT NOT NULL CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]' AND time < '24:00'),
      PRIMARY KEY (account_id, weekday, time)
    ) STRICT, WITHOUT ROWID`,
  ],
};
