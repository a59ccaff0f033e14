import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/**
 * The first `most` bytes of a plain file as UTF-8; null when there is none, or something else in its place: a pipe under that name would
 * keep whoever opens it waiting for ever.
 */
export function readPlain(path: string, most: number): string | null {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return null;
  }
  try {
    if (!fstatSync(fd).isFile()) return null;
    const buffer = Buffer.alloc(most);
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, most, 0));
  } catch {
    return null;
  } finally {
    closeSync(fd);
  }
}
