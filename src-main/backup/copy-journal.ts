import { open, truncate } from 'node:fs/promises';
import { type JournalCheck, verifyJournal } from '../stop/journal-check.ts';
import { bytesOf } from './room.ts';
import { copyWhole } from './whole-copies.ts';

type JournalFiles = { readonly journal: string; readonly journalHead: string };

/**
 * Copies a journal that is being written: the head before the lines, so that lines that come meanwhile are more than it asks for. A line that is
 * being written is left out. Returns what checking the copy found.
 */
export async function copyJournal(from: JournalFiles, to: JournalFiles): Promise<JournalCheck> {
  if ((await bytesOf(from.journalHead)) > 0) await copyWhole(from.journalHead, to.journalHead);
  if ((await bytesOf(from.journal)) > 0) {
    await copyWhole(from.journal, to.journal);
    await cutLastLine(to.journal);
  }
  return verifyJournal(to.journal, to.journalHead);
}

async function cutLastLine(path: string): Promise<void> {
  const size = await bytesOf(path);
  const file = await open(path, 'r');
  let end = size;
  try {
    const block = Buffer.alloc(64 * 1024);
    while (end > 0) {
      const from = Math.max(0, end - block.length);
      await file.read(block, 0, end - from, from);
      const at = block.subarray(0, end - from).lastIndexOf(0x0a);
      end = at < 0 ? from : from + at + 1;
      if (at >= 0) break;
    }
  } finally {
    await file.close();
  }
  if (end < size) await truncate(path, end);
}
