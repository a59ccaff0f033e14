import type { AccountView, BrandView, Counts } from '../../src-preload/views.ts';
import { canSend } from '../stop/next-to-go.ts';

export type DeskRow =
  | { kind: 'brand'; brand: BrandView; isOpen: boolean }
  | { kind: 'account'; brand: BrandView; account: AccountView };

/** Lower case without accents, so that "energie" finds "Énergie". */
export function plainOf(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Beside the search; null means any. */
export type DeskFilter = {
  readonly market: string | null;
  readonly network: string | null;
  readonly state: string | null;
  readonly label: string | null;
};

export const NO_DESK_FILTER: DeskFilter = { market: null, network: null, state: null, label: null };

const SOON_MS = 14 * 24 * 3_600_000;

/** When the sign-in ends, where that is soon or before the next post; null where nobody has to do anything yet. */
export function endingSignIn(account: AccountView, now: number): number | null {
  const { signInEndsAt: at, nextDueAt } = account;
  if (at === null || account.state === 'signed-out') return null;
  return at <= now + SOON_MS || (nextDueAt !== null && at <= nextDueAt) ? at : null;
}

export const ROW_STATES = ['ready', 'held', 'signed-out', 'stopped', 'decide'] as const;

function isInState(account: AccountView, state: string | null): boolean {
  switch (state) {
    case 'ready':
      return canSend(account);
    case 'held':
      return account.isHeld;
    case 'signed-out':
      return account.state === 'signed-out';
    case 'stopped':
      return account.isStopped;
    case 'decide':
      return toDecide(account.counts) > 0;
    default:
      return true;
  }
}

/** Every label there is, in the order of the alphabet. */
export function labelsOf(brands: readonly BrandView[]): readonly string[] {
  const labels = new Set(brands.flatMap((brand) => brand.accounts.flatMap((account) => account.labels)));
  return [...labels].sort((a, b) => a.localeCompare(b));
}

/**
 * The desk as lines, in the order of the brands' names. A search opens every brand with a match; a brand whose own name
 * matches keeps all its accounts.
 */
export function deskRows(
  brands: readonly BrandView[],
  wanted: { search: string; filter: DeskFilter; closed: ReadonlySet<number> },
): DeskRow[] {
  const { filter } = wanted;
  const isAsked = (account: AccountView) =>
    (filter.network === null || account.network === filter.network) &&
    (filter.label === null || account.labels.includes(filter.label)) &&
    isInState(account, filter.state);
  const asksAccounts = filter.network !== null || filter.label !== null || filter.state !== null;
  const search = plainOf(wanted.search.trim());
  const rows: DeskRow[] = [];
  for (const brand of brands) {
    if (filter.market !== null && brand.market !== filter.market) continue;
    const nameMatches = search === '' || plainOf(brand.name).includes(search);
    const accounts = brand.accounts.filter(
      (account) =>
        isAsked(account) &&
        (nameMatches ||
          plainOf(`${account.name} ${account.networkName} ${account.labels.join(' ')}`).includes(search)),
    );
    if ((!nameMatches || asksAccounts) && accounts.length === 0) continue;
    const isOpen = search !== '' || asksAccounts || !wanted.closed.has(brand.id);
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
