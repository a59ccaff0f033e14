import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_VERSIONS, versionsToDrop } from '../../src-main/core/draft-version.ts';

type Kept = Parameters<typeof versionsToDrop>[0][number];
const at = (id: number, savedAt: number, length = 100): Kept => ({ id, savedAt, length });

/** As it is used: after every save, what is dropped is gone. */
function keepAll(saves: readonly Kept[]): readonly Kept[] {
  let kept: readonly Kept[] = [];
  for (const save of saves) {
    const all = [...kept, save];
    const drop = new Set(versionsToDrop(all, save.savedAt));
    kept = all.filter(({ id }) => !drop.has(id));
  }
  return kept;
}

test('a few versions all stay, however close together', () => {
  expect(
    versionsToDrop(
      Array.from({ length: 12 }, (_, n) => at(n, n * 1_000)),
      12_000,
    ),
  ).toEqual([]);
});

test('of older versions one a minute stays', () => {
  const kept = keepAll(Array.from({ length: 120 }, (_, n) => at(n, n * 5_000)));
  const older = kept.slice(0, -12).map(({ savedAt }) => savedAt);
  expect(older.length).toBeGreaterThan(7);
  for (const [index, time] of older.slice(1).entries())
    expect(time - (older[index] ?? 0)).toBeGreaterThanOrEqual(60_000);
});

test('what was there before much of the text went is not thinned out with the rest', () => {
  const saves = Array.from({ length: 60 }, (_, n) =>
    at(n, n * 2_000, n === 20 ? 900 : n < 20 ? 800 + n : 10),
  );
  expect(keepAll(saves).map(({ id }) => id)).toContain(20);
});

test('however long it is worked on, there are never more than there may be, with the first and the newest among them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ pause: fc.integer({ min: 1, max: 5_000_000 }), length: fc.nat(2_000) }), {
        maxLength: 200,
      }),
      (steps) => {
        let now = 0;
        const saves = steps.map(({ pause, length }, id) => {
          now += pause;
          return at(id, now, length);
        });
        const kept = keepAll(saves);
        expect(kept.length).toBeLessThanOrEqual(MOST_VERSIONS);
        expect(kept.slice(-12)).toEqual(saves.slice(-12));
        expect(kept[0]).toEqual(saves[0]);
      },
    ),
    { numRuns: 60 },
  );
});
