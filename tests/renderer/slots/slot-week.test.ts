import { expect, it } from 'vitest';
import { sharedSlots, withoutSlot, withSlots } from '../../../src-renderer/slots/slot-week.ts';

const nine = (weekday: number) => ({ weekday, time: '09:00' });

it('adds a time to several days once each, in the order of the week, and takes one away', () => {
  const week = withSlots(withSlots([nine(3)], [1, 3], '09:00'), [1], '08:15');
  expect(week).toEqual([{ weekday: 1, time: '08:15' }, nine(1), nine(3)]);
  expect(withoutSlot(week, nine(1))).toEqual([{ weekday: 1, time: '08:15' }, nine(3)]);
});

it('finds what accounts have alike, and that they differ, also where one has none', () => {
  const all = [
    { accountId: 1, slots: [nine(1), nine(2)] },
    { accountId: 2, slots: [nine(1), nine(2)] },
    { accountId: 3, slots: [nine(1)] },
  ];
  expect(sharedSlots(all, [1, 2])).toEqual([nine(1), nine(2)]);
  expect(sharedSlots(all, [1, 3])).toBeNull();
  expect(sharedSlots(all, [1, 4])).toBeNull();
  expect(sharedSlots(all, [4, 5])).toEqual([]);
});
