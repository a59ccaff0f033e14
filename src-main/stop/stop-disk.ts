import type { StopDisk } from '../core/stop-ports.ts';
import { readLatch, writeLatch } from './latch.ts';
import { createNarrowReader, removeNarrow, writeNarrow } from './narrow-stops.ts';
import { readPermit, removePermit, writePermit } from './permit.ts';
import type { StopPaths } from './stop-files.ts';

/** The files of the stop in one data folder, as the core sees them. */
export function createStopDisk(paths: StopPaths, host: string): StopDisk {
  // Compared with the times of files, so the machine's own clock whatever the core is handed.
  const readNarrow = createNarrowReader(paths.stops, Date.now);
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

    latchStop: (epoch, stop) =>
      writeLatch(paths.latch, { state: 'stopped', epoch, stop: { ...stop, isDurable: true } }),

    arm(epoch, sendsFrom, by) {
      if (readLatch(paths.latch).epoch >= epoch) return false;
      if (!writeLatch(paths.latch, { state: 'armed', epoch, stop: null })) return false;
      try {
        writePermit(paths.permit, { epoch, host, sendsFrom, by });
      } catch {
        return false;
      }
      const permit = readPermit(paths.permit, host);
      return permit.ok && permit.epoch === epoch;
    },

    writeNarrow: (stop, endsAt) => writeNarrow(paths.stops, { stop, endsAt }),
    removeNarrow: (stop, endsAt) => removeNarrow(paths.stops, { stop, endsAt }),
  };
}
