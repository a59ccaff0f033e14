import { describe, expect, it } from 'vitest';
import { hoursOf, oneDay } from '../../../src-renderer/calendar/calendar-days.ts';
import { isShiftedInto, shiftTo, targetOf } from '../../../src-renderer/calendar/move-post.ts';
import { shiftOfKey } from '../../../src-renderer/calendar/use-carry.ts';

/** 09:30 in Paris, 17:30 in Tokyo, 08:30 UTC. */
const post = { publishAt: Date.UTC(2026, 10, 23, 8, 30) };

describe('a post that is moved', () => {
  it('to another day keeps the time of day of its brand, whatever zone is shown and whatever the clocks do', () => {
    const shift = shiftTo(post, oneDay('2027-03-29', 'Europe/Paris'), 'Europe/Paris');
    expect(shift).toEqual({ days: 126, minutes: 0 });
    expect(targetOf(post, shift, 'Europe/Paris', 'Asia/Tokyo')).toEqual({
      localTime: '2027-03-29T17:30',
      timeZone: 'Asia/Tokyo',
    });
    expect(targetOf(post, shift, 'UTC', 'Europe/Paris')).toEqual({
      localTime: '2027-03-29T09:30',
      timeZone: 'Europe/Paris',
    });
  });

  it('into an hour keeps its minute, by the clock that is shown', () => {
    const [, , two] = hoursOf(oneDay('2027-03-28', 'Europe/Paris'), 'Europe/Paris');
    if (!two) throw new Error('no such hour');
    const shift = shiftTo(post, two, 'Europe/Paris');
    // A time that does not exist is kept as it was asked for: main is asked what it means.
    expect(targetOf(post, shift, 'Europe/Paris', 'Asia/Tokyo')).toEqual({
      localTime: '2027-03-28T02:30',
      timeZone: 'Europe/Paris',
    });
    expect(isShiftedInto(post, shift, two, 'Europe/Paris')).toBe(true);
    expect(isShiftedInto(post, { ...shift, minutes: shift.minutes + 60 }, two, 'Europe/Paris')).toBe(false);
  });

  it('goes by days and weeks where days are shown, by hours and quarters where hours are', () => {
    expect(shiftOfKey('ArrowDown', 'month', false)).toEqual({ days: 7, minutes: 0 });
    expect(shiftOfKey('ArrowDown', 'week', false)).toEqual({ days: 0, minutes: 60 });
    expect(shiftOfKey('ArrowUp', 'day', true)).toEqual({ days: 0, minutes: -15 });
    expect(shiftOfKey('ArrowUp', 'list', false)).toEqual({ days: -1, minutes: 0 });
    expect(shiftOfKey('a', 'month', false)).toBeNull();
  });
});
