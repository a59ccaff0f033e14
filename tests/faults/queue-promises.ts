import { recoverPosts } from '../../src-main/recovery.ts';
import { readSettlement } from '../../src-main/stop/journal-events.ts';
import { NOW } from '../storage/sample-posts.ts';
import type { Ran } from './campaign.ts';
import { openDesk, type QueueOperation } from './queue-operations.ts';

/** Starts on the folder as the app does, lets it publish, and holds what left for the network against what is kept of it. */
export async function checkQueue(operation: QueueOperation, dataDir: string, ran: Ran): Promise<string[]> {
  const broken: string[] = [];
  const again: number[] = [];
  const desk = await openDesk(dataDir, (postId) => again.push(postId));
  const { storage, journal, scheduler } = desk;
  const told = new Set(
    journal.tail().flatMap((record) => {
      const settlement = readSettlement(record);
      return settlement?.state === 'published' ? [settlement.postId] : [];
    }),
  );
  try {
    await recoverPosts(storage.posts, journal, NOW);
    const sent = new Set(ran.sent.map(({ postId }) => postId));
    if (sent.size < ran.sent.length) broken.push('a post was sent twice in one run');
    for (const { postId, key } of ran.sent) {
      const intents = await storage.posts.attempts(postId);
      if (!intents.some((intent) => intent.key === key))
        broken.push(`post ${postId} left without a durable intent`);
      const state = (await storage.posts.read(postId))?.state;
      if (state !== 'published' && state !== 'unconfirmed')
        broken.push(`post ${postId} left and is ${state}`);
      if (operation === 'settle') {
        if (told.has(postId) && state !== 'published')
          broken.push(`the journal says that post ${postId} was published, and it is ${state}`);
        if (!ran.wasKilled && state !== 'published')
          broken.push(`the outcome of post ${postId} is lost: ${state}`);
      }
    }
    scheduler.start();
    await desk.quiet();
    for (const postId of again) if (sent.has(postId)) broken.push(`post ${postId} was sent once more`);
    const all = Object.values(await storage.posts.counts()).reduce((sum, count) => sum + count, 0);
    if (all !== 2) broken.push(`${all} posts are there, not two`);
    for (const postId of [1, 2]) {
      if (sent.has(postId) || again.includes(postId)) continue;
      // Killed between the intent and the hand-over nobody knows that it did not leave: a person is asked.
      const state = (await storage.posts.read(postId))?.state;
      if (state !== 'unconfirmed') broken.push(`post ${postId} never left and is ${state}`);
    }
  } finally {
    // What is still in flight would be waited for.
    desk.answerAll({ kind: 'published', refs: [] });
    await desk.quiet();
    await scheduler.stop();
    await storage.close();
    journal.close();
  }
  return broken;
}
