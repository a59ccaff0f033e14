import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ASSUMED_CALL_MS, createPlan, type PlannedPost, planWarning } from '../../src-main/calendar/plan.ts';

const NINE = Date.parse('2026-12-01T08:00Z');
const GRACE = 300_000;
const post = (changes: Partial<PlannedPost> = {}): PlannedPost => ({
  publishAt: NINE,
  timeZone: 'Europe/Paris',
  accountId: 1,
  calls: 1,
  graceMs: GRACE,
  ...changes,
});

async function verdictOf(posts: readonly PlannedPost[], cap = 4) {
  const plan = createPlan(cap);
  for (const one of posts) plan.add(one);
  return plan.verdict();
}

const many = (count: number, changes: (n: number) => Partial<PlannedPost> = () => ({})) =>
  Array.from({ length: count }, (_, n) => post({ accountId: n + 1, ...changes(n) }));

describe('whether a plan can go out in time', () => {
  test('as many as the lanes take within the grace are in time, and not one more', async () => {
    const rounds = GRACE / ASSUMED_CALL_MS + 1;
    expect(await verdictOf(many(4 * rounds))).toMatchObject({ late: 0, firstLate: null });
    expect(await verdictOf(many(4 * rounds + 1))).toMatchObject({ late: 1 });
    expect(await verdictOf(many(8 * rounds), 8)).toMatchObject({ late: 0 });
    expect(await verdictOf(many(1_000))).toMatchObject({ posts: 1_000, late: 1_000 - 4 * rounds });
  });

  test('one account sends one at a time, and a thread takes as long as its parts', async () => {
    const rounds = GRACE / ASSUMED_CALL_MS + 1;
    expect(await verdictOf(many(rounds, () => ({ accountId: 1 })))).toMatchObject({ late: 0 });
    expect(await verdictOf(many(rounds + 1, () => ({ accountId: 1 })))).toMatchObject({ late: 1 });
    expect(await verdictOf(many(200, () => ({ accountId: 1, calls: 3 })))).toMatchObject({ late: 149 });
  });

  test('a brand that forgives nothing is late at once', async () => {
    expect(await verdictOf(many(5, () => ({ graceMs: 0 })))).toMatchObject({ late: 1 });
  });

  test('posts apart from each other do not wait for each other', async () => {
    const spaced = many(5_000, (n) => ({ publishAt: NINE + n * ASSUMED_CALL_MS }));
    expect(await verdictOf(spaced)).toMatchObject({ late: 0, longestWaitMs: 0 });
  });

  test('the order in which posts are added does not matter', async () => {
    const posts = fc.array(
      fc.record({
        publishAt: fc.integer({ min: 0, max: 40 }).map((n) => NINE + n * 60_000),
        accountId: fc.integer({ min: 1, max: 30 }),
        graceMs: fc.constantFrom(0, 60_000, GRACE),
      }),
      { maxLength: 300 },
    );
    await fc.assert(
      fc.asyncProperty(posts, fc.integer({ min: 1, max: 8 }), async (some, cap) => {
        const all = some.map((changes) => post({ ...changes, calls: 1 }));
        const sorted = [...all].sort((a, b) => a.publishAt - b.publishAt);
        const shuffledRuns = createPlan(cap);
        for (const one of [...sorted.filter((_, n) => n % 2), ...sorted.filter((_, n) => n % 2 === 0)])
          shuffledRuns.add(one);
        const first = await verdictOf(sorted, cap);
        const second = await shuffledRuns.verdict();
        expect(second.posts).toBe(first.posts);
        // Posts of one instant may go in any order, so only whether all are in time has to agree.
        if (new Set(all.map((one) => one.publishAt)).size === all.length) expect(second).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });

  test('many runs are gone through in the order of their times', async () => {
    const posts = many(20_000, (n) => ({ publishAt: NINE + ((n * 7_919) % 20_000) * ASSUMED_CALL_MS }));
    expect(await verdictOf(posts, 1)).toMatchObject({ late: 0, longestWaitMs: 0 });
    expect(await verdictOf([...posts, ...posts], 1)).toMatchObject({
      late: expect.any(Number),
      posts: 40_000,
    });
    expect((await verdictOf([...posts, ...posts], 1)).late).toBeGreaterThan(19_000);
  });

  test('is said in words with when it begins, in both languages, and not at all when all is well', async () => {
    expect(planWarning(await verdictOf(many(10)))).toBe(null);
    expect(planWarning(await verdictOf(many(1_000)))).toEqual({
      en: 'Too much at one time: of 1,000 posts, 396 could not go out within the lateness their brands allow and would be missed. It begins on 2026-12-01 09:00 (Europe/Paris). Counted with 4 at once, one per account, 2 seconds each.',
      fr: expect.stringMatching(
        /^Trop en même temps : sur 1\s000 publications, 396 ne pourraient pas partir/u,
      ),
    });
  });
});
