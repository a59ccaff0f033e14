import type { BrandView, ScopeView } from '../../src-preload/views.ts';

/** Where a post or an account stands, as far as a scope asks. */
type Place = {
  readonly brandId: number;
  readonly market: string;
  readonly network: string;
  readonly accountId: number;
};

/** Whether a scope covers a place: the same rule by which main keeps posts back. */
export function scopeCovers(scope: ScopeView, place: Place): boolean {
  switch (scope.kind) {
    case 'everything':
      return true;
    case 'market':
      return keyOf(scope.market) === keyOf(place.market);
    case 'brand':
      return scope.brandId === place.brandId;
    case 'network':
      return scope.network === place.network;
    case 'account':
      return scope.accountId === place.accountId;
  }
}

/** Whether the scopes leave no account free to publish; false where there is none. */
export function coverEveryAccount(scopes: readonly ScopeView[], brands: readonly BrandView[]): boolean {
  return (
    brands.some(({ accounts }) => accounts.length > 0) &&
    brands.every((brand) => coveredAccounts(scopes, brand).length === brand.accounts.length)
  );
}

/** What main takes for one market: case, kind of space and how an accent is encoded make no difference. */
const keyOf = (market: string) => market.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();

/** The accounts of a brand that any of the scopes covers. */
export function coveredAccounts(scopes: readonly ScopeView[], brand: BrandView): BrandView['accounts'] {
  return brand.accounts.filter(({ id, network }) =>
    scopes.some((scope) =>
      scopeCovers(scope, { brandId: brand.id, market: brand.market, network, accountId: id }),
    ),
  );
}
