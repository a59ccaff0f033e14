import type { Clock } from '../core/clock.ts';

/** Waits before it is started again, by how often it ended since it last got anything done. */
const WAITS_MS = [0, 1_000, 5_000, 15_000, 60_000];
/** So many ends in so long are a loop, whatever was done in between; a process that lives for so long has left it. */
const LOOP_ENDS = 3;
const LOOP_MS = 60_000;
const LOOP_WAIT_MS = 5_000;
const IN_A_LOOP =
  'The process that publishes ended three times within a minute. It is started again after longer waits; what it was sending is unconfirmed.';

export type CrashLoop = {
  /** It was started. */
  started(): void;
  /** It got something done. */
  worked(): void;
  /** It ended by itself. Returns how many milliseconds to wait before it is started again. */
  ended(): number;
  /** Whatever was before does not count: it is to publish anew, or not any more. */
  forget(): void;
};

/** Counts how often the publisher ends by itself. `onTrouble` says so in words for a person, and '' when it is over. */
export function createCrashLoop(clock: Clock, onTrouble: (problem: string) => void): CrashLoop {
  let idle = 0;
  let ends: number[] = [];
  let isLooping = false;
  let cancelTrial = () => {};

  function forget(): void {
    cancelTrial();
    cancelTrial = () => {};
    idle = 0;
    ends = [];
    if (!isLooping) return;
    isLooping = false;
    onTrouble('');
  }

  return {
    started() {
      if (isLooping) cancelTrial = clock.after(LOOP_MS, forget);
    },
    worked() {
      idle = 0;
    },
    ended() {
      cancelTrial();
      const now = clock.monotonic();
      ends = [...ends.filter((at) => now - at < LOOP_MS), now];
      const wait = WAITS_MS[Math.min(idle, WAITS_MS.length - 1)] ?? LOOP_MS;
      idle += 1;
      if (ends.length >= LOOP_ENDS && !isLooping) {
        isLooping = true;
        onTrouble(IN_A_LOOP);
      }
      return isLooping ? Math.max(wait, LOOP_WAIT_MS) : wait;
    },
    forget,
  };
}
