import type { AccountView, PostView, PublishingView, ScopeView } from '../../src-preload/views.ts';

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
  const endOf = (post: PostView) =>
    Math.max(0, ...view.countdowns.filter(({ scope }) => reaches(scope, post)).map(({ endsAt }) => endsAt));
  const canGo = (post: PostView) => {
    const account = accountById.get(post.accountId);
    return (
      !post.isHeldByStop &&
      post.publishAt >= Math.max(from, endOf(post)) &&
      (account === undefined || (account.state === 'ready' && !account.isHeld && !account.isStopped))
    );
  };
  return posts.find(canGo) ?? null;
}

/** Markets and everything are told brand by brand. */
function reaches(scope: ScopeView, post: PostView): boolean {
  if (scope.kind === 'brand') return scope.brandId === post.brandId;
  if (scope.kind === 'network') return scope.network === post.network;
  return scope.kind === 'account' && scope.accountId === post.accountId;
}
