import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../core/clock.ts';
import { syncFolder } from '../sync-folder.ts';
import { type MediaEntry, placesOf, poolOf, readBackups, readMediaList, SHA256 } from './backup-record.ts';
import { hashFile, linkOrCopy } from './whole-copies.ts';

/** Every file of media in a data folder, in order. */
export async function listMedia(dir: string): Promise<readonly MediaEntry[]> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => SHA256.test(name)).sort();
  const entries: MediaEntry[] = [];
  for (const sha256 of names) {
    const found = await stat(join(dir, sha256)).catch(() => null);
    if (found?.isFile()) entries.push({ sha256, bytes: found.size });
  }
  return entries;
}

/** Those a folder has not yet, or not whole. */
export async function missingMedia(
  entries: readonly MediaEntry[],
  dir: string,
): Promise<readonly MediaEntry[]> {
  const missing: MediaEntry[] = [];
  for (const entry of entries) {
    const found = await stat(join(dir, entry.sha256)).catch(() => null);
    if (found?.size !== entry.bytes) missing.push(entry);
  }
  return missing;
}

/**
 * Brings files of media from one folder into another, once each, and reads what was brought back: each must be what its name says. Returns the
 * names of those that are not; they are not brought.
 */
export async function bringMedia(
  from: string,
  to: string,
  entries: readonly MediaEntry[],
  isGivenUp: () => boolean,
): Promise<readonly string[]> {
  if (entries.length === 0) return [];
  await mkdir(to, { recursive: true, mode: 0o700 });
  const damaged: string[] = [];
  for (const { sha256 } of entries) {
    if (isGivenUp()) break;
    const target = join(to, sha256);
    if ((await hashFile(join(from, sha256)).catch(() => '')) !== sha256) {
      damaged.push(sha256);
      continue;
    }
    await rm(target, { force: true });
    await linkOrCopy(join(from, sha256), target);
  }
  await syncFolder(to);
  return damaged;
}

/** Another computer brings media before its list names them. */
const LEFT_ALONE_MS = 24 * 60 * 60_000;

/** Removes what no backup of the folder names any more and has lain there for a day. A list that cannot be read keeps everything. */
export async function prunePool(folder: string, now: Instant): Promise<void> {
  const named = new Set<string>();
  for (const { id } of await readBackups(folder)) {
    const entries = await readMediaList(placesOf(folder, id).mediaList).catch(() => null);
    if (entries === null) return;
    for (const { sha256 } of entries) named.add(sha256);
  }
  const pool = poolOf(folder);
  for (const name of await readdir(pool).catch(() => [])) {
    if (!SHA256.test(name) || named.has(name)) continue;
    // When it came there: a link or a copy may keep the older time its bytes were written at.
    const cameAt = (await stat(join(pool, name)).catch(() => null))?.ctimeMs ?? now;
    if (now - cameAt > LEFT_ALONE_MS) await rm(join(pool, name), { force: true });
  }
}
