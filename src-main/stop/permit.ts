import { dirname } from 'node:path';
import type { Instant } from '../core/clock.ts';
import type { PermitReading } from '../core/gate.ts';
import { isAbsent, readSmall, removeFile, syncDir } from './sync-files.ts';

/** What the permit file holds. It names its own inode and birth, so that a copy or a restored backup of it is none. */
export type PermitText = {
  readonly version: 1;
  readonly epoch: number;
  readonly host: string;
  readonly inode: string;
  readonly born: string;
  readonly sendsFrom: Instant;
  readonly by: string;
  readonly note: string;
};

/** Reads the permit now. Any doubt is a no. Synchronous: it is asked in the step that sends. */
export function readPermit(path: string, host: string): PermitReading {
  let file: ReturnType<typeof readSmall>;
  try {
    file = readSmall(path, 4_096);
  } catch (error) {
    return { ok: false, why: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable' };
  }
  let permit: Partial<PermitText>;
  try {
    permit = JSON.parse(file.text) as Partial<PermitText>;
  } catch {
    return { ok: false, why: 'unreadable' };
  }
  if (
    permit?.version !== 1 ||
    !Number.isSafeInteger(permit.epoch) ||
    !Number.isFinite(permit.sendsFrom) ||
    typeof permit.born !== 'string'
  )
    return { ok: false, why: 'unreadable' };
  const isOurs =
    permit.host === host && permit.inode === file.inode && (permit.born === '' || permit.born === file.born);
  if (!isOurs) return { ok: false, why: 'foreign' };
  return { ok: true, epoch: permit.epoch as number, sendsFrom: permit.sendsFrom as number };
}

/**
 * Removes the permit. `unlinked` runs between the removal, which already closes every gate, and making it durable. True when
 * the permit was read back as absent and its folder was synced.
 */
export function removePermit(path: string, unlinked: () => void = () => {}): boolean {
  let isRemoved = true;
  try {
    removeFile(path);
  } catch {
    isRemoved = false;
  }
  unlinked();
  try {
    syncDir(dirname(path));
  } catch {
    isRemoved = false;
  }
  return isRemoved && isAbsent(path);
}
