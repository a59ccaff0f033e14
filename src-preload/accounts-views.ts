/** What became of accounts that were given to another brand. */
export type AccountsMoved = {
  moved: number;
  /** Of those moved: kept stopped by a stop of their own. */
  keptStopped: number;
  /** Left where they are. */
  left: { accountId: number; name: string; reason: 'same-brand' | 'name-taken' | 'publishing' | 'gone' }[];
};
