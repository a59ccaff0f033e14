import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../core/clock.ts';
import { DATABASE_FILE, databasePath, mediaPath } from '../data-folder.ts';
import { syncFolder } from '../sync-folder.ts';
import { type Backup, type MediaEntry, placesOf, poolOf, readMediaList } from './backup-record.ts';
import { checkBackup, type Flaw } from './check-backup.ts';
import { bringMedia, missingMedia } from './media-pool.ts';
import { bytesOf, needRoom } from './room.ts';
import { copyWhole, syncFile } from './whole-copies.ts';

/** What is to be put back at the next start. */
export type RestoreOrder = {
  readonly version: 1;
  /** A backup of this computer, or everything of another one. */
  readonly kind: 'backup' | 'import';
  /** The backup's id; the folder's name for an import. */
  readonly backup: string;
  readonly madeAt: Instant;
  readonly orderedAt: Instant;
  readonly by: string;
  /** The folder, in the data folder, into which what is there now is moved. */
  readonly keptIn: string;
};

const FOLDER = 'restore';
const placeOf = (dataDir: string) => ({
  dir: join(dataDir, FOLDER),
  order: join(dataDir, FOLDER, 'order.json'),
  database: join(dataDir, FOLDER, DATABASE_FILE),
});

/** The database and what SQLite may have left beside it; the log first: without it the database alone would lack its newest rows. */
const PARTS = ['-wal', '-shm', '-journal', ''] as const;

/**
 * Checks a backup to its last byte and lays it ready beside the database; it takes its place at the next start, before anything is opened.
 * Media that are missing are brought at once: they are named by their hash and change nothing. Throws `NoRoom`.
 */
export async function orderRestore(
  dataDir: string,
  folder: string,
  backup: Backup,
  by: string,
  now: Instant,
): Promise<Flaw | RestoreOrder> {
  const flaw = await checkBackup(folder, backup.id, backup, true);
  if (flaw) return flaw;
  const places = placesOf(folder, backup.id);
  const order = await layReady(dataDir, {
    kind: 'backup',
    name: backup.id,
    madeAt: backup.madeAt,
    by,
    now,
    database: places.database,
    media: { folder: poolOf(folder), entries: await readMediaList(places.mediaList) },
  });
  // A new folder has no key yet: the one of the backup opens its sign-ins where the keyring still has what seals it.
  const key = join(dataDir, 'secrets.json');
  if ((await bytesOf(key)) === 0 && (await bytesOf(places.secrets)) > 0) await copyWhole(places.secrets, key);
  return order;
}

/** Lays a checked database and its media ready. Throws `NoRoom`. */
export async function layReady(
  dataDir: string,
  what: {
    readonly kind: RestoreOrder['kind'];
    readonly name: string;
    readonly madeAt: Instant;
    readonly by: string;
    readonly now: Instant;
    readonly database: string;
    readonly media: { readonly folder: string; readonly entries: readonly MediaEntry[] };
  },
): Promise<RestoreOrder> {
  const { now } = what;
  const ready = placeOf(dataDir);
  await cancelRestore(dataDir);
  const media = await missingMedia(what.media.entries, mediaPath(dataDir));
  const mediaBytes = media.reduce((sum, { bytes }) => sum + bytes, 0);
  await needRoom(dataDir, (await bytesOf(what.database)) + mediaBytes);
  await mkdir(ready.dir, { recursive: true, mode: 0o700 });
  await copyWhole(what.database, ready.database);
  await bringMedia(what.media.folder, mediaPath(dataDir), media, () => false);
  const order: RestoreOrder = {
    version: 1,
    kind: what.kind,
    backup: what.name,
    madeAt: what.madeAt,
    orderedAt: now,
    by: what.by,
    keptIn: `before-restore-${new Date(now).toISOString().replaceAll(/[:.]/gu, '-')}`,
  };
  // Written last: without it nothing is put back.
  await writeFile(`${ready.order}.new`, `${JSON.stringify(order)}\n`, { mode: 0o600 });
  await syncFile(`${ready.order}.new`);
  await rename(`${ready.order}.new`, ready.order);
  await syncFolder(ready.dir);
  return order;
}

/** Nothing is put back any more. */
export async function cancelRestore(dataDir: string): Promise<void> {
  const { dir, order } = placeOf(dataDir);
  await rm(order, { force: true });
  await rm(dir, { recursive: true, force: true });
}

export async function readRestoreOrder(dataDir: string): Promise<RestoreOrder | null> {
  try {
    const order = JSON.parse(await readFile(placeOf(dataDir).order, 'utf8')) as RestoreOrder;
    return order?.version === 1 && /^before-restore-[\w-]+$/u.test(order.keptIn) ? order : null;
  } catch {
    return null;
  }
}

/**
 * Before the database is opened: moves the one that is there aside, whole, and puts what was laid ready in its place. A crash in the midst of
 * it goes on at the next start. Null when nothing was ordered; rejects with what the disk said, and then nothing may be opened.
 */
export async function putBackOrdered(dataDir: string): Promise<RestoreOrder | null> {
  const order = await readRestoreOrder(dataDir);
  if (!order) return null;
  const ready = placeOf(dataDir);
  const kept = join(dataDir, order.keptIn);
  const live = databasePath(dataDir);
  if ((await bytesOf(ready.database)) > 0) {
    await mkdir(kept, { recursive: true, mode: 0o700 });
    for (const part of PARTS) await moveIfThere(`${live}${part}`, join(kept, `${DATABASE_FILE}${part}`));
    await syncFolder(kept);
    await syncFolder(dataDir);
    await rename(ready.database, live);
    await syncFolder(dataDir);
  }
  await cancelRestore(dataDir);
  return order;
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
