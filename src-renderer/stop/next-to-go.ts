import type { AccountView, PostView, PublishingView } from '../../src-preload/views.ts';
import { countdownEndOf } from './countdown.ts';

const MINUTE = 60_000;

/** From when on a post may still be called the next one: what is longer past than a minute never is, and no countdown lets one go. */
export function nextFrom(view: PublishingView, now: number): number {
  const isStarted = view.state !== 'not-started';
  const still = isStarted ? now - MINUTE : now;
  return Math.max(view.nextDueAt ?? 0, view.countdownEndsAt ?? 0, still);
}

/** The first of `posts` (soonest first) that can really go: no stop, no countdown of its brand and no account is in its way. */
export function nextToGo(
  posts: readonly PostView[],
  view: PublishingView,
  accountById: ReadonlyMap<number, AccountView>,
  now: number,
): PostView | null {
  const from = nextFrom(view, now);
  const canGo = (post: PostView) => {
    const account = accountById.get(post.accountId);
    return (
      !post.isHeldByStop &&
      post.publishAt >= Math.max(from, countdownEndOf(view.countdowns, post)) &&
      (account === undefined || canSend(account))
    );
  };
  return posts.find(canGo) ?? null;
}

/** Signed in, and neither stopped nor held. */
export function canSend(account: Pick<AccountView, 'state' | 'isHeld' | 'isStopped'>): boolean {
  return account.state === 'ready' && !account.isHeld && !account.isStopped;
}
