import type { PostState } from '../../src-main/core/post.ts';
import type { StoredAttempt } from '../../src-main/core/stores.ts';
import { createModel } from '../storage/queue-model.ts';
import type { SimDesk } from './desk.ts';
import { copyPost, createSimPost, type OnMove, type PostCopy, pasteCopy, type SimPost } from './sim-post.ts';

/** 'slow': the disk is busy. 'failing': a statement may be refused. */
export type DatabaseMood = 'fine' | 'slow' | 'failing';

/** Who changes a post at present: only a person may give a missed or held one a new time. */
export type Actor = 'machine' | 'person' | 'recovery' | 'look-up';

export type Copy = {
  readonly posts: readonly PostCopy[];
  readonly accounts: readonly { readonly isHeld: boolean; readonly isSignedOut: boolean }[];
  readonly mark: number;
};

/**
 * The committed queue. What it does with posts is the slow model that the real storage is compared with, so that both say the same; here
 * are the attempts, the accounts and copies of it all. Every change is one transaction: there is no half of one.
 */
export function createDatabase(desk: SimDesk, onMove: OnMove) {
  const posts: SimPost[] = [];
  const model = createModel(posts);
  const counts = new Map<PostState, number>();
  let uids = 0;
  let archived = 0;
  let nextAt: number | null = null;

  const moved: OnMove = (post, from, to) => {
    nextAt = null;
    counts.set(from, (counts.get(from) ?? 0) - 1);
    counts.set(to, (counts.get(to) ?? 0) + 1);
    onMove(post, from, to);
  };

  const nextId = () => Math.max(0, ...posts.map(({ id }) => id)) + 1;

  return {
    posts,
    model,
    mood: 'fine' as DatabaseMood,
    actor: 'machine' as Actor,
    /** Each start leaves a new mark here and in the folder; a database from elsewhere has another. */
    mark: 0,
    counts: counts as ReadonlyMap<PostState, number>,

    add(account: SimPost['account'], publishAt: number, parts: number, sameAs: SimPost | null): SimPost {
      const uid = ++uids;
      const hash = sameAs ? sameAs.hash : `text ${uid}`;
      const post = createSimPost({ id: nextId(), uid, account, hash, publishAt, parts }, moved);
      posts.push(post);
      nextAt = null;
      counts.set('scheduled', (counts.get('scheduled') ?? 0) + 1);
      return post;
    },

    find: (id: number): SimPost | null => posts.find((post) => post.id === id) ?? null,

    beginAttempt(post: SimPost, epoch: number, at: number): void {
      const { id, key, attempts } = post;
      post.history.push({
        postId: id,
        attempt: attempts,
        key: key ?? '',
        epoch,
        startedAt: at,
        endedAt: null,
        outcome: '',
        detail: '',
      });
    },

    endAttempt(post: SimPost, at: number, outcome: string): void {
      const last = post.history.at(-1);
      if (last && last.endedAt === null)
        post.history[post.history.length - 1] = { ...last, endedAt: at, outcome } satisfies StoredAttempt;
    },

    copy: (mark: number): Copy => ({
      posts: posts.map(copyPost),
      accounts: desk.accounts.map(({ isHeld, isSignedOut }) => ({ isHeld, isSignedOut })),
      mark,
    }),

    paste(copy: Copy): void {
      nextAt = null;
      archived = 0;
      posts.splice(0, posts.length, ...copy.posts.map((post) => pasteCopy(post, moved)));
      for (const [index, account] of desk.accounts.entries()) Object.assign(account, copy.accounts[index]);
      counts.clear();
      for (const { state } of posts) counts.set(state, (counts.get(state) ?? 0) + 1);
    },

    /** The earliest instant at which anything scheduled is due, infinite when there is none. */
    attentionAt(): number {
      if (nextAt !== null) return nextAt;
      nextAt = Number.POSITIVE_INFINITY;
      for (const post of posts)
        if (post.state === 'scheduled' && post.publishAt < nextAt) nextAt = post.publishAt;
      return nextAt;
    },
    /** A post has another time. */
    timeChanged(): void {
      nextAt = null;
    },

    /** Puts away what is over for good and too old for anybody to ask for. It stays counted. */
    archive(before: number): void {
      const kept = posts.filter(
        ({ state, changedAt }) => changedAt >= before || !['published', 'failed', 'canceled'].includes(state),
      );
      archived += posts.length - kept.length;
      posts.splice(0, posts.length, ...kept);
    },
    total: () => posts.length + archived,
  };
}

export type Database = ReturnType<typeof createDatabase>;
