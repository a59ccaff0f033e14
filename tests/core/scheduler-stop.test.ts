import { describe, expect, test } from 'vitest';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import { GRACE, latch, MINUTE, oneAccount, PUBLISHED } from '../support/engine-scheduler.ts';

describe('under a stop', () => {
  test('what was due and not yet sent, and what falls due, is missed at once', async () => {
    const { fixture, account, brand, now, clock } = await oneAccount();
    fixture.auto = null;
    const [other = 0] = await fixture.addAccounts(brand, 1);
    fixture.cap = 1;
    const [flying = 0] = await fixture.addPosts(account, now - 2_000);
    const [waiting = 0] = await fixture.addPosts(other, now - 1_000);
    const [later = 0] = await fixture.addPosts(other, now + 1_000);
    fixture.engage();
    await fixture.quiet();
    expect(await fixture.state(flying)).toBe('publishing');
    expect(await fixture.state(waiting)).toBe('missed stopped');
    expect(await fixture.state(later)).toBe('scheduled');
    await clock.advance(1_000);
    expect(await fixture.state(later)).toBe('missed stopped');
  });

  test('an outcome of before settles its post and starts nothing', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = null;
    const [first = 0, second = 0] = await fixture.addPosts(account, now, now + 1);
    fixture.engage();
    await clock.advance(10);
    await fixture.flights[0]?.answer(PUBLISHED);
    expect(await fixture.state(first)).toBe('published');
    expect(await fixture.state(second)).toBe('missed stopped');
    expect(fixture.flights).toHaveLength(1);
  });

  test('one that came back unsent is missed, and a release sends nothing of it', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = null;
    const [id = 0] = await fixture.addPosts(account, now);
    fixture.engage();
    await clock.advance(10);
    await fixture.flights[0]?.answer({ kind: 'not-sent', detail: 'stopped' });
    expect(await fixture.state(id)).toBe('missed stopped');
    expect(fixture.release()).toBe(true);
    await clock.advance(GRACE);
    expect(fixture.flights).toHaveLength(1);
  });

  test('engaged between the claim and the hand-over, nothing is handed over and that is certain', async () => {
    const { fixture, account, now } = await oneAccount();
    fixture.after = (call) => {
      if (call === 'claimDue' && fixture.stop.status().state === 'publishing') fixture.engage();
    };
    const [id = 0] = await fixture.addPosts(account, now);
    expect(fixture.flights).toEqual([]);
    expect(await fixture.state(id)).toBe('missed stopped');
    expect(await fixture.posts.attempts(id)).toMatchObject([{ outcome: 'not-sent' }]);
  });

  test('of one brand engaged between the sweep and the claim, nothing of it is claimed', async () => {
    const { fixture, account, brand, now } = await oneAccount();
    fixture.after = (call) => {
      if (call === 'sweepMissed' && fixture.stop.gate.covered().length === 0) fixture.engage(brand);
    };
    const [id = 0] = await fixture.addPosts(account, now);
    expect(fixture.attempts).toEqual([]);
    expect(await fixture.state(id)).toBe('missed stopped');
  });

  test('of one brand engaged between the claim and the hand-over keeps back that brand alone', async () => {
    const { fixture, account, brand, now } = await oneAccount();
    const [other = 0] = await fixture.addAccounts(await fixture.addBrand(), 1);
    let isPressed = false;
    fixture.after = (call) => {
      if (call !== 'claimDue' || isPressed) return;
      isPressed = true;
      fixture.engage(brand);
    };
    const posts = [account, other].map((accountId, each) => ({
      accountId,
      content: { parts: [`text of ${each}`], link: '', media: [] },
      label: '',
      publishAt: now,
      localTime: '2026-12-01T09:00',
      timeZone: 'Europe/Paris',
      contentHash: `${each}`,
      importKey: null,
    }));
    const { ids } = await fixture.posts.add(posts, now);
    fixture.scheduler.wake();
    await fixture.quiet();
    expect(fixture.flights.map(({ claim }) => claim.account.id)).toEqual([other]);
    expect(await fixture.state(ids[0] ?? 0)).toBe('missed stopped');
    expect(await fixture.state(ids[1] ?? 0)).toBe('published');
  });

  test('a claim of another epoch is not handed over, though everything is permitted again', async () => {
    const { fixture, account, now, clock } = await oneAccount({}, 60 * MINUTE);
    const held = latch();
    let isFirst = true;
    fixture.after = (call) => {
      if (call !== 'claimDue' || !isFirst) return;
      isFirst = false;
      return held.promise;
    };
    const [id = 0] = await fixture.addPosts(account, now);
    fixture.engage();
    await clock.advance(10);
    expect(fixture.release()).toBe(true);
    await clock.advance(COUNTDOWN_MS);
    expect(fixture.stop.gate.isOpen()).toBe(true);
    held.open();
    await fixture.quiet();
    expect(fixture.flights).toEqual([]);
    expect(await fixture.state(id)).not.toBe('published');
  });

  test('a stop of one brand misses its posts and lets the others go', async () => {
    const { fixture, account, brand, now, clock } = await oneAccount();
    const [other = 0] = await fixture.addAccounts(await fixture.addBrand(), 1);
    const [held = 0] = await fixture.addPosts(account, now + 1_000);
    const [free = 0] = await fixture.addPosts(other, now + 1_000);
    fixture.engage(brand);
    await clock.advance(1_000);
    expect([await fixture.state(held), await fixture.state(free)]).toEqual(['missed stopped', 'published']);
  });
});
