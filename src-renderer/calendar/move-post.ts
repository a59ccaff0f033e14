import type { CalendarPostView } from '../../src-preload/calendar-views.ts';
import { daysBetween, type Span, shiftWallTime, wallTimeOf } from './calendar-days.ts';

/** A wall time a person chose for a post by pointing; what instant it means is asked of main. */
export type Target = { readonly localTime: string; readonly timeZone: string };

/** How far a post is carried from where it is shown, by the clock on the wall. */
export type Shift = { readonly days: number; readonly minutes: number };

export const MOVABLE = [
  'scheduled',
  'held',
  'missed',
] as const satisfies readonly CalendarPostView['state'][];

/**
 * Where a shift leads. Moved by days alone a post keeps the time of day it has in its brand's zone, whatever zone is shown and whatever
 * the clocks do in between; moved by hours too, it goes to the time that is shown.
 */
export function targetOf(
  post: Pick<CalendarPostView, 'publishAt'>,
  { days, minutes }: Shift,
  shownZone: string,
  brandZone: string,
): Target {
  const timeZone = minutes === 0 ? brandZone : shownZone;
  return { localTime: shiftWallTime(wallTimeOf(post.publishAt, timeZone), days, minutes), timeZone };
}

/** The shift that brings a post onto a day, or into an hour at the minute it has. */
export function shiftTo(post: Pick<CalendarPostView, 'publishAt'>, span: Span, shownZone: string): Shift {
  const [date = '', time = ''] = wallTimeOf(post.publishAt, shownZone).split('T');
  const days = daysBetween(date, span.date);
  return { days, minutes: span.hour === null ? 0 : (span.hour - Number(time.slice(0, 2))) * 60 };
}

/** The shift that brings a post to an instant, by the clock of the zone that is shown. */
export function shiftToInstant(
  post: Pick<CalendarPostView, 'publishAt'>,
  at: number,
  shownZone: string,
): Shift {
  const [date = '', time = ''] = wallTimeOf(post.publishAt, shownZone).split('T');
  const [toDate = '', toTime = ''] = wallTimeOf(at, shownZone).split('T');
  const minutesOf = (wall: string) => Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3, 5));
  return { days: daysBetween(date, toDate), minutes: minutesOf(toTime) - minutesOf(time) };
}

/** Whether a post shifted like this is shown in the span. */
export function isShiftedInto(
  post: Pick<CalendarPostView, 'publishAt'>,
  { days, minutes }: Shift,
  span: Span,
  shownZone: string,
): boolean {
  const [date, time = ''] = shiftWallTime(wallTimeOf(post.publishAt, shownZone), days, minutes).split('T');
  return date === span.date && (span.hour === null || Number(time.slice(0, 2)) === span.hour);
}
