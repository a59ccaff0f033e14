import { contentHashOf } from '../calendar/import-key.ts';
import { localTimeOf } from '../calendar/local-time.ts';
import { PRACTICE_NETWORK } from '../calendar/practice.ts';
import type { Clock } from '../core/clock.ts';
import type { PostId } from '../core/post.ts';
import type { PlannedPost } from '../core/queue.ts';
import type { OpenDesk } from './desk.ts';

/** Holds the ids of the practice posts that wait for the first Start, as JSON; 'no' once they were started. */
const FACT = 'practice-not-started';
const APART_MS = 60_000;
const MOST = 100;
const MOST_LOADED = 1_000;

/** Remembers that practice data wait for the first Start, and which posts they are. Call it right after loading them. */
export async function notePractice({ storage }: OpenDesk): Promise<void> {
  const { posts } = await storage.posts.page({ network: PRACTICE_NETWORK }, 'soonest', 0, MOST_LOADED);
  await storage.facts.write(FACT, JSON.stringify(posts.map(({ id }) => id)));
}

/**
 * Practice posts are due from one minute after Start on, however long the person looked around first: those whose time would have come by
 * then follow one a minute. Does nothing for anything but practice data that were never started. HAZARD: what this gives a new time goes
 * out; a post of a real network, or one a person wrote, is never touched.
 */
export async function beginPractice(
  { storage }: OpenDesk,
  clock: Clock,
  onPlanned: (planned: readonly PlannedPost[]) => void,
): Promise<void> {
  const ids = readIds(await storage.facts.read(FACT));
  if (ids.length === 0) return;
  await storage.facts.write(FACT, 'no');
  const now = clock.now();
  const accounts = await storage.accounts.list();
  const practising = new Set(
    accounts.filter(({ network }) => network === PRACTICE_NETWORK).map(({ id }) => id),
  );
  const waiting = (await storage.posts.readMany(ids))
    .filter(({ accountId }) => practising.has(accountId))
    .filter(({ state }) => state === 'scheduled' || state === 'missed')
    .filter(({ publishAt }) => publishAt < now + APART_MS)
    .sort((one, other) => one.publishAt - other.publishAt || one.id - other.id)
    .slice(0, MOST);
  const changes = waiting.map((post, index) => {
    const publishAt = now + (index + 1) * APART_MS;
    return {
      postId: post.id,
      publishAt,
      localTime: localTimeOf(publishAt, post.timeZone),
      timeZone: post.timeZone,
    };
  });
  if (changes.length === 0) return;
  await storage.posts.reschedule(changes, now);
  onPlanned(
    waiting.map((post, index) => ({
      id: post.id,
      publishAt: changes[index]?.publishAt ?? post.publishAt,
      contentHash: contentHashOf(post.content),
    })),
  );
}

function readIds(fact: string | null): readonly PostId[] {
  try {
    const ids: unknown = JSON.parse(fact ?? '');
    return Array.isArray(ids) ? ids.filter((id): id is PostId => Number.isSafeInteger(id)) : [];
  } catch {
    return [];
  }
}
