import { useMemo } from 'react';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
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

/** Brands and accounts, found by id. Empty while they are being read. */
export function useDesk(): DeskIndex {
  const read = useRead('desk.read', {});
  const nameOf = useNetworkName();
  const brands = read.data?.brands ?? NONE;
  return useMemo(() => {
    const named = (account: AccountView): AccountView => {
      const networkName = nameOf(account.network, account.networkName);
      return networkName === account.networkName ? account : { ...account, networkName };
    };
    const isNamed = brands.every((brand) => brand.accounts.every((account) => named(account) === account));
    if (isNamed) return indexDesk(brands);
    return indexDesk(brands.map((brand) => ({ ...brand, accounts: brand.accounts.map(named) })));
  }, [brands, nameOf]);
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
