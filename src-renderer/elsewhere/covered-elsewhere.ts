import type { ElsewhereItemView, ElsewhereSourceView } from '../../src-preload/elsewhere-views.ts';
import type { BrandView, ScopeView } from '../../src-preload/views.ts';
import { scopeCovers } from '../stop/scope-covers.ts';

type Brands = ReadonlyMap<number, BrandView>;
type Networks = (accountId: number) => string;

/** One brand's things that wait elsewhere, the soonest first; `brandId` is null for what nobody has matched to one. */
export type ElsewhereGroup = {
  readonly brandId: number | null;
  readonly items: readonly ElsewhereItemView[];
};

export type CoveredElsewhere = {
  readonly sources: readonly ElsewhereSourceView[];
  readonly groups: readonly ElsewhereGroup[];
  /** Planners of which it is not known what waits there. */
  readonly unread: readonly ElsewhereSourceView[];
  /** When the oldest of the lists was read; null while there is none. */
  readonly asOf: number | null;
  /** Every planner was asked, whatever it answered. */
  readonly isAsked: boolean;
};

const soonest = (a: ElsewhereItemView, b: ElsewhereItemView) =>
  (a.planAt ?? Number.MAX_SAFE_INTEGER) - (b.planAt ?? Number.MAX_SAFE_INTEGER);

/** What the scopes cover of it. What is matched to nobody may be anybody's, and is never left out. */
export function coveredElsewhere(
  sources: readonly ElsewhereSourceView[],
  scopes: readonly ScopeView[],
  brands: Brands,
  networkOf: Networks,
): CoveredElsewhere {
  const isCovered = (brandId: number | null, accountId: number | null) => {
    if (brandId === null) return true;
    const market = brands.get(brandId)?.market ?? '';
    const network = accountId === null ? '' : networkOf(accountId);
    return scopes.some((scope) =>
      scopeCovers(scope, { brandId, market, network, accountId: accountId ?? 0 }),
    );
  };
  const items = sources
    .flatMap((source) => source.items)
    .filter((item) => isCovered(item.brandId, item.accountId));
  const under = sources.filter(
    (source) =>
      isCovered(source.brandId, source.accountId) || items.some((item) => item.source === source.key),
  );
  const byBrand = new Map<number | null, ElsewhereItemView[]>();
  for (const item of items.sort(soonest))
    byBrand.set(item.brandId, [...(byBrand.get(item.brandId) ?? []), item]);
  const read = under.map(({ asOf }) => asOf).filter((at) => at !== null);
  return {
    sources: under,
    groups: [...byBrand].map(([brandId, some]) => ({ brandId, items: some })),
    unread: under.filter(({ state, isWhole, lacksPeople }) => state !== 'listed' || !isWhole || lacksPeople),
    asOf: read.length === 0 ? null : Math.min(...read),
    isAsked: under.every(({ state }) => state !== 'not-asked'),
  };
}
