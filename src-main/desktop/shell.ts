import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, globalShortcut, nativeTheme, powerMonitor, powerSaveBlocker, session, shell } from 'electron';
import type { Clock } from '../core/clock.ts';
import type { Control, PublishingState } from '../core/stop-types.ts';
import { keyOfCommand } from '../core/window-keys.ts';
import { createAppMenu } from './app-menu.ts';
import { createAppScheme } from './app-scheme.ts';
import type { CommandLine } from './command-line.ts';
import { createDialogs } from './dialogs.ts';
import { chooseLanguage, wordsFor } from './language.ts';
import type { Log } from './log.ts';
import { createLoginStart } from './login-start.ts';
import { signInByBrowser } from './loopback-sign-in.ts';
import { createNotifications } from './notifications.ts';
import { createOpenUrl } from './open-url.ts';
import { createPower } from './power.ts';
import { printPdf } from './print-pdf.ts';
import { createSessionBus } from './session-bus.ts';
import { guardSession } from './session-guard.ts';
import { createSettingsStore } from './settings-store.ts';
import { createStopShortcut } from './stop-shortcut.ts';
import { createTray } from './tray.ts';
import { readTrayHost } from './tray-host.ts';
import { createTrayIcons, iconsDir } from './tray-icons.ts';
import { createWindow } from './window.ts';

export type ShellDeps = {
  readonly line: CommandLine;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Called in the same step as the press; must not throw. */
  readonly onStop: (control: Control) => void;
  readonly onOpenView: (view: string) => void;
  readonly onSettings: () => void;
  readonly onSleep: () => void;
  readonly onWake: (gapMs: number) => void;
  /** Hosts of the person's own accounts, besides those nobody has to be asked about. */
  readonly isKnownHost: (host: string) => boolean;
};

/** What is shown outside the page: in the tray, the title and the question before quitting. */
export type ShellFacts = {
  readonly state: PublishingState;
  readonly scheduled: number;
  readonly next: string;
  readonly nextDueAt: number | null;
};

/** What the shell asks and tells those who watch over its controls. */
type Watch = {
  /** What the keys of the keyboard write now; '' when that is not known. */
  readonly layout: () => string;
  readonly onProven: () => void;
  /** Before the engine takes up again what is due. */
  readonly onWake: () => void;
};

/** Window, tray, shortcut, menu, notifications and power, built together: everything of the app that is not the page and not the engine. */
export function createShell(deps: ShellDeps) {
  const { clock, log, line, dataDir } = deps;
  let watch: Watch = { layout: () => '', onProven: () => {}, onWake: () => {} };
  const settings = createSettingsStore({
    dataDir,
    now: clock.now,
    onChange: () => {
      nativeTheme.themeSource = settings.read().theme;
      speak();
      deps.onSettings();
    },
    onTrouble: (error) => {
      log.error('settings.not-written', error);
      notifications.settingsNotWritten(settings.problem());
      deps.onSettings();
    },
  });
  const language = () => chooseLanguage(line.language, settings.read().language, app.getLocale());
  const words = () => wordsFor(language());
  const dialogs = createDialogs({ words });
  const askBus = createSessionBus(process.env);
  const icons = createTrayIcons(iconsDir(app.getAppPath()), process.platform);
  let facts: ShellFacts = { state: 'not-started', scheduled: 0, next: '', nextDueAt: null };

  const openUrl = createOpenUrl({
    openExternal: (url) => shell.openExternal(url),
    isKnownHost: deps.isKnownHost,
    confirm: (host) => dialogs.askToOpen(window.browserWindow(), host),
    // A server on this machine, as in a trial: its sign-in page is plain http.
    allowLoopback: true,
  });

  const tray = createTray({
    icons,
    clock,
    words,
    onStop: () => deps.onStop('tray'),
    onOpen: () => window.show(),
    onQuit: () => window.quit(),
    readHost: process.platform === 'linux' ? () => readTrayHost(askBus, process.pid) : null,
    onChange: () => {
      if (!tray.isShown()) {
        notifications.controlLost(words().trayLostBody);
        // Hidden, there would be no way left to it.
        if (window.browserWindow()?.isVisible() !== true) window.show();
      }
      deps.onSettings();
    },
  });

  const shortcut = createStopShortcut({
    globalShortcut,
    clock,
    words,
    onPress: () => deps.onStop('shortcut'),
    onChange: () => {
      menu.update();
      tellShortcut();
      deps.onSettings();
    },
    readWanted: () => settings.read().shortcut,
    writeWanted: (accelerator) => settings.keep({ shortcut: accelerator }),
    readProof: () => settings.read().shortcutProof,
    writeProof: (shortcutProof) => settings.keep({ shortcutProof }),
    appVersion: app.getVersion(),
    sessionType: process.env.XDG_SESSION_TYPE ?? '',
    layout: () => watch.layout(),
    onProven: () => watch.onProven(),
  });

  /** Posts wait and are allowed out: that nothing goes out any more has to be said. */
  const asksToQuit = () => facts.state === 'publishing' && facts.scheduled > 0;

  const window = createWindow({
    preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
    icon: icons.appIcon(),
    words,
    log,
    dialogs,
    readBounds: () => settings.read().windowBounds,
    writeBounds: (windowBounds) => settings.keep({ windowBounds }),
    closeAction: () => {
      if (settings.read().closeToTray && tray.isShown()) return 'hide';
      return asksToQuit() ? 'ask' : 'quit';
    },
    asksToQuit,
    scheduled: () => facts.scheduled,
    onHidden: () => {
      if (!settings.read().wasToldOfTray) notifications.closedToTray();
      settings.keep({ wasToldOfTray: true });
    },
    onShown: () => void tray.check(),
    onStop: () => deps.onStop('button'),
    onLink: (url) => void openUrl(url),
  });

  const notifications = createNotifications({
    words,
    wants: () => settings.read().notices,
    clock,
    onOpen: (view) => {
      window.show();
      deps.onOpenView(view);
    },
    onFailed: (reason) => log.warn('notification.failed', { reason }),
  });

  const menu = createAppMenu({
    words,
    platform: process.platform,
    isPackaged: app.isPackaged,
    onStop: () => deps.onStop('button'),
    onOpenView: deps.onOpenView,
    onStopByHand: () => void dialogs.tellStopByHand(join(dataDir, 'permit')),
    onShowDataFolder: () => void shell.openPath(dataDir),
    onReload: () => window.contents()?.reload(),
    onQuit: () => window.quit(),
    shortcut: shortcut.status,
    keyOf: (command) => keyOfCommand(command, settings.read().windowKeys, shortcut.status()),
  });

  const power = createPower({
    powerMonitor,
    powerSaveBlocker,
    clock,
    awakeMs: () => settings.read().keepAwakeMinutes * 60_000,
    onSleep: deps.onSleep,
    onWake: (gapMs) => {
      watch.onWake();
      deps.onWake(gapMs);
      shortcut.check();
      void tray.check();
    },
    onShutdown: () => app.quit(),
  });

  const scheme = createAppScheme({
    session: session.defaultSession,
    rendererDir: join(app.getAppPath(), 'out', 'renderer'),
    randomBytes,
  });

  /** After a change of language: everything that is shown outside the page. */
  function speak(): void {
    menu.update();
    tray.update(facts);
    window.update(facts.state);
  }

  let toldOfShortcut = '';
  /** A key that is not the one wanted, or none at all, is never kept quiet; each problem is told once. */
  function tellShortcut(): void {
    const { problem, accelerator, wanted } = shortcut.status();
    if (accelerator !== wanted && problem !== toldOfShortcut) notifications.controlLost(problem);
    toldOfShortcut = problem;
  }

  const login = createLoginStart({
    platform: process.platform,
    env: process.env,
    home: homedir(),
    execPath: process.execPath,
    args: [...(app.isPackaged ? [] : [app.getAppPath()]), ...(line.dataDir ? [`--data-dir=${dataDir}`] : [])],
    items: app,
  });

  const parts = [shortcut, tray, menu, power];
  return {
    settings,
    language,
    languageOfRun: line.language,
    words,
    theme: (): 'light' | 'dark' => (nativeTheme.shouldUseDarkColors ? 'dark' : 'light'),
    dialogs,
    printPdf: (html: string) => printPdf(html, dataDir),
    askBus,
    shortcut,
    tray,
    window,
    notifications,
    login,
    openUrl,
    noticesPath: join(app.getAppPath(), 'out', 'third-party-notices.txt'),
    showFile: (path: string): void => shell.showItemInFolder(path),

    async openFolder(path: string): Promise<void> {
      await mkdir(path, { recursive: true, mode: 0o700 });
      await shell.openPath(path);
    },

    async savePdf(page: string, suggested: string): Promise<string | null> {
      const path = await dialogs.choosePdf(window.browserWindow(), suggested);
      if (path !== null) await writeFile(path, await printPdf(page, dataDir), { mode: 0o600 });
      return path;
    },

    /** Sends the person to the system browser and waits for them to come back. */
    signIn: <T>(order: Pick<Parameters<typeof signInByBrowser<T>>[0], 'port' | 'begin' | 'finish'>) =>
      signInByBrowser<T>({
        ...order,
        openExternal: (url) => openUrl(url, true),
        randomBytes,
        clock,
        words,
      }),

    /** The controls of the stop first, then the window. */
    start(): void {
      nativeTheme.themeSource = settings.read().theme;
      for (const part of parts) part.start();
      guardSession(session.defaultSession);
      scheme.start();
      window.start(!line.startsHidden);
      tellShortcut();
      if (settings.keptAs !== null) notifications.settingsReset(settings.keptAs);
    },

    /** Closes the app as a person would and starts it again with the same arguments. */
    restart(): void {
      app.relaunch();
      app.quit();
    },

    facts: (): ShellFacts => facts,

    /** What watches over the controls is built after them. */
    watchWith(given: Watch): void {
      watch = given;
    },

    /** Something that goes on without it could not be written. */
    reportTrouble: (error: unknown): void => log.error('safeguards.failed', error),

    update(next: Partial<ShellFacts>): void {
      facts = { ...facts, ...next };
      tray.update(facts);
      window.update(facts.state);
      power.expect(facts.state === 'publishing' ? facts.nextDueAt : null);
    },

    stop(): void {
      window.stop();
      notifications.stop();
      for (const part of [...parts].reverse()) part.stop();
      scheme.stop();
    },
  };
}

export type Shell = ReturnType<typeof createShell>;
