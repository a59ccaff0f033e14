import { runWorld, type WorldOrder, type WorldResult } from './world.ts';

/** Runs at most: a story need not be the shortest there is. */
const MOST_RUNS = 400;

/**
 * Leaves out of a world what it does not take to break the same invariant: first halves of what was planned, then smaller pieces, down to
 * single deeds.
 */
export async function shrink(order: WorldOrder, broken: WorldResult): Promise<WorldResult> {
  const rule = broken.violation?.rule;
  let kept = [...broken.deeds.keys()].filter(
    (index) => (broken.deeds[index]?.at ?? 0) <= (broken.violation?.at ?? 0),
  );
  let best = broken;
  let runs = 0;

  async function breaksWith(deeds: readonly number[]): Promise<boolean> {
    runs += 1;
    const wanted = new Set(deeds);
    const result = await runWorld({
      ...order,
      weather: broken.weather,
      keeps: (_, index) => wanted.has(index),
    });
    if (result.violation?.rule !== rule) return false;
    best = result;
    return true;
  }

  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && runs < MOST_RUNS; ) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (await breaksWith(without)) kept = without;
      else from += size;
    }
  }
  return best;
}
