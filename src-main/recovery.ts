import type { Instant } from './core/clock.ts';
import type { Settlement } from './core/queue.ts';
import type { PostStore } from './core/stores.ts';
import type { Journal } from './stop/journal.ts';
import { readSettlement } from './stop/journal-events.ts';

/**
 * Settles what a crash left `publishing`. An outcome the journal already has was certain before the crash and is taken from there;
 * the rest becomes `unconfirmed`, never `scheduled`. Returns what was settled.
 */
export async function recoverPosts(
  posts: PostStore,
  journal: Journal,
  now: Instant,
): Promise<readonly Settlement[]> {
  const left = (await posts.page({ states: ['publishing'] }, 'soonest', 0, 500)).posts;
  if (left.length === 0) return [];
  const known = new Map<string, Settlement>();
  for (const record of journal.tail()) {
    const settlement = readSettlement(record);
    if (settlement) known.set(`${settlement.postId}/${settlement.attempt}`, settlement);
  }
  const fromJournal = left.flatMap((post) => known.get(`${post.id}/${post.attempts}`) ?? []);
  if (fromJournal.length > 0) await posts.settle(fromJournal);
  await posts.recover(now);
  const taken = new Set(fromJournal.map(({ postId }) => postId));
  return left
    .filter((post) => !taken.has(post.id))
    .map((post) => ({
      postId: post.id,
      attempt: post.attempts,
      state: 'unconfirmed',
      reason: 'crash',
      detail: '',
      refs: post.refs,
      retryAt: null,
      at: now,
    }));
}
