import type { BrandView, StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { usePublishing } from './publishing.ts';

/** Scheduled posts of the accounts that a scope covers, as they are now. */
function keptBackOf(scope: StopView['scope'], brands: readonly BrandView[]): number {
  let sum = 0;
  for (const brand of brands) {
    if (scope.kind === 'brand' && scope.brandId !== brand.id) continue;
    if (scope.kind === 'market' && scope.market !== brand.market) continue;
    for (const account of brand.accounts) {
      if (scope.kind === 'network' && scope.network !== account.network) continue;
      if (scope.kind === 'account' && scope.accountId !== account.id) continue;
      sum += account.counts.scheduled;
    }
  }
  return sum;
}

/** How many posts a stop keeps back: now while it is in force, the same number as in the bar; as counted at the press when released. */
export function useKeptBack(stop: StopView): number {
  const { view } = usePublishing();
  const desk = useRead('desk.read', {}).data;
  if (!stop.isInForce) return stop.heldCount;
  if (stop.scope.kind === 'everything') return view?.counts.scheduled ?? stop.heldCount;
  return desk ? keptBackOf(stop.scope, desk.brands) : stop.heldCount;
}
