import { STATES } from '../queue/queue-filter.ts';
import { localZone } from '../time.ts';
import type { DeskIndex } from '../ui/use-desk.ts';

/** What the calendar shows. '' and null mean "any". */
export type CalendarFilter = {
  readonly brandId: number | null;
  readonly accountId: number | null;
  readonly network: string;
  readonly market: string;
  readonly label: string;
  readonly withCanceled: boolean;
};

export const NO_CALENDAR_FILTER: CalendarFilter = {
  brandId: null,
  accountId: null,
  network: '',
  market: '',
  label: '',
  withCanceled: false,
};

const SHOWN = STATES.filter((state) => state !== 'canceled');

/** The place asked for, as requests have it. */
export function placeOfFilter({ brandId, accountId, network, market }: CalendarFilter) {
  return {
    ...(brandId !== null && { brandId }),
    ...(accountId !== null && { accountId }),
    ...(network !== '' && { network }),
    ...(market !== '' && { market }),
  };
}

/** The place and the states asked for. */
export function requestOf(filter: CalendarFilter) {
  return {
    ...placeOfFilter(filter),
    ...(filter.label !== '' && { label: filter.label }),
    states: filter.withCanceled ? [...SHOWN, 'canceled' as const] : [...SHOWN],
  };
}

export function isNarrowed(filter: CalendarFilter): boolean {
  return filter.label !== '' || Object.keys(placeOfFilter(filter)).length > 0;
}

/** The zone of the one brand that is shown; otherwise this computer's. */
export function zoneOfFilter(filter: CalendarFilter, desk: DeskIndex): string {
  const account = filter.accountId === null ? undefined : desk.accountById.get(filter.accountId);
  const brandId = account?.brandId ?? filter.brandId;
  return (brandId === null ? undefined : desk.brandById.get(brandId)?.timeZone) ?? localZone();
}

/** What a link to this view asks for; null when it asks for nothing. */
export function filterOfRoute(params: Readonly<Record<string, string>>): CalendarFilter | null {
  const id = (key: string) => (Number(params[key]) > 0 ? Number(params[key]) : null);
  const asked: CalendarFilter = {
    ...NO_CALENDAR_FILTER,
    brandId: id('brandId'),
    accountId: id('accountId'),
    network: params.network ?? '',
    market: params.market ?? '',
  };
  return isNarrowed(asked) ? asked : null;
}
