import type { ScheduledItem } from './core/scheduled-elsewhere.ts';
import { covers } from './core/scope.ts';
import type { EngagedStop } from './core/stop-types.ts';
import type { ElsewhereSource } from './elsewhere-sources.ts';

type Covered = Pick<EngagedStop, 'scope'>;

/** What nobody has matched to an account may be anybody's: only a stop of everything surely covers it. */
export function isCovered(
  { scope }: Covered,
  source: ElsewhereSource,
  item: Pick<ScheduledItem, 'channel'>,
): boolean {
  const place = source.placeOf(item);
  return place ? covers(scope, place) : scope.kind === 'everything';
}

/** Whether anything of it may be covered. What nobody has matched may be anybody's: it is read, and cancelled by a person alone. */
export function touches({ scope }: Covered, source: ElsewhereSource): boolean {
  if (scope.kind === 'everything') return true;
  return source.places.some((place) => place === null || covers(scope, place));
}
