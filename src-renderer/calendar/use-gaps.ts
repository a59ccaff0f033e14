import { useMemo } from 'react';
import type { CalendarGapView } from '../../src-preload/calendar-views.ts';
import { useRead } from '../api.ts';
import { addDays, edgesOf, oneDay, type Span } from './calendar-days.ts';
import { type CalendarFilter, placeOfFilter } from './calendar-filter.ts';

const DAYS_AHEAD = 7;
const NONE: readonly CalendarGapView[] = [];

/**
 * Who posts in the month around today and says nothing on one of the next seven days, today among them, by date. Nothing is asked while none
 * of these days is shown.
 */
export function useGaps(
  filter: CalendarFilter,
  shown: readonly Span[],
  today: string,
  zone: string,
): (date: string) => readonly CalendarGapView[] {
  const week = useMemo(
    () => Array.from({ length: DAYS_AHEAD }, (_, day) => oneDay(addDays(today, day), zone)),
    [today, zone],
  );
  const [first, last] = [week[0]?.from ?? 0, week.at(-1)?.to ?? 0];
  const isSeen = shown.some((span) => span.from < last && span.to > first);
  const read = useRead(
    'calendar.gaps',
    {
      ...placeOfFilter(filter),
      from: oneDay(addDays(today, -15), zone).from,
      to: oneDay(addDays(today, 15), zone).to,
      dayEdges: edgesOf(week),
    },
    { enabled: isSeen, keep: true },
  );
  return useMemo(() => {
    const byDate = new Map(
      week.map((day, index) => [
        day.date,
        (read.data ?? NONE).filter((gap) => gap.emptyDays.includes(index)),
      ]),
    );
    return (date) => byDate.get(date) ?? NONE;
  }, [week, read.data]);
}
