import type { BrandId } from './brand.ts';
import { ok, type Result, refuse } from './result.ts';
import { covers, type Place, type Scope } from './scope.ts';
import type { BrandPlace, EngagedStop, ReleaseOrder } from './stop-types.ts';

/** What a release ends, and what has to be stopped by itself before that. */
export type ReleasePlan = {
  readonly endsEverything: boolean;
  /** Narrower stops that end. */
  readonly ends: readonly EngagedStop[];
  /** Brands that a wider stop leaves behind, with that stop: they keep one of their own. */
  readonly keeps: readonly { readonly brandId: BrandId; readonly from: EngagedStop }[];
};

/** Where a brand as a whole stands: no stop of a network or an account covers that. */
export function brandPlace({ brandId, market }: BrandPlace): Place {
  return { brandId, market, accountId: 0, network: '' };
}

/**
 * A brand that is named comes back from everything, from its market and from its own stop; a wider stop ends for the brands named only. What
 * is named by its id ends as a whole, and nothing else with it: a narrower stop that ends weakens no wider one.
 */
export function planRelease(
  order: ReleaseOrder,
  everything: EngagedStop | null,
  narrow: readonly EngagedStop[],
): Result<ReleasePlan> {
  const whole = new Set(order.stopIds);
  const missing = order.stopIds.find((id) => !narrow.some((stop) => stop.id === id));
  if (missing !== undefined) {
    return missing === everything?.id
      ? refuse('by-brand', 'A stop of everything is released brand by brand: name the brands that come back.')
      : refuse('no-such-stop', 'This stop is no longer in force.');
  }
  const named = new Set(order.brandIds);
  const coming = order.allBrands.filter(({ brandId }) => named.has(brandId)).map(brandPlace);
  const isLifted = (scope: Scope) =>
    scope.kind === 'brand'
      ? named.has(scope.brandId)
      : scope.kind === 'market' && coming.some((place) => covers(scope, place));
  const endsEverything = everything !== null && named.size > 0;
  const ending = narrow.filter(({ id, scope }) => whole.has(id) || isLifted(scope));
  const wider = ending.filter(({ id, scope }) => scope.kind === 'market' && !whole.has(id));
  if (endsEverything) wider.unshift(everything);
  const keeps = order.allBrands.flatMap((brand) => {
    const from = named.has(brand.brandId)
      ? null
      : wider.find(({ scope }) => covers(scope, brandPlace(brand)));
    return from ? [{ brandId: brand.brandId, from }] : [];
  });
  const kept = new Set(keeps.map(({ brandId }) => brandId));
  const ends = ending.filter(({ scope }) => scope.kind !== 'brand' || !kept.has(scope.brandId));
  if (!endsEverything && ends.length === 0) return refuse('not-stopped', 'None of these brands is stopped.');
  return ok({ endsEverything, ends, keeps });
}
