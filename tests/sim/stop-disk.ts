import { scopeKey } from '../../src-main/core/scope.ts';
import type { StopDisk } from '../../src-main/core/stop-ports.ts';
import { DiskError, type StopFiles } from './stop-files.ts';

/** True when the system did it all. What is no answer of the system, such as the end of the process, passes through. */
export function isDone(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof DiskError) return false;
    throw error;
  }
}

/** The disk of the stop: the same system calls in the same order as `src-main/stop`, on simulated files. */
export function createSimDisk(files: StopFiles): StopDisk {
  const writeLatch = (...given: Parameters<StopFiles['writeLatch']>) => {
    if (!isDone(() => files.writeLatch(...given))) return false;
    const back = files.readLatch();
    return back.state === given[0] && back.epoch === given[1];
  };

  return {
    read() {
      const narrow = files.readNarrow();
      const unreadable = narrow ? '' : 'a file of the simulation';
      return { permit: files.readPermit(), latch: files.readLatch(), narrow, unreadable };
    },

    removePermit(unlinked) {
      const isRemoved = isDone(files.unlinkPermit);
      unlinked();
      const isSynced = isDone(files.syncFolder);
      return isRemoved && isSynced && !files.isPermitLive();
    },

    latchStop: (epoch, stop) => writeLatch('stopped', epoch, { ...stop, isDurable: true }),

    arm(epoch, sendsFrom) {
      if (files.readLatch().epoch >= epoch) return false;
      if (!writeLatch('armed', epoch, null)) return false;
      const isWritten = isDone(() => {
        files.writePermit(epoch, sendsFrom);
        files.renamePermit();
        files.syncFolder();
      });
      if (!isWritten) return false;
      const permit = files.readPermit();
      return permit.ok && permit.epoch === epoch;
    },

    writeNarrow(stop, endsAt) {
      const key = scopeKey(stop.scope);
      const isWritten = isDone(() => {
        files.writeNarrow(key, { stop, endsAt });
        files.syncStops();
      });
      const back = isWritten && files.readNarrow() ? files.narrowFile(key) : null;
      return back?.stop.id === stop.id && back.endsAt === endsAt;
    },

    removeNarrow({ id, scope }, endsAt) {
      const found = files.narrowFile(scopeKey(scope));
      if (!files.readNarrow() || (found && (found.stop.id !== id || found.endsAt !== endsAt))) return false;
      const isRemoved = isDone(() => {
        files.unlinkNarrow(scope);
        files.syncStops();
      });
      return isRemoved && files.narrowFile(scopeKey(scope)) === null;
    },
  };
}
