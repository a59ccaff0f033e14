import { describe, expect, it } from 'vitest';
import type { AccountView, PostView, PublishingView } from '../../../src-preload/views.ts';
import { nextFrom, nextToGo } from '../../../src-renderer/stop/next-to-go.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const view = (change: Partial<PublishingView>) =>
  ({
    state: 'publishing',
    nextDueAt: NOW - 5 * MINUTE,
    countdownEndsAt: null,
    countdowns: [],
    ...change,
  }) as unknown as PublishingView;
const post = (id: number, minutes: number, change: Partial<PostView> = {}) =>
  ({
    id,
    brandId: 1,
    accountId: id,
    publishAt: NOW + minutes * MINUTE,
    isHeldByStop: false,
    ...change,
  }) as PostView;
const NOBODY: ReadonlyMap<number, AccountView> = new Map();

describe('the post that goes out next', () => {
  it('is never one that is longer past than a minute', () => {
    const posts = [post(1, -5), post(2, -0.5), post(3, 4)];
    expect(nextToGo(posts, view({}), NOBODY, NOW)?.id).toBe(2);
  });

  it('is a coming one before Start, because what is past does not go out', () => {
    const posts = [post(1, -5), post(2, -0.5), post(3, 4)];
    expect(nextToGo(posts, view({ state: 'not-started' }), NOBODY, NOW)?.id).toBe(3);
  });

  it('comes after the end of a countdown, of everything or of its brand', () => {
    const ends = NOW + 2 * MINUTE;
    const posts = [post(1, 1), post(2, 3)];
    expect(nextToGo(posts, view({ countdownEndsAt: ends }), NOBODY, NOW)?.id).toBe(2);
    expect(nextFrom(view({ countdownEndsAt: ends }), NOW)).toBe(ends);
    const counting = view({
      countdowns: [{ scope: { kind: 'brand', brandId: 1, name: 'Cobalt' }, endsAt: ends }],
    });
    expect(nextToGo([...posts.slice(0, 1), post(3, 1, { brandId: 2 })], counting, NOBODY, NOW)?.id).toBe(3);
  });

  it('is of an account that can send and that no stop covers', () => {
    const accounts = new Map([
      [1, { state: 'signed-out', isHeld: false, isStopped: false } as AccountView],
      [2, { state: 'ready', isHeld: true, isStopped: false } as AccountView],
    ]);
    const posts = [post(1, 1), post(2, 2), post(3, 3, { isHeldByStop: true }), post(4, 4)];
    expect(nextToGo(posts, view({}), accounts, NOW)?.id).toBe(4);
    expect(nextToGo(posts.slice(0, 3), view({}), accounts, NOW)).toBeNull();
  });
});
