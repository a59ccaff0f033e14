import { useMemo } from 'react';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';

export type DeskIndex = {
  readonly brands: readonly BrandView[];
  readonly brandById: ReadonlyMap<number, BrandView>;
  readonly accountById: ReadonlyMap<number, AccountView>;
  readonly markets: readonly string[];
  readonly networks: readonly { readonly network: string; readonly name: string }[];
  readonly isReading: boolean;
};

const NONE: readonly BrandView[] = [];

/** Brands and accounts, found by id. Empty while they are being read. */
export function useDesk(): DeskIndex {
  const read = useRead('desk.read', {});
  const brands = read.data?.brands ?? NONE;
  return useMemo(() => {
    const accounts = brands.flatMap((brand) => brand.accounts);
    const names = new Map(accounts.map((account) => [account.network, account.networkName]));
    return {
      brands,
      brandById: new Map(brands.map((brand) => [brand.id, brand])),
      accountById: new Map(accounts.map((account) => [account.id, account])),
      markets: [...new Set(brands.map((brand) => brand.market))].filter((market) => market !== '').sort(),
      networks: [...names].map(([network, name]) => ({ network, name })),
      isReading: read.isPending,
    };
  }, [brands, read.isPending]);
}
