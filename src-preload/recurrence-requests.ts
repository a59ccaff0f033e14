import { z } from 'zod';
import type * as view from './recurrence-views.ts';

const id = z.int().positive();
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/u);
const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('day') }),
  z.strictObject({ kind: z.literal('week'), days: z.array(z.int().min(1).max(7)).min(1).max(7) }),
  z.strictObject({ kind: z.literal('month'), day: z.int().min(1).max(31) }),
]);
const recurrence = {
  draftId: id,
  rule,
  time: z.string().regex(/^\d\d:\d\d$/u),
  timeZone: z.string().min(1).max(64),
  from: date,
  until: date.nullable(),
  most: z.int().min(1).max(10_000).nullable(),
  gap: z.enum(['before', 'after', 'skip']),
  twice: z.enum(['first', 'second']),
};

export const recurrenceRequests = {
  'recurrence.list': z.strictObject({}),
  /** What a rule would make; changes nothing. */
  'recurrence.preview': z.strictObject(recurrence),
  /** The draft stays; what it says now is said again and again. */
  'recurrence.create': z.strictObject(recurrence),
  /** No more posts are made; those to come are canceled, or kept. */
  'recurrence.end': z.strictObject({ recurrenceId: id, posts: z.enum(['cancel', 'keep']) }),
} as const;

export type RecurrenceResponses = {
  'recurrence.list': view.RecurrenceView[];
  'recurrence.preview': view.RecurrencePreview;
  'recurrence.create': { made: number };
  'recurrence.end': { canceled: number };
};
