import type { Account, Brand } from '../core/brand.ts';
import type { Content, Post } from '../core/post.ts';
import type { Claim, PlannedPost, Settlement } from '../core/queue.ts';
import type { JournalEvent, JournalRecord } from './journal.ts';

/** Characters of a post's text that are recorded. */
const WORDS_KEPT = 500;
const POSTS_A_LINE = 200;
/** Of a content hash, in `posts.planned`: 128 of 256 bits, so that a hundred thousand posts stay a few megabytes. */
export const PLANNED_HASH_DIGITS = 32;

/** The SHA-256, hex, of what a post says: `contentHashOf`, handed in. */
export type HashOf = (content: Content) => string;

/** The first characters of a post as a reader would see them: the parts of a thread one after the other. Never half a character. */
function wordsOf(content: Content): string {
  const text = content.parts.join('\n---\n');
  if (text.length <= WORDS_KEPT) return text;
  const cut = text.slice(0, WORDS_KEPT);
  return `${/[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** How a post came to its time. */
export type PlannedHow = 'scheduled' | 'imported' | 'rescheduled' | 'sample';

/**
 * That these posts were scheduled, at which instants and with which content, without a word of it: what orders a post before a stop is
 * the place of its line in the chain.
 */
export function plannedEvents(
  posts: readonly PlannedPost[],
  how: PlannedHow,
  by: string,
  control = '',
): JournalEvent[] {
  const events: JournalEvent[] = [];
  for (let from = 0; from < posts.length; from += POSTS_A_LINE) {
    const some = posts.slice(from, from + POSTS_A_LINE);
    events.push({
      event: 'posts.planned',
      control,
      by,
      details: {
        how,
        posts: some.map(({ id }) => id),
        publishAt: some.map(({ publishAt }) => publishAt),
        hashes: some.map(({ contentHash }) => contentHash.slice(0, PLANNED_HASH_DIGITS)),
      },
    });
  }
  return events;
}

/** What `describePosts` looks brands and accounts up in. */
export type PostNames = {
  readonly brands: ReadonlyMap<number, Brand>;
  readonly accounts: ReadonlyMap<number, Account>;
};

/** Posts in columns of the same length: number, brand, account, network, first words, time and content hash. */
export function describePosts(posts: readonly Post[], names: PostNames, hashOf: HashOf) {
  const account = (post: Post) => names.accounts.get(post.accountId);
  return {
    posts: posts.map(({ id }) => id),
    brandIds: posts.map(({ brandId }) => brandId),
    brands: posts.map(({ brandId }) => names.brands.get(brandId)?.name ?? ''),
    accountIds: posts.map(({ accountId }) => accountId),
    accounts: posts.map((post) => account(post)?.name ?? ''),
    networks: posts.map((post) => account(post)?.network ?? ''),
    texts: posts.map(({ content }) => wordsOf(content)),
    media: posts.map(({ content }) => content.media.length),
    localTimes: posts.map(({ localTime }) => localTime),
    timeZones: posts.map(({ timeZone }) => timeZone),
    publishAt: posts.map(({ publishAt }) => publishAt),
    hashes: posts.map(({ content }) => hashOf(content)),
  };
}

/** What the journal says of attempts and settlements, and how it is read back after a crash. */
export function attemptEvents(claims: readonly Claim[], epoch: number, hashOf: HashOf): JournalEvent[] {
  return claims.map(({ post, account, brand, attempt, key }) => ({
    event: 'post.attempt',
    details: {
      post: post.id,
      attempt,
      key,
      epoch,
      brandId: brand.id,
      brand: brand.name,
      account: account.name,
      network: account.network,
      publishAt: new Date(post.publishAt).toISOString(),
      text: wordsOf(post.content),
      contentHash: hashOf(post.content),
    },
  }));
}

export function settlementEvents(settlements: readonly Settlement[]): JournalEvent[] {
  return settlements.map(({ postId, attempt, key = '', state, reason, detail, refs }) => ({
    event: `post.${state}`,
    details: {
      post: postId,
      attempt,
      key,
      reason,
      detail,
      refs: refs.map((ref) => ref.id),
      urls: refs.map((ref) => ref.url),
    },
  }));
}

const SETTLED = new Map<string, Settlement['state']>([
  ['post.published', 'published'],
  ['post.failed', 'failed'],
  ['post.unconfirmed', 'unconfirmed'],
]);

/** The events `readSettlement` understands. */
export const SETTLED_EVENTS: readonly string[] = [...SETTLED.keys()];

/** The settlement a record tells of, when it is final; null for any other record. */
export function readSettlement(record: JournalRecord): (Settlement & { readonly key: string }) | null {
  const state = SETTLED.get(record.event);
  const { post, attempt, key, reason, detail, refs, urls } = record.details;
  if (!state || typeof post !== 'number' || typeof attempt !== 'number' || typeof key !== 'string')
    return null;
  const ids = Array.isArray(refs) ? refs.map(String) : [];
  const places = Array.isArray(urls) ? urls.map(String) : [];
  return {
    postId: post,
    attempt,
    key,
    state,
    reason: (reason ?? '') as Settlement['reason'],
    detail: typeof detail === 'string' ? detail : '',
    refs: ids.map((id, index) => ({ id, url: places[index] ?? '' })),
    retryAt: null,
    at: Date.parse(record.at),
  };
}
