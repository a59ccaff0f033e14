import { expect, test } from 'vitest';
import { remindOfYes } from '../src-main/remind-of-yes.ts';
import { createFakeClock } from './support/fake-clock.ts';

const HOUR = 3_600_000;

function setUp(hours: readonly number[]) {
  const clock = createFakeClock();
  const start = clock.now();
  const told: { posts: number; firstAt: number; names: readonly string[] }[] = [];
  const waiting = hours.map((at) => start + at * HOUR);
  const state = { isClosed: false };
  const end = remindOfYes({
    clock,
    read: async (before) => {
      if (state.isClosed) return null;
      const near = waiting.filter((at) => at < before && at > clock.now());
      const [firstAt] = near;
      return firstAt === undefined ? [] : [{ brandId: 1, from: 'Camille Roux', posts: near.length, firstAt }];
    },
    remind: (facts) => told.push(facts),
  });
  return { clock, told, end, state, start };
}

test('names what waits for a yes three hours before its time, together and once', async () => {
  const { clock, told, end, start } = setUp([1, 2, 8]);
  await clock.advance(HOUR / 2);
  expect(told).toEqual([{ posts: 2, firstAt: start + HOUR, names: ['Camille Roux'] }]);
  await clock.advance(4 * HOUR);
  expect(told).toHaveLength(1);
  await clock.advance(2 * HOUR);
  expect(told.slice(1)).toEqual([{ posts: 1, firstAt: start + 8 * HOUR, names: ['Camille Roux'] }]);
  await clock.advance(4 * HOUR);
  expect(told).toHaveLength(2);
  end();
});

test('is told at most once an hour, and not of what is further off or while the database is closed', async () => {
  const { clock, told, end, state } = setUp([1, 3.2, 3.4, 9]);
  state.isClosed = true;
  await clock.advance(HOUR / 4);
  expect(told).toEqual([]);
  state.isClosed = false;
  await clock.advance(HOUR / 2);
  expect(told.map(({ posts }) => posts)).toEqual([2]);
  await clock.advance(HOUR / 2);
  expect(told).toHaveLength(1);
  await clock.advance(3 * HOUR);
  expect(told.map(({ posts }) => posts)).toEqual([2, 2]);
  end();
});
