/**
 * The name that is the least typing away from what was written, to be offered and never taken by itself; null when none is near
 * (more than a third of the letters differ). Letters' case and accents do not count.
 */
export function nearestName(written: string, names: Iterable<string>): string | null {
  const wanted = fold(written).slice(0, MOST_LENGTH);
  if (wanted === '') return null;
  let nearest: string | null = null;
  let least = Math.floor(wanted.length / 3) + 1;
  let looked = 0;
  for (const name of names) {
    looked += 1;
    if (looked > MOST_NAMES) break;
    const folded = fold(name).slice(0, MOST_LENGTH);
    if (Math.abs(folded.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, folded);
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** `nearestName` that remembers, and gives up after having looked for `most` different names: a file may be wrong in every row. */
export type Nearest = (kind: string, written: string, names: () => Iterable<string>) => string | null;

export function createNearest(most = 300): Nearest {
  const known = new Map<string, string | null>();
  return (kind, written, names) => {
    const key = `${kind}\n${written.slice(0, MOST_LENGTH)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= most) return null;
    const nearest = nearestName(written, names());
    known.set(key, nearest);
    return nearest;
  };
}

const MOST_LENGTH = 64;
const MOST_NAMES = 2_000;

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** Letters to add, drop, change or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(changed, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
