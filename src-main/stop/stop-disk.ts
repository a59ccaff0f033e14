import type { StopDisk } from '../core/stop-ports.ts';
import { armFiles } from './arming.ts';
import { readReserved, reserveEpochs } from './epoch-mark.ts';
import { readLatch, writeLatch } from './latch.ts';
import { createNarrowReader, removeNarrow, syncNarrow, writeNarrow } from './narrow-stops.ts';
import { readPermit, removePermit } from './permit.ts';
import type { StopPaths } from './stop-files.ts';

/** An arming reserves the epochs of the stops that may follow it. */
const STOPS_AHEAD = 100;

/** The files of the stop in one data folder, as the core sees them. */
export function createStopDisk(paths: StopPaths, host: string): StopDisk {
  // Compared with the times of files, so the machine's own clock whatever the core is handed.
  const readNarrow = createNarrowReader(paths.stops, Date.now);
  let reserved: number | null = null;

  /** Asks the disk only at first, and when epochs have come close to what is reserved. */
  function reserve(epoch: number, ahead: number): boolean {
    reserved ??= readReserved(paths.dir);
    if (epoch + ahead <= reserved) return true;
    try {
      reserved = reserveEpochs(paths.dir, epoch);
      return true;
    } catch {
      return false;
    }
  }

  return {
    read() {
      const narrow = readNarrow();
      return {
        permit: readPermit(paths.permit, host),
        latch: readLatch(paths.latch),
        narrow: narrow.ok ? narrow.stops : null,
        unreadable: narrow.ok ? '' : narrow.file,
      };
    },

    removePermit: (unlinked) => removePermit(paths.permit, unlinked),

    reservedEpoch: () => readReserved(paths.dir),

    latchStop(epoch, stop) {
      reserve(epoch, 0);
      return writeLatch(paths.latch, { state: 'stopped', epoch, stop: { ...stop, isDurable: true } });
    },

    arm: (epoch, sendsFrom, by) =>
      armFiles(paths, { epoch, host, sendsFrom, by }, () => reserve(epoch, STOPS_AHEAD)),

    writeNarrow: (all) => writeNarrow(paths.stops, all),
    syncNarrow: (all) => syncNarrow(paths.stops, all),
    removeNarrow: (all) => removeNarrow(paths.stops, all),
  };
}
