import type { BackupsView, BackupView } from '../../src-preload/backup-views.ts';
import type { Backup } from '../backup/backup-record.ts';
import type { FoundExport } from '../backup/import-everything.ts';
import { POST_STATES } from '../core/post.ts';
import type { StateCounts } from '../core/queue.ts';
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
  | 'everything.export'
  | 'everything.look'
  | 'everything.import'
  | 'app.restart'
>;

const IN_DATA = 'This folder is part of the data folder. Choose one elsewhere.';

const postsOf = (counts: StateCounts) => POST_STATES.reduce((sum, state) => sum + counts[state], 0);

const toView = (backup: Backup): BackupView => ({
  id: backup.id,
  madeAt: backup.madeAt,
  brands: backup.counts.brands,
  accounts: backup.counts.accounts,
  posts: postsOf(backup.counts.posts),
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
  /** The newest that was looked at: what was shown is what is imported, or nothing. */
  let found: { readonly id: string; readonly value: FoundExport } | null = null;

  async function read(): Promise<BackupsView> {
    const { restore, backups: kept, ...status } = await backups.status();
    return {
      ...status,
      backups: kept.map(toView),
      restore: restore && { kind: restore.kind, madeAt: restore.madeAt, by: restore.by },
    };
  }

  const readAfter = async (done: Result<unknown>) => (done.ok ? ok(await read()) : done);

  return {
    'backup.read': async () => ok(await read()),
    'backup.make': async () => readAfter(await backups.make()),

    async 'backup.choose'({ own }) {
      const path = own ? '' : await desk.chooseFolder();
      if (path === null) return ok(await read());
      if (path !== '' && !backups.mayUse(path)) return refuse('folder-in-data', IN_DATA);
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

    async 'everything.export'() {
      const into = await desk.chooseFolder();
      if (into === null) return ok({ path: null });
      if (!backups.mayUse(into)) return refuse('folder-in-data', IN_DATA);
      const done = await backups.exportTo(into, desk.settings.read().personName);
      if (!done.ok) return done;
      if (done.value !== null) desk.showFile(done.value);
      return ok({ path: done.value });
    },

    async 'everything.look'() {
      const folder = await desk.chooseFolder();
      if (folder === null) return ok(null);
      const looked = await backups.lookAt(folder);
      if (!looked.ok) return looked;
      const id = Buffer.from(desk.randomBytes(12)).toString('hex');
      found = { id, value: looked.value };
      const { counts, madeAt, media } = looked.value;
      const brands = await desk.open()?.storage.brands.list();
      return ok({
        exportId: id,
        folder,
        madeAt,
        brands: counts.brands,
        accounts: counts.accounts,
        posts: postsOf(counts.posts),
        drafts: counts.drafts,
        mediaFiles: media.length,
        // A database that is not open may hold anything.
        replaces: brands === undefined || brands.length > 0,
      });
    },

    async 'everything.import'({ exportId, by, replaces }) {
      if (found?.id !== exportId)
        return refuse('no-preview', 'This preview is no longer there. Choose the file again.');
      return readAfter(await backups.importFrom(found.value, by, replaces));
    },

    async 'app.restart'() {
      desk.restart();
      return ok({ restarts: true });
    },
  };
}
