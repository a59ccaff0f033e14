import { z } from 'zod';
import type * as view from './elsewhere-views.ts';

const source = z.string().regex(/^(?:account|service):[1-9]\d{0,15}$/u);
const item = z.strictObject({ source, id: z.string().min(1).max(500) });
const person = z.string().trim().min(1).max(200);

export const elsewhereRequests = {
  /** What is known of what waits in planners outside this app; nobody is asked. */
  'elsewhere.read': z.strictObject({}),
  /** Asks these planners, or all, and answers when each has answered or failed. */
  'elsewhere.refresh': z.strictObject({ sources: z.array(source).min(1).max(10_000).optional() }),
  /** Cancels these there, the soonest first, and reads each back. It cannot be undone. */
  'elsewhere.cancel': z.strictObject({ items: z.array(item).min(1).max(2_000), by: person }),
  /** A person dealt with it there by hand, or not after all. */
  'elsewhere.tick': z.strictObject({ item, done: z.boolean(), by: person }),
  /** From the next stop on, a stop that covers it cancels by itself what waits there, or no longer. */
  'elsewhere.optIn': z.strictObject({
    sources: z.array(source).min(1).max(1_000),
    on: z.boolean(),
    by: person,
  }),
} as const;

export type ElsewhereResponses = {
  'elsewhere.read': view.ElsewhereSourceView[];
  'elsewhere.refresh': view.ElsewhereSourceView[];
  'elsewhere.cancel': view.ElsewhereSourceView[];
  'elsewhere.tick': view.ElsewhereSourceView[];
  'elsewhere.optIn': view.ElsewhereSourceView[];
};
