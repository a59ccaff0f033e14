import { describe, expect, it } from 'vitest';
import {
  edgesOf,
  firstDayOfWeek,
  hoursOf,
  monthDays,
  monthWeeks,
  oneDay,
  stepped,
  titleOf,
  weekDays,
} from '../../../src-renderer/calendar/calendar-days.ts';

const PARIS = 'Europe/Paris';
const HOUR = 3_600_000;

describe('the days of a calendar', () => {
  it('are whole weeks around a month, from Monday or from Sunday', () => {
    const monday = monthWeeks('2026-12-15', PARIS, 1);
    expect([monday.length, monday[0]?.date, monday.at(-1)?.date]).toEqual([35, '2026-11-30', '2027-01-03']);
    const sunday = monthWeeks('2026-12-15', PARIS, 7);
    expect([sunday[0]?.date, sunday.at(-1)?.date]).toEqual(['2026-11-29', '2027-01-02']);
    expect(monthWeeks('2027-02-01', PARIS, 1)).toHaveLength(28);
    expect(monthDays('2028-02-10', PARIS)).toHaveLength(29);
    expect(weekDays('2026-11-23', PARIS, 7)[0]?.date).toBe('2026-11-22');
  });

  it('begin and end at midnight of the zone, also on days of 23 and 25 hours', () => {
    const [spring, autumn] = [oneDay('2027-03-28', PARIS), oneDay('2026-10-25', PARIS)];
    expect([spring.to - spring.from, autumn.to - autumn.from]).toEqual([23 * HOUR, 25 * HOUR]);
    expect(new Date(spring.from).toISOString()).toBe('2027-03-27T23:00:00.000Z');
  });

  it('have the 24 hours of the clock: one that is left out is empty, one that comes twice lasts two', () => {
    const spring = hoursOf(oneDay('2027-03-28', PARIS), PARIS);
    expect(spring.map(({ from, to }) => (to - from) / HOUR)).toEqual([1, 1, 0, ...Array(21).fill(1)]);
    const autumn = hoursOf(oneDay('2026-10-25', PARIS), PARIS);
    expect(autumn.map(({ from, to }) => (to - from) / HOUR)).toEqual([1, 1, 2, ...Array(21).fill(1)]);
    const edges = edgesOf(spring);
    expect(edges).toHaveLength(25);
    expect(edges).toEqual([...edges].sort((a, b) => a - b));
  });

  it('have no midnight where the clocks leave it out', () => {
    // Cairo: on the last Friday of April the clocks go from 00:00 to 01:00.
    const hours = hoursOf(oneDay('2027-04-30', 'Africa/Cairo'), 'Africa/Cairo');
    expect(hours.slice(0, 3).map(({ from, to }) => (to - from) / HOUR)).toEqual([0, 1, 1]);
  });
});

describe('a calendar', () => {
  it('begins its weeks on Monday in French and as the region does in English', () => {
    expect(firstDayOfWeek('fr', 'en-US')).toBe(1);
    expect(firstDayOfWeek('en', 'en-US')).toBe(7);
    expect(firstDayOfWeek('en', 'en-GB')).toBe(1);
    expect(firstDayOfWeek('en', 'not a locale!')).toBe(1);
  });

  it('steps by what it shows, and a month later is never the month after next', () => {
    expect(stepped('2027-01-31', 'month', 1)).toBe('2027-02-28');
    expect(stepped('2027-01-01', 'week', -1)).toBe('2026-12-25');
    expect(stepped('2027-01-01', 'day', -1)).toBe('2026-12-31');
  });

  it('is called by the time it shows', () => {
    expect(titleOf('month', '2026-12-15', 'fr', 1)).toBe('Décembre 2026');
    expect(titleOf('week', '2026-12-02', 'en', 1).replace(/\s/gu, ' ')).toBe('30 November – 6 December 2026');
  });
});
