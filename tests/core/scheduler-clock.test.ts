import { describe, expect, test } from 'vitest';
import {
  createSchedulerFixture,
  idsOf,
  latch,
  MINUTE,
  oneAccount,
  PUBLISHED,
} from '../support/engine-scheduler.ts';

describe('sleep, and clocks that are set', () => {
  test('after a night asleep nothing overdue goes, and the next one does', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    const night = 8 * 60 * MINUTE;
    await fixture.addPosts(account, ...Array.from({ length: 50 }, (_, hour) => now + MINUTE + hour * MINUTE));
    const [next = 0] = await fixture.addPosts(account, now + night + 1_000);
    clock.setWall(now + night);
    fixture.scheduler.wake();
    await fixture.quiet();
    expect(fixture.flights).toEqual([]);
    expect(fixture.missed).toEqual([{ reason: 'late', count: 50 }]);
    await clock.advance(1_000);
    expect(await fixture.state(next)).toBe('published');
  });

  test('a claim that was under way when the machine fell asleep is not handed over in the morning', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    let isFirst = true;
    fixture.after = (call) => {
      if (call !== 'claimDue' || !isFirst) return;
      isFirst = false;
      clock.setWall(now + 8 * 60 * MINUTE);
    };
    const [id = 0] = await fixture.addPosts(account, now);
    expect(fixture.flights).toEqual([]);
    await clock.advance(MINUTE);
    expect(fixture.flights).toEqual([]);
    expect(await fixture.state(id)).toMatch(/^missed/u);
  });

  test('a clock set ahead is noticed within a minute', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    const [id = 0] = await fixture.addPosts(account, now + 60 * MINUTE);
    clock.setWall(now + 60 * MINUTE);
    await clock.advance(MINUTE);
    expect(await fixture.state(id)).toBe('published');
  });

  test('a clock set back sends nothing twice, and what is due by it goes within a minute', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    const [first = 0] = await fixture.addPosts(account, now);
    clock.setWall(now - 60 * MINUTE);
    const [second = 0] = await fixture.addPosts(account, now - 59 * MINUTE);
    await clock.advance(MINUTE);
    expect(await fixture.state(second)).toBe('published');
    await clock.advance(2 * 60 * MINUTE);
    expect(idsOf(fixture)).toEqual([first, second]);
  });

  test('trouble met just before the clock was set back a day is over in a minute all the same', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.before = () => Promise.reject(new Error('disk I/O error'));
    const [id = 0] = await fixture.addPosts(account, now - 24 * 60 * MINUTE + 30_000);
    fixture.before = () => {};
    clock.setWall(now - 24 * 60 * MINUTE);
    await clock.advance(MINUTE);
    expect(await fixture.state(id)).toBe('published');
  });
});

describe('ending', () => {
  test('claims nothing more, and waits for what is in flight', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = null;
    const [first = 0, second = 0] = await fixture.addPosts(account, now, now + 1);
    const looks = () => fixture.calls.filter((call) => call === 'sweepMissed').length;
    const before = looks();
    let hasEnded = false;
    void fixture.scheduler.stop().then(() => {
      hasEnded = true;
    });
    await clock.advance(1_000);
    expect(hasEnded).toBe(false);
    await fixture.flights[0]?.answer(PUBLISHED);
    await clock.advance(10);
    expect(hasEnded).toBe(true);
    expect(clock.pending()).toBe(0);
    expect([await fixture.state(first), await fixture.state(second)]).toEqual(['published', 'scheduled']);
    await clock.advance(60 * MINUTE);
    expect(looks()).toBe(before);
  });

  test('while it looks, what is due is not claimed any more', async () => {
    const { fixture, account, now, clock } = await oneAccount({ isStarted: false });
    const [id = 0] = await fixture.addPosts(account, now);
    const held = latch();
    fixture.before = (call) => (call === 'sweepMissed' ? held.promise : undefined);
    fixture.scheduler.start();
    await fixture.quiet();
    const ended = fixture.scheduler.stop();
    held.open();
    await clock.advance(MINUTE);
    await ended;
    expect(fixture.calls).not.toContain('claimDue');
    expect(await fixture.state(id)).toBe('scheduled');
  });

  test('waits three seconds and no longer, whatever does not come back', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = null;
    await fixture.addPosts(account, now);
    let hasEnded = false;
    void fixture.scheduler.stop().then(() => {
      hasEnded = true;
    });
    await clock.advance(2_900);
    expect(hasEnded).toBe(false);
    await clock.advance(200);
    expect(hasEnded).toBe(true);
  });

  test('nor for a database that does not answer', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    const held = latch();
    fixture.before = (call) => (call === 'settle' ? held.promise : undefined);
    await fixture.addPosts(account, now);
    let hasEnded = false;
    void fixture.scheduler.stop().then(() => {
      hasEnded = true;
    });
    await clock.advance(3_200);
    expect(hasEnded).toBe(true);
    held.open();
    await fixture.quiet();
  });

  test('what it left in flight is unconfirmed after the next start, never sent again', async () => {
    const { fixture, account, now, clock } = await oneAccount();
    fixture.auto = null;
    const [id = 0] = await fixture.addPosts(account, now);
    const ended = fixture.scheduler.stop();
    await clock.advance(3_200);
    await ended;
    await fixture.crash();
    const next = await createSchedulerFixture({ dir: fixture.dir, start: clock.now(), isStarted: false });
    expect(await next.posts.recover(next.clock.now())).toBe(1);
    next.scheduler.start();
    await next.clock.advance(60 * MINUTE);
    expect(next.flights).toEqual([]);
    expect(await next.state(id)).toBe('unconfirmed crash');
  });
});
