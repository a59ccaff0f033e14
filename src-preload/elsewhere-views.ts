/** What the window sees of what waits in planners outside this app. Plain data, as in views.ts. */

/** See `KnownState`: the last three are over. */
export type ElsewhereState =
  | 'waiting'
  | 'later'
  | 'still-there'
  | 'unclear'
  | 'back'
  | 'canceled'
  | 'gone'
  | 'may-be-out';

export type ElsewhereItemView = {
  source: string;
  id: string;
  text: string;
  /** Null where the service does not say it. */
  planAt: number | null;
  /** '' where the service shows no page for it. */
  url: string;
  /** Null while nobody has matched its channel to an account or a brand. */
  brandId: number | null;
  accountId: number | null;
  /** The service's channel; '' in an account's own planner. */
  channel: string;
  /** How many others the service cancels with it in one step. */
  goesWith: number;
  state: ElsewhereState;
  detail: string;
  /** When it came to be so. */
  at: number | null;
  by: string;
  canCancel: boolean;
  cancelBefore: number | null;
  tick: { by: string; at: number } | null;
};

export type ElsewhereSourceView = {
  /** 'account:12' */
  key: string;
  name: string;
  /** The network's name, or the service's. */
  where: string;
  /** Of an account's own planner. */
  accountId: number | null;
  brandId: number | null;
  /** When it was last read in full or in part; null while it never was. */
  asOf: number | null;
  /** What came of the last time it was asked. */
  state: 'not-asked' | 'listed' | 'cannot-tell' | 'signed-out' | 'try-later' | 'unclear';
  detail: string;
  /** False where there may be more than is listed. */
  isWhole: boolean;
  /** What people schedule in the service itself is in no list that can be read. */
  lacksPeople: boolean;
  isBusy: boolean;
  /** It asked to be left alone until then. */
  notBefore: number | null;
  canCancel: boolean;
  /** A stop cancels by itself what waits there; since when. */
  cancelsSince: number | null;
  items: ElsewhereItemView[];
};
