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
  /** Who can be mentioned on the networks of these accounts; of every account with none. */
  'mention.list': z.strictObject({ accountIds: z.array(id).max(1_000) }),
  /** Which handles these parts mention, and where they mean nobody. */
  'mention.check': z.strictObject({
    accountIds: z.array(id).max(1_000),
    parts: z.array(z.string().max(100_000)).max(50),
  }),
  'mention.keep': z.strictObject({
    brandId: id.nullable(),
    network: z.string().min(1).max(64),
    handle: z.string().trim().min(1).max(300),
  }),
  'mention.remove': z.strictObject({ id }),
  'word.list': z.strictObject({}),
  'word.keep': z.strictObject({
    brandId: id.nullable(),
    word: z
      .string()
      .max(100)
      .regex(/^[\p{L}\p{M}]+(?:['’·-][\p{L}\p{M}]+)*$/u),
  }),
  'word.remove': z.strictObject({ id }),
} as const;

export type AidResponses = {
  'savedText.list': view.SavedTextView[];
  'savedText.save': view.SavedTextView;
  'savedText.remove': { removed: boolean };
  'mention.list': view.MentionView[];
  'mention.check': view.MentionCheckView[];
  'mention.keep': { id: number; handle: string };
  'mention.remove': { removed: boolean };
  'word.list': view.KnownWordView[];
  'word.keep': view.KnownWordView;
  'word.remove': { removed: boolean };
};
