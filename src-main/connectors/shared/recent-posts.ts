import { MOST_GRACE_MS } from '../../core/brand.ts';
import type { Instant } from '../../core/clock.ts';
import type { ConnectorContext, Found, HttpAnswer, PublishRequest } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';

/** How far the server's clock may be from ours for a post to count as ours. */
const TOLERANCE_MS = 10 * 60_000;
/** How far it may be for us to say that there is none: clocks this near agree on what is recent. */
const MOST_SKEW_MS = 2 * 60_000;
/** A clock that was wrong when the post went out, and was set right since, was wrong by a time zone at most. */
const FAR_MS = 15 * 60 * 60_000;
/** Posts that begin alike are too near to say that ours is not there. */
const NEAR = 24;
const MOST_PAGES = 5;

/** One post of this account as the network lists it. */
export type RecentPost = {
  readonly ref: RemoteRef;
  readonly createdAt: Instant;
  /** What the sought texts are compared with: as shown, and as written where the server tells. */
  readonly essences: readonly string[];
  readonly mediaCount: number;
  readonly inReplyTo: string | null;
  /** What we sent with it to know it again; null where it carries nothing of the kind. */
  readonly mark: string | null;
};

/** One page of a list, the newest first. */
export type RecentPage = {
  readonly kind: 'page';
  readonly answer: HttpAnswer;
  readonly posts: readonly RecentPost[];
  /** When the oldest that is listed was posted, whoever posted it; null when nothing is. */
  readonly oldestAt: Instant | null;
  /** What the next page is asked by; null when there is none. */
  readonly next: string | null;
};

export type Unclear = Extract<Found, { kind: 'unclear' }>;
export const unclear = (detail: string): Unclear => ({ kind: 'unclear', detail });

/** What is looked for: a text and, where the network carries one, a mark for each part; `mediaCount` is what the first carries. */
export type Sought = {
  readonly essences: readonly string[];
  readonly marks: readonly (string | null)[];
  readonly mediaCount: number;
  /** The parts already known to be out. */
  readonly refs: readonly RemoteRef[];
};

/** The time in which this post can have gone out, by a clock that may be a little off; `farFrom` by one that was wrong by hours. */
export function windowOf({ publishAt }: PublishRequest): {
  readonly from: Instant;
  readonly until: Instant;
  readonly farFrom: Instant;
} {
  const from = publishAt - TOLERANCE_MS;
  return { from, until: publishAt + MOST_GRACE_MS + TOLERANCE_MS, farFrom: from - FAR_MS };
}

/**
 * Looks among the account's recent posts, page by page. Absent only when those cover all the time in which it could have gone out, by a
 * clock that is the server's too: with ours ahead, what is new there would look too old to be ours.
 */
export async function findAmongRecent(
  context: Pick<ConnectorContext, 'now'>,
  request: PublishRequest,
  sought: Sought,
  readPage: (next: string | null) => Promise<RecentPage | Unclear>,
): Promise<Found> {
  const recent = await listRecent(context, request, readPage);
  if (recent.kind === 'unclear') return recent;
  const found = matchParts(sought, recent.posts);
  return found.kind === 'absent' ? (doubtOf(recent, sought) ?? found) : found;
}

type Listed = {
  readonly kind: 'listed';
  /** Of the time in which the post could have gone out, and those some hours off. */
  readonly posts: readonly RecentPost[];
  readonly others: readonly RecentPost[];
  /** How far the clocks are apart; null when an answer does not say. */
  readonly skewMs: number | null;
};

async function listRecent(
  context: Pick<ConnectorContext, 'now'>,
  request: PublishRequest,
  readPage: (next: string | null) => Promise<RecentPage | Unclear>,
): Promise<Listed | Unclear> {
  const { from, until } = windowOf(request);
  const posts: RecentPost[] = [];
  const others: RecentPost[] = [];
  let skewMs: number | null = 0;
  let next: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: RecentPage | Unclear = await readPage(next);
    if (page.kind === 'unclear') return page;
    skewMs = widest(skewMs, skewOf(page.answer, context.now()));
    for (const post of page.posts) {
      const { createdAt } = post;
      if (createdAt >= from && createdAt <= until) posts.push(post);
      else if (createdAt >= from - FAR_MS && createdAt <= until + FAR_MS) others.push(post);
    }
    const isWhole = page.oldestAt === null || page.oldestAt < from || page.next === null;
    if (isWhole) return { kind: 'listed', posts, others, skewMs };
    if (page.next === next) break;
    next = page.next;
  }
  return unclear('the list of recent posts does not reach back far enough');
}

/** Each part in turn: by its mark, else by its text, its media and what it answers. */
export function matchParts(
  { essences, marks, mediaCount, refs }: Sought,
  posts: readonly RecentPost[],
): Found {
  const found = [...refs];
  for (const [index, text] of essences.entries()) {
    if (index < refs.length) continue;
    const before = index === 0 ? null : (found[index - 1]?.id ?? null);
    const mark = marks[index] ?? null;
    const marked = mark === null ? [] : posts.filter((post) => post.mark === mark);
    // What carries another mark is another post of ours, whatever it says.
    const unmarked = posts.filter((post) => post.mark === null);
    const alike = unmarked.filter((post) => post.essences.includes(text));
    const own =
      marked.length > 0
        ? marked
        : alike.filter((post) => (index === 0 ? post.mediaCount === mediaCount : post.inReplyTo === before));
    if (own.length > 1) return unclear('more than one post says the same');
    const [one] = own;
    if (one) {
      found.push(one.ref);
      continue;
    }
    if (index > 0) return unclear(`${found.length} of ${essences.length} parts are public`);
    if (alike.length > 0 || unmarked.some((post) => isNear(post, text))) {
      return unclear('a post there is much like it');
    }
    return { kind: 'absent' };
  }
  return { kind: 'found', refs: found };
}

/** Why what is not in the list may be there all the same; null when it is certainly not. */
function doubtOf(recent: Listed, { essences, marks }: Sought): Unclear | null {
  if (recent.skewMs === null) return unclear('the server does not say what time it is');
  if (recent.skewMs > MOST_SKEW_MS) {
    return unclear(
      `the server's clock and this computer's are ${Math.round(recent.skewMs / 60_000)} minutes apart`,
    );
  }
  const isElsewhere = recent.others.some(
    (post) =>
      (post.mark !== null && marks.includes(post.mark)) ||
      (post.mark === null && post.essences.some((one) => essences.includes(one))),
  );
  return isElsewhere ? unclear('a post there says the same at another time') : null;
}

function isNear(post: RecentPost, text: string): boolean {
  return text.length >= NEAR && post.essences.some((one) => one.startsWith(text.slice(0, NEAR)));
}

/** By the answer's `Date` (RFC 9110, whole seconds); null when it has none. */
function skewOf(answer: HttpAnswer, now: Instant): number | null {
  const at = Date.parse(answer.headers.date ?? '');
  return Number.isNaN(at) ? null : Math.abs(now - at);
}

function widest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}
