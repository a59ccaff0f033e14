/** How often what happened, so that one sees that the rare states were visited. */
export type Counts = {
  starts: number;
  publishers: number;
  ids: number;
  keys: number;
  claims: number;
  sent: number;
  effects: number;
  moves: number;
  looksSkipped: number;
  mostInFlight: number;
  /** By the name of what happened. */
  readonly deeds: Map<string, number>;
};

export function createCounts(): Counts {
  return {
    starts: 0,
    publishers: 0,
    ids: 0,
    keys: 0,
    claims: 0,
    sent: 0,
    effects: 0,
    moves: 0,
    looksSkipped: 0,
    mostInFlight: 0,
    deeds: new Map(),
  };
}

export function count(counts: Counts, what: string, times = 1): void {
  counts.deeds.set(what, (counts.deeds.get(what) ?? 0) + times);
}

/** Adds those of one world to the sum of many. */
export function addCounts(sum: Counts, more: Counts): void {
  for (const key of Object.keys(more) as (keyof Counts)[]) {
    if (key === 'deeds') continue;
    sum[key] = key === 'mostInFlight' ? Math.max(sum[key], more[key]) : sum[key] + more[key];
  }
  for (const [what, times] of more.deeds) count(sum, what, times);
}
