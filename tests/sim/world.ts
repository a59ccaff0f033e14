import { type Chronicle, createChronicle } from './chronicle.ts';
import { type Counts, count, createCounts } from './counts.ts';
import { createDatabase } from './database.ts';
import type { Defect } from './defect.ts';
import { createDesk, placeOf } from './desk.ts';
import { createInvariants, type Violation } from './invariants.ts';
import { createMachine, Killed } from './machine.ts';
import { createNetwork } from './network.ts';
import { type Deed, makePlan, pickWeather, tell, type Weather } from './plan.ts';
import { createRandom } from './random.ts';
import { createSimJournal } from './sim-journal.ts';
import type { SimPost } from './sim-post.ts';
import { withSimTimers } from './sim-timers.ts';
import { createStopFiles } from './stop-files.ts';
import { createProcess, createTimeline } from './timeline.ts';
import { createTraps } from './traps.ts';
import { createTruth } from './truth.ts';
import type { World } from './world-parts.ts';

const HOUR = 3_600_000;
const NAP_MS = 60_000;
/** As far as a clock is ever set. */
const DAYS_MS = 31 * HOUR;
/** 2026-12-01T08:00:00Z */
const START = Date.UTC(2026, 11, 1, 8);

export type WorldOrder = {
  readonly seed: number;
  readonly hours: number;
  readonly defect?: Defect;
  readonly weather?: Weather;
  /** Which deeds of the plan happen; all without it. */
  readonly keeps?: (deed: Deed, index: number) => boolean;
};

export type WorldResult = {
  readonly violation: Violation | null;
  readonly chronicle: Chronicle;
  readonly counts: Counts;
  readonly hours: number;
  readonly weather: Weather;
  readonly deeds: readonly Deed[];
};

function createWorld(seed: number, defect: Defect): World {
  const random = createRandom(seed);
  const timeline = createTimeline(START, random.chance(0.3));
  const chronicle = createChronicle(timeline.now);
  const desk = createDesk(random);
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
    truth: createTruth(timeline, (scope) =>
      scope.kind === 'everything' ? files.isStopDurable() : files.isNarrowDurable(scope),
    ),
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

/** Lets every promise that can go on do so, and those that then can, until none can. Nothing else of this process runs meanwhile. */
const drain = () => new Promise<void>((resolve) => process.nextTick(resolve));

/** Runs one world to its end, or to the first invariant that breaks. */
export async function runWorld(order: WorldOrder): Promise<WorldResult> {
  const planRandom = createRandom(order.seed ^ 0x5bd1e995);
  const picked = pickWeather(planRandom);
  const weather = order.weather ?? picked;
  const deeds = makePlan(planRandom, order.hours, weather);
  const kept = deeds.filter((deed, index) => order.keeps?.(deed, index) ?? true);
  const world = createWorld(order.seed, order.defect ?? {});
  const end = order.hours * HOUR;
  await withSimTimers(world, async () => {
    let next = 0;
    while (world.invariants.violation() === null) {
      const deed = kept[next];
      const at = Math.max(deed?.at ?? Number.POSITIVE_INFINITY, world.timeline.now());
      if (deed && at <= Math.min(end, world.timeline.nextAt())) {
        next += 1;
        world.timeline.moveTo(at);
        begin(world, deed);
      } else if (!step(world, Math.min(at, end))) break;
      await drain();
      world.machine.running = null;
      world.invariants.afterStep();
    }
  });
  return {
    violation: world.invariants.violation(),
    chronicle: world.chronicle,
    counts: world.counts,
    hours: world.timeline.now() / HOUR,
    weather,
    deeds: kept,
  };
}

function begin(world: World, deed: Deed): void {
  const { timeline, outside, chronicle, traps } = world;
  const { trap, what } = deed;
  const act = () => {
    // Whoever it is finds the machine asleep, and wakes it or waits.
    if (timeline.isAsleep()) {
      timeline.outside(outside, timeline.sleepsFor() + 500, what, act);
      return;
    }
    chronicle.note(what);
    deed.act(world);
  };
  if (!trap) {
    survive(act);
    return;
  }
  chronicle.note('to come:', tell(deed));
  traps.set(trap.on, trap.nth, () => {
    if (trap.delay > 0) timeline.outside(outside, trap.delay, what, act);
    else act();
  });
}

/** @returns false when nothing more happens before `end`. */
function step(world: World, end: number): boolean {
  const { timeline, machine, database } = world;
  const entry = timeline.next(end);
  if (entry === null) return timeline.now() < end;
  if (
    entry.what === 'scheduler wakes' &&
    machine.main?.scheduler?.inFlight({ kind: 'everything' }).length === 0
  ) {
    // With nothing due, a look sees nothing and sets itself the same timer again: the next that could see anything comes.
    const nothing = Math.min(
      timeline.nextAt(),
      end,
      timeline.now() + (database.attentionAt() - timeline.wall()),
    );
    const looks = Math.floor((nothing - 1 - timeline.now()) / NAP_MS);
    if (looks > 0) {
      world.counts.looksSkipped += looks;
      timeline.postpone(entry, timeline.now() + looks * NAP_MS);
      return true;
    }
  }
  machine.running = entry.process;
  survive(entry.run);
  count(world.counts, 'events');
  return true;
}

/** The end of a process is no end of the world. */
function survive(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}
