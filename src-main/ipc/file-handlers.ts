import { join } from 'node:path';
import { exportCalendar } from '../calendar/export-calendar.ts';
import { type AccountSecrets, importAccounts } from '../calendar/import-accounts.ts';
import { loadPractice } from '../calendar/practice.ts';
import { readUrl } from '../connectors/shared/server-url.ts';
import { ok, refuse } from '../core/result.ts';
import { accountContext, sealFields } from '../secrets/seal.ts';
import type { ChosenFiles } from './chosen-files.ts';
import { type Desk, namesChanged, needDesk, type OpenDesk } from './desk.ts';
import { readDesk } from './desk-handlers.ts';
import { type LongWork, recordAdded } from './long-work.ts';
import { findInOutbox } from './outbox-file.ts';
import { notePractice } from './practice-start.ts';
import type { Handlers } from './serve.ts';

type FileHandlers = Pick<
  Handlers,
  'file.choose' | 'file.offer' | 'import.accounts' | 'export.calendar' | 'outbox.show' | 'practice.load'
>;

export function createFileHandlers(desk: Desk, chosen: ChosenFiles, work: LongWork): FileHandlers {
  const { options } = work;

  /** Secrets of an accounts file are sealed as those of a sign-in are. */
  const keepSecrets =
    (open: OpenDesk) =>
    async (secrets: readonly AccountSecrets[]): Promise<'sealed'> => {
      const key = await desk.keyForSignIn();
      for (const { accountId, fields } of secrets)
        await open.storage.accounts.setSealed(accountId, sealFields(key, accountContext(accountId), fields));
      return 'sealed';
    };

  return {
    async 'file.choose'({ purpose }) {
      const path = await desk.chooseFile(purpose);
      if (path === null) return ok(null);
      return purpose === 'export' ? await chosen.offerExport(path) : await chosen.offer(path, purpose);
    },

    'file.offer': ({ purpose, path }) => chosen.offer(path, purpose),

    async 'import.accounts'({ token, dryRun }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const path = chosen.take(token, 'accounts');
      if (!path.ok) return path;
      const done = await importAccounts(
        {
          storage: open.value.storage,
          connectors: desk.connectors,
          readUrl,
          keepSecrets: keepSecrets(open.value),
        },
        path.value,
        { dryRun, ...options() },
      );
      if (!done.ok) {
        // Brands made until it failed stay; a database that fails keeps the names from being read, and the refusal says why.
        if (!dryRun) await namesChanged(desk, open.value).catch(() => undefined);
        return done;
      }
      if (!dryRun) {
        desk.engine.record({
          event: 'accounts.imported',
          by: desk.settings.read().personName,
          details: { brands: done.value.brandsAdded, accounts: done.value.accountsAdded },
        });
        await namesChanged(desk, open.value);
      }
      return ok({ ...done.value, problems: [...done.value.problems] });
    },

    async 'export.calendar'({ token }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const path = chosen.take(token, 'export');
      if (!path.ok) return path;
      const from = { storage: open.value.storage, mediaDir: join(desk.dataDir, 'media') };
      const done = await exportCalendar(from, path.value, options());
      if (!done.ok) return done;
      const { rows, path: written, heldPosts, missingMedia } = done.value;
      return ok({ rows, path: written, heldPosts, missingMedia });
    },

    async 'outbox.show'({ url }) {
      const file = await findInOutbox(join(desk.dataDir, 'outbox'), url);
      if (file === null) return refuse('not-in-outbox', 'This file is not, or no longer, in the outbox.');
      desk.showFile(file);
      return ok({ shown: true });
    },

    async 'practice.load'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { brands } = await open.value.directory.read();
      if (brands.size > 0) return refuse('not-empty', 'Practice data are only for an empty desk.');
      const loaded = await loadPractice({
        storage: open.value.storage,
        mediaDir: join(desk.dataDir, 'media'),
        now: desk.clock.now(),
        onAdded: recordAdded(desk, 'sample'),
      });
      if (!loaded.ok) return loaded;
      await notePractice(open.value);
      desk.engine.record({ event: 'practice.loaded', details: {} });
      await namesChanged(desk, open.value);
      return ok(await readDesk(desk, open.value));
    },
  };
}
