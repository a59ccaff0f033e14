import { describe, expect, test } from 'vitest';
import { recordKey } from '../../src-main/connectors/bluesky/record-key.ts';

const AT = Date.UTC(2026, 11, 1, 9, 30);
const DIGITS = '234567abcdefghijklmnopqrstuvwxyz';

/** Milliseconds since 1970 that a TID carries: 53 bits of microseconds before 10 bits of clock id. */
function timeOf(tid: string): number {
  const number = [...tid].reduce((sum, digit) => sum * 32n + BigInt(DIGITS.indexOf(digit)), 0n);
  return Number((number >> 10n) / 1_000n);
}

describe('the key of a record', () => {
  test('is a TID as atproto writes them, within the second of its post', () => {
    for (const key of ['a', 'zzzzzzzzzzzzzzzzzzzzzzzzzz', '01k']) {
      const tid = recordKey(key, AT, 0);
      expect(tid).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
      expect(Math.floor(timeOf(tid) / 1_000) * 1_000).toBe(AT);
    }
  });

  test('is the same for the same post, for ever: a changed rule would publish what is out a second time', () => {
    expect(recordKey('0123456789abcdefghijklmnop', AT, 0)).toBe('3n3lwpucnocqh');
    expect(recordKey('0123456789abcdefghijklmnop', AT, 1)).toBe('3n3lwpucnodqh');
  });

  test('differs for every approval and every part, and the parts are in order', () => {
    const keys = Array.from({ length: 2_000 }, (_, index) => recordKey(`key-${index}`, AT, 0));
    expect(new Set(keys).size).toBe(2_000);
    const parts = Array.from({ length: 50 }, (_, part) => recordKey('key', AT, part));
    expect(parts).toEqual([...new Set(parts)].sort());
  });

  test('sorts by the time of the post', () => {
    const keys = Array.from({ length: 60 }, (_, second) =>
      recordKey(`${59 - second}`, AT + second * 1_000, 49),
    );
    expect(keys).toEqual([...keys].sort());
  });

  test('is a key at absurd times too', () => {
    for (const at of [-1, 0, 8_640_000_000_000_000])
      expect(recordKey('key', at, 0)).toMatch(/^[2-7a-j][2-7a-z]{12}$/);
  });
});
