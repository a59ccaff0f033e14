import type { CancelWake, Clock, Instant } from './clock.ts';

/** How far the wall clock may run away from the time that passed: daylight saving does not move it, a network correction moves it by less. */
const MOST_DRIFT_MS = 120_000;
/** Two unclean ends no further apart than this are no accident. */
const UNCLEAN_WITHIN_MS = 10 * 60_000;
const LOOK_EVERY_MS = 5_000;
const BEAT_EVERY_MS = 60_000;
/** Corrections add up slowly over weeks; only what happens within this counts together. */
const DRIFT_WITHIN_MS = 60 * 60_000;

/** What a run leaves for the next one, outside the database. */
export type LastRun = {
  /** It has not been quit (yet): found at a start, it means an unclean end. */
  readonly isRunning: boolean;
  /** The highest the wall clock was, to a minute. */
  readonly aliveAt: Instant;
  /** The version of the stop that ran, see `STOP_KERNEL`. */
  readonly kernel: number;
  /** When the unclean ends before it were, the newest last. */
  readonly uncleanEnds: readonly Instant[];
  /** What was found while publishing was stopped anyway; it holds the release. */
  readonly untold: readonly Untold[];
};

/** A trouble that has stopped nothing yet. `shiftMs`: how far the clock was set, forwards or back; 0 when it is not of the clock. */
export type Untold = { readonly trouble: MachineTrouble; readonly shiftMs: number };

/** Which of them are still so: a clock that was put right again by as much, to two minutes, is no trouble any more. */
export function stillUntold(untold: readonly Untold[]): readonly Untold[] {
  const shift = untold.reduce((sum, { shiftMs }) => sum + shiftMs, 0);
  return Math.abs(shift) > MOST_DRIFT_MS ? untold : untold.filter(({ shiftMs }) => shiftMs === 0);
}

/** Why nothing may go out before a person has looked. */
export const MACHINE_TROUBLES = ['clock-jumped', 'clock-behind', 'unclean-ends', 'stop-changed'] as const;
export type MachineTrouble = (typeof MACHINE_TROUBLES)[number];

/**
 * What a start makes of what the run before left; null when it left nothing. `run` is what this one leaves from now on. The mark of
 * the clock begins anew, so that a release holds.
 */
export function judgeStart(
  last: LastRun | null,
  now: Instant,
  kernel: number,
): { readonly troubles: readonly Untold[]; readonly run: LastRun } {
  if (last === null)
    return { troubles: [], run: { isRunning: true, aliveAt: now, kernel, uncleanEnds: [], untold: [] } };
  const ends = last.isRunning ? [...last.uncleanEnds, last.aliveAt].slice(-2) : last.uncleanEnds;
  const [before, newest] = ends.slice(-2);
  const troubles: Untold[] = [...last.untold];
  const find = (trouble: MachineTrouble, shiftMs = 0) => troubles.push({ trouble, shiftMs });
  if (
    last.isRunning &&
    before !== undefined &&
    newest !== undefined &&
    Math.abs(newest - before) <= UNCLEAN_WITHIN_MS
  )
    find('unclean-ends');
  if (now < last.aliveAt - MOST_DRIFT_MS) find('clock-behind', now - last.aliveAt);
  if (last.kernel !== kernel) find('stop-changed');
  return { troubles, run: { isRunning: true, aliveAt: now, kernel, uncleanEnds: ends, untold: [] } };
}

/**
 * Watches the wall clock against the time that really passed. `elapsed` goes on while the machine sleeps (uptime does, the monotonic
 * clock on Linux does not): ten days of sleep are no jump, a clock set by three minutes is one.
 */
export function createClockWatch(deps: {
  readonly clock: Clock;
  /** Milliseconds since some moment, sleep included. */
  readonly elapsed: () => number;
  /** Called once for each jump. `shiftMs`: by how much, forwards or back. */
  readonly onJump: (trouble: 'clock-jumped' | 'clock-behind', shiftMs: number) => void;
  /** The mark of the clock, to be kept: every minute, and at once after a jump. */
  readonly onBeat: (aliveAt: Instant) => void;
}) {
  const { clock, elapsed } = deps;
  let cancel: CancelWake = () => {};
  let reference = { wall: 0, elapsed: 0 };
  let highest = 0;
  let beatAt = 0;

  const refer = () => {
    reference = { wall: clock.now(), elapsed: elapsed() };
  };

  function beat(): void {
    beatAt = clock.monotonic();
    deps.onBeat(highest);
  }

  function begin(): void {
    refer();
    highest = clock.now();
    beat();
  }

  function look(): void {
    const now = clock.now();
    const passed = elapsed() - reference.elapsed;
    const drift = now - reference.wall - passed;
    const isBehind = now < highest - MOST_DRIFT_MS;
    if (Math.abs(drift) > MOST_DRIFT_MS || isBehind) {
      deps.onJump(isBehind ? 'clock-behind' : 'clock-jumped', isBehind ? now - highest : drift);
      begin();
      return;
    }
    highest = Math.max(highest, now);
    if (passed > DRIFT_WITHIN_MS) refer();
    if (clock.monotonic() - beatAt >= BEAT_EVERY_MS) beat();
  }

  const keepLooking = () => {
    cancel = clock.after(LOOK_EVERY_MS, () => {
      look();
      keepLooking();
    });
  };

  return {
    start(): void {
      begin();
      keepLooking();
    },
    /** Also at a wake of the machine, before anything goes out. */
    look,
    stop(): void {
      cancel();
    },
    highest: (): Instant => Math.max(highest, clock.now()),
  };
}
