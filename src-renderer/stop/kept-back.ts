import type { StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { usePublishing } from './publishing.ts';
import { coveredAccounts } from './scope-covers.ts';

/**
 * How many posts these stops keep back together, each post once: now while they are in force, the same number as in the bar; as counted
 * at the press when released. Null while it is not known.
 */
export function useKeptBack(stops: readonly StopView[]): number | null {
  const { view } = usePublishing();
  const desk = useRead('desk.read', {}).data;
  const [first] = stops;
  if (stops.length === 1 && first && !first.isInForce) return first.heldCount;
  const scopes = stops.map((stop) => stop.scope);
  if (scopes.some(({ kind }) => kind === 'everything'))
    return view?.isQueueKnown ? view.counts.scheduled : null;
  if (!desk) return null;
  return desk.brands
    .flatMap((brand) => coveredAccounts(scopes, brand))
    .reduce((sum, account) => sum + account.counts.scheduled, 0);
}
