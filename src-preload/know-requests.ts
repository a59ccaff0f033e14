import { z } from 'zod';
import type * as know from './know-views.ts';

/** Fields of 'settings.change' about what a person is told and how the computer stays awake. */
export const knowSettings = {
  notices: z
    .strictObject({
      missed: z.boolean(),
      failed: z.boolean(),
      unconfirmed: z.boolean(),
      signIns: z.boolean(),
      backups: z.boolean(),
      yes: z.boolean(),
    })
    .optional(),
  digest: z
    .strictObject({ isOn: z.boolean(), at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u) })
    .optional(),
  keepAwakeMinutes: z.union([z.literal(0), z.literal(15), z.literal(60), z.literal(720)]).optional(),
} as const;

export const knowRequests = {
  /** What the next twelve hours ask of this computer, and whether the app starts at login. */
  'know.read': z.strictObject({}),
  /** What the digest would say now. */
  'digest.read': z.strictObject({}),
  /** Whose work is in the app, by name, with the words of its licence. */
  'licence.list': z.strictObject({}),
  'login.change': z.strictObject({ startsAtLogin: z.boolean() }),
} as const;

export type KnowResponses = {
  'know.read': { ahead: know.HoursAhead | null; waiting: know.YesAhead; startsAtLogin: boolean };
  'digest.read': know.DigestView;
  'licence.list': know.LicenceView[];
  'login.change': { startsAtLogin: boolean };
};
