import { expect, test } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import type { NetworkTrip } from '../../src-main/core/network-trips.ts';
import type { Claim } from '../../src-main/core/queue.ts';
import { type AccountTrip, createTrips, TRIP_LIMITS } from '../../src-main/core/trips.ts';
import { makeClaim } from '../support/claims.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const OUT: Outcome = { kind: 'published', refs: [] };
const REFUSED: Outcome = { kind: 'refused', detail: '422' };
const UNCONFIRMED: Outcome = { kind: 'unconfirmed', detail: 'reset', refs: [] };

function open({ week = 0, canFind = false }: { week?: number; canFind?: boolean } = {}) {
  const clock = createFakeClock();
  const trips: AccountTrip[] = [];
  const stops: NetworkTrip[] = [];
  const rules = createTrips({
    clock,
    limits: TRIP_LIMITS,
    countWeek: () => Promise.resolve(week),
    canFind: () => canFind,
    onUnconfirmed: (trip) => stops.push(trip),
    onTrip: (trip) => trips.push(trip),
  });
  const claim = (id: number, network = 'webhook'): Claim => {
    const made = makeClaim({ id, url: 'http://127.0.0.1/' });
    return { ...made, account: { ...made.account, network } };
  };
  /** One post of each of these accounts, one after the other, a second apart. */
  const run = async (ids: readonly number[], outcome: Outcome, network?: string) => {
    for (const id of ids) {
      if (!rules.admits(claim(id, network))) return;
      await clock.advance(500);
      rules.settled(claim(id, network), outcome);
      await clock.advance(500);
    }
  };
  return { clock, rules, trips, stops, claim, run };
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

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

test('three posts in a row that a network swallows hold the account', async () => {
  const { rules, trips, claim, run } = open();
  for (let count = 0; count < 3; count += 1) {
    await run([1], UNCONFIRMED);
    rules.cleared({ id: 1, accountId: 1 }, 'absent');
  }
  expect(trips).toMatchObject([{ kind: 'no-answer', count: 3 }]);
  expect(rules.admits(claim(1))).toBe(false);
});

test('slow answers are no row: neither those found public, nor those a person settled, nor those of three days', async () => {
  const { rules, trips, clock, run } = open();
  for (const how of ['published', 'by-person'] as const)
    for (let count = 0; count < 3; count += 1) {
      await run([1], UNCONFIRMED);
      rules.cleared({ id: 1, accountId: 1 }, how);
    }
  for (let day = 0; day < 3; day += 1) {
    await clock.advance(DAY);
    await run([2], UNCONFIRMED);
    rules.cleared({ id: 2, accountId: 2 }, 'absent');
  }
  expect(trips).toEqual([]);
});

test('the tenth account of a network without an answer stops that network before the next post, and no other', async () => {
  const { rules, stops, claim, run } = open();
  await run(range(1, 9), UNCONFIRMED);
  expect(stops).toEqual([]);
  await run([10], UNCONFIRMED);
  expect(stops).toEqual([{ kind: 'network', network: 'webhook', count: 10 }]);
  expect(rules.admits(claim(20, 'mastodon'))).toBe(true);
});

test('a network that can be read is looked at first: what is settled within two minutes counts for nothing', async () => {
  const settled = open({ canFind: true });
  await settled.run(range(1, 12), UNCONFIRMED);
  for (const id of range(1, 12)) settled.rules.cleared({ id, accountId: id }, 'published');
  await settled.clock.advance(2 * MINUTE);
  expect(settled.rules.admits(settled.claim(20))).toBe(true);
  expect(settled.stops).toEqual([]);

  const left = open({ canFind: true });
  await left.run(range(1, 12), UNCONFIRMED);
  expect(left.stops).toEqual([]);
  await left.clock.advance(2 * MINUTE);
  expect(left.rules.admits(left.claim(20))).toBe(false);
  expect(left.stops).toMatchObject([{ kind: 'network', count: 12 }]);
});

test('old ones count for nothing, and many that went out meanwhile outweigh ten', async () => {
  const { stops, clock, run } = open();
  for (const id of range(1, 12)) {
    await run([id], UNCONFIRMED);
    await clock.advance(2 * MINUTE);
  }
  expect(stops).toEqual([]);
  await clock.advance(DAY);
  await run(range(100, 111), OUT);
  await run(range(1, 10), UNCONFIRMED);
  expect(stops).toEqual([]);
  await run(range(11, 12), UNCONFIRMED);
  expect(stops).toMatchObject([{ kind: 'network', count: 12 }]);
});

test('one break of the line cuts off everything in flight, and is one', async () => {
  const { rules, stops, claim, clock, run } = open();
  for (const id of range(1, 50)) rules.admits(claim(id));
  await clock.advance(10_000);
  for (const id of range(1, 50)) rules.settled(claim(id), UNCONFIRMED);
  expect(stops).toEqual([]);
  await clock.advance(1_000);
  await run(range(60, 67), UNCONFIRMED);
  expect(stops).toEqual([]);
  await run([68], UNCONFIRMED);
  expect(stops).toMatchObject([{ kind: 'network', count: 10 }]);
});

test('as many over three networks stop everything, over two they do not', async () => {
  const two = open();
  for (const [index, network] of ['webhook', 'mastodon'].entries())
    await two.run(range(index * 10, index * 10 + 8), UNCONFIRMED, network);
  expect(two.stops).toEqual([]);
  const three = open();
  for (const [index, network] of ['webhook', 'mastodon', 'bluesky'].entries())
    await three.run(range(index * 10, index * 10 + 3), UNCONFIRMED, network);
  expect(three.stops).toEqual([{ kind: 'networks', networks: 3, count: 11 }]);
});

test('after a release only what happens from then on counts', async () => {
  const { rules, stops, run } = open();
  await run(range(1, 10), UNCONFIRMED);
  expect(stops).toHaveLength(1);
  rules.begun();
  await run(range(11, 19), UNCONFIRMED);
  expect(stops).toHaveLength(1);
  await run([20], UNCONFIRMED);
  expect(stops).toHaveLength(2);
});
