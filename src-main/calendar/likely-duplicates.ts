import type { AccountId } from '../core/brand.ts';
import type { Instant } from '../core/clock.ts';
import { DUPLICATE_WINDOW_MS } from '../core/duplicate.ts';

type Said = { readonly at: Instant; readonly number: number };

/** Of a post that is in the queue already, and so comes before a new one of the same instant. */
const THERE = -1;

/** Tells which rows of a file would be held as likely duplicates when their time comes: same account, same content, within 24 hours. */
export function createLikelyDuplicates() {
  const groups = new Map<string, Said[]>();
  const keyOf = (accountId: AccountId, contentHash: string) => `${accountId} ${contentHash.slice(0, 24)}`;
  return {
    addRow(accountId: AccountId, contentHash: string, at: Instant, number: number): void {
      const key = keyOf(accountId, contentHash);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ at, number }]);
      else group.push({ at, number });
    },
    /** Only what a row of the file also says matters. */
    addThere(accountId: AccountId, contentHash: string, at: Instant): void {
      groups.get(keyOf(accountId, contentHash))?.push({ at, number: THERE });
    },
    async find(pace: () => Promise<void> | undefined): Promise<readonly number[]> {
      const found: number[] = [];
      for (const group of groups.values()) {
        if (group.length < 2) continue;
        const turn = pace();
        if (turn) await turn;
        let saidAt = Number.NEGATIVE_INFINITY;
        for (const { at, number } of group.sort((a, b) => a.at - b.at || a.number - b.number)) {
          if (at - saidAt >= DUPLICATE_WINDOW_MS || number === THERE) saidAt = at;
          else found.push(number);
        }
      }
      return found;
    },
  };
}
