import { z } from 'zod';
import { DEFAULT_SHORTCUT } from '../core/stop-keys.ts';

const notices = z.object({
  missed: z.boolean().catch(true),
  failed: z.boolean().catch(true),
  unconfirmed: z.boolean().catch(true),
  signIns: z.boolean().catch(true),
  backups: z.boolean().catch(true),
  yes: z.boolean().catch(true),
});
const digest = z.object({
  isOn: z.boolean().catch(true),
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u)
    .catch('18:00'),
});

const tour = z.object({
  step: z.int().min(0).max(20).catch(0),
  isDone: z.boolean().catch(false),
});

const bounds = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(100).max(20_000),
  height: z.int().min(100).max(20_000),
  isMaximized: z.boolean(),
});

/** Where the window was left, in device-independent pixels. */
export type WindowBounds = z.output<typeof bounds>;

/** Every setting with what it falls back to when it is missing or makes no sense. */
const schema = z.object({
  language: z.enum(['system', 'en', 'fr']).catch('system'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** Calls in flight at once. */
  inFlightCap: z.int().min(1).max(32).catch(4),
  personName: z.string().max(200).catch(''),
  closeToTray: z.boolean().catch(true),
  /** The key asked for; what is registered may be an alternative. */
  shortcut: z.string().min(1).max(100).catch(DEFAULT_SHORTCUT),
  shortcutProof: z
    .object({ at: z.int(), of: z.string().max(400) })
    .nullable()
    .catch(null),
  windowBounds: bounds.nullable().catch(null),
  /** When a drill that is due was named the last time. */
  drillRemindedAt: z.int().nullable().catch(null),
  /** Which notifications are wanted, besides those about the stop. */
  notices: notices.catch(() => notices.parse({})),
  digest: digest.catch(() => digest.parse({})),
  /** The day of the last digest, 'YYYY-MM-DD'. */
  digestToldOn: z.string().max(10).catch(''),
  /** How long before a post is due the computer is kept from idling to sleep; 0 is never. */
  keepAwakeMinutes: z.union([z.literal(0), z.literal(15), z.literal(60), z.literal(720)]).catch(720),
  /** Where backups go; '' for the folder in the data folder. */
  backupFolder: z.string().max(4_096).catch(''),
  /** Why the last backup could not be made. */
  backupProblem: z
    .object({
      at: z.int(),
      code: z.enum(['no-room', 'not-sound', 'failed']),
      detail: z.string(),
      needed: z.number(),
      free: z.number(),
    })
    .nullable()
    .catch(null),
  /** Where the tour of the window was left, and whether the stop's key was proven at its end. */
  tour: tour.catch(() => tour.parse({})),
  /** The keys people chose for commands of the window, by command. */
  windowKeys: z.record(z.string().max(40), z.string().max(100)).catch({}),
  /** The one notice about the window going on in the tray was shown. */
  wasToldOfTray: z.boolean().catch(false),
});

export type Settings = z.output<typeof schema>;

/** Reads settings of any origin: what is wrong falls back by itself, what is right is kept. */
export function parseSettings(data: unknown): Settings {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  return schema.parse(isObject ? data : {});
}
