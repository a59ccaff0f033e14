import { copyFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Instant } from '../core/clock.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { DATABASE_FILE } from '../data-folder.ts';
import { checkCopy } from '../storage/online-copy.ts';
import { type MediaEntry, readMediaList, SHA256 } from './backup-record.ts';
import type { ExportRecord } from './export-everything.ts';
import { missingMedia } from './media-pool.ts';
import { layReady, type RestoreOrder } from './put-back.ts';
import { bytesOf, NoRoom } from './room.ts';
import { hashFile } from './whole-copies.ts';

/** An export that was read to its last byte. */
export type FoundExport = {
  readonly folder: string;
  readonly madeAt: Instant;
  readonly counts: ExportRecord['counts'];
  readonly media: readonly MediaEntry[];
};

/**
 * Looks at a folder somebody chose: whether it is an export, and whole. Refuses 'no-export', 'export-newer' and 'export-damaged', naming the file.
 */
export async function lookAtExport(folder: string): Promise<Result<FoundExport>> {
  const record = await readRecord(join(folder, 'export.json'));
  if (record?.format !== 'all-stop-export' || !record.counts?.posts || typeof record.files !== 'object')
    return refuse(
      'no-export',
      'This folder is no export of everything. Choose the folder that has the file export.json.',
    );
  if (record.version !== 1) return refuse('export-newer', 'A newer version of All Stop made this export.');
  const damaged = (file: string) => refuse('export-damaged', `This export is damaged: ${file}`);
  if (record.files[DATABASE_FILE] === undefined || record.files['media.txt'] === undefined)
    return damaged('export.json');
  for (const [name, sha256] of Object.entries(record.files)) {
    if (basename(name) !== name) return damaged('export.json');
    if ((await hashFile(join(folder, name)).catch(() => '')) !== sha256) return damaged(name);
  }
  try {
    await checkCopy(join(folder, DATABASE_FILE));
  } catch {
    return damaged(DATABASE_FILE);
  }
  const media = await readMediaList(join(folder, 'media.txt'));
  if (media.some(({ sha256 }) => !SHA256.test(sha256))) return damaged('media.txt');
  for (const { sha256 } of await missingMedia(media, join(folder, 'media')))
    return damaged(`media/${sha256}`);
  for (const { sha256 } of media)
    if ((await hashFile(join(folder, 'media', sha256))) !== sha256) return damaged(`media/${sha256}`);
  return ok({ folder, madeAt: Date.parse(record.madeAt), counts: record.counts, media });
}

/** Lays it ready for the next start, and its journal beside ours, as it is. Refuses 'backup-no-room'. */
export async function orderImport(
  dataDir: string,
  found: FoundExport,
  by: string,
  now: Instant,
): Promise<Result<RestoreOrder>> {
  try {
    const order = await layReady(dataDir, {
      kind: 'import',
      name: basename(found.folder),
      madeAt: found.madeAt,
      by,
      now,
      database: join(found.folder, DATABASE_FILE),
      media: { folder: join(found.folder, 'media'), entries: found.media },
    });
    const journal = join(found.folder, 'journal.jsonl');
    const at = new Date(now).toISOString().replaceAll(/[:.]/gu, '-');
    if ((await bytesOf(journal)) > 0) await copyFile(journal, join(dataDir, `imported-journal-${at}.jsonl`));
    return ok(order);
  } catch (error) {
    if (error instanceof NoRoom) return refuse('backup-no-room', error.message);
    throw error;
  }
}

async function readRecord(path: string): Promise<ExportRecord | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as ExportRecord) : null;
  } catch {
    return null;
  }
}
