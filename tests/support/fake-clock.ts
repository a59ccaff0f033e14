import type { Clock } from '../../src-main/core/clock.ts';

export type FakeClock = Clock & {
  /** Moves both clocks on, waking whoever waits, in order; lets promises run between wakes. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock without moving the monotonic one. */
  setWall(at: number): void;
  /** How many wakes are pending. */
  pending(): number;
};

/**
 * A clock that stands until it is turned. Starts at `start`, by default 2026-12-01T08:00:00Z. `quiet` resolves when what a wake set
 * going has come to rest; where nothing but promises is waited for, it is not needed.
 */
export function createFakeClock(
  start = Date.UTC(2026, 11, 1, 8),
  quiet: () => Promise<void> = () => Promise.resolve(),
): FakeClock {
  let wall = start;
  let monotonic = 1_000;
  let next = 1;
  const waiting = new Map<number, { isDue: () => boolean; at: () => number; wake: () => void }>();

  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    await quiet();
  };

  const add = (at: () => number, wake: () => void) => {
    const id = next++;
    waiting.set(id, { isDue: () => at() <= 0, at, wake });
    return () => void waiting.delete(id);
  };

  return {
    now: () => wall,
    monotonic: () => monotonic,
    wakeAt: (at, wake) => add(() => at - wall, wake),
    after(ms, wake) {
      const end = monotonic + ms;
      return add(() => end - monotonic, wake);
    },
    async advance(ms) {
      let left = ms;
      for (;;) {
        await settle();
        const soonest = [...waiting.entries()].sort(([, a], [, b]) => a.at() - b.at())[0];
        const step = soonest ? Math.max(0, soonest[1].at()) : Number.POSITIVE_INFINITY;
        if (!soonest || step > left) break;
        wall += step;
        monotonic += step;
        left -= step;
        waiting.delete(soonest[0]);
        soonest[1].wake();
      }
      wall += left;
      monotonic += left;
      await settle();
    },
    setWall(at) {
      wall = at;
    },
    pending: () => waiting.size,
  };
}
