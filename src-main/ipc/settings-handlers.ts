import type { AppView, SettingsView } from '../../src-preload/views.ts';
import { ok, refuse } from '../core/result.ts';
import { verifyJournal } from '../stop/journal-check.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './serve.ts';
import { toJournalLine } from './to-view.ts';

type SettingsHandlers = Pick<
  Handlers,
  | 'app.read'
  | 'settings.read'
  | 'settings.change'
  | 'shortcut.change'
  | 'shortcut.prove'
  | 'control.list'
  | 'page.answer'
  | 'journal.page'
  | 'journal.verify'
>;

/** How long a person may take to press the key. */
const PROVE_MS = 30_000;
/** As much of the journal's end as is shown in the window; the file itself holds all. */
const SHOWN_JOURNAL_BYTES = 8 * 1024 * 1024;
/** The oldest runtime that still gets security fixes is far newer than this. */
const TRIAL_RUNTIME_BELOW = 40;

function readSettings(desk: Desk): SettingsView {
  const { language, theme, inFlightCap, personName, closeToTray, ...more } = desk.settings.read();
  return {
    language,
    theme,
    inFlightCap,
    personName,
    closeToTray,
    notices: more.notices,
    digest: more.digest,
    keepAwakeMinutes: more.keepAwakeMinutes,
    tour: more.tour,
    shortcut: desk.shortcut.status(),
    hasTray: desk.hasTray(),
    secretStore: desk.secretStore(),
    dataDir: desk.dataDir,
    notWritten: desk.settings.problem(),
  };
}

export function createSettingsHandlers(desk: Desk): SettingsHandlers {
  return {
    async 'app.read'() {
      const open = desk.open();
      const isEmpty = open
        ? (await open.directory.read()).brands.size === 0 && (await open.directory.read()).accounts.size === 0
        : false;
      const app: AppView = {
        version: desk.version,
        electron: desk.electron,
        isTrialRuntime: Number.parseInt(desk.electron, 10) < TRIAL_RUNTIME_BELOW,
        language: desk.language(),
        languageOfRun: desk.languageOfRun,
        theme: desk.theme(),
        isFirstRun: isEmpty,
        databaseProblem: desk.databaseProblem(),
      };
      return ok(app);
    },

    'settings.read': async () => ok(readSettings(desk)),

    async 'settings.change'(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      try {
        desk.settings.change(given);
      } catch (error) {
        return refuse('not-saved', `The settings could not be written: ${(error as Error).message}`);
      }
      if (change.inFlightCap !== undefined) {
        desk.engine.record({
          event: 'settings.in-flight-cap',
          by: desk.settings.read().personName,
          details: { cap: change.inFlightCap },
        });
        desk.engine.publisher.refresh();
        desk.engine.wake();
      }
      desk.notify('settings.changed', {});
      return ok(readSettings(desk));
    },

    async 'shortcut.change'({ accelerator }) {
      const changed = desk.shortcut.change(accelerator);
      desk.notify('settings.changed', {});
      return changed.ok ? ok({ ...changed.value }) : changed;
    },

    async 'shortcut.prove'() {
      if (desk.engine.stop.status().state === 'publishing')
        return refuse(
          'publishing',
          'A press always stops for real: prove the key while nothing is published.',
        );
      const status = await desk.shortcut.prove(PROVE_MS);
      desk.notify('settings.changed', {});
      return ok({ ...status });
    },

    'control.list': async () => ok(desk.safeguards.list().map((control) => ({ ...control }))),

    async 'page.answer'({ ask, keyboard }) {
      desk.safeguards.answered(ask, keyboard);
      return ok({ taken: true });
    },

    async 'journal.page'({ offset, limit, search }) {
      const wanted = search?.trim().toLowerCase() ?? '';
      const records = desk.engine.journal
        .tail(SHOWN_JOURNAL_BYTES)
        .filter((record) => wanted === '' || JSON.stringify(record).toLowerCase().includes(wanted))
        .reverse();
      return ok({ lines: records.slice(offset, offset + limit).map(toJournalLine), total: records.length });
    },

    async 'journal.verify'() {
      await desk.engine.journal.flush();
      const { journal, journalHead } = desk.engine.paths;
      return ok(await verifyJournal(journal, journalHead));
    },
  };
}
