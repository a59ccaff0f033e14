import { useMemo } from 'react';
import type { FreeSlots } from '../../src-preload/slot-views.ts';
import { useRead } from '../api.ts';
import { wallTimeOf } from './calendar-days.ts';
import type { CalendarFilter } from './calendar-filter.ts';

/** A time at which one account, or several of one brand, have a slot that is free. */
export type FreePlace = { readonly at: number; readonly accountIds: readonly number[] };

/** A slot that the clocks leave out on a day, and of how many accounts. */
export type LeftOutSlot = { readonly time: string; readonly clock: 'gap' | 'twice' };

export type FreeOfSpan = { readonly places: readonly FreePlace[]; readonly leftOut: readonly LeftOutSlot[] };

const NOTHING_FREE: FreeOfSpan = { places: [], leftOut: [] };

/**
 * The free slots to come of the one brand or account that is shown, by the hour of the zone ('YYYY-MM-DDTHH'). None of many brands at once:
 * places of everybody are no help to anybody.
 */
export function useFreeSlots(
  filter: CalendarFilter,
  bounds: { readonly from: number; readonly to: number },
  zone: string,
  isWanted: boolean,
): (hour: string) => FreeOfSpan {
  const { accountId, brandId } = filter;
  const place = accountId !== null ? { accountId } : brandId !== null ? { brandId } : null;
  const isAsked = isWanted && place !== null && bounds.to > Date.now();
  const read = useRead(
    'slot.free',
    { place: place ?? { brandId: 1 }, from: bounds.from, to: bounds.to },
    { enabled: isAsked },
  );
  const data = isAsked ? read.data : undefined;
  return useMemo(() => {
    const byHour = new Map<string, FreeOfSpan>();
    if (data) for (const [hour, free] of groupFree(data, zone)) byHour.set(hour, free);
    return (hour) => byHour.get(hour) ?? NOTHING_FREE;
  }, [data, zone]);
}

function groupFree({ free, skipped }: FreeSlots, zone: string): ReadonlyMap<string, FreeOfSpan> {
  const byHour = new Map<string, { places: FreePlace[]; leftOut: LeftOutSlot[] }>();
  const of = (hour: string) => {
    const known = byHour.get(hour) ?? { places: [], leftOut: [] };
    byHour.set(hour, known);
    return known;
  };
  for (const { at, accountId } of free) {
    const { places } = of(wallTimeOf(at, zone).slice(0, 13));
    const last = places.at(-1);
    if (last?.at === at) places[places.length - 1] = { at, accountIds: [...last.accountIds, accountId] };
    else places.push({ at, accountIds: [accountId] });
  }
  for (const { localTime, clock } of skipped) {
    const { leftOut } = of(localTime.slice(0, 13));
    const time = localTime.slice(11);
    if (leftOut.every((one) => one.time !== time)) leftOut.push({ time, clock });
  }
  return byHour;
}
