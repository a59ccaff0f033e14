import { createContext, useContext } from 'react';
import type { CalendarGapView, CalendarPostView } from '../../src-preload/calendar-views.ts';
import type { Places } from '../ui/use-desk.ts';
import type { Span } from './calendar-days.ts';
import type { FreeOfSpan } from './use-free-slots.ts';
import type { PostWords } from './use-post-words.ts';

/** What the parts of the calendar share. */
export type Calendar = {
  /** The zone all times are shown in. */
  readonly zone: string;
  readonly today: string;
  readonly places: Places;
  wordsOf(post: CalendarPostView): PostWords;
  /** Opens the post in its pane. */
  open(postId: number): void;
  /** Shows a date as a day. */
  openDay(date: string): void;
  /** Picks a post up by keys or mouse, or lets it go (null). */
  carry(post: CalendarPostView | null, by?: 'keys' | 'mouse'): void;
  readonly carriedId: number | null;
  /** Where the post that is carried by keys would be placed. */
  isAimed(span: Span): boolean;
  /** Places the post that is dragged. */
  dropOn(span: Span): void;
  /** Places the post that is dragged exactly there, if it is of one of these accounts; says whether it was. */
  dropAt(at: number, accountIds: readonly number[]): boolean;
  /** The free slots of the brand or account that is shown, by the hour ('YYYY-MM-DDTHH'). */
  freeIn(hour: string): FreeOfSpan;
  /** Who says nothing on a day of the next seven. */
  gapsOn(date: string): readonly CalendarGapView[];
};

export const CalendarContext = createContext<Calendar | null>(null);

export function useCalendar(): Calendar {
  const calendar = useContext(CalendarContext);
  if (!calendar) throw new Error('useCalendar outside CalendarContext');
  return calendar;
}
