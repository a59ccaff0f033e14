/**
 * Where a run asks what comes next. `step`: between two steps of the world; null when everything that can follow from here was seen before,
 * and the run is over. `within`: in the middle of a step.
 */
export type Chooser = {
  /** `state` is asked for where the run is new; `save` and `load` carry what it remembers over to the next run of the same beginning. */
  step(options: number, state: () => number): number | null;
  within(options: number): number;
  /** Nothing happens that did not happen in the run before: what it would add up is loaded. */
  isKnown(): boolean;
};

export type Memory = { save(): unknown; load(saved: unknown): void };

export type Explored<Broken> = {
  /** States that differ in anything that could matter later. */
  readonly states: number;
  /** Runs from the beginning, each other than all before. */
  readonly runs: number;
  /** Orders in which everything can happen, from the beginning to an end. At least so many, where departures are limited. */
  readonly interleavings: number;
  readonly steps: number;
  readonly longest: number;
  /** False when as many states were seen as the limit allows. */
  readonly isComplete: boolean;
  readonly broken: Broken | null;
};

type Frame = {
  readonly options: number;
  chosen: number;
  /** Departures from the first of all options that are still allowed before this one. */
  readonly left: number;
  /** Of the state before a step; null in the middle of one. */
  readonly state: number | null;
  readonly saved: unknown;
  paths: number;
};

/**
 * `departures`: how often a run may go on with another than the first of its options; infinite for every order there is. Depth first through every choice, each run from the beginning. `run` lives one world through and gives back what broke. What follows from a
 * state depends on the state alone: it is gone through once.
 */
export async function explore<Broken>(
  run: (chooser: Chooser, memory: (memory: Memory) => void) => Promise<Broken | null>,
  limits: { readonly states: number; readonly departures: number },
): Promise<Explored<Broken>> {
  const frames: Frame[] = [];
  /** With the departures that were left, and how many ways there are from there to an end. */
  const seen = new Map<number, { left: number; paths: number }>();
  let runs = 0;
  let steps = 0;
  let longest = 0;
  let broken: Broken | null = null;

  for (;;) {
    const known = frames.length;
    const lastStep = frames.findLastIndex(({ state }) => state !== null);
    let depth = 0;
    let met: number | null = null;
    let memory: Memory = { save: () => null, load: () => {} };
    const leftNow = () => {
      const last = frames.at(-1);
      return last ? last.left - (last.chosen > 0 ? 1 : 0) : limits.departures;
    };
    const push = (options: number, left: number, state: number | null) => {
      const saved = state === null ? null : memory.save();
      frames.push({ options: left > 0 ? options : 1, chosen: 0, left, state, saved, paths: 0 });
      depth += 1;
    };
    const chooser: Chooser = {
      isKnown: () => depth <= lastStep,
      step(options, state) {
        steps += 1;
        if (depth < known) {
          const frame = frames[depth] as Frame;
          if (depth === lastStep) memory.load(frame.saved);
          depth += 1;
          return frame.chosen;
        }
        const key = state();
        const left = leftNow();
        const before = seen.get(key);
        if (before && before.left >= left) {
          met = before.paths;
          return null;
        }
        seen.set(key, { left, paths: 0 });
        push(options, left, key);
        return 0;
      },
      within(options) {
        if (depth < known) {
          const frame = frames[depth] as Frame;
          depth += 1;
          return frame.chosen;
        }
        push(options, leftNow(), null);
        return 0;
      },
    };
    broken = await run(chooser, (given) => {
      memory = given;
    });
    runs += 1;
    longest = Math.max(longest, frames.length);
    if (broken !== null || seen.size >= limits.states) break;
    let paths = met ?? 1;
    for (;;) {
      const frame = frames.at(-1);
      if (!frame) break;
      frame.paths += paths;
      frame.chosen += 1;
      if (frame.chosen < frame.options) break;
      if (frame.state !== null) seen.set(frame.state, { left: frame.left, paths: frame.paths });
      paths = frame.paths;
      frames.pop();
    }
    if (frames.length === 0) {
      return {
        states: seen.size,
        runs,
        interleavings: paths,
        steps,
        longest,
        isComplete: true,
        broken,
      };
    }
    // Whoever else lives in this process has its turn.
    if (runs % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return { states: seen.size, runs, interleavings: runs, steps, longest, isComplete: false, broken };
}
