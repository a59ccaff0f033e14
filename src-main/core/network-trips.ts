import type { Clock } from './clock.ts';
import type { Outcome } from './connector.ts';
import type { PostId } from './post.ts';
import type { Claim } from './queue.ts';

/** Many posts of one network, or of several at the same time, stayed unconfirmed within the last quarter of an hour. */
export type NetworkTrip =
  | { readonly kind: 'network'; readonly network: string; readonly count: number }
  | { readonly kind: 'networks'; readonly networks: number; readonly count: number };

/** Older ones are a matter for Review, not for a stop. */
const WINDOW_MS = 15 * 60_000;
/** Where the network can be read the first look-ups come before: most of what was only slow is settled by then. */
const LOOK_UPS_FIRST_MS = 120_000;
/** From so many networks on it is the way to all of them, and no longer one of them. */
const NETWORKS = 3;
/** Fewer of one network are its hiccup: it does not count towards `NETWORKS`. */
const PER_NETWORK = 3;
const BUCKET_MS = 60_000;

type Open = { readonly postId: PostId; readonly at: number };

/** What is remembered of one network within the window. */
type Remembered = {
  /** Unconfirmed and not settled since, the oldest first; of what one break cut off, only the first. */
  open: Open[];
  /** When the last break began: what was handed on before it may all have been cut off by the same one. Null when posts go out. */
  breakAt: number | null;
  /** How many went out, by minute. */
  readonly out: Map<number, number>;
};

/**
 * Tells that a network, or the way to all networks, does not work. An account with an unconfirmed post sends nothing more, so each can
 * leave one behind at most: what is guarded against is a failure that goes from account to account. Counted as circuit breakers
 * do, by network, in a moving window, with a least number and a share: `least` unconfirmed, and no more published meanwhile (half,
 * as in Hystrix). One server of a network where others work stays below that; its accounts wait, the others go on.
 */
export function createNetworkTrips(deps: {
  readonly clock: Clock;
  /** How many posts must be unconfirmed. */
  readonly least: number;
  /** Whether what became of a post can be read there; elsewhere only a person can say, and nothing is waited for. */
  readonly canFind: (network: string) => boolean;
}) {
  const { clock, least } = deps;
  const known = new Map<string, Remembered>();
  const sentAt = new Map<PostId, number>();

  function recordOf(network: string): Remembered {
    const found = known.get(network);
    if (found) return found;
    const fresh: Remembered = { open: [], breakAt: null, out: new Map() };
    known.set(network, fresh);
    return fresh;
  }

  const bucket = (at: number) => Math.floor(at / BUCKET_MS);

  function forgetOld(record: Remembered, now: number): void {
    record.open = record.open.filter(({ at }) => now - at < WINDOW_MS);
    const first = bucket(now - WINDOW_MS);
    for (const minute of record.out.keys()) if (minute < first) record.out.delete(minute);
  }

  function countOf([network, record]: readonly [string, Remembered], now: number) {
    forgetOld(record, now);
    const wait = deps.canFind(network) ? LOOK_UPS_FIRST_MS : 0;
    const unconfirmed = record.open.filter(({ at }) => now - at >= wait).length;
    const published = [...record.out.values()].reduce((sum, count) => sum + count, 0);
    return { record, unconfirmed, published };
  }

  const isTooMany = (unconfirmed: number, published: number) =>
    unconfirmed >= least && unconfirmed >= published;

  return {
    /** A claim was handed on. */
    sent(claim: Claim): void {
      sentAt.set(claim.post.id, clock.monotonic());
    },

    settled(claim: Claim, outcome: Outcome): void {
      const now = clock.monotonic();
      const postId = claim.post.id;
      const from = sentAt.get(postId) ?? now;
      sentAt.delete(postId);
      const record = recordOf(claim.account.network);
      if (outcome.kind === 'published') {
        record.out.set(bucket(now), (record.out.get(bucket(now)) ?? 0) + 1);
        if (record.breakAt !== null && from > record.breakAt) record.breakAt = null;
      }
      if (outcome.kind !== 'unconfirmed') return;
      if (record.breakAt !== null && from <= record.breakAt) return;
      record.breakAt ??= now;
      record.open.push({ postId, at: now });
    },

    /** It is known by now what became of the post. */
    cleared(postId: PostId): void {
      for (const record of known.values()) record.open = record.open.filter((open) => open.postId !== postId);
    },

    /** Whether nothing more may go to this network; then what led to it is counted no more. O(what is unconfirmed in the window). */
    judge(network: string): NetworkTrip | null {
      const now = clock.monotonic();
      const own = known.get(network);
      if (!own || own.open.length === 0) return null;
      const counts = [...known].map((entry) => countOf(entry, now));
      const affected = counts.filter(({ unconfirmed }) => unconfirmed >= PER_NETWORK);
      const all = affected.reduce((sum, { unconfirmed }) => sum + unconfirmed, 0);
      const out = counts.reduce((sum, { published }) => sum + published, 0);
      if (affected.length >= NETWORKS && isTooMany(all, out)) {
        for (const { record } of counts) record.open = [];
        return { kind: 'networks', networks: affected.length, count: all };
      }
      const { unconfirmed, published } = countOf([network, own], now);
      if (!isTooMany(unconfirmed, published)) return null;
      own.open = [];
      return { kind: 'network', network, count: unconfirmed };
    },

    /** A person released or started publishing: only what happens from now on counts. */
    begin(): void {
      known.clear();
    },
  };
}
