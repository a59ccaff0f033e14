import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type DesktopSession, startDesktopSession } from '../support/desktop-session.ts';
import { buildFixture } from './build-fixture.ts';
import { type FixtureApp, startFixture } from './fixture-app.ts';

export type Stage = {
  folder: string;
  desktop: DesktopSession;
  fixture: FixtureApp;
  page: Page;
  isShown(): Promise<boolean>;
  hide(): Promise<unknown>;
};

/** One desktop with one running shell for all tests of a file; what it holds is there once the tests run. */
export function prepareStage(): Stage {
  const stage = {
    isShown: () =>
      stage.fixture.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some((one) => one.isVisible()),
      ),
    hide: () =>
      stage.fixture.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((one) => one.hide()),
      ),
  } as Stage;
  beforeAll(async () => {
    stage.folder = await buildFixture();
    stage.desktop = await startDesktopSession();
    stage.fixture = await startFixture(stage.folder, stage.desktop);
    stage.page = await stage.fixture.app.firstWindow();
    await stage.page.waitForLoadState('load');
  });
  afterAll(async () => {
    await stage.fixture?.close();
    await stage.desktop?.close();
    if (stage.folder !== undefined) await rm(stage.folder, { recursive: true, force: true });
  });
  return stage;
}
