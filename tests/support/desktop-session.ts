import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dbus, { type MessageBus } from 'dbus-next';
import { endProcess, run, spawnBound } from '../../tools/bound-process.ts';
import { type Display, startDisplay } from '../../tools/display.ts';
import { toPng } from '../../tools/picture.ts';
import { startSessionBus } from '../../tools/session-bus.ts';

const { Interface, ACCESS_READ } = dbus.interface;
const { Message, Variant } = dbus;

const WATCHER = 'org.kde.StatusNotifierWatcher';
const NOTIFICATIONS = 'org.freedesktop.Notifications';

/** The part of a desktop that shows tray icons: programs come to it by themselves and say where their icon is. */
class StatusNotifierWatcher extends Interface {
  readonly items: string[] = [];
  RegisterStatusNotifierItem(service: string): void {
    this.items.push(service);
  }
  RegisterStatusNotifierHost(): void {}
  get RegisteredStatusNotifierItems(): string[] {
    return this.items;
  }
  get IsStatusNotifierHostRegistered(): boolean {
    return true;
  }
  get ProtocolVersion(): number {
    return 0;
  }
}
StatusNotifierWatcher.configureMembers({
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
    RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
  },
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: ACCESS_READ },
    IsStatusNotifierHostRegistered: { signature: 'b', access: ACCESS_READ },
    ProtocolVersion: { signature: 'i', access: ACCESS_READ },
  },
});

export type ShownNotification = {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  /** 0 low, 1 normal, 2 critical. */
  readonly urgency: number;
};

class NotificationServer extends Interface {
  readonly shown: ShownNotification[] = [];
  private count = 0;
  GetCapabilities(): string[] {
    return ['actions', 'body', 'persistence'];
  }
  GetServerInformation(): string[] {
    return ['tests', 'tests', '1.0', '1.2'];
  }
  Notify(
    _app: string,
    replaces: number,
    _icon: string,
    title: string,
    body: string,
    _actions: string[],
    hints: Record<string, { value: unknown } | undefined>,
  ): number {
    this.count += 1;
    const id = replaces === 0 ? this.count : replaces;
    this.shown.push({ id, title, body, urgency: Number(hints.urgency?.value ?? 1) });
    return id;
  }
  CloseNotification(id: number): void {
    this.NotificationClosed(id, 3);
  }
  NotificationClosed(id: number, reason: number): unknown[] {
    return [id, reason];
  }
  ActionInvoked(id: number, key: string): unknown[] {
    return [id, key];
  }
}
NotificationServer.configureMembers({
  methods: {
    GetCapabilities: { inSignature: '', outSignature: 'as' },
    GetServerInformation: { inSignature: '', outSignature: 'ssss' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u', outSignature: '' },
  },
  signals: { NotificationClosed: { signature: 'uu' }, ActionInvoked: { signature: 'us' } },
});

/** The part of the system that tells of sleep. It hands out no locks: Electron then only logs that it got none. */
class LoginManager extends Interface {
  PrepareForSleep(isStarting: boolean): boolean {
    return isStarting;
  }
  PrepareForShutdown(isStarting: boolean): boolean {
    return isStarting;
  }
}
LoginManager.configureMembers({
  signals: { PrepareForSleep: { signature: 'b' }, PrepareForShutdown: { signature: 'b' } },
});

export type TrayItem = {
  /** Changes with every rebuild of the menu. */
  readonly id: number;
  readonly label: string;
  readonly isEnabled: boolean;
  readonly isSeparator: boolean;
};

export type ShownTray = {
  readonly items: readonly TrayItem[];
  readonly tooltip: string;
  /** The picture itself, ARGB, and how wide it is; null when the icon is handed over as a file or a name. */
  readonly icon: { readonly width: number; readonly pixels: Buffer } | null;
};

/** A desktop of our own for one test file: display, session bus, tray, notifications, keyring, a browser that writes down what it was given. */
export type DesktopSession = {
  /** The environment a program has to be started with to be on this desktop. */
  readonly env: Readonly<Record<string, string>>;
  readonly notifications: readonly ShownNotification[];
  /** What the icon of the last program that registered one shows now; waits up to 10 s for one. */
  tray(): Promise<ShownTray>;
  /** Clicks a tray item by its label, over the bus, as a panel does. `id` clicks one that was read earlier. */
  clickTray(label: string, id?: number): Promise<void>;
  /** A left click on the icon itself. */
  clickTrayIcon(): Promise<void>;
  /** Takes the place where icons are shown away, or brings it (back). */
  showTrays(isShown: boolean): Promise<void>;
  clickNotification(id: number): void;
  /** Tells every program that the system falls asleep, or woke up; twice, as real systems do. */
  sleep(isAsleep: boolean): void;
  /** Presses keys as an X client does, for instance 'ctrl+alt+shift+s'. Resolves when they were sent. */
  press(keys: string): Promise<void>;
  /** Addresses the browser was asked to open, oldest first. */
  openedUrls(): Promise<string[]>;
  screenshot(path: string): Promise<void>;
  /** End the programs on it first: Electron aborts when its bus goes. */
  close(): Promise<void>;
};

export type DesktopOptions = {
  /** Whether there is a place for tray icons; true by default. */
  readonly tray?: boolean;
  /** A real gnome-keyring: none by default. */
  readonly keyring?: 'none' | 'unlocked' | 'locked';
};

export async function startDesktopSession(options: DesktopOptions = {}): Promise<DesktopSession> {
  const undo: (() => unknown)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const home = await mkdtemp(join(tmpdir(), 'all-stop-desktop-'));
    undo.push(() => rm(home, { recursive: true, force: true }));
    const display = await startDisplay();
    undo.push(() => display.stop());
    const sessionBus = await startSessionBus();
    if (sessionBus === null) throw new Error('dbus-daemon is not installed.');
    undo.push(() => sessionBus.stop());
    const systemBus = await startSessionBus();
    if (systemBus === null) throw new Error('dbus-daemon is not installed.');
    undo.push(() => systemBus.stop());
    const env = await environment(home, display, sessionBus.address, systemBus.address);
    const bus = dbus.sessionBus({ busAddress: sessionBus.address });
    undo.push(() => bus.disconnect());
    const system = dbus.sessionBus({ busAddress: systemBus.address });
    undo.push(() => system.disconnect());
    const login = new LoginManager('org.freedesktop.login1.Manager');
    system.export('/org/freedesktop/login1', login);
    await system.requestName('org.freedesktop.login1', 0);
    const watcher = new StatusNotifierWatcher(WATCHER);
    const server = new NotificationServer(NOTIFICATIONS);
    bus.export('/StatusNotifierWatcher', watcher);
    bus.export('/org/freedesktop/Notifications', server);
    await bus.requestName(NOTIFICATIONS, 0);
    if (options.tray !== false) await bus.requestName(WATCHER, 0);
    if (options.keyring === 'unlocked' || options.keyring === 'locked') {
      undo.push(await startKeyring(env, options.keyring));
    }
    return { ...controls({ env, display, bus, watcher, server, login, home }), close };
  } catch (fault) {
    await close();
    throw fault;
  }
}

async function environment(
  home: string,
  display: Display,
  busAddress: string,
  systemBusAddress: string,
): Promise<Record<string, string>> {
  const runtime = join(home, 'run');
  const programs = join(home, 'bin');
  for (const dir of [runtime, programs]) await mkdir(dir, { mode: 0o700 });
  // Takes the place of the system's browser: one line an address.
  const browser = join(programs, 'xdg-open');
  await writeFile(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >> "${join(home, 'opened-urls')}"\n`);
  await chmod(browser, 0o755);
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !/^(XDG_|DBUS_|WAYLAND_|ALLSTOP_|GNOME_|KDE_|VITEST|DESKTOP_SESSION)/u.test(entry[0]),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_SESSION_TYPE: 'x11',
    DISPLAY: display.name,
    XAUTHORITY: display.authority,
    DBUS_SESSION_BUS_ADDRESS: busAddress,
    DBUS_SYSTEM_BUS_ADDRESS: systemBusAddress,
    PATH: `${programs}:${process.env.PATH ?? ''}`,
  };
}

function controls(parts: {
  env: Record<string, string>;
  display: Display;
  bus: MessageBus;
  watcher: StatusNotifierWatcher;
  server: NotificationServer;
  login: LoginManager;
  home: string;
}): Omit<DesktopSession, 'close'> {
  const { env, display, bus, watcher, server, login, home } = parts;

  async function call(path: string, iface: string, member: string, signature: string, body: unknown[]) {
    const destination = watcher.items.at(-1);
    if (destination === undefined) throw new Error('No program has shown a tray icon.');
    const message = new Message({ destination, path, interface: iface, member, signature, body });
    return (await bus.call(message))?.body ?? [];
  }

  async function readTray() {
    await until(() => watcher.items.length > 0, 10_000, 'a tray icon');
    const properties = 'org.freedesktop.DBus.Properties';
    const [all] = await call('/StatusNotifierItem', properties, 'GetAll', 's', [
      'org.kde.StatusNotifierItem',
    ]);
    const menu = String(all.Menu.value);
    const [, root] = await call(menu, 'com.canonical.dbusmenu', 'GetLayout', 'iias', [0, -1, []]);
    return { all, menu, items: (root[2] as { value: MenuNode }[]).map(({ value }) => itemOf(value)) };
  }

  return {
    env,
    notifications: server.shown,
    async tray() {
      const { all, items } = await readTray();
      const pixmap = all.IconPixmap?.value?.[0];
      return {
        items,
        tooltip: String(all.ToolTip?.value?.[2] ?? ''),
        icon: pixmap === undefined ? null : { width: Number(pixmap[0]), pixels: Buffer.from(pixmap[2]) },
      };
    },
    async clickTray(label, id) {
      const { menu, items } = await readTray();
      const item = id ?? items.find((one) => one.label === label)?.id;
      if (item === undefined) throw new Error(`No tray item '${label}' in ${items.map((one) => one.label)}`);
      const now = Math.floor(Date.now() / 1_000);
      await call(menu, 'com.canonical.dbusmenu', 'Event', 'isvu', [
        item,
        'clicked',
        new Variant('s', ''),
        now,
      ]);
    },
    async clickTrayIcon() {
      await readTray();
      await call('/StatusNotifierItem', 'org.kde.StatusNotifierItem', 'Activate', 'ii', [0, 0]);
    },
    async showTrays(isShown) {
      if (isShown) await bus.requestName(WATCHER, 0);
      else {
        watcher.items.length = 0;
        await bus.releaseName(WATCHER);
      }
    },
    clickNotification: (id) => server.ActionInvoked(id, 'default'),
    sleep(isAsleep) {
      login.PrepareForSleep(isAsleep);
      login.PrepareForSleep(isAsleep);
    },
    async press(keys) {
      const { ok, output } = await run('xdotool', ['key', keys], { env, timeoutMs: 5_000 });
      if (!ok) throw new Error(`xdotool could not press ${keys}: ${output}`);
    },
    async openedUrls() {
      const text = await readFile(join(home, 'opened-urls'), 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    async screenshot(path) {
      await writeFile(path, toPng(await display.look()));
    },
  };
}

type MenuNode = [id: number, properties: Record<string, { value: unknown } | undefined>, children: unknown[]];

function itemOf([id, properties]: MenuNode): TrayItem {
  return {
    id,
    // A single underscore marks the access key.
    label: String(properties.label?.value ?? '').replaceAll('_', ''),
    isEnabled: properties.enabled?.value !== false,
    isSeparator: properties.type?.value === 'separator',
  };
}

/** A gnome-keyring with a default collection; locked, it is a second one over the collection the first left behind. */
async function startKeyring(env: Readonly<Record<string, string>>, kind: 'unlocked' | 'locked') {
  const start = async (unlocks: boolean) => {
    const args = ['--foreground', '--components=secrets', ...(unlocks ? ['--unlock'] : [])];
    const daemon = spawnBound('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
    daemon.stdin?.end('test');
    // Its name on the bus is what Electron waits for too.
    await until(async () => (await askSecrets(env)).ok, 10_000, 'the keyring');
    return daemon;
  };
  const first = await start(true);
  if (kind === 'unlocked') return () => endProcess(first, 2_000);
  await endProcess(first, 2_000);
  const second = await start(false);
  return () => endProcess(second, 2_000);
}

const askSecrets = (env: Readonly<Record<string, string>>) =>
  run(
    'dbus-send',
    ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets', PING],
    { env, timeoutMs: 2_000 },
  );
const PING = 'org.freedesktop.DBus.Peer.Ping';

/** Waits for what is asked every 50 ms; throws naming it when it does not come. */
export async function until(isSo: () => boolean | Promise<boolean>, ms: number, what: string): Promise<void> {
  const end = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
