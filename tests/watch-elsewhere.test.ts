import { expect, test } from 'vitest';
import type { ElsewhereSource } from '../src-main/elsewhere-sources.ts';
import { MINUTE, scene, stateOf } from './support/elsewhere-scene.ts';

test('a stop makes nothing wait: it is told, asks nobody in that step, and lists what it covers soon after', async () => {
  const { addPlanner, open, engage, clock, named } = scene();
  const [mine, other] = [addPlanner(1), addPlanner(2, { brandId: 2 })];
  mine.plan('late', 90);
  mine.plan('soon', 5);
  const watch = open();
  engage({ kind: 'brand', brandId: 1 });
  expect(mine.asked).toEqual([]);
  await clock.advance(2_000);
  expect([mine.asked, other.asked]).toEqual([['list'], []]);
  expect(await stateOf(watch)).toEqual(['soon waiting', 'late waiting']);
  expect(named('elsewhere.found')).toMatchObject([
    { details: { stop: 'stop-1', items: ['soon', 'late'], brands: ['Brand 1', 'Brand 1'] } },
  ]);
});

test('nothing is cancelled by itself where nobody asked for that beforehand', async () => {
  const { addPlanner, open, engage, clock, sources } = scene();
  const planner = addPlanner(1);
  planner.plan('a', 90);
  const watch = open();
  engage();
  await clock.advance(10 * MINUTE);
  // Asked for while the stop is in force: that is for the next one.
  sources[0] = { ...(sources[0] as ElsewhereSource), cancelsSince: clock.now() };
  await clock.advance(20 * MINUTE);
  expect(planner.asked.every((one) => one === 'list')).toBe(true);
  expect(await stateOf(watch)).toEqual(['a waiting']);
});

test('where a person asked for it beforehand, all that is covered is cancelled, soonest first, and written down', async () => {
  const { addPlanner, open, engage, clock, events } = scene();
  const planner = addPlanner(1, { cancelsSince: 1 });
  planner.plan('b', 90);
  planner.plan('a', 5);
  const watch = open();
  engage();
  await clock.advance(2_000);
  expect(planner.asked).toEqual(['list', 'cancel a', 'cancel b', 'list']);
  expect(await stateOf(watch)).toEqual(['a canceled', 'b canceled']);
  expect(events.map(({ event, details }) => [event, details?.item ?? '', details?.outcome ?? ''])).toEqual([
    ['elsewhere.found', '', ''],
    ['elsewhere.cancel', 'a', ''],
    ['elsewhere.outcome', 'a', 'canceled'],
    ['elsewhere.cancel', 'b', ''],
    ['elsewhere.outcome', 'b', 'canceled'],
  ]);
});

test('what a service keeps although it said yes stays live, and is tried ever more seldom', async () => {
  const { addPlanner, open, engage, clock } = scene();
  const planner = addPlanner(1, {
    cancelsSince: 1,
    cancels: () => ({ kind: 'still-there', detail: 'HTTP 200' }),
  });
  planner.plan('a', 600);
  const watch = open();
  engage();
  await clock.advance(30 * MINUTE);
  const tries = () => planner.asked.filter((one) => one.startsWith('cancel')).length;
  const early = tries();
  expect(early).toBeLessThan(8);
  await clock.advance(120 * MINUTE);
  expect(await stateOf(watch)).toEqual(['a still-there']);
  expect(tries() - early).toBeGreaterThan(2);
  expect(tries() - early).toBeLessThan(6);
});

test('a service that asks to be left alone is, what remains is said, and goes on when it may', async () => {
  const { addPlanner, open, engage, clock } = scene();
  let isOpen = false;
  const notBefore = clock.now() + 10 * MINUTE;
  const planner = addPlanner(1, {
    cancelsSince: 1,
    cancels: () => (isOpen ? { kind: 'canceled' } : { kind: 'try-later', detail: 'HTTP 429', notBefore }),
  });
  for (const id of ['a', 'b', 'c']) planner.plan(id, 600);
  const watch = open();
  engage();
  await clock.advance(5 * MINUTE);
  expect(await stateOf(watch)).toEqual(['a later', 'b later', 'c later']);
  expect((await watch.read())[0]?.list.notBefore).toBe(notBefore);
  expect(planner.asked).toEqual(['list', 'cancel a']);
  isOpen = true;
  await clock.advance(6 * MINUTE);
  expect(await stateOf(watch)).toEqual(['a canceled', 'b canceled', 'c canceled']);
});

test('a release ends it in the middle, and schedules nothing again', async () => {
  const world = scene();
  const planner = world.addPlanner(1, {
    cancelsSince: 1,
    cancels: () => {
      world.release();
      return { kind: 'canceled' };
    },
  });
  for (const id of ['a', 'b', 'c']) planner.plan(id, 600);
  const watch = world.open();
  world.engage();
  await world.clock.advance(30 * MINUTE);
  expect(planner.waiting.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(await stateOf(watch)).toEqual(['a canceled', 'b waiting', 'c waiting']);
});

test('what nobody has matched is read under any stop, and cancelled by itself under a stop of everything alone', async () => {
  const { addPlanner, open, engage, clock } = scene();
  const planner = addPlanner(1, { brandId: null, cancelsSince: 1 });
  planner.plan('a', 600);
  open();
  engage({ kind: 'brand', brandId: 1 });
  await clock.advance(10 * MINUTE);
  expect([...new Set(planner.asked)]).toEqual(['list']);
  engage();
  await clock.advance(2_000);
  expect(planner.asked).toContain('cancel a');
});

test('what goes with others in one step is left to a person where one of them is not covered', async () => {
  const { addPlanner, open, engage, clock, sources } = scene();
  const planner = addPlanner(1, { cancelsSince: 1 });
  planner.plan('mine', 600, { group: 'g', channel: 'mine' });
  planner.plan('theirs', 600, { group: 'g', channel: 'theirs' });
  const place = (brandId: number) => ({ accountId: brandId, brandId, market: '', network: '' });
  const source = sources[0] as ElsewhereSource;
  sources[0] = {
    ...source,
    placeOf: ({ channel }) => place(channel === 'theirs' ? 2 : 1),
    places: [place(1), place(2)],
  };
  open();
  engage({ kind: 'brand', brandId: 1 });
  await clock.advance(10 * MINUTE);
  expect(planner.asked.every((one) => one === 'list')).toBe(true);
});

test('a planner that cannot be read is said once for a stop, and asked again while the stop is in force', async () => {
  const { addPlanner, open, engage, clock, named } = scene();
  const planner = addPlanner(1);
  planner.answer = { kind: 'unclear', detail: 'ENETUNREACH' };
  open();
  engage();
  await clock.advance(5 * MINUTE);
  expect(planner.asked.length).toBeGreaterThan(2);
  expect(named('elsewhere.unread')).toHaveLength(1);
});

test('what was known is there after a start without a network, with when it was read', async () => {
  const world = scene();
  const planner = world.addPlanner(1);
  planner.plan('a', 600);
  const first = world.open();
  await first.refresh(null);
  const asOf = world.clock.now();
  first.close();
  planner.answer = { kind: 'unclear', detail: 'ENETUNREACH' };
  await world.clock.advance(1_000);
  const second = world.open();
  await second.refresh(null);
  expect(await second.read()).toMatchObject([
    { list: { asOf, state: 'unclear', items: [{ id: 'a', state: 'waiting' }] } },
  ]);
});

test('a person cancels one, sees it read back, and ticks off what stays', async () => {
  const { addPlanner, open, named } = scene();
  const planner = addPlanner(1, {
    cancels: (id) => (id === 'a' ? { kind: 'canceled' } : { kind: 'still-there', detail: 'HTTP 200' }),
  });
  planner.plan('a', 600);
  planner.plan('b', 700);
  const watch = open();
  await watch.refresh(['account:1']);
  await watch.cancel(
    [
      { source: 'account:1', id: 'b' },
      { source: 'account:1', id: 'a' },
      { source: 'account:9', id: 'x' },
    ],
    'Camille',
  );
  expect(planner.asked).toEqual(['list', 'cancel a', 'cancel b', 'list']);
  expect(await stateOf(watch)).toEqual(['a canceled', 'b still-there']);
  expect(await watch.tick({ source: 'account:1', id: 'x' }, true, 'Noé')).toMatchObject({ ok: false });
  expect(await watch.tick({ source: 'account:1', id: 'b' }, true, 'Noé')).toMatchObject({ ok: true });
  expect((await watch.read())[0]?.list.items[1]?.tick?.by).toBe('Noé');
  expect(named('elsewhere.ticked')).toMatchObject([{ by: 'Noé', details: { item: 'b' } }]);
});

test('what was cancelled and is listed again is found once more, told, and cancelled again where that was asked for', async () => {
  const { addPlanner, open, engage, clock, named } = scene();
  const planner = addPlanner(1, { cancelsSince: 1 });
  planner.plan('a', 600);
  const watch = open();
  engage();
  await clock.advance(2_000);
  expect(await stateOf(watch)).toEqual(['a canceled']);
  planner.plan('a', 600);
  await watch.refresh(null);
  expect(await stateOf(watch)).toEqual(['a back']);
  expect(named('elsewhere.found')).toHaveLength(2);
  await clock.advance(MINUTE);
  expect(await stateOf(watch)).toEqual(['a canceled']);
});
