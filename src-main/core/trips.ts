import type { AccountId, BrandId } from './brand.ts';
import type { Clock } from './clock.ts';
import type { Outcome } from './connector.ts';
import { createNetworkTrips, type NetworkTrip } from './network-trips.ts';
import type { PostId } from './post.ts';
import type { Claim } from './queue.ts';

/**
 * Why an account was held without a person: more posts a minute than it ever does, definite refusals in a row, or posts in a row that
 * nobody answered for.
 */
export type TripKind = 'rate' | 'refusals' | 'no-answer';

/** An account that is held because of what happened on it. `count` reached `limit`. */
export type AccountTrip = {
  readonly accountId: AccountId;
  readonly brandId: BrandId;
  readonly network: string;
  readonly kind: TripKind;
  readonly count: number;
};

export type TripLimits = {
  /** Posts a minute of one account that are never too many. */
  readonly ratePerMinute: number;
  /** How many times its own week's mean, counted a minute, an account may reach beyond that. */
  readonly rateTimes: number;
  /** Definite refusals of one account in a row. */
  readonly refusals: number;
  /** Posts of one account in a row that stayed unconfirmed. */
  readonly unanswered: number;
  /** Posts of one network, or of several, that became unconfirmed within a quarter of an hour (see `network-trips.ts`). */
  readonly unconfirmed: number;
};

/**
 * Low enough that a brand is embarrassed a few times at most, high enough that an ordinary day never meets them: nobody sends thirty
 * posts a minute from one account by hand; a sign-in that is gone refuses everything, a text that is wrong one post; three posts
 * without an answer are no longer a hiccup of one connection; ten that go from account to account are no hiccup of one server.
 */
export const TRIP_LIMITS: TripLimits = {
  ratePerMinute: 30,
  rateTimes: 20,
  refusals: 5,
  unanswered: 3,
  unconfirmed: 10,
};

/** What a look-up found, or that a person settled it. */
export type Cleared = 'published' | 'absent' | 'by-person';

export type Trips = {
  /** Asked in the step in which a claim is handed on: false holds it back. O(1) in posts and accounts. */
  admits(claim: Claim): boolean;
  /** What became of it. */
  settled(claim: Claim, outcome: Outcome): void;
  /**
   * What became of an unconfirmed post is known by now. That it is public, or that a person looked, breaks the row of those without
   * an answer; a network that swallowed it does not.
   */
  cleared(post: { readonly id: PostId; readonly accountId: AccountId }, how: Cleared): void;
  /** A person released or started publishing: only what becomes unconfirmed from now on counts. */
  begun(): void;
  /** A person resumed the account: it begins anew. */
  resumed(accountId: AccountId): void;
};

const MINUTE_MS = 60_000;
/** Posts without an answer further apart than this are no row. */
const ROW_MS = 60 * 60_000;
const WEEK_MINUTES = 7 * 24 * 60;
/** What is known of an account's week is asked for again after this. */
const WEEK_LASTS_MS = 60 * 60_000;

/** What is remembered of one account; nothing of one that does nothing. */
type Remembered = {
  /** When posts were handed on, on the monotonic clock, within the last minute. */
  sentAt: number[];
  refusals: number;
  /** When posts stayed without an answer one after the other, on the monotonic clock. */
  unanswered: number[];
  /** Posts of the last seven days; null until known. */
  week: number | null;
  weekAskedAt: number;
};

/**
 * The trips of accounts: rules that hold an account by themselves. They are a back-up to people, never a substitute, and nothing is
 * ever resumed by itself (a risk control in the sense of SEC rule 15c3-5).
 */
export function createTrips(deps: {
  readonly clock: Clock;
  readonly limits: TripLimits;
  /** Posts of the account that went out in the last seven days. */
  readonly countWeek: (accountId: AccountId) => Promise<number>;
  /** Whether a network can be read for what became of a post. */
  readonly canFind: (network: string) => boolean;
  /** Stop the network, or everything where it is the way to all of them. */
  readonly onUnconfirmed: (trip: NetworkTrip) => void;
  /** Hold it, durably. Called again for every further post of it that is held back. */
  readonly onTrip: (trip: AccountTrip) => void;
}): Trips {
  const { clock, limits } = deps;
  const known = new Map<AccountId, Remembered>();
  const tripped = new Map<AccountId, AccountTrip>();
  const networks = createNetworkTrips({ clock, least: limits.unconfirmed, canFind: deps.canFind });

  const recordOf = (accountId: AccountId): Remembered => {
    const found = known.get(accountId);
    if (found) return found;
    const fresh = {
      sentAt: [],
      refusals: 0,
      unanswered: [],
      week: null,
      weekAskedAt: Number.NEGATIVE_INFINITY,
    };
    known.set(accountId, fresh);
    return fresh;
  };

  /** Asked for when an account is half way to the floor: it is there long before it is needed, and until then the floor counts. */
  function learnWeek(accountId: AccountId, record: Remembered): void {
    if (clock.monotonic() - record.weekAskedAt < WEEK_LASTS_MS) return;
    record.weekAskedAt = clock.monotonic();
    deps.countWeek(accountId).then(
      (count) => {
        record.week = count;
      },
      () => {
        record.weekAskedAt = Number.NEGATIVE_INFINITY;
      },
    );
  }

  function trip(claim: Claim, kind: TripKind, count: number): void {
    const { id, network } = claim.account;
    const made = { accountId: id, brandId: claim.brand.id, network, kind, count };
    tripped.set(id, made);
    deps.onTrip(made);
  }

  function isNetworkOut(network: string): boolean {
    const found = networks.judge(network);
    if (found) deps.onUnconfirmed(found);
    return found !== null;
  }

  return {
    admits(claim) {
      if (isNetworkOut(claim.account.network)) return false;
      const { id } = claim.account;
      const before = tripped.get(id);
      if (before) {
        deps.onTrip(before);
        return false;
      }
      const record = recordOf(id);
      const now = clock.monotonic();
      const first = record.sentAt.findIndex((at) => now - at < MINUTE_MS);
      record.sentAt.splice(0, first === -1 ? record.sentAt.length : first);
      const count = record.sentAt.length + 1;
      if (count > limits.ratePerMinute / 2) learnWeek(id, record);
      const own = ((record.week ?? 0) / WEEK_MINUTES) * limits.rateTimes;
      if (count > Math.max(limits.ratePerMinute, own)) {
        trip(claim, 'rate', count);
        return false;
      }
      record.sentAt.push(now);
      networks.sent(claim);
      return true;
    },

    settled(claim, outcome) {
      const record = recordOf(claim.account.id);
      networks.settled(claim, outcome);
      switch (outcome.kind) {
        case 'published':
          record.refusals = 0;
          record.unanswered = [];
          return;
        case 'refused':
          record.refusals += 1;
          record.unanswered = [];
          if (record.refusals >= limits.refusals) trip(claim, 'refusals', record.refusals);
          return;
        case 'unconfirmed':
          record.unanswered = record.unanswered.filter((at) => clock.monotonic() - at < ROW_MS);
          record.unanswered.push(clock.monotonic());
          if (record.unanswered.length >= limits.unanswered)
            trip(claim, 'no-answer', record.unanswered.length);
          isNetworkOut(claim.account.network);
          return;
        default:
          return;
      }
    },

    cleared(post, how) {
      networks.cleared(post.id);
      const record = known.get(post.accountId);
      if (record && how !== 'absent') record.unanswered = [];
    },

    begun: networks.begin,

    resumed(accountId) {
      tripped.delete(accountId);
      known.delete(accountId);
    },
  };
}
