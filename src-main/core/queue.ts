import { type Account, type AccountId, type Brand, type BrandId, LEAST_GRACE_MS } from './brand.ts';
import type { Instant } from './clock.ts';
import type { Outcome } from './connector.ts';
import type { Content, Post, PostId, PostReason, PostState, RemoteRef } from './post.ts';
import type { Floor, Place, Scope } from './scope.ts';

/** A post with its durable intent: nothing of it has been sent when this is returned. */
export type Claim = {
  readonly post: Post;
  readonly account: Account;
  readonly brand: Brand;
  /** Counted from 1 within the present approval. */
  readonly attempt: number;
  /** Temporary refusals it met before, under the present approval. */
  readonly refusals: number;
  readonly key: string;
  /** Sealed secrets as stored; null when the account has none. */
  readonly sealed: string | null;
};

export function placeOfClaim(claim: Claim): Place {
  return {
    accountId: claim.account.id,
    brandId: claim.brand.id,
    market: claim.brand.market,
    network: claim.account.network,
  };
}

/** The late rule: the last instant at which anything of the post may begin to go out. */
export function notAfterOf(claim: Claim): Instant {
  return claim.post.publishAt + Math.max(claim.brand.graceMs, LEAST_GRACE_MS);
}

export type Settlement = {
  readonly postId: PostId;
  readonly attempt: number;
  /** Of the attempt: attempts are counted anew with each approval, the key tells them apart. Without it only the number counts. */
  readonly key?: string;
  /** What the attempt ended with; without it, what the rest of this says. */
  readonly outcome?: Outcome['kind'];
  readonly state: PostState;
  readonly reason: PostReason;
  readonly detail: string;
  readonly refs: readonly RemoteRef[];
  /** Only with `scheduled`: not before this instant. */
  readonly retryAt: Instant | null;
  readonly at: Instant;
};

export type ClaimRequest = {
  readonly now: Instant;
  /** Free slots: at most so many are claimed, at most `perAccount` of one account counting those in flight. */
  readonly limit: number;
  readonly perAccount: number;
  /** The stop's epoch, kept with the intent. */
  readonly epoch: number;
  /** Covered posts are not claimed. */
  readonly stopped: readonly Scope[];
  /** Posts below a floor are not claimed. */
  readonly floors: readonly Floor[];
  /** Keys for new approvals, made outside. */
  readonly newKey: () => string;
};

/** What `sweepMissed` marked. */
export type MissedCount = { readonly reason: PostReason; readonly count: number };

/** What the scheduler needs from storage. All promises reject only when the database itself fails. */
export type Queue = {
  /**
   * Takes the next due posts in one transaction, earliest first: sets them `publishing` and writes the intent (attempt, epoch,
   * key, content hash), durable when this resolves. Passes over accounts that are signed out, held, have a post in flight
   * up to `perAccount`, or an `unconfirmed` one. A likely duplicate (same account and content hash, published, publishing
   * or unconfirmed within 24 h) becomes `held` with reason 'duplicate' instead.
   */
  claimDue(request: ClaimRequest): Promise<readonly Claim[]>;
  /** Records outcomes in one transaction, through the table of moves. Resolves with those refused (already settled). */
  settle(settlements: readonly Settlement[]): Promise<readonly PostId[]>;
  /** Keeps what a thread has made public so far; durable. */
  addPart(postId: PostId, attempt: number, ref: RemoteRef): Promise<void>;
  /**
   * Marks what may no longer go: due and covered by one of `covered`, or below one of `floors` (reason as given), and otherwise later
   * than the brand's grace. What waits for a yes is missed as soon as its time has come. At most 5,000 rows a call; `more` says to call again.
   */
  sweepMissed(
    now: Instant,
    covered: readonly { readonly scope: Scope; readonly reason: 'stopped' | 'countdown' }[],
    floors: readonly Floor[],
  ): Promise<{ readonly counts: readonly MissedCount[]; readonly more: boolean }>;
  /** The earliest instant later than `after` at which anything scheduled is due or may be retried, or a yes is too late; null when there is none. */
  nextDueAt(after: Instant): Promise<Instant | null>;
  /** At start: every `publishing` post becomes `unconfirmed` with reason 'crash' (or `failed`/'cut' never: a person or `find` decides). */
  recover(now: Instant): Promise<number>;
};

export type StateCounts = Readonly<Record<PostState, number>>;

/** What scheduling makes: one post for one account. */
export type NewPost = {
  readonly accountId: AccountId;
  readonly content: Content;
  readonly label: string;
  readonly publishAt: Instant;
  readonly localTime: string;
  readonly timeZone: string;
  /** SHA-256 over normalised text and media of the account's post, see `duplicate.ts`. */
  readonly contentHash: string;
  /** Names this row of an imported file for ever, so that importing it again adds nothing; null when written by hand. */
  readonly importKey: string | null;
  /** Whose yes it needs; without, whose its brand asks for. A post that needs one begins as held. */
  readonly yesFrom?: string;
};

/** What was planned of one post: what the journal keeps as proof that it was scheduled. */
export type PlannedPost = {
  readonly id: PostId;
  readonly publishAt: Instant;
  /** As in `NewPost`. */
  readonly contentHash: string;
};

/** By time or by last change; or by state, brand or account, within each by time. '-back' is the other way round. */
export type PostOrder = 'soonest' | 'latest' | 'changed' | `${'state' | 'brand' | 'account'}${'' | '-back'}`;

export type PostFilter = {
  readonly states?: readonly PostState[];
  readonly brandId?: BrandId;
  readonly accountId?: AccountId;
  readonly network?: string;
  readonly market?: string;
  /** One that is among its labels. */
  readonly label?: string;
  /** Only posts that wait for a yes, or those that were refused one. */
  readonly yes?: 'waiting' | 'refused';
  /** Part of the text, without regard to case. */
  readonly search?: string;
  readonly from?: Instant;
  readonly to?: Instant;
};
