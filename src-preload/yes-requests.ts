import { z } from 'zod';
import type * as view from './yes-views.ts';

const id = z.int().positive();
const postIds = z.array(id).min(1).max(10_000);
const person = z.string().trim().min(1).max(200);

export const yesRequests = {
  /** Whose yes posts need, and what waits for one. */
  'yes.read': z.strictObject({}),
  /** Posts of a brand made from now on need the yes of this person; '' is nobody. */
  'yes.setBrand': z.strictObject({ brandId: id, from: z.string().trim().max(200) }),
  /** Holds posts that are scheduled until this person said yes; of those that wait already another person is asked. */
  'yes.require': z.strictObject({ postIds, from: person }),
  /** Lets posts go out at their time without the yes they need. `by` decided it. */
  'yes.letGo': z.strictObject({ postIds, by: person }),
} as const;

export type YesResponses = {
  'yes.read': view.YesView;
  'yes.setBrand': { kept: boolean };
  'yes.require': { changed: number; left: number };
  'yes.letGo': { changed: number; left: number };
};
