import type { Instant } from '../core/clock.ts';
import { readLatch, writeLatch } from './latch.ts';
import { type PermitText, readPermit, removePermit } from './permit.ts';
import type { StopPaths } from './stop-files.ts';
import { writeWhole } from './whole-files.ts';

type Permit = {
  readonly epoch: number;
  readonly host: string;
  readonly sendsFrom: Instant;
  readonly by: string;
};

/** Writes the permit of one epoch, durable on return. Throws what the system says; then there may or may not be one. */
export function writePermit(path: string, permit: Permit): void {
  writeWhole(path, ({ inode, born }) =>
    JSON.stringify({
      version: 1,
      ...permit,
      inode,
      born,
      note: 'While this file is here All Stop may publish. Delete it and nothing more goes out.',
    } satisfies PermitText),
  );
}

/**
 * Latch first, then the permit, of an epoch no stop has used; see `StopDisk.arm`. `reserve` keeps the epochs after it free, or says no. The
 * latch is looked at again in front of its writing and behind that of the permit, each of which waits for the disk: what another process
 * stopped meanwhile stays stopped.
 */
export function armFiles(paths: StopPaths, permit: Permit, reserve: () => boolean): boolean {
  const { epoch, host } = permit;
  if (readLatch(paths.latch).epoch >= epoch) return false;
  if (!reserve()) return false;
  if (readLatch(paths.latch).epoch >= epoch) return false;
  if (!writeLatch(paths.latch, { state: 'armed', epoch, stop: null })) return false;
  try {
    writePermit(paths.permit, permit);
  } catch {
    return false;
  }
  const latch = readLatch(paths.latch);
  if (latch.state !== 'armed' || latch.epoch !== epoch) {
    removePermit(paths.permit);
    return false;
  }
  const back = readPermit(paths.permit, host);
  return back.ok && back.epoch === epoch;
}
