import type { ScopeView } from './views.ts';

/** What a stop of a network or an account covers of a brand: it stays stopped when the brand comes back. */
export type ReleasePart = {
  stopId: string;
  scope: ScopeView;
  accounts: { accountId: number; name: string; network: string }[];
};

/** A narrower stop in force, which can be released as a whole. The figures are of the accounts it covers. */
export type ReleaseStop = {
  stopId: string;
  scope: ScopeView;
  /** How many accounts of which brands. */
  brands: { brandId: number; name: string; accounts: number }[];
  scheduled: number;
  missed: number;
  unconfirmed: number;
  /** The first post after the countdown when this stop ends and no other. */
  next: ReleasePreview['next'];
  missedByCountdown: number;
};

export type ReleasePreviews = { brands: ReleasePreview[]; stops: ReleaseStop[] };

/** What one brand's release would mean; shown before it is asked for. */
export type ReleasePreview = {
  brandId: number;
  name: string;
  market: string;
  isStopped: boolean;
  /** The stops that cover the whole brand: of everything, of its market, its own. */
  stopIds: string[];
  stays: ReleasePart[];
  scheduled: number;
  missed: number;
  unconfirmed: number;
  /** The first post after the countdown that a release now would begin, of an account that can send. */
  next: { text: string; account: string; publishAt: number } | null;
  /** Scheduled posts whose time comes before that countdown ends: a release now makes them missed. */
  missedByCountdown: number;
};
