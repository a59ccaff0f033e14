import type { AccountView, BrandView, Counts } from '../../src-preload/views.ts';
import { canSend } from '../stop/next-to-go.ts';

export type DeskRow =
  | { kind: 'brand'; brand: BrandView; isOpen: boolean }
  | { kind: 'account'; brand: BrandView; account: AccountView };

/** Lower case without accents, so that "energie" finds "Énergie". */
export function plainOf(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * The desk as lines, in the order of the brands' names. A search opens every brand with a match; a brand whose own name
 * matches keeps all its accounts.
 */
export function deskRows(
  brands: readonly BrandView[],
  wanted: { search: string; market: string | null; closed: ReadonlySet<number> },
): DeskRow[] {
  const search = plainOf(wanted.search.trim());
  const rows: DeskRow[] = [];
  for (const brand of brands) {
    if (wanted.market !== null && brand.market !== wanted.market) continue;
    const nameMatches = search === '' || plainOf(brand.name).includes(search);
    const accounts = nameMatches
      ? brand.accounts
      : brand.accounts.filter((account) =>
          plainOf(`${account.name} ${account.networkName}`).includes(search),
        );
    if (!nameMatches && accounts.length === 0) continue;
    const isOpen = search !== '' || !wanted.closed.has(brand.id);
    rows.push({ kind: 'brand', brand, isOpen });
    if (isOpen) for (const account of accounts) rows.push({ kind: 'account', brand, account });
  }
  return rows;
}

/**
 * When the first post of a brand goes out that its accounts let go, as milliseconds since 1970 UTC; null when there is none. Where no account can
 * send, it is the first that would be next, and `isQuiet`.
 */
export function nextOfBrand(brand: BrandView): { readonly at: number | null; readonly isQuiet: boolean } {
  const able = brand.isStopped ? [] : brand.accounts.filter(canSend);
  if (able.length === 0) return { at: brand.nextDueAt, isQuiet: true };
  const times = able.flatMap(({ nextDueAt }) => (nextDueAt === null ? [] : [nextDueAt]));
  return { at: times.length > 0 ? Math.min(...times) : null, isQuiet: false };
}

/** How many posts wait for a person's decision. */
export function toDecide(counts: Counts): number {
  return counts.missed + counts.unconfirmed + counts.held;
}
