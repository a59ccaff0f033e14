import fc from 'fast-check';
import { expect, it } from 'vitest';
import { datesOf, isOver, plusDays, type RecurrenceRule } from '../../src-main/core/recurrence.ts';

const from = '2027-01-29';
const rule = (one: RecurrenceRule, more: { until?: string; most?: number } = {}) => ({
  rule: one,
  from,
  until: more.until ?? null,
  most: more.most ?? null,
});

it('finds every day, chosen days of the week, and a day of the month with the last one where there is none', () => {
  expect(datesOf(rule({ kind: 'day' }), '2027-02-01')).toEqual([
    '2027-01-29',
    '2027-01-30',
    '2027-01-31',
    '2027-02-01',
  ]);
  expect(datesOf(rule({ kind: 'week', days: [1, 5] }), '2027-02-08')).toEqual([
    '2027-01-29',
    '2027-02-01',
    '2027-02-05',
    '2027-02-08',
  ]);
  expect(datesOf(rule({ kind: 'month', day: 31 }), '2027-05-01')).toEqual([
    '2027-01-31',
    '2027-02-28',
    '2027-03-31',
    '2027-04-30',
  ]);
});

it('ends with its last date or its number of times, whichever comes first', () => {
  expect(datesOf(rule({ kind: 'day' }, { until: '2027-01-30' }), '2027-03-01')).toHaveLength(2);
  expect(datesOf(rule({ kind: 'day' }, { most: 3 }), '2027-03-01')).toHaveLength(3);
  expect(isOver(rule({ kind: 'day' }, { most: 3 }), '2027-01-30')).toBe(false);
  expect(isOver(rule({ kind: 'day' }, { most: 3 }), '2027-01-31')).toBe(true);
  expect(isOver(rule({ kind: 'day' }, { until: '2027-01-30' }), '2027-01-30')).toBe(true);
  expect(isOver(rule({ kind: 'day' }), '2099-01-30')).toBe(false);
});

it('gives the same dates however far one looks at a time', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.constant<RecurrenceRule>({ kind: 'day' }),
        fc
          .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
          .map((days): RecurrenceRule => ({ kind: 'week', days })),
        fc.integer({ min: 1, max: 31 }).map((day): RecurrenceRule => ({ kind: 'month', day })),
      ),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 90 }),
      (one, most, days) => {
        const whole = rule(one, { most });
        const near = datesOf(whole, plusDays(from, days));
        expect(datesOf(whole, plusDays(from, 200)).slice(0, near.length)).toEqual(near);
      },
    ),
  );
});
