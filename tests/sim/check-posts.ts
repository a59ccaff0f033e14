import { DUPLICATE_WINDOW_MS } from '../../src-main/core/duplicate.ts';
import type { PostState } from '../../src-main/core/post.ts';
import type { ClaimRequest } from '../../src-main/core/queue.ts';
import type { Fail } from './invariants.ts';
import type { Main } from './main-process.ts';
import { graceOf, isPublic, type SimPost } from './sim-post.ts';
import type { World } from './world-parts.ts';

/** A scheduled post that nothing is in the way of is looked at by then. */
const STALL_MS = 180_000;
const FOR_GOOD: readonly PostState[] = ['published', 'failed', 'canceled'];
const NEEDS_REASON: readonly PostState[] = ['held', 'missed', 'unconfirmed', 'failed'];
const NOT_LATE: readonly string[] = ['stopped', 'countdown', 'looked-up', 'by-person'];

/** What may become of a post, and of whose doing. `isOpen`: a call of it may have published what nobody knows of. */
export function createPostChecks(world: World, fail: Fail, isOpen: (post: SimPost) => boolean) {
  const { timeline } = world;
  const touched = new Set<SimPost>();
  let checkStallAt = 0;

  function checkOrder(post: SimPost, request: ClaimRequest, others: readonly SimPost[]): void {
    if (others.some(({ state }) => state === 'unconfirmed'))
      fail('I-14', `post ${post.id} overtakes an unconfirmed one of its account`);
    const earliest = Math.max(
      request.now - graceOf(world.desk.brandOf(post.account)),
      ...request.floors.map(({ before }) => before),
    );
    const waiting = others.find(
      ({ state, retryAt, publishAt }) =>
        state === 'scheduled' && retryAt !== null && publishAt < post.publishAt && publishAt >= earliest,
    );
    if (waiting) fail('I-14', `post ${post.id} overtakes post ${waiting.id}, which waits to be tried again`);
  }

  function checkTwin(post: SimPost, others: readonly SimPost[]): void {
    const twin = others.find(
      ({ hash, state, publishAt }) =>
        hash === post.hash &&
        (state === 'published' || state === 'publishing' || state === 'unconfirmed') &&
        publishAt > post.publishAt - DUPLICATE_WINDOW_MS,
    );
    if (twin && !post.isDuplicateAllowed)
      fail('D-12', `post ${post.id} says once more what post ${twin.id} said`);
  }

  function checkSettled(post: SimPost): void {
    const { network } = world;
    if (NEEDS_REASON.includes(post.state) && post.reason === '')
      fail('I-20', `post ${post.id} is ${post.state} without a reason`);
    if (post.state === 'published' && !isPublic(network, post))
      fail('G-18', `post ${post.id} is said to be published and is nowhere`);
    if (post.state === 'failed' && post.reason !== 'cut' && isPublic(network, post))
      fail('G-18', `post ${post.id} is said to have failed and is public`);
    const isLate = post.state === 'missed' && !NOT_LATE.includes(post.reason);
    if (isLate && world.wasCalmFor(timeline.wall() - post.publishAt) && !world.wasInTheWay(post))
      fail('L-1', `post ${post.id} is missed as ${post.reason} although nothing was in its way`);
  }

  return {
    onMove(post: SimPost, from: PostState, to: PostState): void {
      touched.add(post);
      world.counts.moves += 1;
      world.chronicle.note(`post ${from} → ${to}`, post.uid);
      const { actor } = world.database;
      const name = `post ${post.id}`;
      if (from === 'unconfirmed') world.blocked(post.account);
      if (to === 'scheduled' && actor === 'person') post.queuedAt = timeline.wall();
      if (from === 'unconfirmed' && actor === 'machine')
        fail('I-5', `${name} was unconfirmed and becomes ${to} by itself`);
      if ((from === 'missed' || from === 'held') && actor !== 'person')
        fail('I-21', `${name} was ${from} and becomes ${to} by itself`);
      if (from === 'publishing' && !['published', 'unconfirmed'].includes(to) && isOpen(post))
        fail('I-5', `${name} becomes ${to} although its call may have published it`);
      if (FOR_GOOD.includes(from)) fail('I-6', `${name} was ${from} for good and becomes ${to}`);
    },

    onClaim(post: SimPost, request: ClaimRequest): void {
      world.counts.claims += 1;
      post.claimedAt = timeline.now();
      const others = world.database.posts.filter((other) => other.account === post.account && other !== post);
      checkOrder(post, request, others);
      checkTwin(post, others);
      if (world.truth.held.has(post.account.id))
        fail('I-21', `post ${post.id} is taken although nobody resumed its account`);
      if (post.publishAt > timeline.wall() && !world.wasClockSetWithin(60_000))
        fail('I-19', `post ${post.id} is taken before its time`);
      world.traps.sprung('claim');
    },

    /** After every transaction. */
    afterWrite(): void {
      if (touched.size === 0) return;
      for (const post of touched) checkSettled(post);
      touched.clear();
    },

    /** While main is well. */
    afterStep(main: Main): void {
      if (timeline.now() < checkStallAt) return;
      checkStallAt = timeline.now() + STALL_MS;
      if (!main.scheduler || !world.wasCalmFor(STALL_MS)) return;
      for (const post of world.database.posts) {
        const isDue =
          post.state === 'scheduled' &&
          post.queuedAt + STALL_MS < timeline.wall() &&
          post.publishAt + graceOf(world.desk.brandOf(post.account)) + STALL_MS < timeline.wall();
        if (isDue) fail('L-2', `post ${post.id} is long past its time and still scheduled`);
        if (post.state === 'publishing' && post.changedAt + STALL_MS < timeline.wall())
          fail('I-4', `post ${post.id} is publishing for ever`);
      }
    },
  };
}
