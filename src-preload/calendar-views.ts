import type { Counts, PostState } from './views.ts';

/** As much of a post as the calendar shows. */
export type CalendarPostView = {
  id: number;
  brandId: number;
  brand: string;
  accountId: number;
  account: string;
  network: string;
  state: PostState;
  /** Scheduled, and a stop in force covers it. */
  isHeldByStop: boolean;
  publishAt: number;
  localTime: string;
  timeZone: string;
  /** The beginning of its text, on one line. */
  text: string;
  label: string;
  parts: number;
  media: number;
  /** Scheduled, and its account has another scheduled post less than five minutes before or after. */
  collides: boolean;
  /** Held until this person says yes; '' when it is not. */
  waitsFor: string;
};

export type CalendarStretchView = { counts: Counts; posts: CalendarPostView[] };

/** Who says nothing on which of the days asked about: brands, or accounts where one brand or account was asked for. */
export type CalendarGapView = { kind: 'brand' | 'account'; id: number; name: string; emptyDays: number[] };
