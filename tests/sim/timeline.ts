import type { CancelWake, Clock, Instant } from '../../src-main/core/clock.ts';

/** Something that acts by itself and can hang or end: main, a publisher, or what lies outside both, which does neither. */
export type Process = {
  readonly name: string;
  isAlive: boolean;
  /** True time until which nothing it should do gets done. */
  hungUntil: number;
  /** Monotonic time of its last sign of life when it hangs or ended; null while it is well. */
  silentSince: number | null;
};

export function createProcess(name: string): Process {
  return { name, isAlive: true, hungUntil: 0, silentSince: null };
}

/** 'outside' goes on while the machine sleeps. */
type Basis = 'machine' | 'wall' | 'outside';

export type Entry = {
  at: number;
  readonly order: number;
  readonly process: Process;
  readonly what: string;
  readonly run: () => void;
  readonly basis: Basis;
  /** With basis 'wall': what the wall clock has to show, and when the nap it waits in began. */
  readonly wallAt: Instant;
  readonly napFrom: number;
  isOff: boolean;
};

/** As in the running app: a timer never sleeps longer, so a wall clock that was set is noticed within it. */
const NAP_MS = 60_000;

export type Timeline = {
  /** True time in whole milliseconds since the world began. Nothing simulated can read it. */
  now(): number;
  wall(): Instant;
  monotonic(): number;
  /** Does something of a process after so long, counted while the machine is awake. */
  after(process: Process, ms: number, what: string, run: () => void): CancelWake;
  /** The same, counted also while the machine sleeps. */
  outside(process: Process, ms: number, what: string, run: () => void): CancelWake;
  atWall(process: Process, at: Instant, what: string, run: () => void): CancelWake;
  /** Moves on to the next entry and returns it; null when it lies beyond `end`. */
  next(end: number): Entry | null;
  /** Lets time go by. Not past the next entry. */
  moveTo(at: number): void;
  /** True time of the next entry, infinite when there is none. */
  nextAt(): number;
  /** Puts back an entry for later, in the place it had. */
  postpone(entry: Entry, at: number): void;
  setWall(by: number): void;
  /** From now on, for so long, only what lies outside the machine goes on. Not to be called while it sleeps. */
  sleep(ms: number): void;
  isAsleep(): boolean;
  /** How long it still sleeps, 0 when it is awake. */
  sleepsFor(): number;
  /** Runs something as if it were an earlier moment: for what was not worth an entry of its own. */
  back<T>(at: number, run: () => T): T;
};

/** True time, the two clocks of the machine made from it, and what is to happen when. `keepsCounting`: the monotonic clock does, asleep. */
export function createTimeline(start: Instant, keepsCounting: boolean): Timeline {
  const heap: Entry[] = [];
  let now = 0;
  let order = 0;
  let wallOffset = start;
  let asleep = 0;
  /** The present or last sleep, not yet counted in `asleep`. */
  let nap = { from: 0, until: 0 };

  const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function rise(from: number): void {
    let index = from;
    const entry = heap[index] as Entry;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, heap[parent] as Entry)) break;
      heap[index] = heap[parent] as Entry;
      index = parent;
    }
    heap[index] = entry;
  }

  function sink(from: number): void {
    let index = from;
    const entry = heap[index] as Entry;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!isBefore(heap[child] as Entry, entry)) break;
      heap[index] = heap[child] as Entry;
      index = child;
    }
    heap[index] = entry;
  }

  function drop(): void {
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    heap[0] = last;
    sink(0);
  }

  function clean(): void {
    while (heap.length > 0 && ((heap[0] as Entry).isOff || !(heap[0] as Entry).process.isAlive)) drop();
  }

  function reorder(): void {
    for (let index = (heap.length >> 1) - 1; index >= 0; index -= 1) sink(index);
  }

  const trueTimeOf = (at: Instant) => at - wallOffset;

  function add(wanted: number, process: Process, what: string, run: () => void, basis: Basis, wallAt = 0) {
    if (!process.isAlive) return () => {};
    const at = basis !== 'outside' && wanted < nap.until ? nap.until + 1 : wanted;
    const entry = { at, order: order++, process, what, run, basis, wallAt, napFrom: now, isOff: false };
    heap.push(entry);
    rise(heap.length - 1);
    return () => {
      entry.isOff = true;
    };
  }

  const timeline: Timeline = {
    now: () => now,
    wall: () => now + wallOffset,
    monotonic() {
      if (keepsCounting) return 1_000 + now;
      return 1_000 + now - asleep - Math.max(0, Math.min(now, nap.until) - nap.from);
    },
    isAsleep: () => now < nap.until,
    sleepsFor: () => Math.max(0, nap.until - now),
    after: (process, ms, what, run) => add(now + Math.max(0, Math.ceil(ms)), process, what, run, 'machine'),
    outside: (process, ms, what, run) => add(now + Math.max(0, Math.ceil(ms)), process, what, run, 'outside'),
    atWall: (process, at, what, run) => add(Math.max(now, trueTimeOf(at)), process, what, run, 'wall', at),
    nextAt() {
      clean();
      return heap[0]?.at ?? Number.POSITIVE_INFINITY;
    },
    next(end) {
      for (;;) {
        clean();
        const entry = heap[0];
        if (!entry || entry.at > end) {
          now = Math.max(now, end);
          return null;
        }
        drop();
        if (entry.process.hungUntil > entry.at) {
          timeline.postpone(entry, entry.process.hungUntil);
          continue;
        }
        now = Math.max(now, entry.at);
        return entry;
      }
    },
    moveTo(at) {
      now = Math.max(now, at);
    },
    postpone(entry, at) {
      entry.at = at;
      heap.push(entry);
      rise(heap.length - 1);
    },
    setWall(by) {
      wallOffset += by;
      for (const entry of heap) {
        if (entry.basis !== 'wall') continue;
        const napEnd = entry.napFrom + (Math.floor((now - entry.napFrom) / NAP_MS) + 1) * NAP_MS;
        entry.at = Math.max(Math.min(entry.at, napEnd), trueTimeOf(entry.wallAt), now);
      }
      reorder();
    },
    sleep(ms) {
      const wake = now + ms;
      asleep += nap.until - nap.from;
      nap = { from: now, until: wake };
      for (const entry of heap) {
        if (entry.basis === 'machine') entry.at = keepsCounting ? Math.max(entry.at, wake) : entry.at + ms;
        if (entry.basis === 'wall') entry.at = Math.max(entry.at, wake);
      }
      reorder();
    },
    back(at, run) {
      const kept = now;
      now = at;
      try {
        return run();
      } finally {
        now = kept;
      }
    },
  };
  return timeline;
}

/** A process's view of time. What a process that ended still asks for never comes. */
export function clockOf(timeline: Timeline, process: Process, whose: string): Clock {
  return {
    now: timeline.wall,
    monotonic: timeline.monotonic,
    wakeAt: (at, wake) => timeline.atWall(process, at, `${whose} wakes`, wake),
    after: (ms, wake) => timeline.after(process, ms, `${whose} waited`, wake),
  };
}
