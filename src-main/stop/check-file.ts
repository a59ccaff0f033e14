import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { StopPaths } from './stop-files.ts';
import { removeFile } from './sync-files.ts';

/**
 * Whether a stop could be made durable: a file beside the permit can be made and removed, and the latch be written. '' when so. A full
 * disk is no obstacle to removing.
 */
export function checkStopFiles(
  dataDir: string,
  paths: StopPaths,
): '' | 'not-removable' | 'latch-not-writable' {
  const sibling = join(dataDir, 'permit.check');
  try {
    closeSync(openSync(sibling, 'w', 0o600));
    removeFile(sibling);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') return 'not-removable';
  }
  try {
    closeSync(openSync(paths.latch, 'r+'));
  } catch (error) {
    // Before the first Start there is none.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return 'latch-not-writable';
  }
  return '';
}
