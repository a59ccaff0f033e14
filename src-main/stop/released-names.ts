import { scopeKey } from '../core/scope.ts';
import type { EngagedStop } from '../core/stop-types.ts';
import type { JournalEvent } from './journal.ts';
import type { ScopeNames } from './scope-names.ts';

type Details = NonNullable<JournalEvent['details']>;

/**
 * What the journal says of a release: the brands by their names too, and the stops of their own that the others keep, as
 * 'brand:3=<stop id>', so that each can be followed back to the stop it comes from.
 */
export function nameReleased(
  details: Details,
  names: ScopeNames | null,
  stops: readonly EngagedStop[],
): Details {
  const ids = Array.isArray(details.brands) ? details.brands.map(Number) : [];
  const byId = new Map(names?.brands.map(({ id, name }) => [id, name]) ?? []);
  return {
    ...details,
    brandNames: ids.map((id) => byId.get(id) ?? ''),
    kept: stops.map(({ scope, id }) => `${scopeKey(scope)}=${id}`),
  };
}
