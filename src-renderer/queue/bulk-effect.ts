import type { BrandView, PostState, PostView } from '../../src-preload/views.ts';

/** What a person can do to many posts at once. */
export type BulkAction = 'hold' | 'resume' | 'cancel' | 'move' | 'draft';

/** What can be done with one post, by its state, in the order of the buttons. */
export const ACTIONS_OF: Readonly<Record<PostState, readonly BulkAction[]>> = {
  scheduled: ['hold', 'move', 'cancel'],
  held: ['resume', 'move', 'draft', 'cancel'],
  missed: ['move', 'draft', 'cancel'],
  publishing: [],
  published: [],
  failed: [],
  canceled: [],
  unconfirmed: [],
};

export type BulkEffect = {
  /** In the order of their times, which a move keeps on each account. */
  readonly affected: readonly PostView[];
  /** Posts that stay as they are, by the state that keeps them. */
  readonly refused: readonly { readonly state: PostState; readonly count: number }[];
  readonly refusedCount: number;
  readonly brands: number;
  readonly accounts: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Of those affected: their time plus the brand's grace has passed, so resumed they become missed and do not go out. */
  readonly tooLate: number;
  /** Of those affected: a stop in force covers them. */
  readonly stopped: number;
};

/** Says what an action would do to these posts, before anything is asked of main. `now` is an instant. */
export function effectOf(
  action: BulkAction,
  posts: readonly PostView[],
  brands: ReadonlyMap<number, BrandView>,
  now: number,
): BulkEffect {
  const affected = posts
    .filter((post) => ACTIONS_OF[post.state].includes(action))
    .sort((a, b) => a.publishAt - b.publishAt || a.id - b.id);
  const counts = new Map<PostState, number>();
  for (const post of posts) {
    if (ACTIONS_OF[post.state].includes(action)) continue;
    counts.set(post.state, (counts.get(post.state) ?? 0) + 1);
  }
  const graceMs = (brandId: number) => (brands.get(brandId)?.graceMinutes ?? 0) * 60_000;
  const times = affected.map((post) => post.publishAt);
  return {
    affected,
    refused: [...counts].map(([state, count]) => ({ state, count })).sort((a, b) => b.count - a.count),
    refusedCount: posts.length - affected.length,
    brands: new Set(affected.map((post) => post.brandId)).size,
    accounts: new Set(affected.map((post) => post.accountId)).size,
    firstAt: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    lastAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    tooLate: affected.filter((post) => post.publishAt + graceMs(post.brandId) < now).length,
    stopped: affected.filter((post) => isStopped(post, brands)).length,
  };
}

function isStopped(post: PostView, brands: ReadonlyMap<number, BrandView>): boolean {
  const brand = brands.get(post.brandId);
  if (brand === undefined) return post.isHeldByStop;
  return (
    brand.isStopped || brand.accounts.some((account) => account.id === post.accountId && account.isStopped)
  );
}

/** How far the last post of the fullest account is moved past the first, in minutes, when each account's posts are spaced. */
export function spreadMinutes(posts: readonly PostView[], spacingMinutes: number): number {
  const perAccount = new Map<number, number>();
  for (const post of posts) perAccount.set(post.accountId, (perAccount.get(post.accountId) ?? 0) + 1);
  const most = Math.max(0, ...perAccount.values());
  return Math.max(0, most - 1) * spacingMinutes;
}
