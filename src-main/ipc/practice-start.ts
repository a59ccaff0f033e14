import { localTimeOf } from '../calendar/local-time.ts';
import type { Clock } from '../core/clock.ts';
import type { OpenDesk } from './desk.ts';

const FACT = 'practice-not-started';
const APART_MS = 60_000;
const MOST = 100;

/** Remembers that practice data wait for the first Start. */
export async function notePractice({ storage }: OpenDesk): Promise<void> {
  await storage.facts.write(FACT, 'yes');
}

/**
 * Practice posts are due from one minute after Start on, however long the person looked around first: those whose time would have come by
 * then follow one a minute. Does nothing for anything but practice data that were never started.
 */
export async function beginPractice({ storage }: OpenDesk, clock: Clock): Promise<void> {
  if ((await storage.facts.read(FACT)) !== 'yes') return;
  await storage.facts.write(FACT, 'no');
  const now = clock.now();
  const { posts } = await storage.posts.page(
    { states: ['scheduled', 'missed'], to: now + APART_MS },
    'soonest',
    0,
    MOST,
  );
  const changes = posts.map((post, index) => {
    const publishAt = now + (index + 1) * APART_MS;
    return {
      postId: post.id,
      publishAt,
      localTime: localTimeOf(publishAt, post.timeZone),
      timeZone: post.timeZone,
    };
  });
  if (changes.length > 0) await storage.posts.reschedule(changes, now);
}
