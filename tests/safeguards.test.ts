import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Shell } from '../src-main/desktop/shell.ts';
import { createSafeguards } from '../src-main/safeguards.ts';
import { openEngine } from './support/engine-here.ts';
import { createFakeClock } from './support/fake-clock.ts';

type Watching = Parameters<Shell['watchWith']>[0];

/** Over a real engine that publishes; of the shell what is asked of it. No command line listens in its folder. */
async function open({ tray = false, isPageThere = true } = {}) {
  const { engine, dataDir } = await openEngine();
  engine.stop.start('Zoé Martin');
  const clock = createFakeClock();
  const said: string[] = [];
  let watching: Watching | undefined;
  const page = { isDestroyed: () => false, isCrashed: () => false, isLoading: () => false };
  const shell = {
    reportTrouble: () => {},
    window: { contents: () => (isPageThere ? page : null) },
    shortcut: { status: () => ({ isRegistered: true, provenAt: 1, unproven: '' }) },
    tray: { check: async () => {}, isShown: () => tray },
    notifications: { controlGone: (control: string) => said.push(control), proofEnded: () => {} },
    watchWith: (parts: Watching) => {
      watching = parts;
    },
  } as unknown as Shell;
  const safeguards = createSafeguards({ dataDir, clock, engine, shell, notify: () => {} });
  safeguards.start();
  onTestFinished(() => safeguards.stop());
  /** The look at the socket is real: it is given the time it takes. */
  const pass = async (ms: number) => {
    for (let at = 0; at < ms; at += 500) {
      await clock.advance(500);
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  return { engine, clock, said, safeguards, pass, watching: () => watching };
}

test('without a page, a tray item and a command line that answer everything is stopped within a minute', async () => {
  const { engine, pass, safeguards, said } = await open({ isPageThere: false });
  await pass(65_000);
  const problems = Object.fromEntries(safeguards.list().map(({ control, problem }) => [control, problem]));
  expect(problems).toEqual({
    shortcut: '',
    tray: 'no-host',
    button: 'no-window',
    'command-line': 'no-answer',
    file: '',
  });
  expect(said.sort()).toEqual(['button', 'command-line']);
  expect(engine.stop.status().stops).toMatchObject([
    { control: 'trip', reason: expect.stringMatching(/^Only the shortcut is left/u) },
  ]);
});

test('a page that never answers is lost; with the tray item beside the shortcut publishing goes on', async () => {
  const { engine, pass, safeguards } = await open({ tray: true });
  await pass(65_000);
  expect(safeguards.list().find(({ control }) => control === 'button')).toMatchObject({
    works: false,
    problem: 'no-answer',
  });
  expect(engine.stop.status().state).toBe('publishing');
});

test('a wake looks at the clock before anything else: set while the machine slept, everything is stopped', async () => {
  const { engine, clock, watching } = await open({ tray: true });
  clock.setWall(clock.now() + 60 * 60_000);
  watching()?.onWake();
  expect(engine.stop.status().stops).toMatchObject([
    { control: 'trip', reason: expect.stringMatching(/set by more than two minutes/u) },
  ]);
});

test('quitting writes the clean end before anything that may take longer than quitting is given', () => {
  const main = readFileSync(resolve(import.meta.dirname, '../src-main/main.ts'), 'utf8');
  expect(main).toMatch(/const first = \[desk\.safeguards\.stop, /u);
  expect(main).toMatch(/quitInOrder\(app, \[\.\.\.first, /u);
});
