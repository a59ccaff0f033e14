import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { DATABASE_FILE } from '../data-folder.ts';
import { openStorage } from '../storage/open-storage.ts';
import { type Backup, placesOf, type Rehearsal } from './backup-record.ts';
import { checkBackup } from './check-backup.ts';
import { bytesOf, needRoom } from './room.ts';
import { copyWhole } from './whole-copies.ts';

/** In the data folder: the disk a real restore would need room on. */
const FOLDER = 'rehearsal';

/**
 * Puts a backup back beside the real data, as a restore would: checks every byte of it, copies it into a folder of its own and opens it there as
 * the app opens its database. What came of it is kept with the backup; the folder goes again. Never throws.
 */
export async function rehearseRestore(
  dataDir: string,
  folder: string,
  backup: Backup,
  clock: Clock,
): Promise<Rehearsal> {
  const began = clock.monotonic();
  const beside = join(dataDir, FOLDER);
  let problem = '';
  try {
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true, mode: 0o700 });
    problem = await tryOut(beside, folder, backup, clock);
  } catch (error) {
    problem = (error as Error).message;
  } finally {
    await rm(beside, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
  const rehearsal = { at: clock.now(), problem, tookMs: Math.round(clock.monotonic() - began) };
  // A full or read-only disk keeps the result from being kept, not from being said.
  await writeFile(placesOf(folder, backup.id).rehearsal, `${JSON.stringify(rehearsal)}\n`, {
    mode: 0o600,
  }).catch(() => undefined);
  return rehearsal;
}

async function tryOut(beside: string, folder: string, backup: Backup, clock: Clock): Promise<string> {
  const flaw = await checkBackup(folder, backup.id, backup, true);
  if (flaw) return flaw.detail;
  const { database } = placesOf(folder, backup.id);
  await needRoom(beside, await bytesOf(database));
  const path = join(beside, DATABASE_FILE);
  await copyWhole(database, path);
  const opened = await openStorage({ path, now: clock.now });
  if (!opened.ok) return opened.error.message;
  try {
    const accounts = await opened.value.accounts.list();
    const counts = await opened.value.posts.counts();
    const isSame =
      counts.published === backup.counts.posts.published && accounts.length <= backup.counts.accounts;
    return isSame ? '' : 'It does not hold as many posts as the queue did.';
  } finally {
    await opened.value.close();
  }
}
