import { z } from 'zod';
import type * as view from './queue-views.ts';

const id = z.int().positive();
const text = (most: number) => z.string().max(most);
const wanted = {
  localTime: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/u),
  timeZone: z.string().min(1).max(64),
  at: z.int().optional(),
};

/** What the queue is narrowed to. `from` is included, `to` is not. */
export const queueFilter = {
  states: z
    .array(
      z.enum(['scheduled', 'publishing', 'published', 'failed', 'held', 'missed', 'canceled', 'unconfirmed']),
    )
    .optional(),
  brandId: id.optional(),
  accountId: id.optional(),
  network: text(64).optional(),
  market: text(100).optional(),
  label: text(200).optional(),
  /** Held until somebody says yes, or because that person said no. */
  yes: z.enum(['waiting', 'refused']).optional(),
  search: text(200).optional(),
  from: z.int().optional(),
  to: z.int().optional(),
};

/** In which order the queue is shown; '-back' is the other way round. Within one state, brand or account the soonest comes first. */
export const queueOrder = z.enum([
  'soonest',
  'latest',
  'changed',
  'state',
  'state-back',
  'brand',
  'brand-back',
  'account',
  'account-back',
]);

/** The posts named, or every post the filter matches when main looks: it may be far more than a page. */
const target = z.union([
  z.strictObject({ postIds: z.array(id).min(1).max(10_000) }),
  z.strictObject({ filter: z.strictObject(queueFilter) }),
]);

const labels = z.array(text(200).trim().min(1)).max(20);

const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hold') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('cancel') }),
  z.strictObject({ kind: z.literal('draft') }),
  /** From that time on, in the order of their times, so many minutes apart on each account. */
  z.strictObject({ kind: z.literal('move'), ...wanted, spacingMinutes: z.int().min(1).max(1_440) }),
  /** Each into the next free slot of its own account, in the order of their times. */
  z.strictObject({ kind: z.literal('slots') }),
  /** Exactly so many hours later, or earlier below 0. */
  z.strictObject({ kind: z.literal('hours'), hours: z.int().min(-8_760).max(8_760) }),
  /** The same wall time in each post's own zone. Where that does not exist, or exists twice, what is chosen; 'ask' leaves the post. */
  z.strictObject({
    kind: z.literal('days'),
    days: z.int().min(-365).max(365),
    gap: z.enum(['ask', 'before', 'after']),
    twice: z.enum(['ask', 'first', 'second']),
  }),
  z.strictObject({ kind: z.literal('account'), accountId: id }),
  /** Takes labels away and adds others; of any state but what is being published. */
  z.strictObject({ kind: z.literal('labels'), add: labels, remove: labels }),
]);

export const queueRequests = {
  /** Labels that posts have, to choose from. */
  'label.list': z.strictObject({}),
  /** Nothing is changed; what it found is kept until the next one. */
  'bulk.preview': z.strictObject({ target, change }),
  /** Does what the preview showed, to the posts that are still as it found them. */
  'bulk.apply': z.strictObject({ previewId: text(64) }),
  /** Breaks off what is under way, a step or its undo, after the posts in hand. */
  'bulk.stop': z.strictObject({}),
  /** The last step that can be taken back; null when there is none. */
  'bulk.last': z.strictObject({}),
  'bulk.undo': z.strictObject({}),
} as const;

export type QueueResponses = {
  'label.list': string[];
  'bulk.preview': view.BulkPreview;
  'bulk.apply': view.BulkDone;
  'bulk.stop': { stopped: boolean };
  'bulk.last': view.BulkLast | null;
  'bulk.undo': view.BulkUndone;
};
