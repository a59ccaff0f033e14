import type { Account, AccountId, Brand, BrandId } from '../core/brand.ts';
import { marketKey, type Place, type Scope } from '../core/scope.ts';
import type { Storage } from '../core/stores.ts';
import { accountContext, openFields } from '../secrets/seal.ts';

/** Brands and accounts as they are now, by id: what names, zones and scopes are looked up in. */
export type Names = {
  readonly brands: ReadonlyMap<BrandId, Brand>;
  readonly accounts: ReadonlyMap<AccountId, Account>;
};

export type Directory = {
  read(): Promise<Names>;
  /** What was read last, at once and perhaps no longer so; null before anything was read. */
  latest(): Names | null;
  /** Call after a brand or an account changed. */
  forget(): void;
};

/** The problem of an account whose sign-in was sealed with a key that is not this run's: a code, told in words by `to-view`. */
export const OTHER_KEY = 'other-key';

/**
 * Keeps both lists until they change: a page of posts needs them for every row. An account whose sign-in `key` does not open is told as
 * signed out, as the publisher would find it at its next post; nothing is written, and while there is no key nothing is said of it.
 */
export function createDirectory(
  storage: Pick<Storage, 'brands' | 'accounts'>,
  key: () => string | null = () => null,
): Directory {
  let kept: Promise<Names> | null = null;
  let keptKey: string | null = null;
  let latest: Names | null = null;
  /** Boxes that were tried with `keptKey`, and whether it opened them: trying one takes a tenth of a millisecond or more. */
  const tried = new Map<string, boolean>();

  const asSeen = (account: Account, box: string | undefined): Account => {
    if (box === undefined || keptKey === null || account.state === 'signed-out') return account;
    const opens = tried.get(box) ?? openFields(keptKey, accountContext(account.id), box).ok;
    tried.set(box, opens);
    return opens ? account : { ...account, state: 'signed-out', problem: OTHER_KEY };
  };
  const load = async (): Promise<Names> => {
    const [brands, accounts, boxes] = await Promise.all([
      storage.brands.list(),
      storage.accounts.list(),
      storage.accounts.sealed(),
    ]);
    const seen = accounts.map((account) => asSeen(account, boxes.get(account.id)));
    const names: Names = {
      brands: new Map(brands.map((brand) => [brand.id, brand])),
      accounts: new Map(seen.map((account) => [account.id, account])),
    };
    latest = names;
    return names;
  };
  return {
    read() {
      const now = key();
      if (now !== keptKey) {
        keptKey = now;
        kept = null;
        tried.clear();
      }
      kept ??= load().catch((error: unknown) => {
        kept = null;
        throw error;
      });
      return kept;
    },
    latest: () => latest,
    forget() {
      kept = null;
    },
  };
}

/** Where an account stands; null when it is gone. */
export function placeOf(names: Names, accountId: AccountId): Place | null {
  const account = names.accounts.get(accountId);
  const brand = account && names.brands.get(account.brandId);
  return account && brand
    ? { accountId, brandId: brand.id, market: brand.market, network: account.network }
    : null;
}

/** What a scope is called. */
export function nameOfScope(names: Names | null, scope: Scope): string {
  switch (scope.kind) {
    case 'everything':
      return '';
    case 'market':
      // The journal keeps it in lower case.
      return (
        [...(names?.brands.values() ?? [])].find(
          ({ market }) => marketKey(market) === marketKey(scope.market),
        )?.market ?? scope.market
      );
    case 'brand':
      return names?.brands.get(scope.brandId)?.name ?? `#${scope.brandId}`;
    case 'network':
      return scope.network;
    case 'account':
      return names?.accounts.get(scope.accountId)?.name ?? `#${scope.accountId}`;
  }
}

/** What brands and their accounts are called, in the order of their names, and nothing else of them. */
export function namesOf(names: Names | null): { name: string; accounts: string[] }[] | null {
  if (names === null) return null;
  const accounts = [...names.accounts.values()];
  return [...names.brands.values()]
    .map(({ id, name }) => ({
      name,
      accounts: accounts.filter(({ brandId }) => brandId === id).map((account) => account.name),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
