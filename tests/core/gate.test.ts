import { describe, expect, test } from 'vitest';
import { decideSend, LEASE_MS, type SendQuestion } from '../../src-main/core/gate.ts';

const NOW = Date.UTC(2026, 11, 1, 9);

const good: SendQuestion = {
  armedEpoch: 7,
  lease: { monotonic: 5_000, wall: NOW, epoch: 7 },
  monotonic: 5_100,
  now: NOW + 100,
  permit: { ok: true, epoch: 7, sendsFrom: 0 },
  latch: { state: 'armed', epoch: 7 },
  isCovered: false,
  notAfter: NOW + 100,
  inFlight: 4,
  cap: 4,
};

/** Every input of the gate with a value that must close it. */
const closing: Readonly<Record<string, Partial<SendQuestion>>> = {
  'not armed': { armedEpoch: null },
  'no lease': { lease: null },
  'a lease of another epoch': { lease: { monotonic: 5_000, wall: NOW, epoch: 6 } },
  'a lease exactly one second old': { lease: { monotonic: 5_100 - LEASE_MS, wall: NOW - 900, epoch: 7 } },
  'a lease from the future': { lease: { monotonic: 6_000, wall: NOW, epoch: 7 } },
  'a wall clock that jumped': { now: NOW + 60_000 },
  'a monotonic clock that is no number': { monotonic: Number.NaN },
  'no permit': { permit: { ok: false, why: 'missing' } },
  'an unreadable permit': { permit: { ok: false, why: 'unreadable' } },
  'a foreign permit': { permit: { ok: false, why: 'foreign' } },
  'a permit of another epoch': { permit: { ok: true, epoch: 8, sendsFrom: 0 } },
  'a stopped latch': { latch: { state: 'stopped', epoch: 7 } },
  'no latch': { latch: { state: 'absent', epoch: 0 } },
  'a torn latch': { latch: { state: 'unreadable', epoch: 0 } },
  'a latch of another epoch': { latch: { state: 'armed', epoch: 6 } },
  'a countdown': { permit: { ok: true, epoch: 7, sendsFrom: NOW + 101 } },
  'a countdown that is no number': { permit: { ok: true, epoch: 7, sendsFrom: Number.NaN } },
  'a time that is over by a millisecond': { notAfter: NOW + 99 },
  'a latest time that is missing': { notAfter: Number.NaN },
  'a stop that covers the account': { isCovered: true },
  'one too many in flight': { inFlight: 5 },
};

describe('the gate', () => {
  test('lets a send pass only when everything agrees', () => {
    expect(decideSend(good)).toEqual({ allow: true });
  });

  test.each(Object.entries(closing))('is closed by %s alone', (_, change) => {
    expect(decideSend({ ...good, ...change }).allow).toBe(false);
  });

  test('is closed by every combination of them: the full truth table', () => {
    // One way to be wrong per input; 2^10 combinations, of which exactly one may pass.
    const inputs: Partial<SendQuestion>[] = [
      { armedEpoch: null },
      { lease: null },
      { monotonic: 7_000, now: NOW + 2_000 },
      { now: NOW - 60_000 },
      { permit: { ok: false, why: 'missing' } },
      { latch: { state: 'stopped', epoch: 7 } },
      { isCovered: true },
      { notAfter: NOW - 90_000 },
      { inFlight: 99 },
      { permit: { ok: true, epoch: 7, sendsFrom: NOW * 2 } },
    ];
    const allowed: number[] = [];
    for (let bits = 0; bits < 2 ** inputs.length; bits += 1) {
      const change = Object.assign({}, ...inputs.filter((_, index) => bits & (1 << index)));
      if (decideSend({ ...good, ...change }).allow) allowed.push(bits);
    }
    expect(allowed).toEqual([0]);
  });

  test('counts a lease as fresh until one second, not later', () => {
    const inTime = { ...good, notAfter: NOW + 60_000 };
    const aged = (age: number) => decideSend({ ...inTime, monotonic: 5_000 + age, now: NOW + age }).allow;
    expect([aged(0), aged(999), aged(1_000), aged(1_001)]).toEqual([true, true, false, false]);
  });
});
