import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../sync-folder.ts';

/** The text of a file, or null when there is none. Throws what else the system says. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Puts a file there whole or not at all, mode 0600, durable when it resolves. `wipesOld` overwrites, best-effort, the file it
 * replaces, which the system would only unlink; not for a file of which somebody may keep a hard link as a backup.
 */
export async function writePrivateFile(path: string, text: string, wipesOld: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = unfinishedOf(path);
  await wipeFile(unfinished);
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  const replaced = wipesOld && process.platform !== 'win32' ? await openIfThere(path) : null;
  try {
    await rename(unfinished, path);
    await syncFolder(dirname(path));
    if (replaced) await overwrite(replaced);
  } finally {
    await replaced?.close();
  }
}

/** Overwrites what the file holds, best-effort (a journaling disk may keep copies), and removes it durably. None there is no error. */
export async function wipeFile(path: string): Promise<void> {
  const file = await openIfThere(path);
  try {
    if (file) await overwrite(file);
  } finally {
    await file?.close();
  }
  await rm(path, { force: true });
  await syncFolder(dirname(path));
}

function openIfThere(path: string): Promise<FileHandle | null> {
  return open(path, 'r+').catch(() => null);
}

/** Where a file is written before it takes its place; left behind only by a crash. */
export function unfinishedOf(path: string): string {
  return `${path}.new`;
}

async function overwrite(file: FileHandle): Promise<void> {
  try {
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size), 0, size, 0);
    await file.sync();
  } catch {
    // A full or failing disk must not keep the file from being removed.
  }
}
