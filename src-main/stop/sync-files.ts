import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/*
 * The few system calls of the stop path: synchronous, so that they need no thread pool, and small, so that "killed at any
 * instruction" is a list one can write down.
 */

/** Makes a removal or a rename in `dir` durable. Windows has no such call; there the latch is the durable proof. */
export function syncDir(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Opens for reading without waiting: a pipe put in the place of a file would hold `open` up for ever. Windows has no such flag. */
export const openNow = (path: string) => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));

/** True when `path` is certainly not there. */
export function isAbsent(path: string): boolean {
  try {
    closeSync(openNow(path));
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** Removes `path`; a file already gone is no error. Throws what else the system says. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Nothing waits between a read into it and the text made from it. */
const SCRATCH = Buffer.allocUnsafe(65_536);

/** Reads at most `most` bytes of a file as UTF-8. Throws what the system says, and for what is no file. */
export function readSmall(
  path: string,
  most = SCRATCH.length,
): { text: string; inode: string; born: string } {
  const fd = openNow(path);
  try {
    const stat = fstatSync(fd, { bigint: true });
    if (!stat.isFile()) throw new Error(`${path} is not a file`);
    const buffer = most > SCRATCH.length ? Buffer.alloc(most) : SCRATCH;
    let length = 0;
    for (;;) {
      const read = readSync(fd, buffer, length, most - length, length);
      length += read;
      if (read === 0 || length === most) break;
    }
    return {
      text: buffer.toString('utf8', 0, length),
      inode: String(stat.ino),
      born: String(stat.birthtimeNs),
    };
  } finally {
    closeSync(fd);
  }
}

/** Overwrites the first bytes of a file that keeps its size, and makes them durable. Needs no free space once it exists. */
export function overwriteSized(path: string, text: string, size: number): void {
  const bytes = Buffer.alloc(size, 0x20);
  const written = bytes.write(text, 0, size - 1, 'utf8');
  if (written < Buffer.byteLength(text)) throw new Error(`${path}: ${text.length} characters do not fit`);
  bytes[size - 1] = 0x0a;
  let fd: number;
  try {
    fd = openSync(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    fd = openSync(path, 'w+', 0o600);
    syncDir(dirname(path));
  }
  try {
    if (!fstatSync(fd).isFile()) throw new Error(`${path} is not a file`);
    writeSync(fd, bytes, 0, size, 0);
    fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
