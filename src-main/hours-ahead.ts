import type { Instant } from './core/clock.ts';
import type { PostStore } from './core/stores.ts';

const HOURS = 12;
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Posts whose times are looked at one by one; more than that in twelve hours leave no long gap that matters. */
const LOOKED_AT = 500;

export type HoursAhead = {
  readonly hours: number;
  readonly posts: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  readonly isPublishing: boolean;
  readonly mayMissAt: Instant | null;
};

type Posts = Pick<PostStore, 'page' | 'counts'>;

/** What the next twelve hours ask of the computer, which publishes nothing while it sleeps. `awakeMs`: as in `HoursAhead.mayMissAt`. */
export async function readHoursAhead(
  posts: Posts,
  now: Instant,
  isPublishing: boolean,
  awakeMs: number,
): Promise<HoursAhead> {
  const filter = { states: ['scheduled'], from: now, to: now + HOURS * HOUR_MS } as const;
  const none = { hours: HOURS, posts: 0, firstAt: null, lastAt: null, isPublishing, mayMissAt: null };
  if (!isPublishing) return none;
  const { posts: soonest, total } = await posts.page(filter, 'soonest', 0, LOOKED_AT);
  const last = total > soonest.length ? (await posts.page(filter, 'latest', 0, 1)).posts[0] : soonest.at(-1);
  const times = soonest.map(({ publishAt }) => publishAt);
  let before = now;
  let mayMissAt: Instant | null = null;
  for (const at of times) {
    if (at - before > awakeMs) {
      mayMissAt = at;
      break;
    }
    before = at;
  }
  return { ...none, posts: total, firstAt: times[0] ?? null, lastAt: last?.publishAt ?? null, mayMissAt };
}

export type DigestFacts = {
  readonly published: number;
  readonly failed: number;
  readonly missed: number;
  readonly waiting: number;
  readonly tomorrow: number;
  readonly tomorrowFirstAt: Instant | null;
};

/** The day in a few numbers. `tomorrow`: from when to when it lasts, where the person sits. */
export async function readDigest(
  posts: Posts,
  now: Instant,
  tomorrow: { readonly from: Instant; readonly to: Instant },
): Promise<DigestFacts> {
  const since = async (state: 'published' | 'failed' | 'missed') =>
    (await posts.page({ states: [state], from: now - DAY_MS, to: now }, 'soonest', 0, 1)).total;
  const next = await posts.page({ states: ['scheduled'], ...tomorrow }, 'soonest', 0, 1);
  const counts = await posts.counts();
  return {
    published: await since('published'),
    failed: await since('failed'),
    missed: await since('missed'),
    waiting: counts.missed + counts.unconfirmed + counts.held,
    tomorrow: next.total,
    tomorrowFirstAt: next.posts[0]?.publishAt ?? null,
  };
}

/** Nothing at all to tell: a desk nobody has begun to use. */
export function isEmptyDigest(facts: DigestFacts): boolean {
  return Object.values(facts).every((value) => value === 0 || value === null);
}
