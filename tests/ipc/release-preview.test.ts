import { expect, test } from 'vitest';
import type { Scope } from '../../src-main/core/scope.ts';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import { makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

const HOUR = 3_600_000;

/** Two brands of France and one of Spain; the first has an account on two networks. Publishing was never started: nothing is sent. */
async function desk() {
  const rig = await openDeskRig();
  const [lune, verte, roja] = [
    await rig.addBrand('Lune'),
    await rig.addBrand('Verte'),
    await rig.addBrand('Roja'),
  ];
  const move = async (id: number, market: string) => {
    const zone = { timeZone: 'Europe/Paris', graceMinutes: 5, colour: '#112233' };
    const changed = await rig.handlers['brand.change']({ brandId: id, name: `Brand ${id}`, market, ...zone });
    if (!changed.ok) throw new Error(changed.error.message);
  };
  for (const [id, market] of [
    [lune, 'France'],
    [verte, 'France'],
    [roja, 'Spain'],
  ] as const)
    await move(id, market);
  const practice = await rig.addAccount(lune, 'practice', 'lune', {});
  const outbox = await rig.addAccount(
    lune,
    'webhook',
    'hook',
    { url: 'http://127.0.0.1:9/x' },
    { secret: 'a signing secret' },
  );
  await rig.addAccount(verte, 'practice', 'verte', {});
  await rig.handlers['desk.read']({});
  const stop = async (...scopes: Scope[]) => {
    await rig.handlers['stop.engage']({ scopes });
    for (const { id } of rig.engine.stop.status().stops) await rig.engine.stop.settled(id);
  };
  const preview = async () => {
    const read = await rig.handlers['release.preview']({});
    if (!read.ok) throw new Error(read.error.message);
    const of = (id: number) => read.value.brands.find(({ brandId }) => brandId === id);
    return { of, stops: read.value.stops };
  };
  return { ...rig, clock: rig.desk.clock, lune, verte, roja, practice, outbox, move, stop, preview };
}

test('a brand that comes back is told what of it stays stopped, and each narrower stop what it covers', async () => {
  const { lune, verte, roja, practice, outbox, stop, preview, storage, clock } = await desk();
  const now = clock.now();
  await storage.posts.add(
    [
      makePost(practice, { publishAt: now + COUNTDOWN_MS / 2 }),
      makePost(practice, { publishAt: now + HOUR }),
      makePost(outbox, { publishAt: now + 2 * HOUR }),
    ],
    now,
  );
  await stop(
    { kind: 'market', market: 'France' },
    { kind: 'network', network: 'practice' },
    { kind: 'account', accountId: outbox },
  );
  const { of, stops } = await preview();
  const idOf = (kind: string) => stops.find(({ scope }) => scope.kind === kind)?.stopId;
  expect(of(lune)).toMatchObject({
    isStopped: true,
    stopIds: [idOf('market')],
    scheduled: 3,
    missedByCountdown: 1,
    // Both of its accounts stay stopped: nothing would go.
    next: null,
  });
  expect(of(lune)?.stays).toMatchObject([
    { stopId: idOf('network'), accounts: [{ accountId: practice }] },
    { stopId: idOf('account'), accounts: [{ accountId: outbox }] },
  ]);
  expect(of(verte)).toMatchObject({
    isStopped: true,
    stays: [{ stopId: idOf('network') }],
    scheduled: 0,
    next: null,
  });
  expect(of(roja)).toMatchObject({ isStopped: false, stopIds: [], stays: [] });
  expect(stops.find(({ scope }) => scope.kind === 'market')).toMatchObject({
    brands: [
      { brandId: lune, accounts: 2 },
      { brandId: verte, accounts: 1 },
    ],
    scheduled: 3,
    missedByCountdown: 1,
    next: null,
  });
  expect(stops.find(({ scope }) => scope.kind === 'account')).toMatchObject({
    brands: [{ brandId: lune, accounts: 1 }],
    scheduled: 1,
    missedByCountdown: 0,
  });
});

test('several parts of which one is unknown stop everything, and the parts that are there', async () => {
  const { stop, engine, lune } = await desk();
  await stop(
    { kind: 'brand', brandId: lune },
    { kind: 'market', market: 'Italy' },
    { kind: 'account', accountId: 999 },
  );
  expect(engine.stop.status().stops).toMatchObject([
    { scope: { kind: 'everything' }, widenedFrom: 'market:italy, account:999' },
    { scope: { kind: 'brand', brandId: lune } },
  ]);
});

test('a market stopped while a brand is leaving it keeps the brand stopped', async () => {
  const { stop, verte, move, storage, engine } = await desk();
  const { change } = storage.brands;
  Object.assign(storage.brands, {
    change: async (brand: Parameters<typeof change>[0]) => {
      const changed = await change(brand);
      await stop({ kind: 'market', market: 'France' });
      return changed;
    },
  });
  await move(verte, 'Spain');
  expect(engine.stop.status().stops.map(({ scope }) => scope)).toContainEqual({
    kind: 'brand',
    brandId: verte,
  });
});

test('a brand moved into a stopped market is stopped at once, moved out of it keeps a stop of its own', async () => {
  const { stop, preview, lune, roja, verte, move, handlers, engine } = await desk();
  await stop({ kind: 'market', market: 'france' });
  await move(roja, 'FRANCE');
  await move(verte, 'Spain');
  const { of } = await preview();
  expect([of(roja)?.isStopped, of(verte)?.isStopped]).toEqual([true, true]);
  // Only the market of the moment counts when it is released by brand: the one that moved in stays.
  const { pressCount } = engine.stop.status();
  const released = await handlers['release.confirm']({
    brandIds: [lune],
    stopIds: [],
    by: 'Camille',
    pressCount,
  });
  expect(released.ok ? '' : released.error.code).toBe('');
  expect(engine.stop.status().stops.map(({ scope }) => scope)).toEqual([
    { kind: 'brand', brandId: verte },
    { kind: 'brand', brandId: roja },
  ]);
  const read = await handlers['publishing.read']({});
  expect(read.ok && read.value.countdowns).toMatchObject([{ scope: { kind: 'brand', brandId: lune } }]);
});
