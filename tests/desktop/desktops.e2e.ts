import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../tools/bound-process.ts';
import {
  type DesktopOptions,
  type DesktopSession,
  startDesktopSession,
  until,
} from '../support/desktop-session.ts';
import { buildFixture } from './build-fixture.ts';
import { type FixtureApp, startFixture } from './fixture-app.ts';

let folder: string;
let desktop: DesktopSession | undefined;
let fixture: FixtureApp | undefined;

beforeAll(async () => {
  folder = await buildFixture();
});

afterEach(async () => {
  await fixture?.close();
  await desktop?.close();
  fixture = undefined;
  desktop = undefined;
});

afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function startOn(options: DesktopOptions, env: Record<string, string> = {}) {
  desktop = await startDesktopSession(options);
  fixture = await startFixture(folder, desktop, { env });
  return { desktop, fixture };
}

const isWindowShown = (app: FixtureApp) =>
  app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isVisible()));

describe('a desktop that shows no tray icons', () => {
  test('is noticed, and the window never hides on it', async () => {
    const { fixture: app } = await startOn({ tray: false });
    expect(await app.call('checkTray')).toBe(false);
    await app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await isWindowShown(app)).toBe(true);
    expect(app.count('hidden')).toBe(0);
  });

  test('that begins to show them later is shown ours', async () => {
    const { desktop: session, fixture: app } = await startOn({ tray: false });
    expect(await app.call('checkTray')).toBe(false);
    await session.showTrays(true);
    await until(async () => (await app.call('checkTray')) === true, 10_000, 'our icon on the new host');
    await session.clickTray('Emergency stop');
    await app.event('stop', ({ control }) => control === 'tray');
  });

  test('that stops showing them is noticed', async () => {
    const { desktop: session, fixture: app } = await startOn({});
    await until(async () => (await app.call('checkTray')) === true, 10_000, 'our icon');
    await session.showTrays(false);
    await until(async () => (await app.call('checkTray')) === false, 10_000, 'the loss to be noticed');
    await app.event('tray', ({ isShown }) => isShown === false);
  });
});

const keyringIsHere = findProgram('gnome-keyring-daemon') !== null;
const gnome = { XDG_CURRENT_DESKTOP: 'GNOME' };

describe.runIf(keyringIsHere)('a keyring', () => {
  test('that is unlocked wraps the key and unwraps it', async () => {
    const { fixture: app } = await startOn({ keyring: 'unlocked' }, gnome);
    expect(await app.call('keyring')).toEqual({ name: 'gnome_libsecret', back: [1, 2, 250], mark: 'v11' });
  });

  test('that is locked is not asked, so that the shortcut goes on working', async () => {
    const { desktop: session, fixture: app } = await startOn({ keyring: 'locked' }, gnome);
    expect(await app.call('keyring')).toBe('keyring-locked');
    await session.press('ctrl+alt+shift+s');
    await app.event('stop', ({ control }) => control === 'shortcut');
  });

  test('that is not there is told from one that is locked', async () => {
    const { fixture: app } = await startOn({}, gnome);
    expect(await app.call('keyring')).toBe('no-keyring');
  });

  test('on a desktop that would keep the key readable is refused', async () => {
    const { fixture: app } = await startOn({ keyring: 'unlocked' });
    expect(await app.call('keyring')).toBe('keyring-plain');
  });
});

describe('a window whose page dies', () => {
  test('leaves shortcut and tray working, and comes back on the page', async () => {
    const { desktop: session, fixture: app } = await startOn({});
    await app.app.firstWindow();
    await app.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await session.press('ctrl+alt+shift+s');
    await app.event('stop', ({ control }) => control === 'shortcut');
    await session.clickTray('Emergency stop');
    await app.event('stop', ({ control }) => control === 'tray');
    // The first button of the question is "Reload".
    await new Promise((resolve) => setTimeout(resolve, 500));
    await session.press('Return');
    const isBack = () =>
      app.app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return contents !== undefined && !contents.isCrashed() && contents.getURL() === 'app://main/';
      });
    await until(isBack, 10_000, 'the page');
  });
});
