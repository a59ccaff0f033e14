import type { World } from './world-parts.ts';

/**
 * While `run` goes on, the timers of this process are those of the world: the publisher's sender waits with them, and its handle in main
 * beats with them. Nothing but promises may be awaited in `run`, so that nobody else's code comes between.
 */
export async function withSimTimers(world: World, run: () => Promise<void>): Promise<void> {
  const real = { setTimeout, clearTimeout, setInterval, clearInterval };
  const { timeline, machine } = world;
  const timed =
    (start: (act: () => void, ms: number) => () => void) =>
    (act: () => void, ms = 0) => ({ cancel: start(act, ms), unref: () => {} });
  const clear = (timer: { cancel(): void } | undefined) => timer?.cancel();
  const here = () => machine.running ?? world.outside;
  Object.assign(globalThis, {
    setTimeout: timed((act, ms) => timeline.after(here(), ms, 'timer', act)),
    clearTimeout: clear,
    setInterval: timed((act, ms) => machine.every(here(), ms, act)),
    clearInterval: clear,
  });
  try {
    await run();
  } finally {
    Object.assign(globalThis, real);
  }
}
