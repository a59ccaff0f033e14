import type { Timeline } from './timeline.ts';

/** The moments at which something that goes wrong matters most. 'call': a system call of main on the files of the stop. */
export type Moment = 'press' | 'release' | 'claim' | 'bytes' | 'call';

type Trap = { readonly on: Moment; left: number; readonly act: () => void };

/** Things that wait to happen until the `nth` next moment of a kind. They happen inside the step that brought it about. */
export function createTraps(timeline: Timeline) {
  let waiting: Trap[] = [];
  return {
    set(on: Moment, nth: number, act: () => void): void {
      waiting.push({ on, left: nth, act });
    },
    sprung(on: Moment): void {
      if (waiting.length === 0 || timeline.isAsleep()) return;
      const due: Trap[] = [];
      for (const trap of waiting) {
        if (trap.on !== on) continue;
        trap.left -= 1;
        if (trap.left <= 0) due.push(trap);
      }
      if (due.length === 0) return;
      waiting = waiting.filter((trap) => !due.includes(trap));
      for (const trap of due) trap.act();
    },
  };
}

export type Traps = ReturnType<typeof createTraps>;
