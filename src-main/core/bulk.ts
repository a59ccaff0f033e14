import type { AccountId } from './brand.ts';
import type { Instant } from './clock.ts';
import type { PostId, PostReason, PostState } from './post.ts';
import type { NewPost } from './queue.ts';

/** What a person can do to many posts in one step. */
export type BulkKind =
  | 'hold'
  | 'resume'
  | 'cancel'
  | 'draft'
  | 'move'
  | 'slots'
  | 'hours'
  | 'days'
  | 'account'
  | 'labels';

/** From which states each is possible. Narrower than the table of moves: what is on its way out or settled is not for a person. */
export const BULK_FROM: Readonly<Record<BulkKind, readonly PostState[]>> = {
  hold: ['scheduled'],
  resume: ['held'],
  cancel: ['scheduled', 'held', 'missed'],
  draft: ['scheduled', 'held', 'missed'],
  move: ['scheduled', 'held', 'missed'],
  slots: ['scheduled', 'held', 'missed'],
  hours: ['scheduled', 'held', 'missed'],
  days: ['scheduled', 'held', 'missed'],
  account: ['scheduled', 'held'],
  labels: ['scheduled', 'published', 'failed', 'held', 'missed', 'canceled', 'unconfirmed'],
};

/** Why one post is left as it is. A state stands for itself: it is not one of `BULK_FROM`. */
export type LeftOutReason =
  | PostState
  | 'past' // its new time has passed
  | 'gap' // its wall time does not exist on the new day, and nobody chose
  | 'twice' // it exists twice there, and nobody chose
  | 'no-slots' // its account has no posting slots
  | 'no-free-slot' // none of them is free within a year
  | 'stopped' // a stop covers it: no other account takes it out of the stop
  | 'does-not-fit' // the other account's network refuses it
  | 'same-account'
  | 'needs-yes' // it waits for a yes, or was refused one
  | 'same-labels' // nothing is added to it or taken away
  | 'too-many-labels' // it would have more than a post can
  | 'changed' // touched since it was looked at
  | 'final'; // nothing leads back: it is canceled, or its former account is gone

/** Where and when a post stands. `localTime` as in `Post`. */
export type PlannedTime = {
  readonly publishAt: Instant;
  readonly localTime: string;
  readonly timeZone: string;
};

/** A post as it was when somebody looked at it: what is decided about it holds only while it is still so. */
export type SeenPost = {
  readonly id: PostId;
  readonly state: PostState;
  readonly publishAt: Instant;
  readonly changedAt: Instant;
};

/** One change: to a state, and to another time unless `time` is null. The move of state must be in the table of moves. */
export type PostChange = {
  readonly seen: SeenPost;
  readonly state: PostState;
  readonly reason: PostReason;
  readonly time: PlannedTime | null;
};

/** A post goes to another account: the row is canceled, for a row keeps its account, and a new one says the same. */
export type Transfer = {
  readonly seen: SeenPost;
  readonly post: NewPost & { readonly accountId: AccountId };
};

/** What a change did to a post, with what is needed to take it back. */
export type DoneChange = {
  readonly before: SeenPost & PlannedTime & { readonly reason: PostReason; readonly accountId: AccountId };
  /** The same post afterwards; of a transfer the new one. */
  readonly after: SeenPost;
  /** Where its labels were changed. */
  readonly labels?: LabelChange;
};

/** The labels of a post before and after, as `labels.ts` has them. */
export type LabelChange = { readonly from: string; readonly to: string };

/**
 * How to take a change back, by the table of moves; a reason where it cannot be. What would be due already stays as it is: nothing goes
 * out late by an undo.
 */
export function undoOf(
  kind: BulkKind,
  { before, after }: DoneChange,
  now: Instant,
): PostChange | LeftOutReason {
  if (kind === 'cancel' || kind === 'draft' || kind === 'account') return 'final';
  if (before.state === 'scheduled' && before.publishAt <= now) return 'past';
  const { publishAt, localTime, timeZone } = before;
  const isMoved = publishAt !== after.publishAt;
  return {
    seen: after,
    state: before.state,
    reason: before.reason,
    time: isMoved ? { publishAt, localTime, timeZone } : null,
  };
}

/** Whether the last step can be taken back. A transfer is: by one the other way. */
export function canUndo(kind: BulkKind): boolean {
  return kind !== 'cancel' && kind !== 'draft';
}
