import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { isoTimeOf, localTimeOf, resolveLocalTime, zoneName } from '../../src-main/calendar/local-time.ts';

const ZONES = [
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'UTC',
  'Etc/GMT+5',
];
const utc = (text: string) => Date.parse(text);

describe('a wall time in a zone', () => {
  test('away from changes of the clocks it means one instant', () => {
    expect(resolveLocalTime('2026-12-01T09:30', 'Europe/Paris')).toEqual({
      kind: 'one',
      at: utc('2026-12-01T08:30Z'),
    });
    expect(resolveLocalTime('2026-07-01T09:30:15', 'Europe/Paris')).toEqual({
      kind: 'one',
      at: utc('2026-07-01T07:30:15Z'),
    });
  });

  test('the hour that spring jumps over names the times before and after it', () => {
    expect(resolveLocalTime('2026-03-29T02:30', 'Europe/Paris')).toEqual({
      kind: 'gap',
      before: { at: utc('2026-03-29T00:30Z'), localTime: '2026-03-29T01:30' },
      after: { at: utc('2026-03-29T01:30Z'), localTime: '2026-03-29T03:30' },
    });
  });

  test('the hour that autumn repeats names both instants', () => {
    expect(resolveLocalTime('2026-10-25T02:30', 'Europe/Paris')).toEqual({
      kind: 'twice',
      first: utc('2026-10-25T00:30Z'),
      second: utc('2026-10-25T01:30Z'),
    });
  });

  test('the edges of the jump are ordinary times', () => {
    expect(resolveLocalTime('2026-03-29T01:59', 'Europe/Paris').kind).toBe('one');
    expect(resolveLocalTime('2026-03-29T02:00', 'Europe/Paris').kind).toBe('gap');
    expect(resolveLocalTime('2026-03-29T03:00', 'Europe/Paris').kind).toBe('one');
    expect(resolveLocalTime('2026-10-25T01:59', 'Europe/Paris').kind).toBe('one');
    expect(resolveLocalTime('2026-10-25T02:00', 'Europe/Paris').kind).toBe('twice');
    expect(resolveLocalTime('2026-10-25T03:00', 'Europe/Paris').kind).toBe('one');
  });

  test('a whole day that never was is a gap', () => {
    expect(resolveLocalTime('2011-12-30T12:00', 'Pacific/Apia').kind).toBe('gap');
  });

  test('what is no day, no time or no zone is said in both languages', () => {
    for (const bad of [
      '2026-02-30T10:00',
      '2026-13-01T10:00',
      '2026-12-01T24:00',
      '2026-12-00T10:00',
      'soon',
      '',
    ]) {
      expect(resolveLocalTime(bad, 'Europe/Paris').kind, bad).toBe('invalid');
    }
    for (const bad of ['Europe/Pari', '', '+02:00', 'Mars/Base', '../etc/passwd', 'a'.repeat(500)]) {
      expect(resolveLocalTime('2026-12-01T09:30', bad).kind, bad).toBe('invalid');
    }
    expect(resolveLocalTime('2026-12-01T09:30', 'Europe/Pari', 'fr')).toEqual({
      kind: 'invalid',
      message: 'Le fuseau horaire « Europe/Pari » n’existe pas.',
    });
  });

  test('a zone is known in any letters and gets its usual ones', () => {
    expect(zoneName('europe/paris')).toBe('Europe/Paris');
    expect(zoneName('europe/atlantis')).toBe(null);
  });
});

describe('the kept facts about zones', () => {
  const zone = fc.constantFrom(...ZONES);
  const minute = fc.integer({
    min: utc('2000-01-01T00:00Z') / 60_000,
    max: utc('2060-01-01T00:00Z') / 60_000,
  });
  // Half of the samples lie within two days of a change, where mistakes would be.
  const nearChange = fc.tuple(minute, zone, fc.integer({ min: -2_900, max: 2_900 })).map(([m, z, by]) => {
    const change = Temporal.Instant.fromEpochMilliseconds(m * 60_000)
      .toZonedDateTimeISO(z)
      .getTimeZoneTransition('next');
    return { minute: change === null ? m : Math.floor(change.epochMilliseconds / 60_000) + by, zone: z };
  });
  const anywhere = fc.tuple(minute, zone).map(([m, z]) => ({ minute: m, zone: z }));

  test('never say anything but what Temporal says', () => {
    fc.assert(
      fc.property(fc.oneof(anywhere, nearChange), ({ minute: m, zone: z }) => {
        const localTime = new Date(m * 60_000).toISOString().slice(0, 16);
        const plain = Temporal.PlainDateTime.from(localTime);
        const said = resolveLocalTime(localTime, z);
        try {
          const at = plain.toZonedDateTime(z, { disambiguation: 'reject' }).epochMilliseconds;
          expect(said).toEqual({ kind: 'one', at });
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          expect(['gap', 'twice']).toContain(said.kind);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('an instant written in a zone reads back as the same instant', () => {
    fc.assert(
      fc.property(
        fc.oneof(anywhere, nearChange),
        fc.integer({ min: 0, max: 59_999 }),
        ({ minute: m, zone: z }, ms) => {
          const at = m * 60_000 + ms;
          expect(Date.parse(isoTimeOf(at, z))).toBe(at);
          const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(z);
          expect(localTimeOf(at, z)).toBe(there.toPlainDateTime().toString({ smallestUnit: 'minute' }));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
