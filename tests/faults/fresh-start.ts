import { createStop } from '../../src-main/core/stop.ts';
import type { PublishingState } from '../../src-main/core/stop-types.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { createPublisherGate } from '../../src-main/publisher/gate.ts';
import { openJournal } from '../../src-main/stop/journal.ts';
import { verifyJournal } from '../../src-main/stop/journal-check.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { BRANDS, HOST, placeOf } from './stop-operations.ts';

/** What the next start makes of the folder. */
export type FreshStart = {
  readonly state: PublishingState;
  /** The brands a publisher of it may send for at once, and when every countdown is over. */
  readonly opensNow: readonly number[];
  readonly opensLater: readonly number[];
  /** What is wrong with the journal once it was opened and written again; '' when nothing is. */
  readonly journal: string;
};

const MUCH_LATER_MS = 600_000;

/** Starts on the folder as the app does, and asks a publisher's gate for every brand. */
export async function startAfresh(dataDir: string): Promise<FreshStart> {
  const paths = stopPaths(dataDir);
  const clock = createSystemClock();
  const journal = openJournal({ path: paths.journal, headPath: paths.journalHead, ...clock });
  let armed: number | null = null;
  const stop = createStop({
    clock,
    newId: () => 'stop-of-the-next-start',
    disk: createStopDisk(paths, HOST),
    publisher: {
      arm(epoch) {
        armed = epoch;
      },
      silence(onSilent) {
        armed = null;
        onSilent();
      },
      silenceScope: (_scope, onSilent) => onSilent(),
      kill: () => {},
      inFlight: () => [],
    },
    cancelTimers: () => {},
    wake: () => {},
    record: (event, control, by, details) => void journal.append({ event, control, by, details }),
  });
  try {
    const { state } = stop.open();
    journal.append({ event: 'app.started' });
    return {
      state,
      opensNow: askGate(dataDir, armed, Date.now()),
      opensLater: askGate(dataDir, armed, Date.now() + MUCH_LATER_MS),
      journal: (await verifyJournal(paths.journal, paths.journalHead)).problem,
    };
  } finally {
    stop.close();
    journal.close();
  }
}

function askGate(dataDir: string, epoch: number | null, now: number): number[] {
  if (epoch === null) return [];
  const gate = createPublisherGate({ now: () => now, monotonic: () => 1_000 });
  gate.arm({ dataDir, host: HOST }, epoch, 4);
  gate.keepLease({ monotonic: 1_000, wall: now, epoch });
  return BRANDS.filter((brandId) => gate.ask(placeOf(brandId), 0, now).allow);
}
