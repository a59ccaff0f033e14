import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, test as base, beforeAll } from 'vitest';
import { type RunningApp, startApp } from './app.ts';
import { type DesktopOptions, type DesktopSession, startDesktopSession } from './desktop-session.ts';

/** Pictures for people to look at; git knows nothing of them. */
const PICTURES = resolve(import.meta.dirname, '../e2e/screenshots');
/** Of one step in the window, on a machine that does other things as well. */
const STEP_MS = 20_000;

export type Folder = {
  readonly dataDir: string;
  /** What the app has to be started with to open the folder's secrets. */
  readonly env: Readonly<Record<string, string>>;
};

export type Scene = {
  readonly desktop: DesktopSession;
  /** A data folder with nothing in it, deleted after the test. */
  emptyFolder(): Promise<Folder>;
  /** Starts the app on a folder; it is closed after the test. A failing test leaves a picture of it. */
  start(folder: Folder, options?: { lang?: string; env?: Record<string, string> }): Promise<RunningApp>;
  /** A picture of the window for people to look at. */
  show(page: Page, name: string): Promise<void>;
  /** Is done after the test, the last first. */
  later(step: () => unknown): void;
};

/** Tests on one desktop, each with a `scene` of its own that is cleared away after it. Call it once, at the top of a file. */
export function testOnDesktop(options: DesktopOptions = {}) {
  let desktop: DesktopSession | null = null;
  beforeAll(async () => {
    desktop = await startDesktopSession(options);
  });
  afterAll(() => desktop?.close());
  return base.extend('scene', async ({ task }, { onCleanup }) => {
    if (desktop === null) throw new Error('There is no desktop.');
    const undo: (() => unknown)[] = [];
    onCleanup(async () => {
      for (const step of undo.splice(0).reverse()) await step();
    });
    const hasFailed = () => task.result?.state === 'fail' || (task.result?.errors?.length ?? 0) > 0;
    return createScene(desktop, undo, (page) =>
      hasFailed() ? picture(page, `failed ${task.name}`).catch(() => {}) : undefined,
    );
  });
}

function createScene(
  desktop: DesktopSession,
  undo: (() => unknown)[],
  beforeClose: (page: Page) => unknown,
): Scene {
  return {
    desktop,
    show: picture,
    later(step) {
      undo.push(step);
    },
    async emptyFolder() {
      const dataDir = await mkdtemp(join(tmpdir(), 'all-stop-folder-'));
      undo.push(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
      return { dataDir, env: await passphrase(dataDir) };
    },
    async start(folder, more = {}) {
      const electron = process.env.ALLSTOP_TEST_ELECTRON ?? '';
      const env = { ...desktop.env, ...folder.env, ...more.env };
      const order = { dataDir: folder.dataDir, env, electron };
      const app = await startApp(more.lang === undefined ? order : { ...order, lang: more.lang });
      app.page.setDefaultTimeout(STEP_MS);
      undo.push(app.close);
      undo.push(() => beforeClose(app.page));
      return app;
    },
  };
}

/** Secrets of a folder are sealed with a passphrase in tests: it outlives a restart and needs no keyring. */
async function passphrase(dataDir: string): Promise<Record<string, string>> {
  const file = join(dataDir, 'passphrase-of-the-test');
  await writeFile(file, 'a passphrase of the test\n', { mode: 0o600 });
  return { ALLSTOP_PASSPHRASE_FILE: file };
}

/** Keeps what the window shows as a picture. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name.replace(/[^\w-]+/gu, '-')}.png`), timeout: 10_000 });
}
