import type { BrandView, StopView } from '../../src-preload/views.ts';
import { coveredAccounts } from './scope-covers.ts';

/** What one stop has to answer for: brands no earlier one in the list touches, each once, with the accounts that any of the stops covers. */
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
  const scopes = stops.map(({ scope }) => scope);
  return stops.flatMap(({ id, scope }) => {
    const mine = brands.flatMap((brand) => {
      const isCovered = coveredAccounts([scope], brand).length > 0;
      const accounts = coveredAccounts(scopes, brand);
      const isNamed = scope.kind === 'brand' && scope.brandId === brand.id;
      if (taken.has(brand.id) || (!isCovered && !isNamed)) return [];
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
