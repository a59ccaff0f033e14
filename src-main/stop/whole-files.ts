import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { openNow, removeFile, syncDir } from './sync-files.ts';

type Content = (identity: { inode: string; born: string }) => string;

/**
 * Writes a new file so that it is there whole or not at all, mode 0600, durable on return. `content` is made from the identity
 * the file will keep: its inode, and its time of birth where the file system tells one ('' where it does not).
 */
export function writeWhole(path: string, content: Content): void {
  writeSynced(path, content);
  syncDir(dirname(path));
}

/**
 * The same, but for `syncDir` of its folder: until then a power cut may bring back what was there before. `mayReplace` is asked at the last,
 * when the file is written beside `path`: without its leave nothing changes, and the answer is false.
 */
export function writeSynced(
  path: string,
  content: Content,
  mayReplace: (path: string) => boolean = () => true,
): boolean {
  const temporary = `${path}.new`;
  removeFile(temporary);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fd = openSync(temporary, 'wx', 0o600);
  try {
    const stat = fstatSync(fd, { bigint: true });
    writeSync(
      fd,
      content({
        inode: String(stat.ino),
        born: keepsBirth(dirname(path)) ? String(stat.birthtimeNs) : '',
      }),
      0,
    );
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  if (!mayReplace(path)) {
    removeFile(temporary);
    return false;
  }
  renameSync(temporary, path);
  return true;
}

/** Makes durable what a file holds, whoever wrote it. Windows syncs only what is open for writing. */
export function syncFile(path: string): void {
  const fd = process.platform === 'win32' ? openSync(path, 'r+') : openNow(path);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Whether the file system keeps the time of birth: where it does not, it reports zero, or the time of the last change, which
 * for a folder is later than its birth as soon as a file was made in it.
 */
function keepsBirth(dir: string): boolean {
  // Windows gives a file made within seconds of the removal of one of its name the birth of that one.
  if (process.platform === 'win32') return false;
  const stat = statSync(dir, { bigint: true });
  return stat.birthtimeNs !== 0n && stat.birthtimeNs !== stat.ctimeNs;
}
