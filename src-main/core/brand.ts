import type { Instant } from './clock.ts';

export type BrandId = number;
export type AccountId = number;

/** How late a post may be whatever its brand says: a machine that was busy for a moment is not a reason to miss one. */
export const LEAST_GRACE_MS = 60_000;

/** Who speaks: a client of the agency. */
export type Brand = {
  readonly id: BrandId;
  /** Unique without regard to case. */
  readonly name: string;
  /** A country or region the agency groups brands by; '' when none. */
  readonly market: string;
  /** IANA name, for instance 'Europe/Paris'. */
  readonly timeZone: string;
  /** How late a post may still go out, in milliseconds: 0 to 3,600,000, by default 300,000. */
  readonly graceMs: number;
  /** '#rrggbb' */
  readonly colour: string;
};

/** 'signed-out': the network refused the sign-in, or its secret is not to be had; nothing is sent until it is mended. */
export type AccountState = 'ready' | 'signed-out';

/** One identity on one network, of one brand. */
export type Account = {
  readonly id: AccountId;
  readonly brandId: BrandId;
  /** The `network` of a connector, for instance 'mastodon'. */
  readonly network: string;
  /** Its name on that network, unique there within the brand. */
  readonly name: string;
  /** What the connector's `settings` ask for and is no secret, for instance { server: 'https://…' }. */
  readonly settings: Readonly<Record<string, string>>;
  readonly state: AccountState;
  /** Why it is signed out, in words; '' when ready. */
  readonly problem: string;
  /** Held, by a person or by a trip: its posts stay scheduled and become missed when their time passes. Only a person resumes it. */
  readonly heldAt: Instant | null;
  /** What tripped and how often, for instance 'refusals 5' (see `trips.ts`); '' when a person held it or it is not held. */
  readonly heldReason: string;
};

export const DEFAULT_GRACE_MS = 5 * 60_000;
export const MOST_GRACE_MS = 60 * 60_000;
