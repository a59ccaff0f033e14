import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localTimeOf, resolveLocalTime } from '../../src-main/calendar/local-time.ts';
import { plusDays, weekdayOf } from '../../src-main/core/recurrence.ts';
import {
  firstInCommon,
  freeSlots,
  type PostingSlot,
  SLOT_SPACING_MS,
  sortSlots,
  spreadOver,
} from '../../src-main/core/slots.ts';

const ZONES = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
const MINUTE = 60_000;
const DAY = 86_400_000;

const resolveIn = (zone: string) => (localTime: string) => {
  const found = resolveLocalTime(localTime, zone);
  if (found.kind === 'one') return found.at;
  return found.kind === 'twice' ? 'twice' : 'gap';
};

const slotsOf = (...slots: [number, string][]): PostingSlot[] =>
  slots.map(([weekday, time]) => ({ weekday, time }));

const look = (
  slots: readonly PostingSlot[],
  from: string,
  to: string,
  more: { taken?: number[]; after?: number; zone?: string } = {},
) => {
  const timeZone = more.zone ?? 'Europe/Paris';
  return freeSlots({
    slots,
    timeZone,
    from,
    to,
    after: more.after ?? 0,
    taken: more.taken ?? [],
    resolve: resolveIn(timeZone),
  });
};

it('finds the slots of the days of the week they are for, in the order of time, each once', () => {
  const slots = slotsOf([2, '12:30'], [1, '09:00'], [2, '09:00'], [2, '12:30']);
  expect(sortSlots(slots)).toEqual(slotsOf([1, '09:00'], [2, '09:00'], [2, '12:30']));
  expect(look(slots, '2026-11-30', '2026-12-07').free.map(({ localTime }) => localTime)).toEqual([
    '2026-11-30T09:00',
    '2026-12-01T09:00',
    '2026-12-01T12:30',
    '2026-12-07T09:00',
  ]);
});

it('keeps the wall time over a change of the clocks, and leaves out what they skip or show twice, by name', () => {
  const nightly = slotsOf([7, '02:30'], [6, '09:00'], [1, '09:00']);
  const spring = look(nightly, '2027-03-27', '2027-03-29');
  expect(spring.skipped).toEqual([{ localTime: '2027-03-28T02:30', clock: 'gap' }]);
  const [before, after] = spring.free;
  expect((after?.publishAt ?? 0) - (before?.publishAt ?? 0)).toBe(2 * DAY - 3_600_000);
  expect(look(nightly, '2026-10-25', '2026-10-25').skipped).toEqual([
    { localTime: '2026-10-25T02:30', clock: 'twice' },
  ]);
});

it('takes a slot for taken up to five minutes around a post, and not from five minutes on', () => {
  const at = Date.parse('2026-11-30T08:00Z');
  const isFree = (...taken: number[]) =>
    look(slotsOf([1, '09:00']), '2026-11-30', '2026-11-30', { taken }).free.length === 1;
  expect(isFree()).toBe(true);
  expect(isFree(at)).toBe(false);
  expect(isFree(at + 59_000)).toBe(false);
  expect(isFree(at - SLOT_SPACING_MS + 1)).toBe(false);
  expect(isFree(at + SLOT_SPACING_MS - 1)).toBe(false);
  expect(isFree(at - SLOT_SPACING_MS, at + SLOT_SPACING_MS)).toBe(true);
});

it('finds the first instant that is free for all, also where their zones call it by different times', () => {
  const paris = look(slotsOf([1, '09:00'], [1, '15:00'], [2, '15:00']), '2026-11-30', '2026-12-01');
  const newYork = look(slotsOf([1, '09:00'], [2, '09:00']), '2026-11-30', '2026-12-01', {
    zone: 'America/New_York',
    taken: [Date.parse('2026-11-30T14:02Z')],
  });
  expect(firstInCommon([paris.free, newYork.free])).toBe(Date.parse('2026-12-01T14:00Z'));
  expect(firstInCommon([paris.free, []])).toBeNull();
  expect(firstInCommon([])).toBeNull();
});

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const order = fc.record({
  zone: fc.constantFrom(...ZONES),
  slots: fc.array(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), time }), { maxLength: 12 }),
  // Around a change of the clocks of each of the zones, too.
  from: fc.integer({ min: 0, max: 800 }).map((days) => plusDays('2026-03-01', days)),
  days: fc.integer({ min: 0, max: 21 }),
  after: fc.integer({ min: 0, max: 21 * 1_440 }),
  taken: fc.array(fc.integer({ min: -1_440 * 60, max: 22 * 1_440 * 60 }), { maxLength: 40 }),
  count: fc.integer({ min: 0, max: 30 }),
});

it('a free slot is never taken, never past, in order, at least the spacing apart, and none in between is passed over', () => {
  fc.assert(
    fc.property(order, ({ zone, slots, from, days, after, taken, count }) => {
      const begin = Date.parse(`${from}T00:00Z`);
      const now = begin + after * MINUTE;
      const busy = taken.map((seconds) => begin + seconds * 1_000);
      const to = plusDays(from, days);
      const { free, skipped } = look(slots, from, to, { taken: busy, after: now, zone });
      const found = spreadOver(free, count, null);
      expect(found.length).toBeLessThanOrEqual(count);
      for (const [index, { publishAt, localTime }] of found.entries()) {
        expect(publishAt).toBeGreaterThan(now);
        expect(busy.every((at) => Math.abs(at - publishAt) >= SLOT_SPACING_MS)).toBe(true);
        const before = found[index - 1];
        if (before) expect(publishAt - before.publishAt).toBeGreaterThanOrEqual(SLOT_SPACING_MS);
        expect(localTimeOf(publishAt, zone)).toBe(localTime);
        const [date = '', wall] = localTime.split('T');
        expect(slots).toContainEqual({ weekday: weekdayOf(date), time: wall });
      }
      // What is not found is taken, past, skipped, too near to one that was found, or after the last that was asked for.
      const last = found.length === count ? (found.at(-1)?.publishAt ?? 0) : Number.POSITIVE_INFINITY;
      for (let date = from; date <= to; date = plusDays(date, 1))
        for (const slot of slots.filter(({ weekday }) => weekday === weekdayOf(date))) {
          const localTime = `${date}T${slot.time}`;
          const at = resolveIn(zone)(localTime);
          if (typeof at === 'string') expect(skipped).toContainEqual({ localTime, clock: at });
          else if (at > now && at <= last && busy.every((one) => Math.abs(one - at) >= SLOT_SPACING_MS))
            expect(found.some((one) => at - one.publishAt >= 0 && at - one.publishAt < SLOT_SPACING_MS)).toBe(
              true,
            );
        }
    }),
    { numRuns: 300 },
  );
});
