import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Left free beside what is written, so that the disk of the queue is never filled by keeping it. */
const SPARE_BYTES = 16 * 1024 * 1024;

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);

/** Thrown when a disk has less room than is needed. */
export class NoRoom extends Error {
  readonly where: string;
  readonly needed: number;
  readonly free: number;
  constructor(where: string, needed: number, free: number) {
    super(`Not enough room in ${where}: ${megabytes(needed)} MB are needed, ${megabytes(free)} MB are free.`);
    this.name = 'NoRoom';
    this.where = where;
    this.needed = needed;
    this.free = free;
  }
}

/** Throws `NoRoom` when so many bytes do not fit beside what has to stay free. A system that does not tell is believed to have room. */
export async function needRoom(where: string, bytes: number): Promise<void> {
  const needed = bytes + SPARE_BYTES;
  const free = await freeBytes(where);
  if (free !== null && free < needed) throw new NoRoom(where, needed, free);
}

async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    const parent = dirname(path);
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && parent !== path ? freeBytes(parent) : null;
  }
}

/** Zero for a file that is not there. */
export async function bytesOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
