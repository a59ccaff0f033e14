import { describe, expect, test } from 'vitest';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import { createSchedulerFixture, latch, MINUTE, oneAccount } from '../support/engine-scheduler.ts';

describe('a countdown', () => {
  async function released() {
    const made = await oneAccount({}, 60 * MINUTE);
    made.fixture.engage();
    await made.clock.advance(10);
    expect(made.fixture.release()).toBe(true);
    return { ...made, endsAt: made.clock.now() + COUNTDOWN_MS };
  }

  test('what falls due in it is missed at once, what falls due with its end goes', async () => {
    const { fixture, account, clock, endsAt } = await released();
    const [within = 0, last = 0, after = 0] = await fixture.addPosts(
      account,
      endsAt - 60_000,
      endsAt - 1,
      endsAt,
    );
    await clock.advance(60_000);
    expect(await fixture.state(within)).toBe('missed countdown');
    await clock.advance(60_000);
    expect(await fixture.state(last)).toBe('missed countdown');
    expect(await fixture.state(after)).toBe('published');
    expect(fixture.flights.map(({ at }) => at)).toEqual([endsAt]);
  });

  test('what fell due in it is missed also when nobody looked before it was over', async () => {
    const { fixture, account, clock, endsAt } = await released();
    // Main hangs over its end: the timers fire late, all at once.
    const hang = latch();
    fixture.before = () => hang.promise;
    const [within = 0] = await fixture.addPosts(account, endsAt - 1);
    await clock.advance(COUNTDOWN_MS + 500);
    fixture.before = () => {};
    hang.open();
    await clock.advance(1_000);
    expect(fixture.flights).toEqual([]);
    expect(await fixture.state(within)).toBe('missed countdown');
  });

  test('what fell due in it is missed also when the app was closed meanwhile', async () => {
    const { fixture, account, clock, endsAt } = await released();
    const [within = 0] = await fixture.addPosts(account, endsAt - 60_000);
    const [after = 0] = await fixture.addPosts(account, endsAt + 60_000);
    await fixture.scheduler.stop();
    await fixture.crash();
    const next = await createSchedulerFixture({
      dir: fixture.dir,
      start: clock.now() + COUNTDOWN_MS + 30_000,
    });
    expect(next.stop.status().state).toBe('publishing');
    expect(next.flights).toEqual([]);
    expect(await next.state(within)).toBe('missed countdown');
    await next.clock.advance(60_000);
    expect(await next.state(after)).toBe('published');
  });

  test('of one brand keeps back what fell due in it, the others go on', async () => {
    const made = await oneAccount({}, 60 * MINUTE);
    const { fixture, account, brand, clock } = made;
    const [other = 0] = await fixture.addAccounts(await fixture.addBrand(), 1);
    fixture.engage(brand);
    await clock.advance(10);
    expect(fixture.release([brand])).toBe(true);
    const endsAt = clock.now() + COUNTDOWN_MS;
    const hang = latch();
    const [within = 0] = await fixture.addPosts(account, endsAt - 1);
    fixture.before = () => hang.promise;
    await clock.advance(COUNTDOWN_MS + 500);
    fixture.before = () => {};
    hang.open();
    await clock.advance(1_000);
    expect(await fixture.state(within)).toBe('missed countdown');
    const [free = 0] = await fixture.addPosts(other, clock.now());
    const [next = 0] = await fixture.addPosts(account, clock.now());
    expect([await fixture.state(free), await fixture.state(next)]).toEqual(['published', 'published']);
    expect(fixture.stop.gate.floors(), 'is gone when it was carried out').toEqual([]);
  });
});
