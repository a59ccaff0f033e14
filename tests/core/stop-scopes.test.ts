import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, type Place, type Scope, scopeKey } from '../../src-main/core/scope.ts';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import { readLatch } from '../../src-main/stop/latch.ts';
import { isCovered, readNarrowStops, writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { readPermit } from '../../src-main/stop/permit.ts';
import { makeStop } from '../support/sample-stop.ts';
import { createStopFixture, type StopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

/** ALLSTOP_TREES for more of them than a run of all tests has time for. */
const RUNS = Number(process.env.ALLSTOP_TREES ?? 60);

const BRANDS = [1, 2, 3, 4];
const MARKETS = ['France', 'Spain', ''];
const ACCOUNTS = [
  { accountId: 11, brandId: 1, network: 'bluesky' },
  { accountId: 12, brandId: 1, network: 'mastodon' },
  { accountId: 21, brandId: 2, network: 'bluesky' },
  { accountId: 31, brandId: 3, network: 'mastodon' },
  { accountId: 41, brandId: 4, network: 'practice' },
];
const NARROW: readonly Scope[] = [
  { kind: 'market', market: 'France' },
  { kind: 'market', market: 'SPAIN' },
  ...BRANDS.map((brandId): Scope => ({ kind: 'brand', brandId })),
  { kind: 'network', network: 'bluesky' },
  { kind: 'network', network: 'mastodon' },
  { kind: 'account', accountId: 12 },
  { kind: 'account', accountId: 31 },
];

/** What a person would say is stopped: each scope that is, or that counts down until an instant. */
type Model = Map<string, { readonly scope: Scope; readonly until: number }>;
const FOR_GOOD = Number.POSITIVE_INFINITY;

const coveringOf = (model: Model, place: Place, at: number) =>
  [...model.values()].filter(({ scope, until }) => at < until && covers(scope, place));

/** What a release means to a person, brand by brand. */
function releaseIn(
  model: Model,
  named: readonly number[],
  ids: readonly Scope[],
  markets: ReadonlyMap<number, string>,
  now: number,
) {
  const inForce = (scope: Scope) => model.get(scopeKey(scope))?.until === FOR_GOOD;
  const begin = (scope: Scope) => void model.set(scopeKey(scope), { scope, until: now + COUNTDOWN_MS });
  const own = (brandId: number): Scope => ({ kind: 'brand', brandId });
  const isWide = (scope: Scope) =>
    scope.kind === 'everything'
      ? named.length > 0
      : scope.kind === 'market' &&
        !ids.some((each) => scopeKey(each) === scopeKey(scope)) &&
        named.some((id) => markets.get(id)?.toLowerCase() === scope.market.toLowerCase());
  const wide = [...model.values()]
    .map(({ scope }) => scope)
    .filter((scope) => inForce(scope) && isWide(scope));
  const left = BRANDS.filter((id) => !named.includes(id)).filter((brandId) =>
    wide.some((scope) =>
      covers(scope, { accountId: 0, brandId, market: markets.get(brandId) ?? '', network: '' }),
    ),
  );
  for (const brandId of left) model.set(scopeKey(own(brandId)), { scope: own(brandId), until: FOR_GOOD });
  for (const scope of [...wide, ...named.map(own).filter(inForce), ...ids]) {
    if (scope.kind !== 'brand' || !left.includes(scope.brandId)) begin(scope);
  }
}

/** What a publisher would find in the files. */
function isOpenByFiles(dir: string, place: Place, now: number): boolean {
  const permit = readPermit(join(dir, 'permit'), 'host-of-this-test');
  const latch = readLatch(join(dir, 'latch'));
  if (!permit.ok || latch.state !== 'armed' || latch.epoch !== permit.epoch || now < permit.sendsFrom)
    return false;
  return !isCovered(readNarrowStops(join(dir, 'stops')), place, now);
}

const subset = <T>(of: readonly T[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...of), { maxLength: most });
const STEP = fc.oneof(
  fc.record({
    do: fc.constant('press' as const),
    narrow: fc.subarray([...NARROW], { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    do: fc.constant('press everything' as const),
    narrow: fc.subarray([...NARROW], { maxLength: 1 }),
  }),
  fc.record({ do: fc.constant('from outside' as const), scope: fc.constantFrom(...NARROW) }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('release' as const),
      brands: subset(BRANDS, 3),
      stops: subset([0, 1, 2, 3], 2),
      pressed: fc.option(fc.constantFrom(...NARROW), { freq: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 60_000, 119_990, 120_000),
    }),
  },
  fc.record({ do: fc.constant('look' as const) }),
  fc.record({ do: fc.constant('restart' as const) }),
  fc.record({
    do: fc.constant('move' as const),
    brandId: fc.constantFrom(...BRANDS),
    market: fc.constantFrom(...MARKETS),
  }),
);
type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

/** A countdown that is over before anybody looked at the queue. */
const NOBODY_LOOKED: Step[] = [
  { do: 'press', narrow: [NARROW[0], NARROW[6], NARROW[9]].flatMap((scope) => scope ?? []) },
  { do: 'wait', ms: 60_000 },
  { do: 'release', brands: [], stops: [0, 1, 2], pressed: null },
  { do: 'wait', ms: 120_000 },
];
/** A narrower stop released while everything is stopped. */
const UNDER_A_WIDER_ONE: Step[] = [
  { do: 'press everything', narrow: [NARROW[0], NARROW[6]].flatMap((scope) => scope ?? []) },
  { do: 'release', brands: [], stops: [0], pressed: null },
  { do: 'wait', ms: 120_000 },
  { do: 'restart' },
  { do: 'release', brands: [1], stops: [], pressed: null },
  { do: 'wait', ms: 120_000 },
];

async function play(steps: readonly Step[]): Promise<void> {
  const dir = tempDir();
  let fixture: StopFixture = createStopFixture(dir);
  const { clock } = fixture;
  fixture.stop.open();
  fixture.stop.start('Zoé Martin');
  const markets = new Map([
    [1, 'France'],
    [2, 'france'],
    [3, 'Spain'],
    [4, ''],
  ]);
  const model: Model = new Map();
  const placeOf = (account: (typeof ACCOUNTS)[number]): Place => ({
    ...account,
    market: markets.get(account.brandId) ?? '',
  });
  const press = (scope: Scope) => void model.set(scopeKey(scope), { scope, until: FOR_GOOD });
  /** A post for every account falls due every ten seconds or so; with whether it was stopped at that instant. */
  let waiting: {
    readonly account: (typeof ACCOUNTS)[number];
    readonly dueAt: number;
    readonly wasStopped: boolean;
  }[] = [];

  /** What the scheduler does with what is due: marks what fell due under a stop, and hands on the rest. */
  const look = () => {
    const { gate } = fixture.stop;
    const now = clock.now();
    const [covered, floors] = [gate.covered(), gate.floors()];
    for (const { account, dueAt, wasStopped } of waiting) {
      const place = placeOf(account);
      const isMissed =
        covered.some(({ scope }) => covers(scope, place)) ||
        floors.some(({ scope, before }) => dueAt < before && covers(scope, place));
      expect(wasStopped && !isMissed && gate.isOpen()).toBe(false);
    }
    waiting = [];
    gate.swept(now);
  };

  const wait = async (ms: number) => {
    const from = clock.now();
    await clock.advance(ms);
    for (let dueAt = from + 5_000; dueAt <= from + ms; dueAt += 10_000)
      for (const account of ACCOUNTS)
        waiting.push({ account, dueAt, wasStopped: coveringOf(model, placeOf(account), dueAt).length > 0 });
  };

  const engage = async (scopes: readonly Scope[]) => {
    fixture.stop.engageAll(scopes.map((scope) => fixture.order({ scope })));
    scopes.forEach(press);
    await clock.advance(10);
  };

  const release = async (step: Step & { do: 'release' }) => {
    const narrow = fixture.stop.status().stops.filter(({ scope }) => scope.kind !== 'everything');
    const ids = step.stops.flatMap((index) => narrow[index] ?? []);
    const { pressCount } = fixture.stop.status();
    if (step.pressed) await engage([step.pressed]);
    const order = {
      brandIds: step.brands,
      stopIds: ids.map(({ id }) => id),
      allBrands: [...markets].map(([brandId, market]) => ({ brandId, market })),
      by: 'Zoé Martin',
      pressCount,
    };
    const released = fixture.stop.release(order);
    if (step.pressed) expect(released.ok).toBe(false);
    if (ids.length > 0 && !step.pressed) expect(released.ok).toBe(true);
    if (released.ok)
      releaseIn(
        model,
        step.brands,
        ids.map(({ scope }) => scope),
        markets,
        clock.now(),
      );
  };

  for (const step of steps) {
    if (step.do === 'press') await engage(step.narrow);
    if (step.do === 'press everything') await engage([...step.narrow, { kind: 'everything' }]);
    if (step.do === 'release') await release(step);
    if (step.do === 'wait') await wait(step.ms);
    if (step.do === 'look') look();
    if (step.do === 'move') {
      // What fell due before was looked at while the brand was still there.
      look();
      markets.set(step.brandId, step.market);
    }
    if (step.do === 'from outside') {
      const stop = makeStop({ scope: step.scope, control: 'command-line' });
      writeNarrow(join(dir, 'stops'), [{ stop, endsAt: null }]);
      fixture.stop.checkFiles();
      press(step.scope);
      await clock.advance(10);
    }
    if (step.do === 'restart') {
      fixture.stop.close();
      fixture = createStopFixture(dir, undefined, clock);
      fixture.stop.open();
    }
    const now = clock.now();
    const covered = fixture.stop.gate.covered();
    for (const account of ACCOUNTS) {
      const place = placeOf(account);
      const covering = coveringOf(model, place, now);
      const found = covered.filter(({ scope }) => covers(scope, place));
      const said = {
        account: account.accountId,
        isCovered: found.length > 0,
        isStopped: found.some(({ reason }) => reason === 'stopped'),
      };
      expect(said).toEqual({
        account: account.accountId,
        isCovered: covering.length > 0,
        isStopped: covering.some(({ until }) => until === FOR_GOOD),
      });
      expect(isOpenByFiles(dir, place, now)).toBe(covering.length === 0);
    }
  }
  look();
  fixture.stop.close();
}

test('whatever is stopped, released, pressed, moved and restarted, each account is covered while a stop or countdown covers it', async () => {
  await fc.assert(fc.asyncProperty(fc.array(STEP, { maxLength: 14 }), play), {
    numRuns: RUNS,
    examples: [[NOBODY_LOOKED], [UNDER_A_WIDER_ONE]],
  });
});
