import { z } from 'zod';
import type * as view from './slot-views.ts';

const id = z.int().positive();
const accountIds = z.array(id).min(1).max(10_000);
const slot = z.strictObject({
  weekday: z.int().min(1).max(7),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u),
});

/** Posting slots: the places in an account's week, and which of those to come are free. */
export const slotRequests = {
  'slot.list': z.strictObject({}),
  /** These instead of those each of the accounts had. */
  'slot.set': z.strictObject({ accountIds, slots: z.array(slot).max(500) }),
  /** The next free slot of each account, and the first that all of them have. Changes nothing and keeps nothing free. */
  'slot.next': z.strictObject({ accountIds }),
  /** The free slots to come of one account, or of a brand's, between two instants at most 32 days apart. */
  'slot.free': z.strictObject({
    place: z.union([z.strictObject({ accountId: id }), z.strictObject({ brandId: id })]),
    from: z.int(),
    to: z.int(),
  }),
} as const;

export type SlotResponses = {
  'slot.list': view.AccountSlots[];
  'slot.set': { changed: number };
  'slot.next': view.NextSlots;
  'slot.free': view.FreeSlots;
};
