import type { AccountId, BrandId } from './brand.ts';
import type { Clock } from './clock.ts';
import type { Outcome } from './connector.ts';
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
  /** Posts of all accounts that are unconfirmed at the same time. */
  readonly unconfirmed: number;
};

/**
 * Low enough that a brand is embarrassed a few times at most, high enough that an ordinary day never meets them: nobody sends thirty
 * posts a minute from one account by hand; a sign-in that is gone refuses everything, a text that is wrong one post; three posts
 * without an answer are no longer a hiccup of one connection; ten at once mean that the way to the networks is broken.
 */
export const TRIP_LIMITS: TripLimits = {
  ratePerMinute: 30,
  rateTimes: 20,
  refusals: 5,
  unanswered: 3,
  unconfirmed: 10,
};

export type Trips = {
  /** Asked in the step in which a claim is handed on: false holds it back. O(1) in posts and accounts. */
  admits(claim: Claim): boolean;
  /** What became of it. */
  settled(claim: Claim, outcome: Outcome): void;
  /** Outcomes are stored: whether too many posts are unconfirmed can be counted now. */
  stored(): void;
  /** A person resumed the account: it begins anew. */
  resumed(accountId: AccountId): void;
};

const MINUTE_MS = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;
/** What is known of an account's week is asked for again after this. */
const WEEK_LASTS_MS = 60 * 60_000;

/** What is remembered of one account; nothing of one that does nothing. */
type Remembered = {
  /** When posts were handed on, on the monotonic clock, within the last minute. */
  sentAt: number[];
  refusals: number;
  unanswered: number;
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
  /** All posts that are unconfirmed now. */
  readonly countUnconfirmed: () => Promise<number>;
  /** Too many posts are unconfirmed at the same time: stop everything. */
  readonly onUnconfirmed: (count: number) => void;
  /** Hold it, durably. Called again for every further post of it that is held back. */
  readonly onTrip: (trip: AccountTrip) => void;
}): Trips {
  const { clock, limits } = deps;
  const known = new Map<AccountId, Remembered>();
  const tripped = new Map<AccountId, AccountTrip>();
  /** At least as many as there are: what earlier runs left is counted with the first, those settled since with a later one. */
  let mostUnconfirmed = limits.unconfirmed - 1;
  /** One more may be one too many: nothing goes until they are counted. */
  let isInDoubt = false;

  const recordOf = (accountId: AccountId): Remembered => {
    const found = known.get(accountId);
    if (found) return found;
    const fresh = {
      sentAt: [],
      refusals: 0,
      unanswered: 0,
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

  return {
    admits(claim) {
      if (isInDoubt) return false;
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
      return true;
    },

    settled(claim, outcome) {
      const record = recordOf(claim.account.id);
      switch (outcome.kind) {
        case 'published':
          record.refusals = 0;
          record.unanswered = 0;
          return;
        case 'refused':
          record.refusals += 1;
          record.unanswered = 0;
          if (record.refusals >= limits.refusals) trip(claim, 'refusals', record.refusals);
          return;
        case 'unconfirmed':
          record.unanswered += 1;
          mostUnconfirmed += 1;
          if (mostUnconfirmed >= limits.unconfirmed) isInDoubt = true;
          if (record.unanswered >= limits.unanswered) trip(claim, 'no-answer', record.unanswered);
          return;
        default:
          return;
      }
    },

    stored() {
      if (!isInDoubt) return;
      deps.countUnconfirmed().then(
        (count) => {
          mostUnconfirmed = count;
          isInDoubt = false;
          if (count >= limits.unconfirmed) deps.onUnconfirmed(count);
        },
        // A database that fails is said by the scheduler, and sends nothing. It is counted again after the next outcome.
        () => {},
      );
    },

    resumed(accountId) {
      tripped.delete(accountId);
      known.delete(accountId);
    },
  };
}
