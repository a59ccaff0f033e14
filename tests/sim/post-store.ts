import { MOVES, type PostReason } from '../../src-main/core/post.ts';
import type { Claim, ClaimRequest, Settlement } from '../../src-main/core/queue.ts';
import type { PostStore } from '../../src-main/core/stores.ts';
import type { Actor } from './database.ts';
import { partOf } from './part-of.ts';
import { type SimPost, toPost } from './sim-post.ts';
import type { Process } from './timeline.ts';
import type { World } from './world-parts.ts';

/**
 * The queue as one process sees it: statements one after the other, each committed at one instant and known a moment later. What a process
 * that ended had not committed never happened, and what it had committed it may never have learned.
 */
export function createSimStore(world: World, process: Process): PostStore {
  const { database, desk, timeline, random, invariants } = world;
  /** What the machine does comes before what people look at and change. */
  const isFreeAt = { urgent: 0, ordinary: 0 };

  function perform<T>(name: string, actor: Actor, mayBeQuick: boolean, write: () => T): Promise<T> {
    if (!process.isAlive) return new Promise(() => {});
    const commit = () => {
      database.actor = actor;
      const result = write();
      database.actor = 'machine';
      invariants.afterWrite();
      return result;
    };
    const { mood } = database;
    const lane = actor === 'person' ? 'ordinary' : 'urgent';
    const isBusy = isFreeAt[lane] > timeline.now();
    if (mood === 'fine' && mayBeQuick && !isBusy && random.chance(0.9)) return Promise.resolve(commit());
    const takes = mood === 'slow' ? random.span(20, 4_000) : random.span(1, 30);
    isFreeAt[lane] = Math.max(isFreeAt[lane], timeline.now()) + takes;
    return new Promise((resolve, reject) => {
      timeline.after(process, isFreeAt[lane] - timeline.now(), name, () => {
        if (database.mood === 'failing' && random.chance(0.6)) {
          world.chronicle.note(`${name} fails`);
          return reject(new Error('disk I/O error'));
        }
        const result = commit();
        if (random.chance(0.3))
          timeline.after(process, random.int(1, 20), `${name} told`, () => resolve(result));
        else resolve(result);
      });
    });
  }

  function claim(request: ClaimRequest): readonly Claim[] {
    if (database.attentionAt() > request.now) return [];
    const { now, limit, perAccount, stopped, floors, newKey } = request;
    const ids = database.model.claim(now, limit, perAccount, stopped, floors, newKey);
    return ids.map((id) => {
      const post = database.find(id) as SimPost;
      database.beginAttempt(post, request.epoch, now);
      post.changedAt = now;
      invariants.onClaim(post, request);
      return {
        post: toPost(post),
        account: desk.accountOf(post.account),
        brand: desk.brandOf(post.account),
        attempt: post.attempts,
        refusals: post.history.filter(({ key, outcome }) => key === post.key && outcome === 'try-later')
          .length,
        key: post.key ?? '',
        sealed: null,
      };
    });
  }

  function settle(settlements: readonly Settlement[]): readonly number[] {
    return settlements.flatMap((settlement) => {
      const { postId, attempt, key, state, reason, detail, refs, retryAt, at } = settlement;
      const post = database.find(postId);
      const isOfThis = post !== null && (key ?? post.key) === post.key;
      if (!isOfThis || !database.model.settle(post, attempt, state, reason, retryAt)) return [postId];
      post.detail = detail;
      post.refs = [...post.refs.filter(({ id }) => !refs.some((ref) => ref.id === id)), ...refs];
      post.changedAt = at;
      database.endAttempt(post, at, settlement.outcome ?? state);
      return [];
    });
  }

  const find = (ids: readonly number[]) => ids.flatMap((id) => database.find(id) ?? []);

  function move(ids: readonly number[], to: SimPost['state'], reason: PostReason, now: number) {
    const moved: number[] = [];
    for (const post of find(ids)) {
      const was = post.state;
      if (!MOVES[was].includes(to) || !database.model.move(post, to)) continue;
      post.reason = reason;
      post.changedAt = now;
      if (was === 'publishing') database.endAttempt(post, now, to);
      moved.push(post.id);
    }
    return { moved, refused: ids.filter((id) => !moved.includes(id)) };
  }

  return partOf<PostStore>({
    claimDue: (request) =>
      perform('claim', 'machine', database.attentionAt() > request.now, () => claim(request)),
    settle: (settlements) => perform('settle', 'machine', false, () => settle(settlements)),
    addPart: (postId, attempt, ref) =>
      perform('add part', 'machine', false, () => {
        const post = database.find(postId);
        if (post?.attempts === attempt && ['publishing', 'unconfirmed'].includes(post.state))
          post.refs.push(ref);
      }),
    sweepMissed: (now, covered, floors) =>
      perform('sweep', 'machine', true, () => {
        if (database.attentionAt() > now) return { counts: [], more: false };
        const due = database.posts.filter(({ state }) => state === 'scheduled');
        database.model.sweep(now, covered, floors);
        const counts = new Map<PostReason, number>();
        for (const post of due) {
          if (post.state !== 'missed') continue;
          post.changedAt = now;
          counts.set(post.reason, (counts.get(post.reason) ?? 0) + 1);
        }
        return { counts: [...counts].map(([reason, count]) => ({ reason, count })), more: false };
      }),
    nextDueAt: (after) => perform('next due', 'machine', true, () => database.model.nextDueAt(after)),
    recover: (now) =>
      perform('recover', 'recovery', false, () => {
        for (const post of database.posts.filter(({ state }) => state === 'publishing')) {
          post.changedAt = now;
          database.endAttempt(post, now, 'unconfirmed');
        }
        return database.model.recover();
      }),
    read: (id) =>
      perform('read', 'machine', true, () => {
        const post = database.find(id);
        return post && toPost(post);
      }),
    readMany: (ids) => perform('read', 'machine', true, () => find(ids).map(toPost)),
    page: ({ states = [] }) =>
      perform('page', 'machine', true, () => {
        const posts = database.posts.filter(({ state }) => states.includes(state)).map(toPost);
        return { posts, total: posts.length };
      }),
    attempts: (id) => perform('attempts', 'machine', true, () => [...(database.find(id)?.history ?? [])]),
    move: (ids, to, reason, _detail, now) => {
      const actor = reason === 'looked-up' ? 'look-up' : 'person';
      return perform('move', actor, false, () => move(ids, to, reason, now));
    },
    reschedule: (changes, now) =>
      perform('reschedule', 'person', false, () => {
        const moved = changes.flatMap(({ postId, publishAt }) => {
          const post = database.find(postId);
          if (!post || !database.model.reschedule(post, publishAt)) return [];
          database.timeChanged();
          post.approval += 1;
          post.changedAt = now;
          return [postId];
        });
        return { moved, refused: changes.map(({ postId }) => postId).filter((id) => !moved.includes(id)) };
      }),
  });
}
