import type { Brand } from '../../src-main/core/brand.ts';
import type { Post, PostReason, PostState, RemoteRef } from '../../src-main/core/post.ts';
import type { StoredAttempt } from '../../src-main/core/stores.ts';
import type { ModelPost } from '../storage/queue-model.ts';
import type { Network } from './network.ts';

/** A post of the model, with what the model has no need of. Whoever changes its state is seen by `onMove`. */
export type SimPost = ModelPost & {
  /** Unique for ever; `id` is not, once an older database was put back. Also the post's text. */
  readonly uid: number;
  readonly parts: number;
  readonly history: StoredAttempt[];
  refs: RemoteRef[];
  detail: string;
  approval: number;
  /** In true time, when it was taken from the queue last. */
  claimedAt: number;
  /** On the wall clock, when somebody put it into the queue last. */
  queuedAt: number;
  changedAt: number;
};

export type PostFacts = Pick<ModelPost, 'id' | 'account' | 'hash' | 'publishAt'> & {
  readonly uid: number;
  readonly parts: number;
};

export type OnMove = (post: SimPost, from: PostState, to: PostState) => void;

export function createSimPost(facts: PostFacts, onMove: OnMove): SimPost {
  let state: PostState = 'scheduled';
  const post: SimPost = {
    ...facts,
    get state() {
      return state;
    },
    set state(to: PostState) {
      const from = state;
      state = to;
      if (from !== to) onMove(post, from, to);
    },
    reason: '' as PostReason,
    retryAt: null,
    attempts: 0,
    key: null,
    isDuplicateAllowed: false,
    history: [],
    refs: [],
    detail: '',
    approval: 1,
    changedAt: 0,
    queuedAt: 0,
    claimedAt: 0,
  };
  return post;
}

/** What a copy of the database holds of a post. */
export type PostCopy = PostFacts & {
  readonly fields: Omit<SimPost, keyof PostFacts | 'history'> & {
    readonly history: readonly StoredAttempt[];
  };
};

export function copyPost(post: SimPost): PostCopy {
  const { id, account, hash, publishAt, uid, parts, history, ...rest } = post;
  return { id, account, hash, publishAt, uid, parts, fields: { ...rest, history: [...history] } };
}

export function pasteCopy(copy: PostCopy, onMove: OnMove): SimPost {
  let isNew = true;
  const { fields, ...facts } = copy;
  const post = createSimPost(facts, (...move) => {
    if (!isNew) onMove(...move);
  });
  const { history, ...rest } = fields;
  Object.assign(post, rest);
  post.history.push(...history);
  isNew = false;
  return post;
}

/** Whether any part of it can be seen. */
export function isPublic(network: Network, { uid, parts }: SimPost): boolean {
  for (let part = 0; part < parts; part += 1) if (network.publicTimes(uid, part) > 0) return true;
  return false;
}

export function textOf(uid: number, part: number): string {
  return `${uid}/${part}`;
}

/** As the core sees it. */
export function toPost(post: SimPost): Post {
  return {
    id: post.id,
    accountId: post.account.id,
    brandId: post.account.brandId,
    state: post.state,
    reason: post.reason,
    detail: post.detail,
    content: {
      parts: Array.from({ length: post.parts }, (_, part) => textOf(post.uid, part)),
      link: '',
      media: [],
    },
    label: '',
    publishAt: post.publishAt,
    localTime: '',
    timeZone: 'Europe/Paris',
    attempts: post.attempts,
    refs: post.refs,
    createdAt: 0,
    changedAt: post.changedAt,
  };
}

/** However strict a brand: a minute. */
export function graceOf({ graceMs }: Brand): number {
  return Math.max(graceMs, 60_000);
}
