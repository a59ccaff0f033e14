import { expect, test } from 'vitest';
import { remindOfDrills } from '../../src-main/drill/remind-of-drills.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const HOUR = 3_600_000;

/** Starts on 2026-12-01 at 00:00 UTC; gives the hours after that in which a reminder came. */
function scene() {
  const start = Date.UTC(2026, 11, 1);
  const clock = createFakeClock(start);
  const told: number[] = [];
  const so = { isDue: true, isQuiet: true };
  let last: number | null = null;
  const end = remindOfDrills({
    clock,
    isDue: async () => so.isDue,
    isQuiet: () => so.isQuiet,
    hourOf: (at) => new Date(at).getUTCHours(),
    remindedAt: () => last,
    remind(at) {
      last = at;
      told.push(Math.floor((at - start) / HOUR));
    },
  });
  return { clock, told, so, end };
}

test('a drill that is due is named by day, once a week', async () => {
  const { clock, told } = scene();
  await clock.advance(15 * 24 * HOUR);
  expect(told).toEqual([9, 9 + 7 * 24, 9 + 14 * 24]);
});

test('nothing is said of one that is not due, beside a real stop, or after the end', async () => {
  const { clock, told, so, end } = scene();
  so.isDue = false;
  await clock.advance(30 * HOUR);
  so.isDue = true;
  so.isQuiet = false;
  await clock.advance(10 * 24 * HOUR);
  end();
  so.isQuiet = true;
  await clock.advance(10 * 24 * HOUR);
  expect(told).toEqual([]);
  expect(clock.pending()).toBe(0);
});
