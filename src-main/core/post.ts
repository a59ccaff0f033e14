import type { AccountId, BrandId } from './brand.ts';
import type { Instant } from './clock.ts';
import { ok, type Result, refuse } from './result.ts';

export type PostId = number;
export type DraftId = number;

export const POST_STATES = [
  'scheduled',
  'publishing',
  'published',
  'failed',
  'held',
  'missed',
  'canceled',
  'unconfirmed',
] as const;
export type PostState = (typeof POST_STATES)[number];

/**
 * The one table of legal moves. `missed` to draft is a cancel that writes a draft, so that no post disappears.
 * `held` to `missed` is only for a post whose time passed before the yes it needs; `missed` to `held` for one that needs a yes for its
 * new time. `publishing` to `scheduled` is only for an attempt of which certainly no byte left, or for a listed temporary refusal.
 */
export const MOVES: Readonly<Record<PostState, readonly PostState[]>> = {
  scheduled: ['publishing', 'held', 'missed', 'canceled'],
  publishing: ['published', 'failed', 'unconfirmed', 'scheduled', 'missed'],
  published: [],
  failed: [],
  held: ['scheduled', 'missed', 'canceled'],
  missed: ['scheduled', 'held', 'canceled'],
  canceled: [],
  unconfirmed: ['published', 'failed', 'missed'],
};

export function checkMove(from: PostState, to: PostState): Result<PostState> {
  return MOVES[from].includes(to)
    ? ok(to)
    : refuse('illegal-move', `A post that is ${from} cannot become ${to}.`);
}

/** Why a post is where it is. The window has a sentence for each. */
export const POST_REASONS = [
  '',
  'stopped', // its time came while a stop covered it
  'countdown', // its time came during the countdown after a release
  'late', // asleep, offline, closed or too busy for longer than the grace
  'offline', // retried without reaching the network until the grace was over
  'signed-out',
  'account-held',
  'waited', // a post before it on its account stayed unconfirmed for longer than the grace
  'by-person',
  'duplicate', // same account, same normalised text and media within 24 h
  'refused', // the network said no
  'attempts', // temporary refusals until the attempts ran out
  'cut', // a thread of which only the first parts are public
  'crash', // was publishing when the app or the publisher ended
  'no-answer', // the request left and no clear answer came
  'looked-up', // found, or certainly absent, on the network
  'to-draft',
  'needs-yes', // held until the person named in `yes` agreed
  'said-no', // held, because that person did not agree; `detail` is the remark
  'no-yes', // missed, because no yes came before its time
  'to-account', // the same goes out on another account instead
] as const;
export type PostReason = (typeof POST_REASONS)[number];

/** A file in the data folder's `media/`, named by the SHA-256 of its bytes. */
export type Media = {
  readonly sha256: string;
  readonly mime: string;
  readonly bytes: number;
  /** The name it had where it came from. */
  readonly name: string;
  /** '' says that the text for people who cannot see it is missing. */
  readonly altText: string;
};

/** What is said: a text of one part, or a thread of several. Media and link go with the first part. */
export type Content = {
  readonly parts: readonly string[];
  /** '' when none. */
  readonly link: string;
  readonly media: readonly Media[];
};

/** Where a published part can be seen; `id` is the network's own. */
export type RemoteRef = {
  readonly id: string;
  readonly url: string;
  readonly cid?: string;
  /** Taken off its network again by a person: nothing is sent or looked up under it any more. */
  readonly takenDown?: { readonly at: Instant; readonly by: string };
};

/** The yes a post needs: of one named person, for one time. What a post says never changes, so a yes is for its words as well. */
type NeededYes = {
  /** Whose yes. */
  readonly from: string;
  /** The time of the post that was agreed to, by that person or by somebody who let it go without; null while there is neither. */
  readonly for: Instant | null;
};

/** One draft for one account at one time: one row of the queue. */
export type Post = {
  readonly id: PostId;
  readonly accountId: AccountId;
  readonly brandId: BrandId;
  readonly state: PostState;
  readonly reason: PostReason;
  /** The network's or the app's words for `reason`; '' when none. Never holds a secret. */
  readonly detail: string;
  readonly content: Content;
  /** Its labels, as `labels.ts` has them. */
  readonly label: string;
  readonly publishAt: Instant;
  /** What the person asked for, 'YYYY-MM-DDTHH:mm', in `timeZone`; `publishAt` was resolved from it. */
  readonly localTime: string;
  readonly timeZone: string;
  /** Attempts made under the present approval. A new time given by a person starts a new approval. */
  readonly attempts: number;
  readonly refs: readonly RemoteRef[];
  /** Only where it needs one. */
  readonly yes?: NeededYes;
  readonly createdAt: Instant;
  /** When its state last changed. */
  readonly changedAt: Instant;
};
