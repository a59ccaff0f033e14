import type { CancelWake, Clock, Instant } from '../core/clock.ts';

/** One timer never sleeps longer than this, so that a wall clock set forward is noticed within it. */
const LONGEST_NAP_MS = 60_000;

/**
 * The clock of the running app: the wall clock, and the system's monotonic clock, whose origin all processes of one
 * boot share. `unref` lets the process end while a wake is still promised.
 */
export function createSystemClock(options: { unref?: boolean } = {}): Clock {
  const monotonic = () => Number(process.hrtime.bigint()) / 1e6;

  function nap(left: () => number, wake: () => void): CancelWake {
    let timer: NodeJS.Timeout | null = null;
    const again = () => {
      const ms = left();
      if (ms <= 0) {
        timer = null;
        wake();
        return;
      }
      sleep(ms);
    };
    const sleep = (ms: number) => {
      timer = setTimeout(again, Math.min(Math.max(0, Math.ceil(ms)), LONGEST_NAP_MS));
      if (options.unref === true) timer.unref();
    };
    sleep(left());
    return () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    };
  }

  return {
    now: () => Date.now(),
    monotonic,
    wakeAt: (at: Instant, wake) => nap(() => at - Date.now(), wake),
    after: (ms, wake) => {
      const end = monotonic() + ms;
      return nap(() => end - monotonic(), wake);
    },
  };
}
