import { mkdir, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Instant } from '../core/clock.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { databasePath } from '../data-folder.ts';
import { placeOfFolder } from '../local-folder.ts';
import { verifyJournal } from '../stop/journal-check.ts';
import { readLatch } from '../stop/latch.ts';
import { stopPaths } from '../stop/stop-files.ts';
import { checkCopy } from '../storage/online-copy.ts';
import { syncFolder } from '../sync-folder.ts';
import { readJson } from './backup-record.ts';
import { copyJournal } from './copy-journal.ts';
import { bytesOf, NoRoom, needRoom } from './room.ts';
import { copyWhole, hashFile, syncFile } from './whole-copies.ts';

/** What is to be moved at the next start, before the database is opened. */
export type MoveOrder = { readonly version: 1; readonly to: string; readonly by: string };

const ORDER = 'move-data.json';
/** In the old folder: where the data are now. In the new one: where they came from. */
const MOVED_TO = 'moved-to.json';
const MOVED_FROM = 'moved-from.json';
/** In the old folder: when everything was last stopped there, with the data elsewhere. */
const PRESSED = 'pressed-since.json';

/** What belongs to this folder and this run alone. Without the permit nothing is armed there. */
const STAYS =
  /^(?:permit(?:\..*)?|publisher\.pid|socket|window|logs|drills|restore|rehearsal|unfinished-.*|.*-part|.*\.new|move-data\.json|moved-(?:to|from)\.json|pressed-since\.json|Singleton.*|DevToolsActivePort|journal\.(?:jsonl|head))$/u;

/**
 * Whether the data may be moved there: refuses 'folder-in-data', 'folder-shared', 'folder-synced' and 'folder-not-empty'. The folder itself when it
 * is empty, else a new one in it.
 */
export async function findTarget(dataDir: string, chosen: string): Promise<Result<string>> {
  if (await isInside(dataDir, chosen))
    return refuse('folder-in-data', 'This folder is part of the data folder. Choose one elsewhere.');
  const names = await readdir(chosen).catch(() => []);
  const target = names.length === 0 ? chosen : join(chosen, 'All Stop');
  const place = placeOfFolder(target);
  if (place.kind === 'shared')
    return refuse(
      'folder-shared',
      `This folder is on a share: ${place.what}. Choose one on a disk of this computer.`,
    );
  if (place.kind === 'synced')
    return refuse(
      'folder-synced',
      `This folder is kept in step with others by ${place.what}. Choose another one.`,
    );
  if ((await readdir(target).catch(() => [])).length > 0)
    return refuse('folder-not-empty', 'There is something in this folder already. Choose an empty one.');
  return ok(target);
}

/** With every link followed. On Windows what is on another drive has an absolute path even as a relative one. */
async function isInside(dataDir: string, chosen: string): Promise<boolean> {
  const [own, other] = await Promise.all([dataDir, chosen].map((path) => realpath(path).catch(() => path)));
  const path = relative(own ?? dataDir, other ?? chosen);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

export async function orderMove(dataDir: string, to: string, by: string): Promise<void> {
  const order: MoveOrder = { version: 1, to, by };
  await writeJson(join(dataDir, ORDER), order);
}

export async function cancelMove(dataDir: string): Promise<void> {
  await rm(join(dataDir, ORDER), { force: true });
}

export async function readMove(dataDir: string): Promise<MoveOrder | null> {
  const order = await readJson<MoveOrder>(join(dataDir, ORDER));
  return order?.version === 1 && typeof order.to === 'string' ? order : null;
}

/** The folder the data came from and that is still there; '' when there is none. */
export async function readMovedFrom(dataDir: string): Promise<string> {
  return (await readOrigin(dataDir))?.from ?? '';
}

/** Where the data came from, and up to when, and to which epoch of its latch, the stops of that folder are in force here as well. */
export type Origin = {
  readonly from: string;
  readonly at: Instant;
  readonly epoch: number;
  readonly by: string;
};

/** Null when the data came from nowhere, or that folder is gone. */
export async function readOrigin(dataDir: string): Promise<Origin | null> {
  const origin = await readJson<Origin>(join(dataDir, MOVED_FROM));
  return typeof origin?.from === 'string' && (await bytesOf(join(origin.from, MOVED_TO))) > 0 ? origin : null;
}

/** Beside the latch, which a stop that was in force already leaves as it was. */
export async function notePress(dataDir: string, at: Instant): Promise<void> {
  await writeJson(join(dataDir, PRESSED), { at });
}

/** 0 when nobody did. */
export async function readPress(dataDir: string): Promise<Instant> {
  return (await readJson<{ at: Instant }>(join(dataDir, PRESSED)))?.at ?? 0;
}

export async function keepOrigin(dataDir: string, origin: Origin): Promise<void> {
  await writeJson(join(dataDir, MOVED_FROM), origin);
}

/**
 * Copies everything the desk holds into its new folder, reads each copy back, and only then says in the old one where it is. The database must not be
 * open, and nothing may be published. The old folder stays as it is. Refuses 'backup-no-room' and 'move-failed': then nothing has changed
 * and the order is forgotten.
 */
export async function moveData(dataDir: string, order: MoveOrder, now: Instant): Promise<Result<true>> {
  const { to } = order;
  try {
    // Before the first file is copied: what is stopped here from now on is taken up by the next start there.
    const { epoch } = readLatch(stopPaths(dataDir).latch);
    const files = await filesToMove(dataDir);
    let bytes = await bytesOf(stopPaths(dataDir).journal);
    for (const file of files) bytes += await bytesOf(join(dataDir, file));
    await mkdir(to, { recursive: true, mode: 0o700 });
    await needRoom(to, bytes);
    for (const file of files) await copyVerified(join(dataDir, file), join(to, file));
    await copyJournal(stopPaths(dataDir), stopPaths(to));
    const { isWhole, problem } = await verifyJournal(stopPaths(to).journal, stopPaths(to).journalHead);
    const was = await verifyJournal(stopPaths(dataDir).journal, stopPaths(dataDir).journalHead);
    if (!isWhole && was.isWhole) throw new Error(problem);
    if (files.includes(relative(dataDir, databasePath(dataDir)))) await checkCopy(databasePath(to));
    await keepOrigin(to, { from: dataDir, at: now, epoch, by: order.by });
    await syncFolder(to);
    await writeJson(join(dataDir, MOVED_TO), { to, at: now, by: order.by });
    await cancelMove(dataDir);
    return ok(true);
  } catch (error) {
    await cancelMove(dataDir);
    if (error instanceof NoRoom) return refuse('backup-no-room', error.message);
    return refuse('move-failed', `The data could not be moved: ${(error as Error).message}`);
  }
}

/** Paths below the data folder, without what stays. Throws for a link: what it names would be missed in the new folder. */
async function filesToMove(dataDir: string): Promise<readonly string[]> {
  const files: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(dataDir, folder), { withFileTypes: true })) {
      if (folder === '' && STAYS.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink())
        throw new Error(`${path} is a link. Put what it names in its place first.`);
    }
  };
  await walk('');
  return files;
}

async function copyVerified(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyWhole(from, to);
  if ((await hashFile(from)) !== (await hashFile(to))) throw new Error(`${to} is not what was written.`);
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  await syncFile(`${path}.new`);
  await rename(`${path}.new`, path);
  await syncFolder(dirname(path));
}
