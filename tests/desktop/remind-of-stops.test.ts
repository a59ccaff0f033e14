import { expect, test } from 'vitest';
import type { EngagedStop } from '../../src-main/core/stop-types.ts';
import { createStopReminder } from '../../src-main/desktop/remind-of-stops.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const HOUR = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 11, 1);

const stopAt = (
  hour: number,
  id: string,
  scope: EngagedStop['scope'] = { kind: 'everything' },
): EngagedStop => ({
  id,
  scope,
  control: 'shortcut',
  by: 'Camille',
  reason: '',
  widenedFrom: '',
  epoch: 1,
  engagedAt: MIDNIGHT + hour * HOUR,
  isDurable: true,
  isSilent: true,
  todo: '',
  inFlight: [],
});

/** A reminder at `hour` of the first day over `stops`; gives the hours since midnight at which it spoke, and of what. */
function scene(hour: number, stops: EngagedStop[]) {
  const clock = createFakeClock(MIDNIGHT + hour * HOUR);
  const told: [number, string, number][] = [];
  const reminder = createStopReminder({
    clock,
    stops: () => stops,
    hourOf: (at) => new Date(at).getUTCHours(),
    remind: (stop, others) => told.push([(clock.now() - MIDNIGHT) / HOUR, stop.id, others]),
  });
  return { clock, told, reminder };
}

test('a stop by day is named after one hour, four, and then each day; it is never ended', async () => {
  const stops = [stopAt(9, 'a')];
  const { clock, told } = scene(9, stops);
  await clock.advance(4 * 24 * HOUR);
  expect(told.map(([at]) => at)).toEqual([10, 13, 33, 57, 81, 105]);
  expect(stops).toHaveLength(1);
});

test('nobody is woken: what would be said at night is said once at eight', async () => {
  const { clock, told } = scene(21.5, [stopAt(21.5, 'a')]);
  await clock.advance(36 * HOUR);
  expect(told.map(([at]) => at)).toEqual([32, 45.5]);
});

test('a stop engaged later counts from then, and a release ends the reminders', async () => {
  const stops: EngagedStop[] = [];
  const { clock, told, reminder } = scene(8, stops);
  await clock.advance(2 * HOUR);
  stops.push(stopAt(10, 'wide'), stopAt(10, 'narrow', { kind: 'brand', brandId: 3 }));
  reminder.changed();
  await clock.advance(2 * HOUR);
  expect(told).toEqual([[11, 'wide', 1]]);
  stops.length = 0;
  reminder.changed();
  await clock.advance(72 * HOUR);
  expect(told).toHaveLength(1);
  expect(clock.pending()).toBe(0);
});

test('after a new start the old times are not told again, and weeks later it still speaks each day', async () => {
  const { clock, told, reminder } = scene(20 * 24 + 12, [stopAt(9, 'a')]);
  await clock.advance(3 * 24 * HOUR);
  expect(told.map(([at]) => at)).toEqual([21, 22, 23].map((day) => day * 24 + 9));
  reminder.close();
  expect(clock.pending()).toBe(0);
});
