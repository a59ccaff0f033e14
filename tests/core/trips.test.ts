import { expect, test } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import { type AccountTrip, createTrips, TRIP_LIMITS } from '../../src-main/core/trips.ts';
import { makeClaim } from '../support/claims.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const OUT: Outcome = { kind: 'published', refs: [] };
const REFUSED: Outcome = { kind: 'refused', detail: '422' };
const UNCONFIRMED: Outcome = { kind: 'unconfirmed', detail: 'reset', refs: [] };

function open({ week = 0, unconfirmed = () => 0 }: { week?: number; unconfirmed?: () => number } = {}) {
  const clock = createFakeClock();
  const trips: AccountTrip[] = [];
  const stops: number[] = [];
  const rules = createTrips({
    clock,
    limits: TRIP_LIMITS,
    countWeek: () => Promise.resolve(week),
    countUnconfirmed: () => Promise.resolve(unconfirmed()),
    onUnconfirmed: (count) => stops.push(count),
    onTrip: (trip) => trips.push(trip),
  });
  const claim = (id: number) => makeClaim({ id, url: 'http://127.0.0.1/' });
  return { clock, rules, trips, stops, claim };
}

test('thirty posts a minute go, the thirty-first holds its account, and another account goes on', () => {
  const { rules, trips, claim } = open();
  for (let count = 0; count < 30; count += 1) expect(rules.admits(claim(1))).toBe(true);
  expect(rules.admits(claim(1))).toBe(false);
  expect(trips).toEqual([{ accountId: 1, brandId: 1, network: 'webhook', kind: 'rate', count: 31 }]);
  expect(rules.admits(claim(2))).toBe(true);
});

test('the minute moves on: thirty each minute never trip', async () => {
  const { rules, trips, claim, clock } = open();
  for (let count = 0; count < 300; count += 1) {
    expect(rules.admits(claim(1))).toBe(true);
    await clock.advance(2_000);
  }
  expect(trips).toEqual([]);
});

test('an account that sends all week may send more a minute than one that never did', async () => {
  // Three a minute all week: twenty times that is sixty.
  const { rules, trips, claim, clock } = open({ week: 3 * 7 * 24 * 60 });
  for (let count = 0; count < 60; count += 1) {
    expect(rules.admits(claim(1))).toBe(true);
    await clock.advance(1);
  }
  expect(rules.admits(claim(1))).toBe(false);
  expect(trips).toMatchObject([{ kind: 'rate', count: 61 }]);
});

test('a tripped account stays held however long one waits, and begins anew when a person resumes it', async () => {
  const { rules, claim, clock } = open();
  for (let count = 0; count < 31; count += 1) rules.admits(claim(1));
  await clock.advance(10 * 24 * 60 * 60_000);
  expect(rules.admits(claim(1))).toBe(false);
  rules.resumed(1);
  expect(rules.admits(claim(1))).toBe(true);
});

test('five refusals in a row hold the account before its next post; one that went out between them does not count as a row', () => {
  const { rules, trips, claim } = open();
  for (let count = 0; count < 4; count += 1) rules.settled(claim(1), REFUSED);
  rules.settled(claim(1), OUT);
  for (let count = 0; count < 4; count += 1) rules.settled(claim(1), REFUSED);
  expect(rules.admits(claim(1))).toBe(true);
  rules.settled(claim(1), REFUSED);
  expect(trips).toMatchObject([{ kind: 'refusals', count: 5 }]);
  expect(rules.admits(claim(1))).toBe(false);
});

test('what was certainly not sent, or asked for a later try, is no refusal', () => {
  const { rules, trips, claim } = open();
  for (let count = 0; count < 20; count += 1) {
    rules.settled(claim(1), { kind: 'not-sent', detail: 'offline' });
    rules.settled(claim(1), { kind: 'try-later', detail: '429', notBefore: null });
  }
  expect(trips).toEqual([]);
});

test('three posts in a row without an answer hold the account', async () => {
  const { rules, trips, claim, clock } = open({ unconfirmed: () => 1 });
  for (let count = 0; count < 3; count += 1) {
    expect(rules.admits(claim(1))).toBe(true);
    rules.settled(claim(1), UNCONFIRMED);
    rules.stored();
    await clock.advance(1);
  }
  expect(trips).toMatchObject([{ kind: 'no-answer', count: 3 }]);
  expect(rules.admits(claim(1))).toBe(false);
});

test('the tenth post that is unconfirmed at the same time stops everything, and nothing goes while they are counted', async () => {
  let now = 9;
  const { rules, stops, claim, clock } = open({ unconfirmed: () => now });
  rules.settled(claim(1), UNCONFIRMED);
  expect(rules.admits(claim(2))).toBe(false);
  rules.stored();
  await clock.advance(1);
  expect(stops).toEqual([]);
  expect(rules.admits(claim(2))).toBe(true);
  now = 10;
  rules.settled(claim(2), UNCONFIRMED);
  expect(rules.admits(claim(3))).toBe(false);
  rules.stored();
  await clock.advance(1);
  expect(stops).toEqual([10]);
});

test('released with as many unconfirmed as before, posts go until one more is unconfirmed', async () => {
  const { rules, stops, claim, clock } = open({ unconfirmed: () => 12 });
  rules.settled(claim(1), UNCONFIRMED);
  rules.stored();
  await clock.advance(1);
  expect(stops).toEqual([12]);
  expect(rules.admits(claim(2))).toBe(true);
  rules.settled(claim(2), OUT);
  rules.stored();
  await clock.advance(1);
  expect(stops).toEqual([12]);
  rules.settled(claim(3), UNCONFIRMED);
  rules.stored();
  await clock.advance(1);
  expect(stops).toEqual([12, 12]);
});
