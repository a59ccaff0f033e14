import { useMemo } from 'react';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { useLanguage } from '../time.ts';
import { useNetworkName } from './use-network-name.ts';

export type DeskIndex = {
  readonly brands: readonly BrandView[];
  readonly brandById: ReadonlyMap<number, BrandView>;
  readonly accountById: ReadonlyMap<number, AccountView>;
  readonly markets: readonly string[];
  readonly networks: readonly { readonly network: string; readonly name: string }[];
};

const NONE: readonly BrandView[] = [];

export function indexDesk(brands: readonly BrandView[]): DeskIndex {
  const accounts = brands.flatMap((brand) => brand.accounts);
  const names = new Map(accounts.map((account) => [account.network, account.networkName]));
  return {
    brands,
    brandById: new Map(brands.map((brand) => [brand.id, brand])),
    accountById: new Map(accounts.map((account) => [account.id, account])),
    markets: [...new Set(brands.map((brand) => brand.market))].filter((market) => market !== '').sort(),
    networks: [...names].map(([network, name]) => ({ network, name })),
  };
}

/** Of the brands as they were last read, by language: many parts of a view ask, and a thousand accounts are gone through once. */
const indexes = new WeakMap<readonly BrandView[], Map<string, DeskIndex>>();

/** Brands and accounts, found by id. Empty while they are being read. */
export function useDesk(): DeskIndex {
  const read = useRead('desk.read', {});
  const nameOf = useNetworkName();
  const language = useLanguage();
  const brands = read.data?.brands ?? NONE;
  return useMemo(() => {
    const byLanguage = indexes.get(brands) ?? new Map<string, DeskIndex>();
    indexes.set(brands, byLanguage);
    const index = byLanguage.get(language) ?? indexDesk(inWords(brands, nameOf));
    byLanguage.set(language, index);
    return index;
  }, [brands, nameOf, language]);
}

/** The brands with their accounts' networks named in the window's language; the very same where nothing differs. */
function inWords(
  brands: readonly BrandView[],
  nameOf: (network: string, name: string) => string,
): readonly BrandView[] {
  const names = new Map<string, string>();
  const named = (account: AccountView): AccountView => {
    const networkName = names.get(account.network) ?? nameOf(account.network, account.networkName);
    names.set(account.network, networkName);
    return networkName === account.networkName ? account : { ...account, networkName };
  };
  const isNamed = brands.every((brand) => brand.accounts.every((account) => named(account) === account));
  return isNamed ? brands : brands.map((brand) => ({ ...brand, accounts: brand.accounts.map(named) }));
}

/** What rows show of brands and networks. Stays the same object while only counts change, so that rows are not drawn anew for them. */
export type Places = {
  zoneOf(brandId: number, otherwise: string): string;
  colourOf(brandId: number): string;
  networkName(network: string): string;
};

export function usePlaces(desk: DeskIndex): Places {
  const seen = JSON.stringify([
    desk.brands.map((brand) => [brand.id, brand.timeZone, brand.colour]),
    desk.networks.map((one) => [one.network, one.name]),
  ]);
  return useMemo(() => {
    const [brands, networks] = JSON.parse(seen) as [[number, string, string][], [string, string][]];
    const brandById = new Map(brands.map(([id, timeZone, colour]) => [id, { timeZone, colour }]));
    const nameOf = new Map(networks);
    return {
      zoneOf: (brandId, otherwise) => brandById.get(brandId)?.timeZone ?? otherwise,
      colourOf: (brandId) => brandById.get(brandId)?.colour ?? '',
      networkName: (network) => nameOf.get(network) ?? network,
    };
  }, [seen]);
}
