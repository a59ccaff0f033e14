import type { BrandView, StopView } from '../../src-preload/views.ts';
import { coveredAccounts } from './scope-covers.ts';

/** What one stop has to answer for: brands that no earlier one in the list covers as well, each once, with their covered accounts. */
export type StopBrands = {
  readonly stopId: string;
  readonly brandIds: readonly number[];
  readonly accountIds: readonly number[];
};

/** `stops`: the widest first, as they are in force. A stop under which nothing new falls has no entry. */
export function brandsPerStop(
  stops: readonly Pick<StopView, 'id' | 'scope'>[],
  brands: readonly BrandView[],
): readonly StopBrands[] {
  const taken = new Set<number>();
  return stops.flatMap(({ id, scope }) => {
    const mine = brands.flatMap((brand) => {
      const accounts = coveredAccounts([scope], brand);
      const isNamed = scope.kind === 'brand' && scope.brandId === brand.id;
      if (taken.has(brand.id) || (accounts.length === 0 && !isNamed)) return [];
      taken.add(brand.id);
      return [{ brandId: brand.id, accountIds: accounts.map((account) => account.id) }];
    });
    if (mine.length === 0) return [];
    return [
      {
        stopId: id,
        brandIds: mine.map(({ brandId }) => brandId),
        accountIds: mine.flatMap(({ accountIds }) => accountIds),
      },
    ];
  });
}
