import type { Requests } from '../../src-preload/contract.ts';
import type { BulkDone, BulkPreview, BulkUndone } from '../../src-preload/queue-views.ts';
import type { PostState, PostView } from '../../src-preload/views.ts';

/** What a person can do to many posts at once. */
export type BulkAction = 'hold' | 'resume' | 'move' | 'shift' | 'account' | 'labels' | 'draft' | 'cancel';

export type BulkTarget = Requests['bulk.preview']['target'];
export type BulkChange = Requests['bulk.preview']['change'];

/** A step as the person asked for it: what, and of which posts. `posts` are those that were seen, of a filter only the page. */
export type BulkStep = {
  readonly action: BulkAction;
  readonly target: BulkTarget;
  readonly count: number;
  readonly posts: readonly PostView[];
};

export function stepOf(action: BulkAction, posts: readonly PostView[]): BulkStep {
  return { action, target: { postIds: posts.map(({ id }) => id) }, count: posts.length, posts };
}

/** What was done or taken back, for the line that says so. */
export type BulkSaid =
  | ({ readonly action: BulkAction } & BulkDone)
  | ({ readonly action: 'undo' } & BulkUndone);

/** What can be done with one post, by its state, in the order of the buttons. */
export const ACTIONS_OF: Readonly<Record<PostState, readonly BulkAction[]>> = {
  scheduled: ['hold', 'move', 'account', 'labels', 'cancel'],
  held: ['resume', 'move', 'labels', 'draft', 'cancel'],
  missed: ['move', 'labels', 'draft', 'cancel'],
  publishing: [],
  published: [],
  failed: [],
  canceled: [],
  unconfirmed: [],
};

/** The states among the reasons for which posts are left out, and what is not a state. */
export function splitLeftOut(leftOut: BulkPreview['leftOut']) {
  const isState = ({ reason }: { reason: string }) => reason in ACTIONS_OF;
  return { states: leftOut.filter(isState), others: leftOut.filter((line) => !isState(line)) };
}
