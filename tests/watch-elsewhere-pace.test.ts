import { expect, test } from 'vitest';
import { MINUTE, scene, stateOf } from './support/elsewhere-scene.ts';

test('what never left the machine is no try: it is cancelled soon after the network is back, also in a later stop', async () => {
  const { addPlanner, open, engage, release, clock } = scene();
  let isOffline = true;
  const planner = addPlanner(1, {
    cancelsSince: 1,
    cancels: () =>
      isOffline ? { kind: 'unclear', detail: 'not reached', isUnsent: true } : { kind: 'canceled' },
  });
  planner.plan('a', 600);
  const watch = open();
  await watch.refresh(null);
  planner.answer = { kind: 'unclear', detail: 'not reached', isUnsent: true };
  engage();
  await clock.advance(20 * MINUTE);
  expect(planner.asked.filter((one) => one === 'cancel a')).toHaveLength(1);
  isOffline = false;
  planner.answer = null;
  await clock.advance(MINUTE);
  expect(await stateOf(watch)).toEqual(['a canceled']);
  release();
});

test('each stop tries at once again what did not take under the one before', async () => {
  const { addPlanner, open, engage, release, clock } = scene();
  let isKept = true;
  const planner = addPlanner(1, {
    cancelsSince: 1,
    cancels: () => (isKept ? { kind: 'unclear', detail: 'HTTP 500' } : { kind: 'canceled' }),
  });
  planner.plan('a', 600);
  const watch = open();
  engage();
  await clock.advance(60 * MINUTE);
  release();
  isKept = false;
  await clock.advance(1_000);
  engage();
  await clock.advance(3_000);
  expect(await stateOf(watch)).toEqual(['a canceled']);
});

test('a planner that fails is asked ever more seldom, and not oftener than one that answers', async () => {
  const { addPlanner, open, engage, clock } = scene();
  const planner = addPlanner(1, { renewMs: 20 * MINUTE });
  planner.answer = { kind: 'unclear', detail: 'HTTP 500' };
  open();
  engage();
  await clock.advance(60 * MINUTE);
  expect(planner.asked.length).toBeLessThan(9);
  planner.asked.splice(0);
  await clock.advance(60 * MINUTE);
  expect(planner.asked.length).toBeGreaterThan(1);
  expect(planner.asked.length).toBeLessThan(4);
});

test.each([false, true])(
  'what a person asked for and the service put off is done in their name when it may be (stop: %s)',
  async (isStopped) => {
    const { addPlanner, open, engage, clock, named } = scene();
    let isOpen = false;
    const notBefore = clock.now() + 20 * MINUTE;
    const planner = addPlanner(1, {
      cancels: () => (isOpen ? { kind: 'canceled' } : { kind: 'try-later', detail: 'HTTP 429', notBefore }),
    });
    planner.plan('a', 600);
    planner.plan('b', 700);
    planner.plan('c', 800);
    const watch = open();
    if (isStopped) engage();
    await watch.refresh(null);
    await watch.cancel(
      ['a', 'b'].map((id) => ({ source: 'account:1', id })),
      'Camille',
    );
    isOpen = true;
    await clock.advance(19 * MINUTE);
    expect(await stateOf(watch)).toEqual(['a later', 'b later', 'c waiting']);
    await clock.advance(2 * MINUTE);
    expect(await stateOf(watch)).toEqual(['a canceled', 'b canceled', 'c waiting']);
    expect(named('elsewhere.outcome').map(({ by }) => by)).toEqual(['Camille', 'Camille', 'Camille']);
  },
);

test('what was put off and ticked off meanwhile is not cancelled any more', async () => {
  const { addPlanner, open, clock } = scene();
  const notBefore = clock.now() + 5 * MINUTE;
  const planner = addPlanner(1, { cancels: () => ({ kind: 'try-later', detail: 'HTTP 429', notBefore }) });
  planner.plan('a', 600);
  const watch = open();
  await watch.refresh(null);
  await watch.cancel([{ source: 'account:1', id: 'a' }], 'Camille');
  await watch.tick({ source: 'account:1', id: 'a' }, true, 'Noé');
  await clock.advance(30 * MINUTE);
  expect(planner.asked).toEqual(['list', 'cancel a']);
});
