import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localTimeOf } from '../../src-main/calendar/local-time.ts';
import { shiftByDays, shiftByHours, timeAt } from '../../src-main/calendar/shift-time.ts';

const ASK = { gap: 'ask', twice: 'ask' } as const;
const paris = (iso: string) => timeAt(Date.parse(iso), 'Europe/Paris');

it('keeps the wall time in the post’s own zone when it moves by days over a change of the clocks', () => {
  const before = paris('2026-10-20T07:00:00Z');
  expect(before.localTime).toBe('2026-10-20T09:00');
  const after = shiftByDays(before, 7, ASK);
  expect(after).toEqual({ clock: 'plain', time: paris('2026-10-27T08:00:00Z') });
  expect(after.time?.localTime).toBe('2026-10-27T09:00');
});

it('moves by hours exactly, whatever the clocks do', () => {
  const before = paris('2026-10-24T23:00:00Z');
  expect(before.localTime).toBe('2026-10-25T01:00');
  expect(shiftByHours(before, 3)).toEqual({
    publishAt: Date.parse('2026-10-25T02:00:00Z'),
    localTime: '2026-10-25T03:00',
    timeZone: 'Europe/Paris',
  });
});

it('asks where the wall time does not exist on the new day, and takes what was chosen', () => {
  const before = paris('2027-03-27T01:30:00Z');
  expect(before.localTime).toBe('2027-03-27T02:30');
  expect(shiftByDays(before, 1, ASK)).toEqual({ clock: 'gap', time: null });
  expect(shiftByDays(before, 1, { ...ASK, gap: 'after' }).time?.localTime).toBe('2027-03-28T03:30');
  expect(shiftByDays(before, 1, { ...ASK, gap: 'before' }).time?.localTime).toBe('2027-03-28T01:30');
});

it('asks where the wall time exists twice on the new day, and takes what was chosen', () => {
  const before = paris('2026-10-18T00:30:00Z');
  expect(shiftByDays(before, 7, ASK)).toEqual({ clock: 'twice', time: null });
  const [first, second] = (['first', 'second'] as const).map(
    (twice) => shiftByDays(before, 7, { ...ASK, twice }).time?.publishAt ?? 0,
  );
  expect((second ?? 0) - (first ?? 0)).toBe(3_600_000);
});

it('is the same day and time again when moved there and back, seconds included', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) }),
      fc.integer({ min: -365, max: 365 }),
      fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
      (at, days, zone) => {
        const there = shiftByDays(timeAt(at, zone), days, ASK);
        if (there.time === null) return;
        expect(there.time.localTime.slice(11)).toBe(localTimeOf(at, zone).slice(11));
        const back = shiftByDays(there.time, -days, { gap: 'after', twice: 'first' });
        if (back.clock === 'plain') expect(back.time?.publishAt).toBe(at);
      },
    ),
  );
});
