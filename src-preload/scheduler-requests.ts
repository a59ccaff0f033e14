import { z } from 'zod';
import type * as view from './scheduler-views.ts';

const id = z.int().positive();

export const schedulerRequests = {
  'scheduler.list': z.strictObject({}),
  /** Keeps a sign-in only when it works. With `id`, a new one in the place of that one: whose its channels are stays. */
  'scheduler.connect': z.strictObject({
    service: z.string().min(1).max(64),
    name: z.string().trim().max(200),
    fields: z.record(z.string().max(64), z.string().max(8_192)),
    id: id.optional(),
  }),
  /** Asks once more whether it works, and which channels there are. */
  'scheduler.verify': z.strictObject({ id }),
  'scheduler.remove': z.strictObject({ id }),
  /** Whose a channel is: an account's, or a brand's; nobody's with neither. */
  'scheduler.match': z.strictObject({
    id,
    channel: z.string().max(500),
    accountId: id.nullable(),
    brandId: id.nullable(),
  }),
} as const;

export type SchedulerResponses = {
  'scheduler.list': view.SchedulersView;
  'scheduler.connect': view.SchedulersView;
  'scheduler.verify': view.SchedulersView;
  'scheduler.remove': view.SchedulersView;
  'scheduler.match': view.SchedulersView;
};
