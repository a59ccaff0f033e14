import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  globalShortcut,
  ipcMain,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  session,
  shell,
} from 'electron';
import type { PublishingState } from '../../src-main/core/stop-types.ts';
import { keyOfCommand } from '../../src-main/core/window-keys.ts';
import { logAccidents } from '../../src-main/desktop/accidents.ts';
import { createAppMenu } from '../../src-main/desktop/app-menu.ts';
import { createAppScheme, registerAppScheme } from '../../src-main/desktop/app-scheme.ts';
import { readCommandLine } from '../../src-main/desktop/command-line.ts';
import { defaultDataDir, prepareDataDir } from '../../src-main/desktop/data-dir.ts';
import { createDialogs } from '../../src-main/desktop/dialogs.ts';
import { openKeyring } from '../../src-main/desktop/keyring.ts';
import { chooseLanguage, wordsFor } from '../../src-main/desktop/language.ts';
import { createLog } from '../../src-main/desktop/log.ts';
import { signInByBrowser } from '../../src-main/desktop/loopback-sign-in.ts';
import { createNotifications } from '../../src-main/desktop/notifications.ts';
import { createOpenUrl } from '../../src-main/desktop/open-url.ts';
import { createPower } from '../../src-main/desktop/power.ts';
import { readSecretService } from '../../src-main/desktop/secret-service.ts';
import { createSessionBus } from '../../src-main/desktop/session-bus.ts';
import { enableSandbox, guardSession } from '../../src-main/desktop/session-guard.ts';
import { createSettingsStore } from '../../src-main/desktop/settings-store.ts';
import { createSingleInstance } from '../../src-main/desktop/single-instance.ts';
import { createStopShortcut } from '../../src-main/desktop/stop-shortcut.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { createTray } from '../../src-main/desktop/tray.ts';
import { readTrayHost } from '../../src-main/desktop/tray-host.ts';
import { createTrayIcons, iconsDir } from '../../src-main/desktop/tray-icons.ts';
import { createWindow } from '../../src-main/desktop/window.ts';
import { createNotify } from '../../src-main/ipc/notify.ts';
import { createServer, type Handlers } from '../../src-main/ipc/serve.ts';

/** A main process with every part of the shell and none of the app: what happens is written to a file, one JSON line each. */
const tell = (event: string, facts: Record<string, unknown> = {}) =>
  appendFileSync(process.env.FIXTURE_EVENTS ?? '/dev/null', `${JSON.stringify({ event, ...facts })}\n`);

const line = readCommandLine(process.argv, process.env);
const dataDir = prepareDataDir({
  app,
  wanted: line.dataDir,
  fallback: defaultDataDir(process.platform, process.env, homedir()),
  cwd: process.cwd(),
});
const log = createLog({ dataDir, toConsole: false });
logAccidents(process, log);
enableSandbox(app);
registerAppScheme();
const onStop = (control: string) => tell('stop', { control });
const instance = createSingleInstance({
  app,
  command: line.command,
  onStop: () => onStop('second-instance'),
  onShow: () => {
    tell('show');
    shell_.show?.();
  },
});
// What the tests call from outside.
const shell_: Record<string, (...args: never[]) => unknown> = { show: () => {} };
Object.assign(globalThis, { fixture: shell_ });

function start(): void {
  const clock = createSystemClock();
  const settings = createSettingsStore({
    dataDir,
    now: clock.now,
    onChange: () => {},
    onTrouble: (error) => {
      log.error('settings.not-written', error);
      tell('settings-not-written', { problem: settings.problem() });
    },
  });
  const words = () => wordsFor(chooseLanguage(line.language, settings.read().language, app.getLocale()));
  const dialogs = createDialogs({ words });
  const askBus = createSessionBus(process.env);
  const icons = createTrayIcons(iconsDir(process.env.FIXTURE_ROOT ?? ''), process.platform);
  const scheme = createAppScheme({
    session: session.defaultSession,
    rendererDir: join(app.getAppPath(), 'renderer'),
    randomBytes,
  });
  const openUrl = createOpenUrl({
    openExternal: (url) => shell.openExternal(url),
    isKnownHost: (host) => host === 'example.invalid',
    confirm: async () => false,
    allowLoopback: true,
  });
  const tray = createTray({
    icons,
    clock,
    words,
    onStop: () => onStop('tray'),
    onOpen: () => {
      tell('tray-open');
      window.show();
    },
    onQuit: () => app.quit(),
    readHost: process.platform === 'linux' ? () => readTrayHost(askBus, process.pid) : null,
    onChange: () => tell('tray', { isShown: tray.isShown() }),
  });
  const shortcut = createStopShortcut({
    globalShortcut,
    clock,
    words,
    onPress: () => onStop('shortcut'),
    onChange: () => tell('shortcut', shortcut.status()),
    readWanted: () => settings.read().shortcut,
    writeWanted: (accelerator) => settings.keep({ shortcut: accelerator }),
    readProof: () => settings.read().shortcutProof,
    writeProof: (shortcutProof) => settings.keep({ shortcutProof }),
    appVersion: app.getVersion(),
    sessionType: 'x11',
    layout: () => '',
    onProven: () => {},
  });
  const window = createWindow({
    preload: join(app.getAppPath(), 'preload.cjs'),
    icon: icons.appIcon(),
    words,
    log,
    dialogs,
    readBounds: () => settings.read().windowBounds,
    writeBounds: (windowBounds) => settings.keep({ windowBounds }),
    closeAction: () => (settings.read().closeToTray && tray.isShown() ? 'hide' : 'ask'),
    asksToQuit: () => true,
    scheduled: () => 3,
    onHidden: () => {
      tell('hidden');
      if (!settings.read().wasToldOfTray) notifications.closedToTray();
      settings.keep({ wasToldOfTray: true });
    },
    onShown: () => void tray.check(),
    onStop: () => onStop('dialog'),
    onLink: (url) => void openUrl(url).then((opened) => tell('link', { url, opened })),
  });
  const notifications = createNotifications({
    wants: () => settings.read().notices,
    words,
    clock,
    onOpen: (view) => {
      tell('notification-click', { view });
      window.show();
    },
    onFailed: (reason) => tell('notification-failed', { reason }),
  });
  const menu = createAppMenu({
    words,
    platform: process.platform,
    isPackaged: app.isPackaged,
    onStop: () => onStop('menu'),
    onOpenView: (view) => notify.notify('view.open', { view }),
    onStopByHand: () => void dialogs.tellStopByHand(join(dataDir, 'permit')),
    onShowDataFolder: () => {},
    onReload: () => window.contents()?.reload(),
    onQuit: () => window.quit(),
    shortcut: shortcut.status,
    keyOf: (command) => keyOfCommand(command, settings.read().windowKeys, shortcut.status()),
  });
  const power = createPower({
    awakeMs: () => settings.read().keepAwakeMinutes * 60_000,
    powerMonitor,
    powerSaveBlocker,
    clock,
    onSleep: () => tell('sleep'),
    onWake: (gapMs) => tell('wake', { gapMs }),
    onShutdown: () => tell('shutdown'),
  });
  const notify = createNotify({ contents: window.contents, clock });
  const handlers = new Proxy({} as Handlers, {
    get: (_target, channel) => async (request: unknown) => {
      tell('request', { channel, request });
      if (channel === 'desk.read') throw new Error('a bug');
      return { ok: true, value: { channel } };
    },
  });
  const server = createServer({
    ipcMain,
    handlers,
    contents: window.contents,
    onFault: ({ id, channel, error }) => tell('fault', { id, channel, error: String(error) }),
    newId: () => 'f1',
    explain: () => null,
  });

  guardSession(session.defaultSession);
  scheme.start();
  server.start();
  shortcut.start();
  tray.start();
  menu.start();
  power.start();
  window.start(!line.startsHidden);
  tell('ready', {
    dataDir,
    settingsKeptAs: settings.keptAs,
    language: words().language,
    shortcut: shortcut.status(),
    sessionData: app.getPath('sessionData'),
  });

  const openedKeyring = () =>
    openKeyring({
      safeStorage,
      platform: process.platform,
      desktop: process.env.XDG_CURRENT_DESKTOP ?? '',
      readSecretService: () => readSecretService(askBus),
      clock,
    });
  Object.assign(shell_, {
    show: window.show,
    setState(state: PublishingState, scheduled = 12, next = '21:30') {
      tray.update({ state, scheduled, next });
      window.update(state);
    },
    setLanguage(language: 'en' | 'fr') {
      settings.change({ language });
      menu.update();
    },
    async checkTray() {
      await tray.check();
      return tray.isShown();
    },
    trayIsShown: tray.isShown,
    shortcutStatus: shortcut.status,
    changeShortcut: shortcut.change,
    prove: shortcut.prove,
    notify: notify.notify,
    stopEngaged: notifications.stopEngaged,
    postsNeedDecision: notifications.postsNeedDecision,
    settings: settings.read,
    /** What nobody catches, in a timer and in a promise. */
    accident() {
      setTimeout(() => {
        throw new Error('thrown in a timer');
      }, 0);
      void Promise.reject(new Error('rejected and forgotten'));
    },
    async keyring() {
      const opened = await openedKeyring();
      if (!opened.ok) return opened.error.code;
      const wrapped = await opened.value.wrap(new Uint8Array([1, 2, 250]));
      const back = await opened.value.unwrap(wrapped);
      return {
        name: opened.value.name,
        back: [...back],
        mark: Buffer.from(wrapped).toString('latin1', 0, 3),
      };
    },
    signIn: (authorizeUrl: string) =>
      signInByBrowser({
        port: null,
        begin: async ({ redirectUri, state, codeChallenge }) => ({
          kind: 'open',
          url: `${authorizeUrl}?redirect_uri=${encodeURIComponent(redirectUri)}&state=${state}&challenge=${codeChallenge}`,
          carry: { client: 'c1' },
        }),
        finish: async (answer) => answer,
        openExternal: (url) => openUrl(url, true),
        randomBytes,
        clock,
        words,
      }),
  });
  app.on('will-quit', () => {
    for (const part of [power, menu, tray, shortcut, server, notify, notifications]) part.stop();
    scheme.stop();
    tell('quit');
  });
}

if (instance.start()) void app.whenReady().then(start);
