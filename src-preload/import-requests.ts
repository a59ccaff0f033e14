import { z } from 'zod';
import type * as importing from './import-views.ts';

const id = z.int().positive();
/** Stands for a file a person chose or dropped; main knows which. */
const token = z.string().regex(/^[0-9a-f]{48}$/u);
const previewId = z.string().max(64);
const field = z.enum([
  'text',
  'publish_at',
  'date',
  'time',
  'time_zone',
  'brand',
  'network',
  'account',
  'link',
  'media',
  'alt_text',
  'label',
]);
const dateOrder = z.enum(['dmy', 'mdy', 'ymd']);
const outcome = z.enum(['new', 'duplicate', 'known', 'bad', 'past', 'clock']);

/** How a person says a file is to be read. What is left out is recognised; what cannot be is asked. */
const choices = z.strictObject({
  format: z.string().max(40).optional(),
  /** Which columns, counted from 0, are what. */
  columns: z.partialRecord(field, z.array(z.int().min(0).max(16_384)).min(1).max(20)).optional(),
  hasHeader: z.boolean().optional(),
  dateOrder: dateOrder.optional(),
  /** A zone's name, or 'brand': each brand's own. */
  timeZone: z.string().min(1).max(64).optional(),
  /** Which accounts a name of the file means; '' is for rows that name none. */
  accounts: z.record(z.string().max(2_000), z.array(id).max(1_000)).optional(),
  clockChange: z.enum(['earlier', 'later']).optional(),
  webMedia: z.enum(['leave', 'link']).optional(),
  sheet: z.string().max(100).optional(),
});

/** Bringing a calendar over from a file, All Stop's own or another tool's. */
export const importRequests = {
  /** Reads the file through and says what it is and what it leaves open. Without `choices` those of the last file like it are taken. */
  'import.look': z.strictObject({ token, choices: choices.optional() }),
  'import.preview': z.strictObject({ token, choices: choices.optional() }),
  /** Rows of the last preview. */
  'import.rows': z.strictObject({
    previewId,
    outcomes: z.array(outcome).min(1).max(6),
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  'import.apply': z.strictObject({ previewId, skipBad: z.boolean() }),
  'import.cancel': z.strictObject({}),
  'import.list': z.strictObject({}),
  /** What undoing it would do now. */
  'import.undoEffect': z.strictObject({ importId: id }),
  /** Cancels its posts that nobody has touched since, and only those. */
  'import.undo': z.strictObject({ importId: id }),
} as const;

export type ImportResponses = {
  'import.look': importing.ImportLook;
  'import.preview': importing.ImportPreview;
  'import.rows': importing.ImportRowPage;
  'import.apply': importing.ImportResult;
  'import.cancel': { canceled: boolean };
  'import.list': importing.PastImportView[];
  'import.undoEffect': importing.ImportUndoView;
  'import.undo': { canceled: number; left: number };
};
