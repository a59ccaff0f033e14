import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../core/clock.ts';
import type { DatabaseCounts } from '../core/stores.ts';
import { DATABASE_FILE } from '../data-folder.ts';

/** What `backup.json` of a backup holds. It is written last: a folder without it is no backup. */
export type BackupRecord = {
  readonly version: 1;
  /** The name of its folder: when it was made, in UTC. */
  readonly id: string;
  readonly madeAt: Instant;
  /** Whose it is, where several computers keep theirs in one folder. Earlier ones say nothing. */
  readonly desk?: string;
  /** The day it was made for, where the person sits: 'YYYY-MM-DD'. */
  readonly day: string;
  readonly appVersion: string;
  readonly counts: DatabaseCounts;
  readonly databaseBytes: number;
  readonly databaseSha256: string;
  readonly journalRecords: number;
  /** What was wrong with the journal when it was kept; '' when it was whole. */
  readonly journalProblem: string;
  readonly mediaFiles: number;
  readonly mediaBytes: number;
  readonly verifiedAt: Instant;
};

/** The last rehearsal of putting a backup back, kept beside it. */
export type Rehearsal = {
  readonly at: Instant;
  /** '' when all was well, else what was wrong. */
  readonly problem: string;
  readonly tookMs: number;
};

export type Backup = BackupRecord & { readonly rehearsal: Rehearsal | null };

/** One file of media that a backup counts on, in `media/` beside the backups, by its SHA-256. */
export type MediaEntry = { readonly sha256: string; readonly bytes: number };

const ID = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:-\d+)?Z$/u;
export const SHA256 = /^[0-9a-f]{64}$/u;

export function backupId(at: Instant): string {
  return new Date(at).toISOString().replaceAll(':', '-').replace('.', '-');
}

export const placesOf = (folder: string, id: string) => ({
  dir: join(folder, id),
  record: join(folder, id, 'backup.json'),
  database: join(folder, id, DATABASE_FILE),
  journal: join(folder, id, 'journal.jsonl'),
  journalHead: join(folder, id, 'journal.head'),
  stop: join(folder, id, 'stop.json'),
  settings: join(folder, id, 'settings.json'),
  secrets: join(folder, id, 'secrets.json'),
  mediaList: join(folder, id, 'media.txt'),
  rehearsal: join(folder, id, 'rehearsal.json'),
});

/** Shared by all backups of a folder, each file named by its SHA-256. */
export const poolOf = (folder: string) => join(folder, 'media');

/** The backups in a folder, newest first. What is no backup, or an unreadable one, is not among them; a missing folder has none. */
export async function readBackups(folder: string): Promise<readonly Backup[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.filter((name) => ID.test(name)).map((id) => readBackup(folder, id)));
  return found
    .filter((backup): backup is Backup => backup !== null)
    .sort((a, b) => b.madeAt - a.madeAt || b.id.localeCompare(a.id));
}

export async function readBackup(folder: string, id: string): Promise<Backup | null> {
  if (!ID.test(id)) return null;
  const places = placesOf(folder, id);
  const record = await readJson<BackupRecord>(places.record);
  if (record?.version !== 1 || record.id !== id || !Number.isFinite(record.madeAt) || !record.counts?.posts)
    return null;
  const rehearsal = await readJson<Rehearsal>(places.rehearsal);
  return { ...record, rehearsal: rehearsal && Number.isFinite(rehearsal.at) ? rehearsal : null };
}

export function writeMediaList(entries: readonly MediaEntry[]): string {
  return entries.map(({ sha256, bytes }) => `${sha256} ${bytes}\n`).join('');
}

/** Rejects when the list is not there. */
export async function readMediaList(path: string): Promise<readonly MediaEntry[]> {
  return (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [sha256 = '', bytes = ''] = line.split(' ');
      return { sha256, bytes: Number(bytes) };
    });
}

/** What a JSON file of our own says; null when there is none, or it holds no object. */
export async function readJson<T>(path: string): Promise<T | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as T) : null;
  } catch {
    return null;
  }
}
