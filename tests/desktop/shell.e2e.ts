import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { until } from '../support/desktop-session.ts';
import { runSecondInstance, startFixture } from './fixture-app.ts';
import { prepareStage } from './stage.ts';

const stage = prepareStage();

describe('the tray', () => {
  test('has the emergency stop first, always enabled, and a click on it stops', async () => {
    for (const state of ['not-started', 'publishing', 'stopping', 'not-confirmed', 'stopped']) {
      await stage.fixture.call('setState', state);
      const [first] = (await stage.desktop.tray()).items;
      expect(first, state).toMatchObject({ label: 'Emergency stop', isEnabled: true });
    }
    await stage.desktop.clickTray('Emergency stop');
    await stage.fixture.event('stop', ({ control }) => control === 'tray');
  });

  test('a click on a menu that was open while numbers moved still stops', async () => {
    await stage.fixture.call('setState', 'publishing');
    const before = stage.fixture.count('stop', ({ control }) => control === 'tray');
    const [first] = (await stage.desktop.tray()).items;
    await stage.fixture.call('setState', 'publishing', 11, '21:31');
    await stage.desktop.clickTray('', first?.id);
    await until(
      () => stage.fixture.count('stop', ({ control }) => control === 'tray') > before,
      5_000,
      'the stop',
    );
  });

  test('shows another shape for every state, and the state in its tooltip', async () => {
    const shapes = new Set<string>();
    for (const state of ['not-started', 'publishing', 'stopped', 'not-confirmed']) {
      await stage.fixture.call('setState', state);
      await until(async () => (await stage.desktop.tray()).icon !== null, 5_000, 'the icon');
      // Which points are covered at all: the shape, whatever its colour.
      const { icon } = await stage.desktop.tray();
      const opaque = [...(icon?.pixels ?? [])]
        .filter((_, at) => at % 4 === 0)
        .map((alpha) => (alpha > 127 ? 1 : 0));
      const light = [...(icon?.pixels ?? [])]
        .filter((_, at) => at % 4 === 2)
        .map((green) => (green > 200 ? 1 : 0));
      shapes.add([...opaque, ...light].join(''));
    }
    expect(shapes.size).toBe(4);
    await stage.fixture.call('setState', 'stopped');
    expect((await stage.desktop.tray()).tooltip).toContain('STOPPED');
  });

  test('speaks French when told to', async () => {
    const french = await startFixture(stage.folder, stage.desktop, { args: ['--lang=fr'] });
    try {
      const { items } = await stage.desktop.tray();
      expect(items[0]?.label).toBe('Arrêt d’urgence');
      expect(items.at(-1)?.label).toBe('Quitter All Stop');
    } finally {
      await french.close();
    }
  });

  test('lets the window hide only while it is shown itself', async () => {
    await until(async () => (await stage.fixture.call('checkTray')) === true, 10_000, 'our icon');
    await stage.fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await stage.fixture.event('hidden');
    expect(await stage.isShown()).toBe(false);
  });
});

describe('the shortcut', () => {
  test('stops with the window hidden, and is proven by it', async () => {
    await stage.hide();
    const before = stage.fixture.count('stop', ({ control }) => control === 'shortcut');
    expect(await stage.fixture.call('shortcutStatus')).toMatchObject({ isRegistered: true, problem: '' });
    await stage.desktop.press('ctrl+alt+shift+s');
    await until(
      () => stage.fixture.count('stop', ({ control }) => control === 'shortcut') > before,
      5_000,
      'the stop',
    );
    expect(await stage.fixture.call('shortcutStatus')).toMatchObject({ provenAt: expect.any(Number) });
  });

  test('stops also while it is being proven, and says when nobody pressed', async () => {
    await stage.fixture.call('changeShortcut', 'CommandOrControl+Alt+Shift+E');
    expect(await stage.fixture.call('prove', 300)).toMatchObject({ provenAt: null });
    const before = stage.fixture.count('stop', ({ control }) => control === 'shortcut');
    const proof = stage.fixture.call('prove', 20_000);
    await stage.desktop.press('ctrl+alt+shift+e');
    expect(await proof).toMatchObject({
      provenAt: expect.any(Number),
      accelerator: 'CommandOrControl+Alt+Shift+E',
    });
    expect(stage.fixture.count('stop', ({ control }) => control === 'shortcut')).toBeGreaterThan(before);
    // The old key is no longer ours.
    const after = stage.fixture.count('stop', ({ control }) => control === 'shortcut');
    await stage.desktop.press('ctrl+alt+shift+s');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(stage.fixture.count('stop', ({ control }) => control === 'shortcut')).toBe(after);
    expect(await stage.fixture.call('changeShortcut', 'CommandOrControl+Alt+Shift+S')).toMatchObject({
      ok: true,
    });
  });

  test('stops while no setting can be written, with nothing in the way, and says so', async () => {
    // A folder in the file's place is refused to everybody, root too.
    const path = join(stage.fixture.dataDir, 'settings.json');
    const kept = await readFile(path);
    await rm(path);
    await mkdir(join(path, 'in the way'), { recursive: true });
    const stops = () => stage.fixture.count('stop', ({ control }) => control === 'shortcut');
    try {
      for (let press = 1; press <= 2; press += 1) {
        const before = stops();
        await stage.desktop.press('ctrl+alt+shift+s');
        await until(() => stops() > before, 5_000, 'the stop');
        await until(() => stage.fixture.count('settings-not-written') >= press, 5_000, 'what the disk says');
      }
      const { problem } = await stage.fixture.event('settings-not-written');
      expect(problem).not.toBe('');
      // Closing keeps where the window was.
      await stage.fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await until(() => stage.fixture.count('settings-not-written') >= 3, 5_000, 'the bounds');
      expect(await stage.fixture.call('shortcutStatus')).toMatchObject({ provenAt: expect.any(Number) });
    } finally {
      await rm(path, { recursive: true });
      await writeFile(path, kept);
    }
    const log = await readFile(join(stage.fixture.dataDir, 'logs', 'all-stop.log'), 'utf8');
    expect(log).toContain('settings.not-written');
    expect(log).not.toContain('accident');
  });

  test('what nobody caught holds up nothing and is in the log', async () => {
    const windows = () =>
      stage.fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    const before = stage.fixture.count('stop', ({ control }) => control === 'shortcut');
    await stage.fixture.call('accident');
    await stage.desktop.press('ctrl+alt+shift+s');
    await until(
      () => stage.fixture.count('stop', ({ control }) => control === 'shortcut') > before,
      5_000,
      'the stop',
    );
    const log = () => readFile(join(stage.fixture.dataDir, 'logs', 'all-stop.log'), 'utf8');
    await expect.poll(log).toContain('thrown in a timer');
    await expect.poll(log).toContain('rejected and forgotten');
    expect(await windows()).toBe(1);
  });

  test('takes the next key when another program has it, and says so', async () => {
    const other = await startFixture(stage.folder, stage.desktop);
    try {
      const { shortcut } = (await other.event('ready')) as unknown as { shortcut: Record<string, unknown> };
      expect(shortcut).toMatchObject({
        wanted: 'CommandOrControl+Alt+Shift+S',
        accelerator: 'CommandOrControl+Alt+Shift+X',
        isRegistered: true,
      });
      expect(shortcut.problem).toContain('Ctrl+Alt+Shift+S is taken');
      await stage.desktop.press('ctrl+alt+shift+x');
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
      const first = await startFixture(stage.folder, stage.desktop, { dataDir });
      await first.call('setLanguage', 'fr');
      await first.close();
      expect((await stat(join(dataDir, 'settings.json'))).mode & 0o777).toBe(0o600);
      const second = await startFixture(stage.folder, stage.desktop, { dataDir, args: [] });
      expect(await second.event('ready')).toMatchObject({ language: 'fr', settingsKeptAs: null });
      await second.close();
      await writeFile(join(dataDir, 'settings.json'), '{"language": "fr", "pers');
      const third = await startFixture(stage.folder, stage.desktop, { dataDir, args: ['--lang=en-US'] });
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
    const second = await runSecondInstance(stage.folder, stage.desktop, stage.fixture.dataDir, ['--stop']);
    expect(second.ok).toBe(true);
    expect(stage.fixture.count('ready')).toBe(1);
    await stage.fixture.event('stop', ({ control }) => control === 'second-instance');
  });

  test('without a command only shows the window', async () => {
    await stage.hide();
    const stops = stage.fixture.count('stop');
    await runSecondInstance(stage.folder, stage.desktop, stage.fixture.dataDir, [
      '--release',
      'allstop://release',
    ]);
    await stage.fixture.event('show');
    await until(stage.isShown, 5_000, 'the window');
    expect(stage.fixture.count('stop')).toBe(stops);
  });
});

describe('notifications', () => {
  const noLibrary = 'libnotify is not installed: this desktop shows no notifications';
  const areSupported = () => stage.fixture.app.evaluate(({ Notification }) => Notification.isSupported());

  test('tell a stop critically, and a click shows the window', async ({ skip }) => {
    if (!(await areSupported())) skip(noLibrary);
    await stage.hide();
    await stage.fixture.call('stopEngaged', { scope: '', control: 'tray', held: 1200, inFlight: 2 });
    await until(
      () => stage.desktop.notifications.some(({ urgency }) => urgency === 2),
      5_000,
      'the notification',
    );
    const told = stage.desktop.notifications.find(({ urgency }) => urgency === 2);
    expect(told?.title).toBe('Stopped: everything');
    expect(told?.body).toBe('By the tray. 1,200 posts held; 2 posts in flight may still appear.');
    stage.desktop.clickNotification(told?.id ?? 0);
    await stage.fixture.event('notification-click', ({ view }) => view === 'stop');
    await until(stage.isShown, 5_000, 'the window');
  });

  test('tell once that the app goes on in the tray', async ({ skip }) => {
    if (!(await areSupported())) skip(noLibrary);
    for (const _time of [1, 2]) {
      await stage.fixture.call('show');
      await stage.fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await until(async () => !(await stage.isShown()), 5_000, 'the window to hide');
    }
    expect(stage.desktop.notifications.filter(({ title }) => title.includes('tray'))).toHaveLength(1);
  });

  test('gather what needs a decision into one', async ({ skip }) => {
    if (!(await areSupported())) skip(noLibrary);
    await stage.fixture.call('postsNeedDecision', { missed: 2 });
    await stage.fixture.call('postsNeedDecision', { failed: 1 });
    await until(
      () => stage.desktop.notifications.some(({ title }) => title.startsWith('3 posts')),
      10_000,
      'the notification',
    );
    expect(stage.desktop.notifications.filter(({ title }) => title.includes('decision'))).toHaveLength(1);
    expect(stage.desktop.notifications.at(-1)?.body).toBe(
      '2 missed and 1 failed. Nothing is sent by itself.',
    );
  });
});

describe('sleep and wake', () => {
  test('are told once each, though the system says them twice', async () => {
    stage.desktop.sleep(true);
    await stage.fixture.event('sleep');
    await new Promise((resolve) => setTimeout(resolve, 200));
    stage.desktop.sleep(false);
    await stage.fixture.event('wake');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([stage.fixture.count('sleep'), stage.fixture.count('wake')]).toEqual([1, 1]);
  });
});

describe('the sign-in', () => {
  test('goes through the browser and back', async () => {
    const signedIn = stage.fixture.call('signIn', 'https://example.invalid/authorize');
    let address = '';
    await until(
      async () => {
        address = (await stage.desktop.openedUrls()).find((url) => url.includes('/authorize')) ?? '';
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
