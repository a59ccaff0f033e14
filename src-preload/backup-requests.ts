import { z } from 'zod';
import type * as backup from './backup-views.ts';

const backupId = z.string().regex(/^[0-9TZ-]{20,30}$/u);

/** Backups: made, tried out, put back. */
export const backupRequests = {
  'backup.read': z.strictObject({}),
  /** Answers when it is made and checked, or could not be. */
  'backup.make': z.strictObject({}),
  /** Asks for a folder by the system's dialog, or takes the one in the data folder again. */
  'backup.choose': z.strictObject({ own: z.boolean() }),
  'backup.show': z.strictObject({}),
  /** Puts it back into a folder beside, looks whether all is well, and removes that folder. */
  'backup.rehearse': z.strictObject({ backupId }),
  /** Only while publishing is off. It takes its place at the next start, and everything is stopped then. */
  'backup.restore': z.strictObject({ backupId, by: z.string().trim().min(1).max(200) }),
  'backup.cancelRestore': z.strictObject({}),
  /** Asks for a folder and writes everything into a new one in it; `path` is null when that was dismissed. */
  'everything.export': z.strictObject({}),
  /** Asks for a folder and reads the export in it; null when that was dismissed. */
  'everything.look': z.strictObject({}),
  /** Only while publishing is off; at the next start, as a restore. `replaces` must be said where there are brands already. */
  'everything.import': z.strictObject({
    exportId: z.string().max(64),
    by: z.string().trim().min(1).max(200),
    replaces: z.boolean(),
  }),
  'folder.read': z.strictObject({}),
  /** Asks for a folder; the data move there at the next start. Only while publishing is off. */
  'folder.move': z.strictObject({}),
  'folder.cancelMove': z.strictObject({}),
  /** Closes the app and starts it again. */
  'app.restart': z.strictObject({}),
} as const;

export type BackupResponses = {
  'backup.read': backup.BackupsView;
  'backup.make': backup.BackupsView;
  'backup.choose': backup.BackupsView;
  'backup.show': { shown: boolean };
  'backup.rehearse': backup.BackupsView;
  'backup.restore': backup.BackupsView;
  'backup.cancelRestore': backup.BackupsView;
  'everything.export': { path: string | null };
  'everything.look': backup.FoundExportView | null;
  'everything.import': backup.BackupsView;
  'folder.read': backup.DataFolderView;
  'folder.move': backup.DataFolderView;
  'folder.cancelMove': backup.DataFolderView;
  'app.restart': { restarts: boolean };
};
