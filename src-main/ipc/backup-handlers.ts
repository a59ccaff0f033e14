import type { BackupsView, BackupView } from '../../src-preload/backup-views.ts';
import type { Backup } from '../backup/backup-record.ts';
import { POST_STATES } from '../core/post.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './serve.ts';

type BackupHandlers = Pick<
  Handlers,
  | 'backup.read'
  | 'backup.make'
  | 'backup.choose'
  | 'backup.show'
  | 'backup.rehearse'
  | 'backup.restore'
  | 'backup.cancelRestore'
  | 'app.restart'
>;

const toView = (backup: Backup): BackupView => ({
  id: backup.id,
  madeAt: backup.madeAt,
  brands: backup.counts.brands,
  accounts: backup.counts.accounts,
  posts: POST_STATES.reduce((sum, state) => sum + backup.counts.posts[state], 0),
  drafts: backup.counts.drafts,
  mediaFiles: backup.mediaFiles,
  bytes: backup.databaseBytes + backup.mediaBytes,
  verifiedAt: backup.verifiedAt,
  journalProblem: backup.journalProblem,
  rehearsal: backup.rehearsal,
});

/** Needs no open database but for making one: a backup is put back when the database does not open, too. */
export function createBackupHandlers(desk: Desk): BackupHandlers {
  const { backups } = desk;

  async function read(): Promise<BackupsView> {
    const { restore, backups: found, ...status } = await backups.status();
    return {
      ...status,
      backups: found.map(toView),
      restore: restore && { madeAt: restore.madeAt, by: restore.by },
    };
  }

  const readAfter = async (done: Result<unknown>) => (done.ok ? ok(await read()) : done);

  return {
    'backup.read': async () => ok(await read()),
    'backup.make': async () => readAfter(await backups.make()),

    async 'backup.choose'({ own }) {
      const path = own ? '' : await desk.chooseFolder();
      if (path === null) return ok(await read());
      if (path !== '' && !backups.mayUse(path))
        return refuse('folder-in-data', 'This folder is part of the data folder. Choose one elsewhere.');
      desk.settings.keep({ backupFolder: path, backupProblem: null });
      desk.notify('backup.changed', {});
      return ok(await read());
    },

    async 'backup.show'() {
      await desk.openFolder((await backups.status()).folder);
      return ok({ shown: true });
    },

    'backup.rehearse': async ({ backupId }) => readAfter(await backups.rehearse(backupId)),
    'backup.restore': async ({ backupId, by }) => readAfter(await backups.restore(backupId, by)),

    async 'backup.cancelRestore'() {
      await backups.cancelRestore();
      return ok(await read());
    },

    async 'app.restart'() {
      desk.restart();
      return ok({ restarts: true });
    },
  };
}
