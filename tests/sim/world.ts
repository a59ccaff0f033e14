import type { Chronicle } from './chronicle.ts';
import { type Counts, count } from './counts.ts';
import { createWorld } from './create-world.ts';
import type { Defect } from './defect.ts';
import { createDesk } from './desk.ts';
import type { Violation } from './invariants.ts';
import { Killed } from './machine.ts';
import { type Deed, makePlan, pickWeather, tell, type Weather } from './plan.ts';
import { createRandom } from './random.ts';
import { withSimTimers } from './sim-timers.ts';
import { createTimeline } from './timeline.ts';
import type { World } from './world-parts.ts';

const HOUR = 3_600_000;
const NAP_MS = 60_000;
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

/** Lets every promise that can go on do so, and those that then can, until none can. Nothing else of this process runs meanwhile. */
const drain = () => new Promise<void>((resolve) => process.nextTick(resolve));

/** Runs one world to its end, or to the first invariant that breaks. */
export async function runWorld(order: WorldOrder): Promise<WorldResult> {
  const planRandom = createRandom(order.seed ^ 0x5bd1e995);
  const picked = pickWeather(planRandom);
  const weather = order.weather ?? picked;
  const deeds = makePlan(planRandom, order.hours, weather);
  const kept = deeds.filter((deed, index) => order.keeps?.(deed, index) ?? true);
  const random = createRandom(order.seed);
  const world = createWorld({
    seed: order.seed,
    random,
    timeline: createTimeline(START, random.chance(0.3)),
    desk: createDesk(random),
    defect: order.defect ?? {},
  });
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
