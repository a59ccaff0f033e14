import { createChronicle } from './chronicle.ts';
import { createCounts } from './counts.ts';
import { createDatabase } from './database.ts';
import type { Defect } from './defect.ts';
import { placeOf, type SimDesk } from './desk.ts';
import { createInvariants } from './invariants.ts';
import { createMachine } from './machine.ts';
import { createNetwork } from './network.ts';
import type { Random } from './random.ts';
import { createSimJournal } from './sim-journal.ts';
import type { SimPost } from './sim-post.ts';
import { createStopFiles } from './stop-files.ts';
import { createProcess, type Timeline } from './timeline.ts';
import { createTraps } from './traps.ts';
import { createTruth } from './truth.ts';
import type { World } from './world-parts.ts';

const HOUR = 3_600_000;
const NAP_MS = 60_000;
/** As far as a clock is ever set. */
const DAYS_MS = 31 * HOUR;

export type WorldFrame = {
  readonly seed: number;
  readonly random: Random;
  readonly timeline: Timeline;
  readonly desk: SimDesk;
  readonly defect: Defect;
  /** Called before each system call on the files of the stop, whoever makes it. */
  readonly onCall?: () => void;
};

/** What a world is made of, with nothing begun in it. */
export function createWorld({ seed, random, timeline, desk, defect, onCall }: WorldFrame): World {
  const chronicle = createChronicle(timeline.now);
  const counts = createCounts();
  const blocked = new Map<number, number>();
  const hasEnded = (name: string) => chronicle.note('ended', name);
  let troubledUntil = 0;
  let clockSetAt = Number.NEGATIVE_INFINITY;
  let interruptedUntil = Number.NEGATIVE_INFINITY;
  const traps = createTraps(timeline);
  const machine = createMachine(timeline, ({ name }) => hasEnded(name));
  const files = createStopFiles(timeline, random, (call) => {
    chronicle.note(call);
    onCall?.();
    if (machine.main && machine.running === machine.main.process) traps.sprung('call');
  });
  const parts: World = {
    seed,
    random,
    timeline,
    chronicle,
    counts,
    defect,
    outside: createProcess('outside'),
    desk,
    files,
    journal: createSimJournal(timeline, files, random),
    machine,
    traps,
    truth: createTruth(timeline),
    cap: random.pick([1, 2, 4, 4, 8]),
    folderMark: 0,
    copy: null,
    isRestored: false,
    wasRestored: false,
    areFilesForeign: false,
    hadDiskTrouble: false,
    trouble(forMs: number) {
      troubledUntil = Math.max(troubledUntil, timeline.now() + forMs);
    },
    wasCalmFor: (ms: number) => timeline.now() - ms - NAP_MS > troubledUntil,
    blocked: (account: { id: number }) => void blocked.set(account.id, timeline.now()),
    wasInTheWay({ account, publishAt, queuedAt }: SimPost) {
      if (parts.truth.forbids(placeOf(account)) !== null) return true;
      // A retry waits on the wall clock, and holds back what comes after it.
      if (timeline.now() - clockSetAt < DAYS_MS) return true;
      if (account.isHeld || account.isSignedOut || queuedAt >= publishAt) return true;
      if (parts.database.posts.some((post) => post.account === account && post.state === 'unconfirmed'))
        return true;
      return (blocked.get(account.id) ?? -Infinity) > timeline.now() - (timeline.wall() - publishAt) - NAP_MS;
    },
    clockSet() {
      clockSetAt = timeline.now();
    },
    wasClockSetWithin: (ms: number) => timeline.now() - clockSetAt <= ms,
    interrupted(forMs: number) {
      interruptedUntil = Math.max(interruptedUntil, timeline.now() + forMs);
    },
    wasInterruptedSince: (at: number) => interruptedUntil >= at || timeline.isAsleep(),
    mayBeStoppedAtStart: () => files.mood !== 'fine' || files.wasTorn() || parts.areFilesForeign,
  } as unknown as World;
  const invariants = createInvariants(parts);
  const withInvariants = Object.assign(parts, {
    invariants,
    database: createDatabase(desk, invariants.onMove),
  }) as World;
  return Object.assign(withInvariants, { network: createNetwork(withInvariants) });
}
