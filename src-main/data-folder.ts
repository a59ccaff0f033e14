import { join } from 'node:path';

/** What the queue's database is called, also where it is a copy. */
export const DATABASE_FILE = 'queue.sqlite';

/** The queue's database, for the app and the command line. */
export function databasePath(dataDir: string): string {
  return join(dataDir, DATABASE_FILE);
}

/** A page of every crisis plan, to be read without the app. */
export function plansPath(dataDir: string): string {
  return join(dataDir, 'plans');
}

/** What posts carry, each file named by its SHA-256. */
export function mediaPath(dataDir: string): string {
  return join(dataDir, 'media');
}
