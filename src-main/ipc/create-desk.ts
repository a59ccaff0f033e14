import { randomBytes } from 'node:crypto';
import { createBackups } from '../backup/create-backups.ts';
import { connectorFor, connectors } from '../connectors/index.ts';
import type { Clock } from '../core/clock.ts';
import { createDailyDigest } from '../daily-digest.ts';
import type { Shell } from '../desktop/shell.ts';
import { createDrill } from '../drill/create-drill.ts';
import { remindOfDrills } from '../drill/remind-of-drills.ts';
import { watchElsewhere } from '../elsewhere-desk.ts';
import type { Engine } from '../engine.ts';
import { type DigestFacts, isEmptyDigest, readDigest } from '../hours-ahead.ts';
import type { DeskHolder } from '../open-desk.ts';
import type { ChildProcess } from '../publisher/handle.ts';
import { remindOfYes } from '../remind-of-yes.ts';
import { createSafeguards } from '../safeguards.ts';
import type { SecretKeeper } from '../secret-keeper.ts';
import type { Desk } from './desk.ts';
import { namesOf } from './directory.ts';
import { tomorrowOf } from './know-handlers.ts';
import type { Notify } from './notify.ts';
import { createStopHistory } from './stop-history.ts';
import { createStopTicks } from './stop-ticks.ts';

/** Everything the handlers work with, from the parts of the app. */
export function createDesk(parts: {
  engine: Engine;
  holder: DeskHolder;
  clock: Clock;
  keeper: SecretKeeper;
  shell: Shell;
  notify: Notify;
  dataDir: string;
  version: string;
  spawn: () => ChildProcess;
}): Desk {
  const { engine, holder, clock, keeper, shell } = parts;
  const drill = createDrill({
    dataDir: parts.dataDir,
    clock,
    engine,
    spawn: parts.spawn,
    names: async () => namesOf((await holder.open()?.directory.read()) ?? null),
    inFlightCap: () => shell.settings.read().inFlightCap,
    onProgress: (step) => parts.notify('drill.progress', { step }),
    onChange: () => parts.notify('drill.changed', {}),
  });
  const endReminder = remindOfDrills({
    clock,
    isDue: async () => (await drill.status()).isDue,
    isQuiet() {
      const { state, stops, countdowns } = engine.stop.status();
      return state === 'publishing' && stops.length + countdowns.length === 0;
    },
    hourOf: (at) => new Date(at).getHours(),
    remindedAt: () => shell.settings.read().drillRemindedAt,
    remind(at) {
      shell.settings.keep({ drillRemindedAt: at });
      shell.notifications.drillDue();
      // The strip in the window: what it read may be of days ago.
      parts.notify('drill.changed', {});
    },
  });
  const endYesReminder = remindOfYes({
    clock,
    read: async (before) => (await holder.open()?.storage.yes.waiting(before)) ?? null,
    remind: ({ firstAt, ...facts }) => shell.notifications.yesNear({ ...facts, first: timeOf(firstAt) }),
  });
  const backups = createBackups({
    dataDir: parts.dataDir,
    clock,
    engine,
    appVersion: parts.version,
    storage: () => holder.open()?.storage ?? null,
    chosenFolder: () => shell.settings.read().backupFolder,
    problem: () => shell.settings.read().backupProblem,
    keepProblem: (backupProblem) => shell.settings.keep({ backupProblem }),
    dayOf,
    onFailed: shell.notifications.backupFailed,
    onChange: () => parts.notify('backup.changed', {}),
  });
  backups.start();
  const endDigest = createDailyDigest<DigestFacts>({
    clock,
    wantedAt: () => {
      const { isOn, at } = shell.settings.read().digest;
      return isOn ? at : null;
    },
    placeOf: (at) => ({ day: dayOf(at), time: timeOf(at) }),
    toldOn: () => shell.settings.read().digestToldOn,
    keepToldOn: (digestToldOn) => shell.settings.keep({ digestToldOn }),
    read: async (now) => {
      const posts = holder.open()?.storage.posts;
      return posts ? readDigest(posts, now, tomorrowOf(now)) : null;
    },
    tell(facts) {
      const { tomorrowFirstAt: at } = facts;
      if (!isEmptyDigest(facts))
        shell.notifications.digest({ ...facts, first: at === null ? '' : timeOf(at) });
    },
  });
  const elsewhere = watchElsewhere({
    engine,
    clock,
    open: holder.open,
    onChange(hasLines) {
      parts.notify('elsewhere.changed', {});
      if (hasLines) parts.notify('journal.changed', {});
    },
  });
  return {
    engine,
    elsewhere,
    history: createStopHistory({
      engine,
      posts: () => holder.open()?.storage.posts ?? null,
      directory: () => holder.open()?.directory ?? null,
      now: clock.now,
      onRead: () => parts.notify('publishing.changed', {}),
    }),
    drill,
    backups,
    async close() {
      endReminder();
      endYesReminder();
      endDigest();
      elsewhere.close();
      await Promise.all([backups.close(), drill.close()]);
    },
    ticks: createStopTicks({
      engine,
      now: clock.now,
      onChange: () => parts.notify('journal.changed', {}),
    }),
    clock,
    connectors,
    connectorFor,
    open: holder.open,
    databaseProblem: holder.problem,
    secretStore: keeper.store,
    keyForSignIn: async () => {
      const key = await keeper.keyForSignIn();
      engine.publisher.refresh();
      return key;
    },
    settings: shell.settings,
    shortcut: shell.shortcut,
    safeguards: createSafeguards({
      dataDir: parts.dataDir,
      clock,
      engine,
      shell,
      notify: parts.notify,
    }),
    hasTray: shell.tray.isShown,
    language: shell.language,
    languageOfRun: shell.languageOfRun,
    theme: shell.theme,
    notify: parts.notify,
    dataDir: parts.dataDir,
    version: parts.version,
    noticesPath: shell.noticesPath,
    electron: process.versions.electron ?? '',
    chooseFile: (purpose) =>
      shell.dialogs.chooseFile(shell.window.browserWindow(), purpose, 'all-stop-calendar.csv'),
    chooseReport: (format, suggested) =>
      shell.dialogs.chooseReport(shell.window.browserWindow(), format, suggested),
    chooseCalendar: (format, suggested) =>
      shell.dialogs.chooseCalendar(shell.window.browserWindow(), format, suggested),
    printPdf: shell.printPdf,
    showFile: shell.showFile,
    openFolder: shell.openFolder,
    savePdf: shell.savePdf,
    login: shell.login,
    chooseFolder: () => shell.dialogs.chooseFolder(shell.window.browserWindow()),
    restart: shell.restart,
    signIn: shell.signIn,
    randomBytes,
  };
}

const two = (n: number) => String(n).padStart(2, '0');

/** 'HH:MM' by the clock of this computer. */
function timeOf(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** 'YYYY-MM-DD' by the clock of this computer. */
function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
