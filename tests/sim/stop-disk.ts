import { scopeKey } from '../../src-main/core/scope.ts';
import type { NarrowStop, StopDisk } from '../../src-main/core/stop-ports.ts';
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

const STOPS_AHEAD = 100;

/** The disk of the stop: the same system calls in the same order as `src-main/stop`, on simulated files. */
export function createSimDisk(files: StopFiles): StopDisk {
  const writeLatch = (...given: Parameters<StopFiles['writeLatch']>) => {
    if (!isDone(() => files.writeLatch(...given))) return false;
    const back = files.readLatch();
    return back.state === given[0] && back.epoch === given[1];
  };

  const isThere = ({ stop, endsAt }: NarrowStop) => {
    const back = files.readNarrow() ? files.narrowFile(scopeKey(stop.scope)) : null;
    return back?.stop.id === stop.id && back.endsAt === endsAt;
  };
  const AHEAD = 1_000;
  const reserve = (epoch: number, ahead: number) =>
    epoch + ahead <= files.readReserved() ||
    isDone(() => {
      files.writeReserved(Math.max(epoch, files.readReserved()) + AHEAD);
      files.syncFolder();
    });

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

    reservedEpoch: files.readReserved,

    latchStop(epoch, stop) {
      reserve(epoch, 0);
      return writeLatch('stopped', epoch, { ...stop, isDurable: true });
    },

    arm(epoch, sendsFrom) {
      const isLate = () => files.readLatch().epoch >= epoch;
      if (isLate() || !reserve(epoch, STOPS_AHEAD) || isLate() || !writeLatch('armed', epoch, null))
        return false;
      const isWritten = isDone(() => {
        files.writePermit(epoch, sendsFrom);
        files.renamePermit();
        files.syncFolder();
      });
      if (!isWritten) return false;
      const latch = files.readLatch();
      if (latch.state !== 'armed' || latch.epoch !== epoch) {
        isDone(files.unlinkPermit);
        isDone(files.syncFolder);
        return false;
      }
      const permit = files.readPermit();
      return permit.ok && permit.epoch === epoch;
    },

    writeNarrow(all) {
      let isOthers = false;
      const mayWrite = ({ stop, endsAt }: NarrowStop) => {
        const there = files.narrowFile(scopeKey(stop.scope));
        if (endsAt === null || !there || there.endsAt !== null || there.stop.id === stop.id) return true;
        isOthers = true;
        return false;
      };
      const isWritten = isDone(() => {
        for (const narrow of all)
          if (!isOthers) files.writeNarrow(scopeKey(narrow.stop.scope), narrow, () => mayWrite(narrow));
        files.syncStops();
      });
      return isWritten && !isOthers && all.every(isThere);
    },

    syncNarrow(all) {
      const isSynced = isDone(() => {
        for (const { stop } of all) files.syncNarrow(scopeKey(stop.scope));
        files.syncStops();
      });
      return isSynced && all.every(isThere);
    },

    removeNarrow(stops) {
      const areGone = stops.map(({ id, scope }) => {
        const key = scopeKey(scope);
        const found = files.narrowFile(key);
        if (!files.readNarrow() || (found && found.stop.id !== id)) return false;
        return isDone(() => files.unlinkNarrow(key)) && files.narrowFile(key) === null;
      });
      return isDone(files.syncStops) ? areGone : areGone.map(() => false);
    },
  };
}
