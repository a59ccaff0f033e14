import type { Instant } from './core/clock.ts';
import type { Post } from './core/post.ts';
import type { Settlement } from './core/queue.ts';
import type { PostStore } from './core/stores.ts';
import type { Journal } from './stop/journal.ts';
import { readSettlement, settlementEvents } from './stop/journal-events.ts';

/**
 * Settles what a crash left `publishing`. An outcome the journal already has was certain before the crash and is taken from there;
 * the rest becomes `unconfirmed`, never `scheduled`, and is told to the journal first, as every outcome is. Returns what was
 * found out only now.
 */
export async function recoverPosts(
  posts: PostStore,
  journal: Journal,
  now: Instant,
): Promise<readonly Settlement[]> {
  const left = (await posts.page({ states: ['publishing'] }, 'soonest', 0, 500)).posts;
  if (left.length === 0) return [];
  const known = readKnown(journal);
  const fromJournal = left.flatMap((post) => known.get(nameOf(post.id, post.attempts)) ?? []);
  const taken = new Set(fromJournal.map(({ postId }) => postId));
  const crashed = left.filter((post) => !taken.has(post.id)).map((post) => unconfirmed(post, now));
  journal.appendSoon(settlementEvents(crashed));
  await posts.settle([...fromJournal, ...crashed]);
  await posts.recover(now);
  return crashed;
}

const nameOf = (postId: number, attempt: number) => `${postId}/${attempt}`;

/** Attempts are counted anew after a new approval: a later attempt of the same number takes back what is known of the earlier one. */
function readKnown(journal: Journal): ReadonlyMap<string, Settlement> {
  const known = new Map<string, Settlement>();
  for (const record of journal.tail()) {
    const { post, attempt } = record.details;
    if (record.event === 'post.attempt') known.delete(nameOf(Number(post), Number(attempt)));
    const settlement = readSettlement(record);
    if (settlement) known.set(nameOf(settlement.postId, settlement.attempt), settlement);
  }
  return known;
}

function unconfirmed(post: Post, at: Instant): Settlement {
  return {
    postId: post.id,
    attempt: post.attempts,
    state: 'unconfirmed',
    reason: 'crash',
    detail: '',
    refs: post.refs,
    retryAt: null,
    at,
  };
}
