import { closeSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeFile, syncDir } from './sync-files.ts';

/*
 * An empty file whose name says how far epochs may have come: with a latch that cannot be read, no epoch is used twice. It is written ahead, so
 * that the stop path seldom waits for it.
 */
const NAME = /^epoch-([1-9]\d{0,14})$/u;
const AHEAD = 1_000;

/** 0 when there is none, or the folder cannot be read. */
export function readReserved(dir: string): number {
  try {
    return Math.max(0, ...marks(dir));
  } catch {
    return 0;
  }
}

const marks = (dir: string) => readdirSync(dir).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));

/** Reserves epochs up to one well above `epoch`, durably. Throws what the system says. @returns what is reserved now. */
export function reserveEpochs(dir: string, epoch: number): number {
  const before = marks(dir);
  const reserved = Math.max(epoch, ...before) + AHEAD;
  closeSync(openSync(join(dir, `epoch-${reserved}`), 'w', 0o600));
  syncDir(dir);
  for (const mark of before) removeFile(join(dir, `epoch-${mark}`));
  return reserved;
}
