import { z } from 'zod';
import type { WindowKeyConflict, WindowKeyView } from './window-key-views.ts';

const command = z.enum([
  'palette',
  'shortcuts',
  'help',
  'settings',
  'write',
  'import',
  'schedule',
  'emoji',
  'saved-texts',
  'view-desk',
  'view-queue',
  'view-calendar',
  'view-compose',
  'view-import',
  'view-review',
  'view-journal',
  'view-stop',
  'view-settings',
]);

export const windowKeyRequests = {
  'windowKey.list': z.strictObject({}),
  /** Another key for a command of the window; null gives it back its first one. Nothing is changed where there is a conflict. */
  'windowKey.change': z.strictObject({ command, accelerator: z.string().min(1).max(100).nullable() }),
  /** Gives every command its first key. */
  'windowKey.reset': z.strictObject({}),
} as const;

export type WindowKeyResponses = {
  'windowKey.list': WindowKeyView[];
  'windowKey.change': { conflict: WindowKeyConflict | null };
  'windowKey.reset': { changed: number };
};
