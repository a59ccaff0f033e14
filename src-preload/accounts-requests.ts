import { z } from 'zod';
import type * as view from './accounts-views.ts';

const id = z.int().positive();
const accountIds = z.array(id).min(1).max(10_000);
const labels = z.array(z.string().trim().min(1).max(60)).max(50);

export const accountsRequests = {
  /** Gives accounts with all their posts to another brand. One under a stop of its brand or market stays stopped, by a stop of its own. */
  'account.move': z.strictObject({ accountIds, brandId: id }),
  /** Takes labels away and adds others, for all of them. */
  'account.label': z.strictObject({ accountIds, add: labels, remove: labels }),
  'account.holdAll': z.strictObject({ accountIds, held: z.boolean() }),
  /** What people keep of a brand. `logo` names a picture that was added before; '' is none. */
  'brand.note': z.strictObject({
    brandId: id,
    notes: z.string().max(20_000),
    logo: z.string().regex(/^(?:[0-9a-f]{64})?$/u),
  }),
} as const;

export type AccountsResponses = {
  'account.move': view.AccountsMoved;
  'account.label': { changed: number };
  'account.holdAll': { changed: number };
  'brand.note': { kept: boolean };
};
