/** Chance from a seed: the same seed gives the same numbers on every machine. */
export type Random = {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Spread evenly over orders of magnitude: as many between 1 and 10 as between 10 and 100. */
  span(least: number, most: number): number;
};

/** sfc32, fed from one number by splitmix32. */
export function createRandom(seed: number): Random {
  let feed = seed >>> 0;
  const word = () => {
    feed = (feed + 0x9e3779b9) | 0;
    let x = feed ^ (feed >>> 16);
    x = Math.imul(x, 0x21f0aaad);
    x ^= x >>> 15;
    x = Math.imul(x, 0x735a2d97);
    return (x ^ (x >>> 15)) | 0;
  };
  let a = word();
  let b = word();
  let c = word();
  let count = word() | 1;

  const next = () => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };

  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (from) => from[int(0, from.length - 1)] as (typeof from)[number],
    span: (least, most) => Math.round(least * (most / least) ** next()),
  };
}

/** The seed of the `index`th world of a run. */
export function seedOf(seed: number, index: number): number {
  const x = Math.imul((seed >>> 0) ^ Math.imul(index + 1, 0x85ebca6b), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
