import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Instant } from '../core/clock.ts';
import type { Storage } from '../core/stores.ts';
import { DATABASE_FILE, databasePath, mediaPath } from '../data-folder.ts';
import { stopPaths } from '../stop/stop-files.ts';
import { syncFolder } from '../sync-folder.ts';
import { type BackupRecord, backupId, placesOf, poolOf, writeMediaList } from './backup-record.ts';
import { checkBackup, type Flaw } from './check-backup.ts';
import { copyJournal } from './copy-journal.ts';
import { bringMedia, listMedia, missingMedia } from './media-pool.ts';
import { bytesOf, needRoom } from './room.ts';
import { copyWhole, hashFile, moveFile, syncFile } from './whole-copies.ts';

export type BackupStep = 'database' | 'files' | 'media' | 'check';

export type BackupOrder = {
  readonly dataDir: string;
  /** Where backups lie; made when it is not there. */
  readonly folder: string;
  readonly at: Instant;
  readonly day: string;
  readonly desk: string;
  readonly appVersion: string;
  /** What the stop says of itself, kept as a fact; it is never put back. */
  readonly stopFacts: unknown;
  readonly flushJournal: () => Promise<void>;
  readonly onStep: (step: BackupStep) => void;
  readonly isGivenUp: () => boolean;
};

/** Thrown when a backup that was just made is not whole. */
export class NotSound extends Error {
  readonly flaw: Flaw;
  constructor(flaw: Flaw) {
    super(`The backup is not whole (${flaw.code}): ${flaw.detail}`);
    this.name = 'NotSound';
    this.flaw = flaw;
  }
}

/** Each computer clears its own: another may be at work in the same folder. */
const unfinishedOf = (desk: string) => `unfinished-${desk}-`;
/** In the data folder: the connection writes on the disk of the queue alone, whatever disk the backup goes to. */
const SCRATCH = 'backup-part';

/**
 * Makes one backup and checks it where it lies, in a folder that gets its name only then. Null when given up. Throws `NoRoom`, `NotSound` or what
 * the system or the database said; nothing of it stays then, but media that are whole.
 */
export async function makeBackup(storage: Storage, order: BackupOrder): Promise<BackupRecord | null> {
  const { dataDir, folder } = order;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await clearUnfinished(folder, order.desk);
  const id = backupId(order.at);
  const unfinished = `${unfinishedOf(order.desk)}${id}`;
  const scratch = join(dataDir, SCRATCH);
  try {
    await mkdir(join(folder, unfinished), { mode: 0o700 });
    const record = await fill(storage, order, unfinished, join(scratch, DATABASE_FILE));
    if (record === null) return null;
    order.onStep('check');
    const flaw = await checkBackup(folder, unfinished, record, false);
    if (flaw) throw new NotSound(flaw);
    const whole = { ...record, id, verifiedAt: order.at };
    const { record: path } = placesOf(folder, unfinished);
    await writeFile(path, `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600 });
    await syncFile(path);
    await syncFolder(join(folder, unfinished));
    await rename(join(folder, unfinished), join(folder, id));
    await syncFolder(folder);
    return whole;
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await rm(join(folder, unfinished), { recursive: true, force: true });
  }
}

async function fill(
  storage: Storage,
  order: BackupOrder,
  name: string,
  scratch: string,
): Promise<Omit<BackupRecord, 'id' | 'verifiedAt'> | null> {
  const { dataDir, folder } = order;
  const places = placesOf(folder, name);
  const paths = stopPaths(dataDir);
  const media = await listMedia(mediaPath(dataDir));
  const fresh = await missingMedia(media, poolOf(folder));
  const database = (await bytesOf(databasePath(dataDir))) + (await bytesOf(`${databasePath(dataDir)}-wal`));
  await needRoom(dataDir, database);
  const added = fresh.reduce((sum, { bytes }) => sum + bytes, 0);
  await needRoom(folder, database + (await bytesOf(paths.journal)) + added);

  order.onStep('database');
  await mkdir(dirname(scratch), { recursive: true, mode: 0o700 });
  const counts = await storage.copyTo(scratch, order.isGivenUp);
  if (counts === null) return null;
  await moveFile(scratch, places.database);

  order.onStep('files');
  await order.flushJournal();
  const journal = await copyJournal(paths, places);
  for (const path of [places.settings, places.secrets]) {
    const from = join(dataDir, basename(path));
    if ((await bytesOf(from)) > 0) await copyWhole(from, path);
  }
  await writeFile(places.stop, `${JSON.stringify(order.stopFacts, null, 2)}\n`, { mode: 0o600 });

  order.onStep('media');
  // One that is not what its name says cannot be sent either; the rest is kept all the same.
  const damaged = new Set(await bringMedia(mediaPath(dataDir), poolOf(folder), fresh, order.isGivenUp));
  if (order.isGivenUp()) return null;
  const kept = media.filter(({ sha256 }) => !damaged.has(sha256));
  await writeFile(places.mediaList, writeMediaList(kept), { mode: 0o600 });

  return {
    version: 1,
    madeAt: order.at,
    day: order.day,
    desk: order.desk,
    appVersion: order.appVersion,
    counts,
    databaseBytes: await bytesOf(places.database),
    databaseSha256: await hashFile(places.database),
    journalRecords: journal.records,
    journalProblem: journal.problem,
    mediaFiles: kept.length,
    mediaBytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function clearUnfinished(folder: string, desk: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(unfinishedOf(desk))) await rm(join(folder, name), { recursive: true, force: true });
}
