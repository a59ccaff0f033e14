import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { run } from '../../tools/bound-process.ts';
import { findElectron } from '../../tools/find-electron.ts';
import { type DesktopSession, until } from '../support/desktop-session.ts';
import { launchElectron } from '../support/launch-electron.ts';

export type FixtureEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

export type FixtureApp = {
  readonly app: ElectronApplication;
  readonly dataDir: string;
  /** Waits for an event that fits. */
  event(name: string, fits?: (event: FixtureEvent) => boolean): Promise<FixtureEvent>;
  count(name: string, fits?: (event: FixtureEvent) => boolean): number;
  /** Calls what the fixture's main process offers. */
  call(name: string, ...args: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
};

const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

async function electronPath(): Promise<string> {
  return process.env.ALLSTOP_TEST_ELECTRON ?? (await findElectron({ env: process.env, say: () => {} })).path;
}

/** Starts the fixture on a desktop and waits until all its parts are up. */
export async function startFixture(
  folder: string,
  desktop: DesktopSession,
  options: { args?: readonly string[]; dataDir?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<FixtureApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'all-stop-fixture-data-')));
  const eventsFile = join(await mkdtemp(join(tmpdir(), 'all-stop-fixture-events-')), 'events.jsonl');
  writeFileSync(eventsFile, '');
  const launching = {
    executablePath: await electronPath(),
    args: [...rootArgs, folder, `--data-dir=${dataDir}`, ...(options.args ?? ['--lang=en-US'])],
    env: {
      ...desktop.env,
      FIXTURE_ROOT: resolve(import.meta.dirname, '../..'),
      FIXTURE_EVENTS: eventsFile,
      ...options.env,
    },
  };
  const app = await launchElectron(launching, () => writeFileSync(eventsFile, ''));
  // Not by its output: what it writes before Playwright has connected would be lost.
  const events = (): FixtureEvent[] =>
    readFileSync(eventsFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  const find = (name: string, fits: (event: FixtureEvent) => boolean = () => true) =>
    events().find((one) => one.event === name && fits(one));
  const fixture: FixtureApp = {
    app,
    dataDir,
    async event(name, fits) {
      await until(() => find(name, fits) !== undefined, 15_000, `the event ${name}`);
      return find(name, fits) as FixtureEvent;
    },
    count: (name, fits = () => true) => events().filter((one) => one.event === name && fits(one)).length,
    call: (name, ...args) =>
      app.evaluate(
        (_electronModule, [member, values]) =>
          (globalThis as unknown as { fixture: Record<string, (...all: unknown[]) => unknown> }).fixture[
            member as string
          ]?.(...(values as unknown[])),
        [name, args] as const,
      ),
    async close() {
      const child = app.process();
      const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await app.close().catch(() => {});
      clearTimeout(killer);
      await rm(dirname(eventsFile), { recursive: true, force: true });
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
  await fixture.event('ready');
  return fixture;
}

/** Runs a second instance over the same data folder to its end. */
export async function runSecondInstance(
  folder: string,
  desktop: DesktopSession,
  dataDir: string,
  args: readonly string[],
): Promise<{ ok: boolean; output: string }> {
  return run(await electronPath(), [...rootArgs, folder, `--data-dir=${dataDir}`, ...args], {
    env: { ...desktop.env, FIXTURE_ROOT: resolve(import.meta.dirname, '../..') },
    timeoutMs: 30_000,
  });
}
