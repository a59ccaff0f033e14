import { describe, expect, it } from 'vitest';
import { localTimeOf, parseTypedDate, todayIn, whenOf } from '../../../src-renderer/ui/when.ts';

const today = '2026-11-23';

describe('a date typed by hand', () => {
  it('is day before month, whatever stands between', () => {
    for (const text of ['1/12/2026', '01.12.2026', '1-12-26', ' 01 12 2026 '])
      expect(parseTypedDate(text, today)).toBe('2026-12-01');
  });

  it('may be ISO', () => {
    expect(parseTypedDate('2026-12-01', today)).toBe('2026-12-01');
    expect(parseTypedDate('2026-2-3', today)).toBe('2026-02-03');
  });

  it('without a year is the next such day, today included', () => {
    expect(parseTypedDate('23/11', today)).toBe('2026-11-23');
    expect(parseTypedDate('24/11', today)).toBe('2026-11-24');
    expect(parseTypedDate('22/11', today)).toBe('2027-11-22');
  });

  it('that does not exist is none, not its neighbour', () => {
    for (const text of ['31/11/2026', '29/2/2027', '12/13/2026', '0/1/2026', 'tomorrow', '', '1/12/202'])
      expect(parseTypedDate(text, today)).toBeNull();
    expect(parseTypedDate('29/2/2028', today)).toBe('2028-02-29');
  });
});

describe('a wall time', () => {
  it('is whole only with a date and a time', () => {
    expect(localTimeOf({ date: '2026-12-01', time: '', timeZone: 'UTC', at: null })).toBe('');
    expect(localTimeOf({ date: '', time: '09:30', timeZone: 'UTC', at: null })).toBe('');
    expect(localTimeOf(whenOf('2026-12-01T09:30', 'UTC'))).toBe('2026-12-01T09:30');
    expect(localTimeOf(whenOf('', 'UTC'))).toBe('');
  });

  it('knows which day it is elsewhere', () => {
    const at = Date.UTC(2026, 11, 31, 23, 30);
    expect(todayIn('Europe/Paris', at)).toBe('2027-01-01');
    expect(todayIn('America/New_York', at)).toBe('2026-12-31');
  });
});
