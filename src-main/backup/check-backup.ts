import { join } from 'node:path';
import type { DatabaseCounts } from '../core/stores.ts';
import { verifyJournal } from '../stop/journal-check.ts';
import { checkCopy } from '../storage/online-copy.ts';
import { type BackupRecord, placesOf, poolOf, readMediaList } from './backup-record.ts';
import { missingMedia } from './media-pool.ts';
import { hashFile } from './whole-copies.ts';

/** Why a backup is not what it should be. `detail` is what was found. */
export type Flaw = {
  readonly code: 'database' | 'counts' | 'journal' | 'media';
  readonly detail: string;
};

type Expected = Pick<
  BackupRecord,
  'counts' | 'databaseSha256' | 'journalRecords' | 'journalProblem' | 'mediaFiles'
>;

/**
 * Reads a backup as it lies there: the database's bytes and each of its pages and rows, the journal's chain, the presence of all media, with
 * `isThorough` also what they hold. Null when it is whole; the first flaw otherwise. Never throws for what it finds.
 */
export async function checkBackup(
  folder: string,
  id: string,
  expected: Expected,
  isThorough: boolean,
): Promise<Flaw | null> {
  const places = placesOf(folder, id);
  try {
    if ((await hashFile(places.database)) !== expected.databaseSha256)
      return { code: 'database', detail: 'Its bytes are not those that were written.' };
    const counts = await checkCopy(places.database);
    if (!isSame(counts, expected.counts))
      return { code: 'counts', detail: 'It does not hold as many posts as the queue did.' };
  } catch (error) {
    return { code: 'database', detail: (error as Error).message };
  }
  const journal = await verifyJournal(places.journal, places.journalHead);
  if (journal.problem !== expected.journalProblem) return { code: 'journal', detail: journal.problem };
  if (journal.records !== expected.journalRecords)
    return { code: 'journal', detail: 'It has another number of lines than were written.' };
  try {
    const entries = await readMediaList(places.mediaList);
    const pool = poolOf(folder);
    const missing = await missingMedia(entries, pool);
    if (missing[0] || entries.length !== expected.mediaFiles)
      return { code: 'media', detail: missing[0]?.sha256 ?? 'The list is not complete.' };
    for (const { sha256 } of isThorough ? entries : [])
      if ((await hashFile(join(pool, sha256))) !== sha256) return { code: 'media', detail: sha256 };
  } catch (error) {
    return { code: 'media', detail: (error as Error).message };
  }
  return null;
}

function isSame(a: DatabaseCounts, b: DatabaseCounts): boolean {
  const flat = ({ posts, ...rest }: DatabaseCounts) =>
    JSON.stringify(Object.entries({ ...rest, ...posts }).sort());
  return flat(a) === flat(b);
}
