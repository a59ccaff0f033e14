import { partOf } from '../sim/part-of.ts';
import type { Process, Timeline } from '../sim/timeline.ts';

/** Something that waits to happen. */
export type Pending = {
  readonly process: Process;
  readonly what: string;
  readonly run: () => void;
  /** Which of its kind it is, told so that it is the same in every order of what does not concern it. */
  readonly name: string;
  /** The instant of a timer; null for what takes as long as it takes. */
  readonly at: number | null;
  readonly bornAt: number;
  /** Those in one queue happen in order. */
  readonly queue: string | null;
  isOff: boolean;
};

/** Longer than a stop waits before it kills, shorter than it waits until it says that it is not confirmed. */
const LATEST_MS = 300;
const TIMERS = [' waited', ' wakes', 'timer'];
/** A person takes the time a person takes. */
const UNBOUNDED: ReadonlySet<string> = new Set(['release', 'looked up']);
const STATEMENTS: ReadonlySet<string> = new Set([
  'claim',
  'settle',
  'add part',
  'sweep',
  'next due',
  'recover',
  'read',
  'page',
  'attempts',
  'move',
  'reschedule',
]);

function queueOf(what: string): string | null {
  if (what.startsWith('main hears') || what.startsWith('publisher hears')) return 'pipe';
  if (what.endsWith(' told')) return 'told';
  return STATEMENTS.has(what) ? 'statements' : null;
}

/**
 * Time in which nothing takes a certain time but timers: whatever is on its way may arrive before or after anything else, within the bound;
 * timers come in their order. Which of it comes next is for somebody else to say.
 */
export function createLooseTimeline(start: number, running: () => Process | null) {
  let pending: Pending[] = [];
  let now = 0;
  let horizon = Number.POSITIVE_INFINITY;
  const born = new Map<string, number>();

  function add(process: Process, ms: number, what: string, run: () => void, isTimer: boolean) {
    if (!process.isAlive) return () => {};
    const kind = `${running()?.name ?? ''} › ${process.name} › ${what}`;
    const number = (born.get(kind) ?? 0) + 1;
    born.set(kind, number);
    const queue = queueOf(what);
    const entry: Pending = {
      process,
      what,
      run,
      name: `${kind} ${number}`,
      at: isTimer ? now + Math.max(0, Math.ceil(ms)) : null,
      bornAt: now,
      // A pipe has two ends.
      queue: queue === null ? null : `${process.name} ${queue} ${queue === 'pipe' ? running()?.name : ''}`,
      isOff: false,
    };
    pending.push(entry);
    return () => {
      entry.isOff = true;
    };
  }

  const isTimer = (what: string) => TIMERS.some((ending) => what.endsWith(ending));

  const timeline = partOf<Timeline>({
    now: () => now,
    wall: () => start + now,
    monotonic: () => 1_000 + now,
    after: (process, ms, what, run) => add(process, ms, what, run, isTimer(what)),
    outside(process, ms, what, run) {
      // Nobody can look before the answer could be there: that it is public a little later makes no difference.
      if (what === 'server publishes') run();
      return what === 'server publishes' ? () => {} : add(process, ms, what, run, isTimer(what));
    },
    atWall: (process, at, what, run) => add(process, at - start - now, what, run, true),
    isAsleep: () => false,
    sleepsFor: () => 0,
    back(at, run) {
      const kept = now;
      now = at;
      try {
        return run();
      } finally {
        now = kept;
      }
    },
  });

  function isFirst(entry: Pending, all: readonly Pending[]): boolean {
    if (entry.queue === null) return true;
    return all.find(({ queue }) => queue === entry.queue) === entry;
  }

  return {
    timeline,

    /** Timers later than this never come. */
    setHorizon(at: number): void {
      horizon = at;
    },

    /** Everything that may come next. */
    enabled(): readonly Pending[] {
      pending = pending.filter(({ isOff, process }) => !isOff && process.isAlive);
      const loose = pending.filter((entry) => entry.at === null && isFirst(entry, pending));
      const timers = pending.filter((entry) => entry.at !== null);
      const at = Math.min(...timers.map((entry) => entry.at ?? 0));
      if (timers.length === 0 || at > horizon) return loose;
      // Of one process those of one instant come as they were set; of several, in any order.
      const ofNow = timers.filter((entry) => entry.at === at);
      const next = ofNow.filter((entry) => ofNow.find(({ process }) => process === entry.process) === entry);
      const isTooLate = pending.some(
        (entry) => entry.at === null && !UNBOUNDED.has(entry.what) && entry.bornAt + LATEST_MS < at,
      );
      return isTooLate ? loose : [...loose, ...next];
    },

    take(entry: Pending): void {
      pending = pending.filter((each) => each !== entry);
      if (entry.at !== null) now = Math.max(now, entry.at);
    },

    /** What waits, as one text. */
    fingerprint: () =>
      pending
        .map(({ name, at, bornAt, isOff }) => (isOff ? '' : `${name}@${at ?? bornAt}`))
        .sort()
        .join('\n'),
  };
}
