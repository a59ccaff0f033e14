import { z } from 'zod';
import type * as calendar from './calendar-views.ts';

const id = z.int().positive();
const text = (most: number) => z.string().max(most);
const states = z.array(
  z.enum(['scheduled', 'publishing', 'published', 'failed', 'held', 'missed', 'canceled', 'unconfirmed']),
);

const place = {
  brandId: id.optional(),
  accountId: id.optional(),
  network: text(64).optional(),
  market: text(100).optional(),
  label: text(200).optional(),
};

/** The calendar asks for the days or hours it shows, by the instants at which they begin and the last ends. */
export const calendarRequests = {
  /** `edges` ascend: stretch i lies between edge i and edge i + 1. `most`: so many posts of each, at most. */
  'calendar.stretches': z.strictObject({
    ...place,
    states,
    edges: z.array(z.int()).min(2).max(400),
    most: z.int().min(0).max(50),
  }),
  /** By time; `to` is not included. */
  'calendar.page': z.strictObject({
    ...place,
    states,
    from: z.int(),
    to: z.int(),
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  /** Who has posts between `from` and `to` and none on some of the days that `dayEdges` bound. */
  'calendar.gaps': z.strictObject({
    ...place,
    from: z.int(),
    to: z.int(),
    dayEdges: z.array(z.int()).min(2).max(32),
  }),
  /** Asks where by the system's dialog. CSV holds what is scheduled, as the export of the calendar has it; the others all states asked for. */
  'calendar.save': z.strictObject({
    ...place,
    states,
    from: z.int(),
    to: z.int(),
    timeZone: z.string().min(1).max(64),
    format: z.enum(['ics', 'csv', 'pdf']),
  }),
} as const;

export type CalendarResponses = {
  'calendar.stretches': calendar.CalendarStretchView[];
  'calendar.page': calendar.CalendarPostView[];
  'calendar.gaps': calendar.CalendarGapView[];
  /** `path` is null when the dialog was dismissed. `leftOut`: shown, but not in a file of this format. */
  'calendar.save': { path: string | null; posts: number; leftOut: number };
};
