import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import { GRACE, latch, MINUTE, oneAccount, PUBLISHED } from '../support/engine-scheduler.ts';

const BUSY: Outcome = { kind: 'try-later', detail: 'busy', notBefore: null };

describe('trying again', () => {
  test('a temporary refusal is tried three times with one key, then it has failed', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = () => BUSY;
    const [id = 0] = await fixture.addPosts(account, now);
    await clock.advance(GRACE);
    expect(fixture.flights.map(({ at, claim }) => [at - now, claim.attempt])).toEqual([
      [0, 1],
      [10_000, 2],
      [40_000, 3],
    ]);
    expect(new Set(fixture.flights.map(({ claim }) => claim.key)).size).toBe(1);
    expect(await fixture.state(id)).toBe('failed attempts');
  });

  test('not before the server allows it, and not after the grace', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = () => ({ kind: 'try-later', detail: 'busy', notBefore: now + 90_000 });
    const [first = 0] = await fixture.addPosts(account, now);
    await clock.advance(89_999);
    expect(fixture.flights).toHaveLength(1);
    fixture.auto = () => ({ kind: 'try-later', detail: 'closed', notBefore: now + 60 * MINUTE });
    await clock.advance(1);
    expect(fixture.flights).toHaveLength(2);
    await clock.advance(2 * 60 * MINUTE);
    expect(fixture.flights).toHaveLength(2);
    expect(await fixture.state(first)).toBe('missed offline');
    expect(await fixture.posts.read(first)).toMatchObject({ detail: 'closed' });
  });

  test('what the server asked of one post holds for the next of its account, and for no other account', async () => {
    const { fixture, brand, account, now, clock } = await oneAccount();
    const [other = 0] = await fixture.addAccounts(brand, 1);
    let answers = 0;
    fixture.auto = (claim) => {
      if (claim.account.id !== account) return PUBLISHED;
      answers += 1;
      return answers <= 3
        ? { kind: 'try-later', detail: 'busy', notBefore: clock.now() + 30_000 }
        : PUBLISHED;
    };
    const [first = 0] = await fixture.addPosts(account, now);
    const [next = 0] = await fixture.addPosts(account, now + 62_000);
    const [elsewhere = 0] = await fixture.addPosts(other, now + 62_000);
    await clock.advance(89_999);
    // The third refusal, after a minute, was the last for the first post; its rest is still in force.
    expect(await fixture.state(first)).toBe('failed attempts');
    expect(await fixture.state(next)).toBe('scheduled');
    expect(await fixture.state(elsewhere)).toBe('published');
    await clock.advance(1);
    expect(await fixture.state(next)).toBe('published');
  });

  test('a rest that was told with a yes keeps the next post back for as long', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = (claim) => {
      fixture.scheduler.rest(claim.account.id, now + 45_000);
      return PUBLISHED;
    };
    const [first = 0] = await fixture.addPosts(account, now);
    const [next = 0] = await fixture.addPosts(account, now + 1_000);
    expect(await fixture.state(first)).toBe('published');
    await clock.advance(44_999);
    expect(await fixture.state(next)).toBe('scheduled');
    await clock.advance(1);
    expect(await fixture.state(next)).toBe('published');
  });

  test('offline for less than the grace, however many attempts that took, it goes out once the network is back', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = () => ({ kind: 'not-sent', detail: 'not reached: ENETUNREACH' });
    const [id = 0] = await fixture.addPosts(account, now);
    await clock.advance(GRACE - 90_000);
    expect(fixture.flights.length).toBeGreaterThan(3);
    expect(await fixture.state(id)).toBe('scheduled');
    fixture.auto = () => PUBLISHED;
    await clock.advance(89_999);
    expect(await fixture.state(id)).toBe('published');
  });

  test('offline for longer than the grace, nothing is left to burst', async () => {
    const { fixture, brand, now, clock } = await oneAccount();
    fixture.auto = () => ({ kind: 'not-sent', detail: 'offline' });
    for (const account of await fixture.addAccounts(brand, 4)) await fixture.addPosts(account, now);
    await clock.advance(GRACE + MINUTE);
    fixture.auto = () => PUBLISHED;
    const tried = fixture.flights.length;
    await clock.advance(60 * MINUTE);
    expect(fixture.flights).toHaveLength(tried);
    expect(fixture.missed).toEqual([{ reason: 'offline', count: 4 }]);
  });

  test.each<[string, Outcome, string]>([
    ['refused', { kind: 'refused', detail: 'too long' }, 'failed refused'],
    ['cut', { kind: 'cut', refs: [], detail: '' }, 'failed cut'],
    ['unconfirmed', { kind: 'unconfirmed', detail: 'reset', refs: [] }, 'unconfirmed no-answer'],
  ])('what was %s is never sent again by itself', async (_, outcome, state) => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = () => outcome;
    const [id = 0] = await fixture.addPosts(account, now);
    await clock.advance(60 * MINUTE);
    expect(fixture.flights).toHaveLength(1);
    expect(await fixture.state(id)).toBe(state);
  });

  test('a publisher that breaks leaves unconfirmed what it was given', async () => {
    const { fixture, account, now } = await oneAccount();
    fixture.auto = () => {
      throw new Error('broken');
    };
    const [id = 0] = await fixture.addPosts(account, now);
    expect(await fixture.state(id)).toBe('unconfirmed no-answer');
  });

  test('signed out is told at once, and mended within the grace it goes', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = () => ({ kind: 'signed-out', detail: 'revoked' });
    const [id = 0] = await fixture.addPosts(account, now);
    expect(fixture.signedOut).toEqual([{ accountId: account, detail: 'revoked' }]);
    expect(await fixture.state(id)).toBe('scheduled signed-out');
    fixture.auto = () => PUBLISHED;
    await clock.advance(10_000);
    expect(await fixture.state(id)).toBe('published');
  });
});

describe('a database that fails', () => {
  const broken = () => Promise.reject(new Error('disk I/O error'));

  test('is said, nothing is claimed meanwhile, and it goes on when it works again', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.before = (call) => (call === 'claimDue' ? broken() : undefined);
    const [id = 0] = await fixture.addPosts(account, now);
    expect(fixture.troubles).toEqual(['disk I/O error']);
    await clock.advance(4_999);
    expect(fixture.flights).toEqual([]);
    fixture.before = () => {};
    await clock.advance(1);
    expect(await fixture.state(id)).toBe('published');
    expect(fixture.troubles).toEqual(['disk I/O error', '']);
  });

  test.each(['sweepMissed', 'nextDueAt'])('also in %s', async (failing) => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.before = (call) => (call === failing ? broken() : undefined);
    await fixture.addPosts(account, now + 1_000);
    expect(fixture.troubles).toEqual(['disk I/O error']);
    fixture.before = () => {};
    await clock.advance(5_000);
    expect(fixture.flights).toHaveLength(1);
    expect(fixture.troubles.at(-1)).toBe('');
  });

  test('while outcomes are stored sends nothing twice, and tells the journal once', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.before = (call) => (call === 'settle' ? broken() : undefined);
    const [first = 0, second = 0] = await fixture.addPosts(account, now, now + 1);
    await clock.advance(20_000);
    expect(fixture.flights).toHaveLength(1);
    expect(await fixture.state(first)).toBe('publishing');
    expect(fixture.settlements.flat()).toHaveLength(1);
    expect(fixture.troubles).toEqual(['disk I/O error']);
    fixture.before = () => {};
    await clock.advance(5_000);
    expect([await fixture.state(first), await fixture.state(second)]).toEqual(['published', 'published']);
    expect(fixture.settlements.flat().map(({ postId }) => postId)).toEqual([first, second]);
    expect(fixture.troubles).toEqual(['disk I/O error', '']);
    expect(fixture.troubles.at(-1)).toBe('');
  });

  test('that answers an outcome only after it was stored is asked again without harm', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    let isFirst = true;
    fixture.after = (call) => {
      if (call !== 'settle' || !isFirst) return;
      isFirst = false;
      return broken();
    };
    const [id = 0] = await fixture.addPosts(account, now);
    await clock.advance(10_000);
    expect(await fixture.state(id)).toBe('published');
    expect(fixture.flights).toHaveLength(1);
  });

  test('outcomes that come while one is stored are stored together', async () => {
    const { fixture, brand, now } = await oneAccount();
    fixture.auto = null;
    for (const account of await fixture.addAccounts(brand, 4)) await fixture.addPosts(account, now);
    const held = latch();
    let isFirst = true;
    fixture.before = (call) => {
      if (call !== 'settle' || !isFirst) return;
      isFirst = false;
      return held.promise;
    };
    for (const flight of [...fixture.flights]) await flight.answer(PUBLISHED);
    held.open();
    await fixture.quiet();
    expect(fixture.settlements.map((batch) => batch.length)).toEqual([1, 3]);
    expect((await fixture.posts.counts()).published).toBe(4);
  });
});
