import type { Main } from './main-process.ts';
import type { Publisher } from './publisher-process.ts';
import type { Process, Timeline } from './timeline.ts';

/** Thrown out of whatever a process was doing in the step in which it was killed. */
export class Killed extends Error {}

type Beat = {
  readonly process: Process;
  readonly every: number;
  readonly run: () => void;
  from: number;
  last: number;
  isOff: boolean;
};

/** Ends of processes, hangs, and the beats main gives while it is well. */
export function createMachine(timeline: Timeline, onDeath: (process: Process) => void) {
  const beats = new Set<Beat>();
  const ends = new Map<Process, (() => void)[]>();
  let pids = 0;

  /** True time up to which a process was well: now, or when it hung. */
  const wellUntil = new Map<Process, number>();

  const machine = {
    main: null as Main | null,
    publishers: new Set<Publisher>(),
    /** Whose code runs at present. */
    running: null as Process | null,
    isFallingAsleep: false,
    /** Until then no process can be killed: the system waits for a device. */
    immortalUntil: 0,
    nextPid: () => ++pids,
    /** Other processes that end when the power goes. */
    others: new Set<Process>(),

    onEnd(process: Process, act: () => void): void {
      ends.set(process, [...(ends.get(process) ?? []), act]);
    },

    /** Ends a process at once. Thrown out of its own step when it is the one that runs. */
    kill(process: Process): void {
      if (!process.isAlive) return;
      machine.beat(process);
      process.isAlive = false;
      process.silentSince ??= timeline.monotonic();
      for (const beat of beats) if (beat.process === process) beats.delete(beat);
      for (const act of ends.get(process) ?? []) act();
      ends.delete(process);
      onDeath(process);
      if (machine.running === process) throw new Killed();
    },

    /** It does nothing for so long. What it should have done meanwhile comes afterwards. */
    hang(process: Process, ms: number): void {
      if (!process.isAlive) return;
      machine.beat(process);
      if (!wellUntil.has(process)) wellUntil.set(process, timeline.now());
      process.silentSince ??= timeline.monotonic();
      process.hungUntil = Math.max(process.hungUntil, timeline.now() + ms);
      timeline.after(process, process.hungUntil - timeline.now(), `${process.name} goes on`, () => {
        wellUntil.delete(process);
        process.silentSince = null;
        for (const beat of beats) if (beat.process === process) tick(beat, timeline.now());
      });
    },

    every(process: Process, ms: number, run: () => void): () => void {
      const beat: Beat = {
        process,
        every: ms,
        run,
        from: timeline.now(),
        last: timeline.now(),
        isOff: false,
      };
      beats.add(beat);
      return () => {
        beat.isOff = true;
        beats.delete(beat);
      };
    },

    /** Makes up for the beats a process has given until now: only the last of them matters. */
    beat(process: Process): void {
      if (!process.isAlive) return;
      const until = wellUntil.get(process) ?? timeline.now();
      for (const beat of beats) {
        if (beat.process !== process) continue;
        const at = beat.from + Math.floor((until - beat.from) / beat.every) * beat.every;
        if (at > beat.last) timeline.back(at, () => tick(beat, at));
      }
    },

    /** What hangs goes on hanging after the wake. */
    sleep(ms: number): void {
      for (const process of wellUntil.keys()) process.hungUntil += ms;
    },

    /** After a sleep the beats go on from the wake. */
    wake(): void {
      for (const beat of beats) {
        beat.from = timeline.now();
        if (!wellUntil.has(beat.process)) tick(beat, timeline.now());
      }
    },
  };

  function tick(beat: Beat, at: number): void {
    beat.last = at;
    beat.run();
  }

  return machine;
}

export type Machine = ReturnType<typeof createMachine>;
