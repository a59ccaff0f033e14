import type { PostView } from '../../src-preload/views.ts';
import { contentHashOf } from '../calendar/import-key.ts';
import { localTimeOf, resolveLocalTime } from '../calendar/local-time.ts';
import type { PlannedTime, PostChange } from '../core/bulk.ts';
import type { Post, PostId, PostState } from '../core/post.ts';
import { ok, refuse } from '../core/result.ts';
import { lacksYes } from '../core/yes.ts';
import { type Desk, deskChanged, needDesk, type OpenDesk } from './desk.ts';
import { planWarningFor } from './plan-warning.ts';
import { schedulePosts } from './schedule-posts.ts';
import type { Handlers } from './serve.ts';
import { toFilter } from './to-filter.ts';
import { toAttemptView, toPostView } from './to-view.ts';
import { wantedInstant } from './wanted-instant.ts';
import { wantedTimes } from './wanted-times.ts';

type PostHandlers = Pick<
  Handlers,
  | 'queue.page'
  | 'post.read'
  | 'post.schedule'
  | 'post.reschedule'
  | 'post.settle'
  | 'post.lookUp'
  | 'post.takeDown'
  | 'time.resolve'
>;

type NewTime = PlannedTime & { readonly postId: PostId };

/** Of the changes those to posts that are still in the state and at the time somebody saw; what was touched since stays. */
function asSeen(
  found: ReadonlyMap<PostId, Post>,
  changes: readonly NewTime[],
  seen: { readonly state: PostState; readonly publishAt: number },
  isToBeHeld: boolean,
): readonly PostChange[] {
  return changes.flatMap(({ postId, ...time }): PostChange[] => {
    const post = found.get(postId);
    if (post?.state !== seen.state || post.publishAt !== seen.publishAt) return [];
    // What a person held waits for its yes only once it is resumed.
    const to = isToBeHeld
      ? ({ state: 'held', reason: 'by-person' } as const)
      : lacksYes(post, time.publishAt)
        ? ({ state: 'held', reason: 'needs-yes' } as const)
        : ({ state: 'scheduled', reason: '' } as const);
    return [{ seen: post, ...to, time }];
  });
}

/** By a person or as a likely duplicate, and not for want of a yes. */
const isHeldOtherwise = (post: Post | undefined) =>
  post?.state === 'held' && post.reason !== 'needs-yes' && post.reason !== 'said-no';

async function countWaiting({ storage }: OpenDesk, ids: readonly PostId[]): Promise<number> {
  const posts = await storage.posts.readMany(ids);
  return posts.filter(({ reason }) => reason === 'needs-yes').length;
}

const noSuchPost = () => refuse('no-such-post', 'This post is no longer there.');

export function createPostHandlers(desk: Desk): PostHandlers {
  const by = () => desk.settings.read().personName;

  async function viewOf(open: OpenDesk, post: Post): Promise<PostView> {
    return toPostView(post, await open.directory.read(), coveredNow());
  }
  const coveredNow = () =>
    desk.engine.stop.gate
      .covered()
      .filter(({ reason }) => reason === 'stopped')
      .map(({ scope }) => scope);

  function changed(event: string, postIds: readonly PostId[], details: Record<string, string> = {}): void {
    if (postIds.length > 0)
      desk.engine.record({ event, by: by(), details: { ...details, posts: [...postIds] } });
    deskChanged(desk);
  }

  return {
    async 'queue.page'(request) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage, directory } = open.value;
      const { order, offset, limit, ...filter } = request;
      const [page, names] = await Promise.all([
        storage.posts.page(toFilter(filter), order, offset, limit),
        directory.read(),
      ]);
      const covered = coveredNow();
      return ok({
        posts: page.posts.map((post) => toPostView(post, names, covered)),
        total: page.total,
        offset,
      });
    },

    async 'post.read'({ postId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { posts } = open.value.storage;
      const [post, attempts, answers] = await Promise.all([
        posts.read(postId),
        posts.attempts(postId),
        open.value.storage.yes.answersTo(postId),
      ]);
      if (!post) return noSuchPost();
      return ok({
        ...(await viewOf(open.value, post)),
        history: attempts.map(toAttemptView),
        createdAt: post.createdAt,
        answers: answers.map(({ postId: _, ...answer }) => answer),
      });
    },

    async 'post.schedule'(request) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const timeOf = await wantedTimes(desk, open.value, request);
      if (!timeOf.ok) return timeOf;
      const added = await schedulePosts(desk, open.value, request, timeOf.value);
      if (!added.ok) return added;
      if (request.draftId !== undefined) await open.value.storage.drafts.remove(request.draftId);
      const postIds = added.value.map(({ id }) => id);
      desk.engine.recordPlanned(added.value, 'scheduled', by());
      changed('posts.scheduled', postIds);
      return ok({
        postIds,
        planWarning: await planWarningFor(
          desk,
          open.value,
          added.value.map(({ publishAt }) => publishAt),
        ),
        waiting: await countWaiting(open.value, postIds),
      });
    },

    async 'post.reschedule'(request) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const first = wantedInstant(desk, request);
      if (!first.ok) return first;
      const { posts } = open.value.storage;
      const taken = new Map<number, number>();
      const found = new Map((await posts.readMany(request.postIds)).map((post) => [post.id, post]));
      const changes = request.postIds.flatMap((postId) => {
        const post = found.get(postId);
        if (!post) return [];
        // One after the other on each account, in the order given; different accounts start together.
        const turn = taken.get(post.accountId) ?? 0;
        taken.set(post.accountId, turn + 1);
        const publishAt = first.value + turn * Math.max(1, request.spacingMinutes) * 60_000;
        const localTime = localTimeOf(publishAt, request.timeZone);
        return [{ postId, publishAt, localTime, timeZone: request.timeZone }];
      });
      const moved =
        request.seen === undefined
          ? (await posts.reschedule(changes, desk.clock.now())).moved
          : await posts.change(asSeen(found, changes, request.seen, request.hold === true), desk.clock.now());
      const times = changes.map((change) => change.publishAt);
      const newTimes = new Map(changes.map((change) => [change.postId, change.publishAt]));
      desk.engine.recordPlanned(
        moved.flatMap((id) => {
          const post = found.get(id);
          const publishAt = newTimes.get(id);
          return post && publishAt !== undefined
            ? [{ id, publishAt, contentHash: contentHashOf(post.content) }]
            : [];
        }),
        'rescheduled',
        by(),
      );
      changed('posts.rescheduled', moved);
      return ok({
        changed: moved.length,
        planWarning: await planWarningFor(desk, open.value, times),
        waiting: await countWaiting(open.value, moved),
        heldOtherwise: moved.filter((id) => isHeldOtherwise(found.get(id))).length,
      });
    },

    async 'post.settle'({ postId, as, url }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { posts } = open.value.storage;
      const attempt = (await posts.attempts(postId)).at(-1);
      if (as === 'published' && url && attempt)
        await posts.addPart(postId, attempt.attempt, { id: url, url });
      const { moved } = await posts.move([postId], as, 'by-person', '', desk.clock.now());
      const post = await posts.read(postId);
      if (!post) return noSuchPost();
      if (moved.length === 0)
        return refuse('not-unconfirmed', 'Only an unconfirmed post is settled by a person.');
      desk.engine.cleared(post, 'by-person');
      changed('posts.settled', moved, { as });
      return ok(await viewOf(open.value, post));
    },

    async 'post.lookUp'({ postId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const looked = await open.value.lookUpPosts.lookUp(postId);
      if (!looked.ok) return looked;
      deskChanged(desk);
      const post = await open.value.storage.posts.read(postId);
      return post ? ok(await viewOf(open.value, post)) : noSuchPost();
    },

    async 'post.takeDown'({ postId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const down = await open.value.lookUpPosts.takeDown(postId, by());
      if (down.ok) deskChanged(desk);
      return down;
    },

    'time.resolve': async ({ localTime, timeZone }) =>
      ok(resolveLocalTime(localTime, timeZone, desk.language())),
  };
}
