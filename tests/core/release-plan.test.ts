import { describe, expect, test } from 'vitest';
import { planRelease } from '../../src-main/core/release-plan.ts';
import type { Scope } from '../../src-main/core/scope.ts';
import type { EngagedStop } from '../../src-main/core/stop-types.ts';
import { makeStop } from '../support/sample-stop.ts';

const brand = (brandId: number): Scope => ({ kind: 'brand', brandId });
const market = (name: string): Scope => ({ kind: 'market', market: name });
const BLUESKY: Scope = { kind: 'network', network: 'bluesky' };
const ACCOUNT: Scope = { kind: 'account', accountId: 11 };
const stop = (scope: Scope) => makeStop({ scope });
const everything = makeStop();

/** Two brands of France, one of Spain, one of no market. */
const ALL = [
  { brandId: 1, market: 'France' },
  { brandId: 2, market: 'FRANCE' },
  { brandId: 3, market: 'Spain' },
  { brandId: 4, market: '' },
];

function plan(
  named: { brands?: readonly number[]; stops?: readonly EngagedStop[] },
  whole: EngagedStop | null,
  narrow: readonly EngagedStop[],
) {
  const order = {
    brandIds: named.brands ?? [],
    stopIds: (named.stops ?? []).map(({ id }) => id),
    allBrands: ALL,
    by: 'Zoé Martin',
    pressCount: 0,
  };
  const planned = planRelease(order, whole, narrow);
  if (!planned.ok) return planned.error.code;
  const { endsEverything, ends, keeps } = planned.value;
  return { endsEverything, ends, keeps: keeps.map(({ brandId, from }) => [brandId, from.id]) };
}

describe('a brand that is named', () => {
  test('comes back from everything; the others keep that stop as their own', () => {
    expect(plan({ brands: [3] }, everything, [])).toEqual({
      endsEverything: true,
      ends: [],
      keeps: [1, 2, 4].map((brandId) => [brandId, everything.id]),
    });
  });

  test('comes back from its market and its own stop; the other brand of the market stays', () => {
    const [france, spain, own, other] = [
      stop(market('france')),
      stop(market('Spain')),
      stop(brand(1)),
      stop(brand(4)),
    ];
    expect(plan({ brands: [1] }, null, [france, spain, own, other])).toEqual({
      endsEverything: false,
      ends: [france, own],
      keeps: [[2, france.id]],
    });
  });

  test('comes back from everything and its market at once, and what the market leaves is kept once', () => {
    const france = stop(market('France'));
    expect(plan({ brands: [1] }, everything, [france])).toEqual({
      endsEverything: true,
      ends: [france],
      keeps: [2, 3, 4].map((brandId) => [brandId, everything.id]),
    });
  });

  test('leaves a stop of another market, of a network and of an account as it is', () => {
    const narrow = [stop(market('Spain')), stop(BLUESKY), stop(ACCOUNT)];
    expect(plan({ brands: [1] }, everything, narrow)).toMatchObject({ endsEverything: true, ends: [] });
    expect(plan({ brands: [1] }, null, narrow)).toBe('not-stopped');
  });

  test('does not end the own stop of a brand that is not named', () => {
    const own = stop(brand(2));
    const france = stop(market('France'));
    expect(plan({ brands: [1] }, everything, [own, france])).toMatchObject({ ends: [france] });
    expect(plan({ brands: [1] }, null, [own, france])).toMatchObject({
      ends: [france],
      keeps: [[2, france.id]],
    });
  });

  test('of no market comes back from no market', () => {
    const none = stop(market('France'));
    expect(plan({ brands: [4] }, null, [none])).toBe('not-stopped');
  });

  test('that nobody knows ends its own stop, and no market', () => {
    const own = stop(brand(99));
    expect(plan({ brands: [99] }, null, [own, stop(market('France'))])).toEqual({
      endsEverything: false,
      ends: [own],
      keeps: [],
    });
  });
});

describe('a stop that is named', () => {
  test.each([market('France'), brand(1), BLUESKY, ACCOUNT])(
    '%o ends as a whole, and nothing else with it',
    (scope) => {
      const named = stop(scope);
      const others = [market('France'), market('Spain'), brand(1), brand(2), BLUESKY, ACCOUNT]
        .filter((each) => JSON.stringify(each) !== JSON.stringify(scope))
        .map(stop);
      for (const whole of [null, everything])
        expect(plan({ stops: [named] }, whole, [...others, named])).toEqual({
          endsEverything: false,
          ends: [named],
          keeps: [],
        });
    },
  );

  test('of everything is refused: that is released brand by brand', () => {
    expect(plan({ stops: [everything] }, everything, [])).toBe('by-brand');
    expect(plan({ brands: [1], stops: [everything] }, everything, [])).toBe('by-brand');
  });

  test('that is no longer in force is refused, with all that was named beside it', () => {
    const france = stop(market('France'));
    expect(plan({ brands: [1], stops: [stop(BLUESKY)] }, everything, [france])).toBe('no-such-stop');
  });

  test('a market named as a whole keeps nobody, also when one of its brands is named too', () => {
    const france = stop(market('France'));
    expect(plan({ brands: [1], stops: [france] }, null, [france])).toEqual({
      endsEverything: false,
      ends: [france],
      keeps: [],
    });
  });

  test('beside brands ends too, and the brands come back from everything', () => {
    const bluesky = stop(BLUESKY);
    expect(plan({ brands: [1, 2, 3, 4], stops: [bluesky] }, everything, [bluesky, stop(ACCOUNT)])).toEqual({
      endsEverything: true,
      ends: [bluesky],
      keeps: [],
    });
  });

  test('of a brand that is not named stays where a wider stop leaves that brand behind', () => {
    const own = stop(brand(2));
    expect(plan({ brands: [1], stops: [own] }, everything, [own])).toMatchObject({
      ends: [],
      keeps: [
        [2, everything.id],
        [3, everything.id],
        [4, everything.id],
      ],
    });
  });
});
