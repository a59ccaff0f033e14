import { z } from 'zod';
import type * as view from './aid-views.ts';

const id = z.int().positive();

/** What helps writing in Compose. */
export const aidRequests = {
  'savedText.list': z.strictObject({}),
  /** Changes the one of that id, or adds one. Hashtags are tidied: one # each, none twice. */
  'savedText.save': z.strictObject({
    id: id.optional(),
    kind: z.enum(['hashtags', 'template']),
    name: z.string().trim().min(1).max(80),
    brandId: id.nullable(),
    text: z.string().trim().min(1).max(5_000),
  }),
  'savedText.remove': z.strictObject({ id }),
} as const;

export type AidResponses = {
  'savedText.list': view.SavedTextView[];
  'savedText.save': view.SavedTextView;
  'savedText.remove': { removed: boolean };
};
