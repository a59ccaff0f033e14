import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import { GRACE, idsOf, latch, MINUTE, oneAccount, PUBLISHED } from '../support/engine-scheduler.ts';

const BUSY: Outcome = { kind: 'try-later', detail: 'busy', notBefore: null };

describe('a post that is due', () => {
  test('goes out at its instant, and not a millisecond sooner', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    const [id = 0] = await fixture.addPosts(account, now + 60_000);
    await clock.advance(59_999);
    expect(fixture.flights).toEqual([]);
    await clock.advance(1);
    expect(fixture.flights).toMatchObject([{ at: now + 60_000, claim: { post: { id }, attempt: 1 } }]);
    expect(await fixture.state(id)).toBe('published');
    expect(fixture.attempts.map(({ post }) => post.id)).toEqual([id]);
  });

  test.each([
    [0, 'published'],
    [GRACE - 1, 'published'],
    [GRACE, 'published'],
    [GRACE + 1, 'missed late'],
    [24 * 60 * MINUTE, 'missed late'],
  ])('%i ms ago, with five minutes of grace, is %s', async (lateBy, state) => {
    const { fixture, account, clock } = await oneAccount({ isStarted: false });
    const [id = 0] = await fixture.addPosts(account, clock.now() - lateBy);
    fixture.scheduler.start();
    await fixture.quiet();
    expect(await fixture.state(id)).toBe(state);
    expect(fixture.flights).toHaveLength(state === 'published' ? 1 : 0);
  });

  test('with no grace at all goes at its instant, and never when more than a minute has passed', async () => {
    const { fixture, account, now, clock } = await oneAccount({}, 0);
    const [inTime = 0] = await fixture.addPosts(account, now + 1_000);
    await clock.advance(1_000);
    const [late = 0] = await fixture.addPosts(account, clock.now() - MINUTE - 1);
    expect([await fixture.state(inTime), await fixture.state(late)]).toEqual(['published', 'missed late']);
  });

  test('before anything was started waits for its grace, and is missed then', async () => {
    const { fixture, account, now, clock } = await oneAccount({ permit: false });
    const [id = 0] = await fixture.addPosts(account, now);
    await clock.advance(GRACE);
    expect(await fixture.state(id)).toBe('scheduled');
    await clock.advance(MINUTE);
    expect(await fixture.state(id)).toBe('missed late');
    expect(fixture.flights).toEqual([]);
  });
});

describe('the one timer', () => {
  test('is one for a thousand posts, and none when there is nothing to wait for but a minute', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    expect(clock.pending()).toBe(1);
    await fixture.addPosts(account, ...Array.from({ length: 1_000 }, (_, each) => now + 60_000 + each * 50));
    expect(clock.pending()).toBe(1);
    await clock.advance(70_000);
    expect(fixture.flights).toHaveLength(201);
    expect(clock.pending()).toBe(1);
  });

  test('is taken back in one step, and set again by the next look', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    await fixture.addPosts(account, now + 1_000);
    fixture.scheduler.cancelTimers();
    expect(clock.pending()).toBe(0);
    await clock.advance(5_000);
    expect(fixture.flights).toEqual([]);
    fixture.scheduler.wake();
    await fixture.quiet();
    expect(fixture.flights).toHaveLength(1);
  });

  test('is gone with the stop, and what falls due is marked all the same', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    const [id = 0] = await fixture.addPosts(account, now + 60_000);
    fixture.engage();
    await clock.advance(59_999);
    expect(await fixture.state(id)).toBe('scheduled');
    await clock.advance(1);
    expect(await fixture.state(id)).toBe('missed stopped');
    expect(fixture.missed).toEqual([{ reason: 'stopped', count: 1 }]);
  });

  test('lets nothing fall between two looks, however long a look takes', async () => {
    const { fixture, now, clock } = await oneAccount();
    const accounts = await fixture.addAccounts(1, 3);
    await fixture.addPosts(accounts[0] ?? 0, now + 1_000);
    // The claim takes three seconds, in which two more fall due.
    fixture.after = (call) =>
      call === 'claimDue' && clock.now() === now + 1_000
        ? new Promise<void>((resolve) => clock.after(3_000, resolve))
        : undefined;
    await fixture.addPosts(accounts[1] ?? 0, now + 2_000);
    await fixture.addPosts(accounts[2] ?? 0, now + 3_999);
    await clock.advance(4_000);
    expect(fixture.flights.map(({ at }) => at - now)).toEqual([4_000, 4_000, 4_000]);
    await clock.advance(1);
    expect((await fixture.posts.counts()).published).toBe(3);
  });

  test('finds what fell due while it looked for what is next', async () => {
    const { fixture, account, now, clock } = await oneAccount({ isStarted: false });
    await fixture.addPosts(account, now + 1_000);
    let isFirst = true;
    fixture.after = (call) => {
      if (call !== 'claimDue' || !isFirst) return;
      isFirst = false;
      return new Promise<void>((resolve) => clock.after(2_000, resolve));
    };
    fixture.scheduler.start();
    await clock.advance(2_001);
    expect(fixture.flights.map(({ at }) => at - now)).toEqual([2_000]);
  });

  test('looks once more when it is woken while it looks', async () => {
    const { fixture, account, now } = await oneAccount();
    const held = latch();
    let isFirst = true;
    fixture.before = (call) => {
      if (call !== 'nextDueAt' || !isFirst) return;
      isFirst = false;
      return held.promise;
    };
    fixture.scheduler.wake();
    await fixture.quiet();
    await fixture.addPosts(account, now);
    expect(fixture.flights).toEqual([]);
    held.open();
    await fixture.quiet();
    expect(fixture.flights).toHaveLength(1);
  });
});

describe('caps and order', () => {
  test('no more than the cap are in flight, one of an account, the earliest first', async () => {
    const { fixture, brand, now } = await oneAccount();
    fixture.auto = null;
    const accounts = await fixture.addAccounts(brand, 6);
    for (const [index, account] of accounts.entries())
      await fixture.addPosts(account, now - 1_000 + index, now - 500 + index);
    const flying = () => fixture.flights.filter(({ isOver }) => !isOver);
    expect(flying().map(({ claim }) => claim.account.id)).toEqual(accounts.slice(0, 4));
    await flying()[1]?.answer(PUBLISHED);
    expect(flying()).toHaveLength(4);
    expect(idsOf(fixture).at(-1)).toBe(fixture.flights[4]?.claim.post.id);
    expect(fixture.flights[4]?.claim.account.id).toBe(accounts[4]);
    while (flying().length > 0) {
      expect(new Set(flying().map(({ claim }) => claim.account.id)).size).toBe(flying().length);
      expect(flying().length).toBeLessThanOrEqual(4);
      await flying()[0]?.answer(PUBLISHED);
    }
    expect((await fixture.posts.counts()).published).toBe(12);
  });

  test('what is in flight is named by scope, until it is settled', async () => {
    const { fixture, account, brand, now } = await oneAccount();
    fixture.auto = null;
    const [other = 0] = await fixture.addAccounts(await fixture.addBrand(), 1);
    const [first = 0] = await fixture.addPosts(account, now);
    const [second = 0] = await fixture.addPosts(other, now);
    const { inFlight } = fixture.scheduler;
    expect(inFlight({ kind: 'everything' })).toEqual([first, second]);
    expect(inFlight({ kind: 'brand', brandId: brand })).toEqual([first]);
    await fixture.flights[0]?.answer(PUBLISHED);
    expect(inFlight({ kind: 'everything' })).toEqual([second]);
  });

  test('a cap that is changed counts from the next look', async () => {
    const { fixture, brand, now } = await oneAccount();
    fixture.auto = null;
    for (const account of await fixture.addAccounts(brand, 8)) await fixture.addPosts(account, now);
    expect(fixture.flights).toHaveLength(4);
    fixture.cap = 6;
    fixture.scheduler.wake();
    await fixture.quiet();
    expect(fixture.flights).toHaveLength(6);
    fixture.cap = 1;
    await fixture.flights[0]?.answer(PUBLISHED);
    expect(fixture.flights).toHaveLength(6);
  });

  test('an account keeps its order, also behind a post that must be tried again', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    let isFirst = true;
    fixture.auto = () => {
      if (!isFirst) return PUBLISHED;
      isFirst = false;
      return BUSY;
    };
    const ids = await fixture.addPosts(account, now, now + 1_000, now + 2_000);
    await clock.advance(9_999);
    expect(idsOf(fixture)).toEqual([ids[0]]);
    await clock.advance(1);
    expect(idsOf(fixture)).toEqual([ids[0], ids[0], ids[1], ids[2]]);
  });

  test('an unconfirmed post holds its account back and no other; what waited too long says so', async () => {
    const { fixture, account, brand, now, clock } = await oneAccount();
    const [other = 0] = await fixture.addAccounts(brand, 1);
    fixture.auto = (claim) =>
      claim.account.id === account ? { kind: 'unconfirmed', detail: 'reset', refs: [] } : PUBLISHED;
    const [first = 0, second = 0] = await fixture.addPosts(account, now, now + 1_000);
    const [third = 0] = await fixture.addPosts(other, now + 1_000);
    await clock.advance(2_000);
    expect(await fixture.state(first)).toBe('unconfirmed no-answer');
    expect(await fixture.state(second)).toBe('scheduled');
    expect(await fixture.state(third)).toBe('published');
    await clock.advance(GRACE + MINUTE);
    expect(await fixture.state(second)).toBe('missed waited');
  });

  test('a post that was settled by a person lets the next one go', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = () => ({ kind: 'unconfirmed', detail: '', refs: [] });
    const [first = 0] = await fixture.addPosts(account, now, now + 1_000);
    await clock.advance(1_000);
    fixture.auto = () => PUBLISHED;
    await fixture.posts.move([first], 'published', 'by-person', '', clock.now());
    fixture.scheduler.wake();
    await fixture.quiet();
    expect(fixture.flights).toHaveLength(2);
  });
});
