import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DesktopSession, startDesktopSession, until } from '../support/desktop-session.ts';
import { buildFixture } from './build-fixture.ts';
import { type FixtureApp, runSecondInstance, startFixture } from './fixture-app.ts';

let folder: string;
let desktop: DesktopSession;
let fixture: FixtureApp;
let page: Page;

const isShown = () =>
  fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isVisible()));
const hide = () =>
  fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.hide()));

beforeAll(async () => {
  folder = await buildFixture();
  desktop = await startDesktopSession();
  fixture = await startFixture(folder, desktop);
  page = await fixture.app.firstWindow();
  await page.waitForLoadState('load');
});

afterAll(async () => {
  await fixture?.close();
  await desktop?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

describe('the window', () => {
  test('shows the page from app://main with script and style of its own', async () => {
    expect(page.url()).toBe('app://main/');
    await expect.poll(() => page.evaluate('window.scriptRan')).toBe(true);
    expect(await page.evaluate(() => document.querySelector('meta')?.ownerDocument.title)).toBe('fixture');
  });

  test('runs no inline script and takes no style without the nonce', async () => {
    expect(await page.evaluate('window.inlineRan')).toBeUndefined();
    const style = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.querySelector('#styled') as Element);
      return { color, backgroundColor };
    });
    expect(style.color).toBe('rgb(1, 2, 3)');
    expect(style.backgroundColor).not.toBe('rgb(9, 9, 9)');
  });

  test('gets a new nonce on every load', async () => {
    const nonce = () =>
      page.evaluate(() => document.querySelector<HTMLMetaElement>('[name=csp-nonce]')?.content);
    const first = await nonce();
    await fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
    await expect.poll(nonce).not.toBe(first);
    expect(first).toMatch(/^[A-Za-z0-9+/]{24}$/u);
  });

  test('is sandboxed, isolated and without Node', async () => {
    expect(await page.evaluate('typeof require + typeof process + typeof module')).toBe(
      'undefinedundefinedundefined',
    );
    expect(
      await page.evaluate(() => Object.keys((window as unknown as { allStop: object }).allStop).sort()),
    ).toEqual(['on', 'pathOf', 'request']);
    const preferences = await fixture.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
        contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test('serves nothing but the files of the page', async () => {
    const statuses = await fixture.app.evaluate(async ({ session }) => {
      const paths = [
        '/',
        '/index.html',
        '/assets/page.js',
        '/secret.txt',
        '/../secret.txt',
        '/..%2fsecret.txt',
        '/%2e%2e/secret.txt',
        '/assets/..%5c..%5csecret.txt',
        '/assets/',
        '/assets/page.js?x=1',
        '/package.json',
        '/%00',
        '/%E0%A4%A',
      ];
      const answers: Record<string, number> = {};
      for (const path of paths) {
        const answer = await (session.defaultSession as unknown as { fetch: typeof fetch })
          .fetch(`app://main${path}`)
          .catch(() => null);
        answers[path] = answer?.status ?? 0;
      }
      const other = await (session.defaultSession as unknown as { fetch: typeof fetch })
        .fetch('app://other/')
        .catch(() => null);
      return { ...answers, other: other?.status ?? 0 };
    });
    const {
      '/': root,
      '/index.html': index,
      '/assets/page.js': script,
      ...others
    } = statuses as Record<string, number>;
    expect([root, index, script]).toEqual([200, 200, 200]);
    for (const [path, status] of Object.entries(others)) expect([0, 404], path).toContain(status);
  });

  test('reaches no other address', async () => {
    const reached = await page.evaluate(async () => {
      const tries = [
        'http://127.0.0.1:1/',
        'https://example.invalid/',
        'app://main/index.html',
        'file:///etc/passwd',
      ];
      const all = await Promise.allSettled(tries.map((one) => fetch(one)));
      return all.map((one) => one.status);
    });
    expect(reached).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  });

  test('tells the path of a file a person chose', async () => {
    await page.setInputFiles('#file', join(folder, 'secret.txt'));
    const path = await page.evaluate(() => {
      const file = document.querySelector<HTMLInputElement>('#file')?.files?.[0];
      return (window as unknown as { allStop: { pathOf(file: unknown): string } }).allStop.pathOf(file);
    });
    expect(path).toBe(join(folder, 'secret.txt'));
  });

  test('stays on its page', async () => {
    await page.evaluate(() => {
      (document.querySelector('#away') as HTMLElement).click();
      location.href = 'data:text/html,gone';
      location.assign('file:///etc/passwd');
    });
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://example.invalid/';
      document.body.append(frame);
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(page.url()).toBe('app://main/');
    expect(await page.evaluate('window.scriptRan')).toBe(true);
  });

  test('opens no second window; a link goes to the browser, and only an https one', async () => {
    await page.evaluate(() => (document.querySelector('#blank') as HTMLElement).click());
    await fixture.event('link', ({ url }) => url === 'https://example.invalid/blank');
    await page.evaluate(() => window.open('javascript:alert(1)'));
    await page.evaluate(() => window.open('file:///etc/passwd'));
    await page.evaluate(() => window.open('https://elsewhere.invalid/'));
    await fixture.event('link', ({ url }) => url === 'https://elsewhere.invalid/');
    await until(async () => (await desktop.openedUrls()).length > 0, 5_000, 'the browser');
    expect(await desktop.openedUrls()).toEqual(['https://example.invalid/blank']);
    expect(await fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('is given no permission', async () => {
    const answers = await page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'clipboard-read', 'camera', 'microphone', 'midi'];
      return Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      );
    });
    expect(new Set(answers)).toEqual(new Set(['denied']));
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  test('says the state in its title, in the language chosen', async () => {
    const title = () =>
      fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    await fixture.call('setState', 'stopped');
    expect(await title()).toBe('STOPPED: nothing is published – All Stop');
    await page.evaluate(() => {
      document.title = 'the page has no say in this';
    });
    expect(await title()).toBe('STOPPED: nothing is published – All Stop');
  });

  test('keeps everything in the data folder, which only its owner may read', async () => {
    const ready = await fixture.event('ready');
    expect(ready.dataDir).toBe(fixture.dataDir);
    expect(ready.sessionData).toBe(join(fixture.dataDir, 'window'));
    expect((await stat(fixture.dataDir)).mode & 0o777).toBe(0o700);
  });
});

describe('the bridge', () => {
  const request = (channel: string, body: unknown) =>
    page.evaluate(
      ([name, value]) =>
        (
          window as unknown as { allStop: { request(channel: unknown, body: unknown): Promise<unknown> } }
        ).allStop.request(name, value),
      [channel, body] as const,
    );

  test('answers a request with a value', async () => {
    expect(await request('app.read', {})).toEqual({ ok: true, value: { channel: 'app.read' } });
  });

  test('refuses what does not have its shape, and what it does not know', async () => {
    expect(await request('post.read', { postId: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    expect(await request('post.read', { postId: 1, more: 2 })).toMatchObject({ ok: false });
    expect(await request('no.such', {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(fixture.count('request', ({ channel }) => channel === 'post.read')).toBe(0);
  });

  test('never refuses a stop: one that cannot be understood stops everything', async () => {
    expect(await request('stop.engage', { scope: { kind: 'brand', brandId: 'all of them' } })).toMatchObject({
      ok: true,
    });
    const seen = await fixture.event('request', ({ channel }) => channel === 'stop.engage');
    expect(seen.request).toEqual({ scope: { kind: 'everything' } });
  });

  test('a throw becomes a value with a number that is in the log, and nothing else of it', async () => {
    const answer = (await request('desk.read', {})) as { error: { code: string; message: string } };
    expect(answer.error.code).toBe('internal');
    expect(answer.error.message).toContain('f1');
    expect(answer.error.message).not.toContain('a bug');
    expect(await fixture.event('fault')).toMatchObject({ id: 'f1', channel: 'desk.read' });
  });

  test('carries an event to the page and nothing with it', async () => {
    await page.evaluate(() => {
      const { allStop } = window as unknown as {
        allStop: { on(name: string, listener: (...all: unknown[]) => void): () => void };
      };
      Object.assign(window, { heard: [] });
      allStop.on('import.progress', (...all) => (window as unknown as { heard: unknown[] }).heard.push(all));
    });
    await fixture.call('notify', 'import.progress', { done: 1, total: 3 });
    await fixture.call('notify', 'import.progress', { done: 2, total: 3 });
    await fixture.call('notify', 'import.progress', { done: 3, total: 3 });
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard))
      .toEqual([[{ done: 1, total: 3 }], [{ done: 3, total: 3 }]]);
  });

  test('does not listen to a page from elsewhere', async () => {
    const answer = await fixture.app.evaluate(async ({ BrowserWindow, app }) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/preload.cjs`, sandbox: true, contextIsolation: true },
      });
      await other.loadURL('app://main/');
      const said = await other.webContents.executeJavaScript("allStop.request('stop.list', { limit: 1 })");
      other.destroy();
      return said;
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(fixture.count('request', ({ channel }) => channel === 'stop.list')).toBe(0);
    expect(await fixture.event('fault', ({ channel }) => channel === 'stop.list')).toBeDefined();
  });
});

describe('the tray', () => {
  test('has the emergency stop first, always enabled, and a click on it stops', async () => {
    for (const state of ['not-started', 'publishing', 'stopping', 'not-confirmed', 'stopped']) {
      await fixture.call('setState', state);
      const [first] = (await desktop.tray()).items;
      expect(first, state).toMatchObject({ label: 'Emergency stop', isEnabled: true });
    }
    await desktop.clickTray('Emergency stop');
    await fixture.event('stop', ({ control }) => control === 'tray');
  });

  test('a click on a menu that was open while numbers moved still stops', async () => {
    await fixture.call('setState', 'publishing');
    const before = fixture.count('stop', ({ control }) => control === 'tray');
    const [first] = (await desktop.tray()).items;
    await fixture.call('setState', 'publishing', 11, '21:31');
    await desktop.clickTray('', first?.id);
    await until(() => fixture.count('stop', ({ control }) => control === 'tray') > before, 5_000, 'the stop');
  });

  test('shows another shape for every state, and the state in its tooltip', async () => {
    const shapes = new Set<string>();
    for (const state of ['not-started', 'publishing', 'stopped', 'not-confirmed']) {
      await fixture.call('setState', state);
      await until(async () => (await desktop.tray()).icon !== null, 5_000, 'the icon');
      // Which points are covered at all: the shape, whatever its colour.
      const { icon } = await desktop.tray();
      const opaque = [...(icon?.pixels ?? [])]
        .filter((_, at) => at % 4 === 0)
        .map((alpha) => (alpha > 127 ? 1 : 0));
      const light = [...(icon?.pixels ?? [])]
        .filter((_, at) => at % 4 === 2)
        .map((green) => (green > 200 ? 1 : 0));
      shapes.add([...opaque, ...light].join(''));
    }
    expect(shapes.size).toBe(4);
    await fixture.call('setState', 'stopped');
    expect((await desktop.tray()).tooltip).toContain('STOPPED');
  });

  test('speaks French when told to', async () => {
    const french = await startFixture(folder, desktop, { args: ['--lang=fr'] });
    try {
      const { items } = await desktop.tray();
      expect(items[0]?.label).toBe('Arrêt d’urgence');
      expect(items.at(-1)?.label).toBe('Quitter All Stop');
    } finally {
      await french.close();
    }
  });

  test('lets the window hide only while it is shown itself', async () => {
    await until(async () => (await fixture.call('checkTray')) === true, 10_000, 'our icon');
    await fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await fixture.event('hidden');
    expect(await isShown()).toBe(false);
  });
});

describe('the shortcut', () => {
  test('stops with the window hidden, and is proven by it', async () => {
    await hide();
    const before = fixture.count('stop', ({ control }) => control === 'shortcut');
    expect(await fixture.call('shortcutStatus')).toMatchObject({ isRegistered: true, problem: '' });
    await desktop.press('ctrl+alt+shift+s');
    await until(
      () => fixture.count('stop', ({ control }) => control === 'shortcut') > before,
      5_000,
      'the stop',
    );
    expect(await fixture.call('shortcutStatus')).toMatchObject({ provenAt: expect.any(Number) });
  });

  test('stops also while it is being proven, and says when nobody pressed', async () => {
    await fixture.call('changeShortcut', 'CommandOrControl+Alt+Shift+E');
    expect(await fixture.call('prove', 300)).toMatchObject({ provenAt: null });
    const before = fixture.count('stop', ({ control }) => control === 'shortcut');
    const proof = fixture.call('prove', 20_000);
    await desktop.press('ctrl+alt+shift+e');
    expect(await proof).toMatchObject({
      provenAt: expect.any(Number),
      accelerator: 'CommandOrControl+Alt+Shift+E',
    });
    expect(fixture.count('stop', ({ control }) => control === 'shortcut')).toBeGreaterThan(before);
    // The old key is no longer ours.
    const after = fixture.count('stop', ({ control }) => control === 'shortcut');
    await desktop.press('ctrl+alt+shift+s');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(fixture.count('stop', ({ control }) => control === 'shortcut')).toBe(after);
    expect(await fixture.call('changeShortcut', 'CommandOrControl+Alt+Shift+S')).toMatchObject({ ok: true });
  });

  test('takes the next key when another program has it, and says so', async () => {
    const other = await startFixture(folder, desktop);
    try {
      const { shortcut } = (await other.event('ready')) as unknown as { shortcut: Record<string, unknown> };
      expect(shortcut).toMatchObject({
        wanted: 'CommandOrControl+Alt+Shift+S',
        accelerator: 'CommandOrControl+Alt+Shift+X',
        isRegistered: true,
      });
      expect(shortcut.problem).toContain('Ctrl+Alt+Shift+S is taken');
      await desktop.press('ctrl+alt+shift+x');
      await other.event('stop', ({ control }) => control === 'shortcut');
      expect(await other.call('changeShortcut', 'CommandOrControl+Alt+Shift+S')).toMatchObject({
        ok: false,
        error: { code: 'shortcut-taken' },
      });
      expect(await other.call('shortcutStatus')).toMatchObject({
        accelerator: 'CommandOrControl+Alt+Shift+X',
      });
    } finally {
      await other.close();
    }
  });
});

describe('settings', () => {
  test('are kept over a restart; a file that cannot be read is kept aside and said', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'all-stop-settings-'));
    try {
      const first = await startFixture(folder, desktop, { dataDir });
      await first.call('setLanguage', 'fr');
      await first.close();
      expect((await stat(join(dataDir, 'settings.json'))).mode & 0o777).toBe(0o600);
      const second = await startFixture(folder, desktop, { dataDir, args: [] });
      expect(await second.event('ready')).toMatchObject({ language: 'fr', settingsKeptAs: null });
      await second.close();
      await writeFile(join(dataDir, 'settings.json'), '{"language": "fr", "pers');
      const third = await startFixture(folder, desktop, { dataDir, args: ['--lang=en-US'] });
      const { settingsKeptAs } = await third.event('ready');
      expect(await third.call('settings')).toMatchObject({ language: 'system' });
      await third.close();
      expect(await readFile(join(dataDir, String(settingsKeptAs)), 'utf8')).toBe('{"language": "fr", "pers');
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe('a second instance', () => {
  test('hands the stop to the first and leaves', async () => {
    const second = await runSecondInstance(folder, desktop, fixture.dataDir, ['--stop']);
    expect(second.ok).toBe(true);
    expect(fixture.count('ready')).toBe(1);
    await fixture.event('stop', ({ control }) => control === 'second-instance');
  });

  test('without a command only shows the window', async () => {
    await hide();
    const stops = fixture.count('stop');
    await runSecondInstance(folder, desktop, fixture.dataDir, ['--release', 'allstop://release']);
    await fixture.event('show');
    await until(isShown, 5_000, 'the window');
    expect(fixture.count('stop')).toBe(stops);
  });
});

describe('notifications', () => {
  const noLibrary = 'libnotify is not installed: this desktop shows no notifications';
  const areSupported = () => fixture.app.evaluate(({ Notification }) => Notification.isSupported());

  test('tell a stop critically, and a click shows the window', async ({ skip }) => {
    if (!(await areSupported())) skip(noLibrary);
    await hide();
    await fixture.call('stopEngaged', { scope: '', control: 'tray', held: 1200, inFlight: 2 });
    await until(() => desktop.notifications.some(({ urgency }) => urgency === 2), 5_000, 'the notification');
    const told = desktop.notifications.find(({ urgency }) => urgency === 2);
    expect(told?.title).toBe('Stopped: everything');
    expect(told?.body).toBe('By the tray. 1,200 posts held; 2 posts in flight may still appear.');
    desktop.clickNotification(told?.id ?? 0);
    await fixture.event('notification-click', ({ view }) => view === 'stop');
    await until(isShown, 5_000, 'the window');
  });

  test('tell once that the app goes on in the tray', async ({ skip }) => {
    if (!(await areSupported())) skip(noLibrary);
    for (const _time of [1, 2]) {
      await fixture.call('show');
      await fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await until(async () => !(await isShown()), 5_000, 'the window to hide');
    }
    expect(desktop.notifications.filter(({ title }) => title.includes('tray'))).toHaveLength(1);
  });

  test('gather what needs a decision into one', async ({ skip }) => {
    if (!(await areSupported())) skip(noLibrary);
    await fixture.call('postsNeedDecision', { missed: 2 });
    await fixture.call('postsNeedDecision', { failed: 1 });
    await until(
      () => desktop.notifications.some(({ title }) => title.startsWith('3 posts')),
      10_000,
      'the notification',
    );
    expect(desktop.notifications.filter(({ title }) => title.includes('decision'))).toHaveLength(1);
    expect(desktop.notifications.at(-1)?.body).toBe('2 missed and 1 failed. Nothing is sent by itself.');
  });
});

describe('sleep and wake', () => {
  test('are told once each, though the system says them twice', async () => {
    desktop.sleep(true);
    await fixture.event('sleep');
    await new Promise((resolve) => setTimeout(resolve, 200));
    desktop.sleep(false);
    await fixture.event('wake');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([fixture.count('sleep'), fixture.count('wake')]).toEqual([1, 1]);
  });
});

describe('the sign-in', () => {
  test('goes through the browser and back', async () => {
    const signedIn = fixture.call('signIn', 'https://example.invalid/authorize');
    let address = '';
    await until(
      async () => {
        address = (await desktop.openedUrls()).find((url) => url.includes('/authorize')) ?? '';
        return address !== '';
      },
      5_000,
      'the browser',
    );
    const asked = new URL(address);
    const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
    expect(back.hostname).toBe('127.0.0.1');
    back.searchParams.set('state', asked.searchParams.get('state') ?? '');
    back.searchParams.set('code', 'c0de');
    const shown = await fetch(back);
    expect(await shown.text()).toContain('You are signed in.');
    expect(await signedIn).toMatchObject({ ok: true, value: { code: 'c0de', carry: { client: 'c1' } } });
  });
});
