import type { Backups } from '../backup/create-backups.ts';
import type { Clock } from '../core/clock.ts';
import type { Connector } from '../core/connector.ts';
import { type Result, refuse } from '../core/result.ts';
import type { Storage } from '../core/stores.ts';
import type { SettingsStore } from '../desktop/settings-store.ts';
import type { Shell } from '../desktop/shell.ts';
import type { StopShortcut } from '../desktop/stop-shortcut.ts';
import type { DrillPart } from '../drill/create-drill.ts';
import type { Engine } from '../engine.ts';
import type { PlanPages } from '../keep-plans.ts';
import type { KeepRecurrences } from '../keep-recurrences.ts';
import type { LookUpPosts } from '../look-up-posts.ts';
import type { Safeguards } from '../safeguards.ts';
import { toScopeNames } from '../stop/scope-names.ts';
import type { WatchElsewhere } from '../watch-elsewhere.ts';
import type { Directory } from './directory.ts';
import type { Notify } from './notify.ts';
import type { StopHistory } from './stop-history.ts';
import type { StopTicks } from './stop-ticks.ts';

/** What is there once the database is open. */
export type OpenDesk = {
  readonly storage: Storage;
  readonly directory: Directory;
  readonly lookUpPosts: LookUpPosts;
  readonly planPages: PlanPages;
  readonly recurrences: KeepRecurrences;
};

/** Everything the handlers work with. Built once by main.ts; `open` is null until, or when, the database cannot be opened. */
export type Desk = {
  readonly engine: Engine;
  readonly history: StopHistory;
  readonly drill: DrillPart;
  readonly ticks: StopTicks;
  readonly elsewhere: WatchElsewhere;
  readonly backups: Backups;
  readonly clock: Clock;
  readonly connectors: readonly Connector[];
  readonly connectorFor: (network: string) => Connector | null;
  readonly open: () => OpenDesk | null;
  readonly databaseProblem: () => string;
  readonly secretStore: () => 'keyring' | 'passphrase' | 'this-run';
  /** The public key a new sign-in is sealed with; makes another key where the kept one cannot be had. */
  readonly keyForSignIn: () => Promise<string>;
  readonly settings: SettingsStore;
  readonly shortcut: StopShortcut;
  readonly safeguards: Safeguards;
  readonly hasTray: () => boolean;
  readonly language: () => 'en' | 'fr';
  /** Given by `--lang`; null without it. */
  readonly languageOfRun: 'en' | 'fr' | null;
  readonly theme: () => 'light' | 'dark';
  readonly notify: Notify;
  readonly dataDir: string;
  readonly version: string;
  /** The file that names whose work is in the app. */
  readonly noticesPath: string;
  readonly electron: string;
  readonly chooseFile: (purpose: 'calendar' | 'accounts' | 'export') => Promise<string | null>;
  /** Where a report is to be saved; null when that was dismissed. */
  readonly chooseReport: (format: 'html' | 'pdf', suggested: string) => Promise<string | null>;
  /** Where what the calendar shows is to be saved; null when that was dismissed. */
  readonly chooseCalendar: (format: 'ics' | 'csv' | 'pdf', suggested: string) => Promise<string | null>;
  /** A page that needs nothing from elsewhere, as PDF. */
  readonly printPdf: (html: string) => Promise<Uint8Array>;
  /** Selects a file in the system's file manager. */
  readonly showFile: (path: string) => void;
  /** Opens a folder in the system's file manager, making it where there is none. */
  readonly openFolder: (path: string) => Promise<void>;
  /** Asks where, and writes a page there as a PDF. The path, or null when dismissed; rejects with what went wrong. */
  readonly savePdf: (page: string, suggested: string) => Promise<string | null>;
  readonly signIn: Shell['signIn'];
  /** Ends what goes on by itself. Before the engine and the database are closed. */
  readonly close: () => Promise<void>;
  readonly login: Shell['login'];
  /** Asks for a folder; null when that was dismissed. */
  readonly chooseFolder: () => Promise<string | null>;
  /** Closes the app in order and starts it again. */
  readonly restart: () => void;
  readonly randomBytes: (n: number) => Uint8Array;
};

/** The open desk, or the refusal every handler that needs the database gives. */
export function needDesk(desk: Desk): Result<OpenDesk> {
  const open = desk.open();
  return open
    ? { ok: true, value: open }
    : refuse('no-database', desk.databaseProblem() || 'The database is not open yet.');
}

/** After brands or accounts changed: the window, the scheduler, and the names a stop knows while the app is down. */
export async function namesChanged(desk: Desk, { directory }: OpenDesk): Promise<void> {
  directory.forget();
  deskChanged(desk);
  const { brands, accounts } = await directory.read();
  desk.engine.keepNames(toScopeNames(brands.values(), accounts.values()));
}

/** Tells the window and the scheduler that posts changed. */
export function deskChanged(desk: Desk): void {
  desk.engine.wake();
  desk.notify('desk.changed', {});
  desk.notify('queue.changed', {});
  desk.notify('publishing.changed', {});
}
