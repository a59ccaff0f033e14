import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readStartTime } from '../../src-main/stop/publisher-pid.ts';
import { type DeskFolder, makeDeskFolder, type RunningApp, startApp } from '../support/app.ts';
import { type DesktopSession, startDesktopSession } from '../support/desktop-session.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const electron = process.env.ALLSTOP_TEST_ELECTRON ?? '';
const CLI = resolve('src-main/cli/allstop.ts');
const run = promisify(execFile);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** How late a first byte may be after a press; wide against a busy machine, far below what the field promises. */
const PRESS_MS = 250;
const HUNG_RENDERER_MS = 600;
const HUNG_MAIN_MS = 1_200;

let desktop: DesktopSession;
beforeAll(async () => {
  desktop = await startDesktopSession();
});
afterAll(() => desktop?.close());

let undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.reverse()) await step();
  undo = [];
});

type Scene = { app: RunningApp; desk: DeskFolder; server: Receiver; restart(): Promise<RunningApp> };

/** 20 accounts of 5 brands, a post due every 100 ms, publishing under way. */
async function publishing(): Promise<Scene> {
  const server = await startReceiver();
  undo.push(server.close);
  const desk = await makeDeskFolder({
    url: server.url,
    brands: 5,
    accountsPerBrand: 4,
    dueIn: Array.from({ length: 900 }, (_, index) => 2_000 + index * 100),
  });
  undo.push(desk.remove);
  const start = async () => {
    const app = await startApp({ dataDir: desk.dataDir, env: { ...desktop.env, ...desk.env }, electron });
    undo.push(app.close);
    scene.app = app;
    return app;
  };
  const scene: Scene = { app: undefined as unknown as RunningApp, desk, server, restart: start };
  const app = await start();
  await app.page.getByRole('button', { name: 'Start publishing' }).click();
  await app.page.getByRole('button', { name: /^(Start|Confirm)$/u }).click();
  await app.expectState('publishing');
  await flowing(server);
  return scene;
}

/** Waits until posts go out one after the other. */
async function flowing(server: Receiver): Promise<void> {
  const before = server.seen.length;
  await expect.poll(() => server.seen.length, { timeout: 20_000 }).toBeGreaterThan(before + 5);
}

/** Nothing later than `withinMs` after `pressedAt`, and nothing in the seconds that follow. */
async function expectSilence(server: Receiver, pressedAt: number, withinMs: number): Promise<void> {
  await pause(2_000);
  const latest = Math.max(0, ...server.seen.map(({ at }) => at - pressedAt));
  expect(server.after(pressedAt + withinMs), `the latest came ${Math.round(latest)} ms after the press`).toBe(
    0,
  );
  expect(server.doubles()).toBe(0);
}

const allstop = (desk: DeskFolder, ...args: string[]) =>
  run(process.execPath, [CLI, ...args, `--data-dir=${desk.dataDir}`], {
    env: { ...desktop.env },
    timeout: 20_000,
  });

/** A real click on the red button; gives when the press reached the page, on this process's clock. */
async function pressButton({ page }: RunningApp): Promise<number> {
  const button = page.getByRole('button', { name: 'Emergency stop', exact: true }).first();
  const box = await button.boundingBox();
  if (!box) throw new Error('The red button is not there.');
  await page.evaluate(() => {
    const keep = () => Object.assign(window, { pressedAt: Date.now() });
    window.addEventListener('pointerdown', keep, { once: true, capture: true });
  });
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const pressedAt = await page.evaluate(() => Reflect.get(window, 'pressedAt') as number);
  return performance.now() - (Date.now() - pressedAt);
}

const hide = (app: RunningApp) =>
  app.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide();
  });

describe('the emergency stop in the real app', () => {
  test('the shortcut, pressed by an X client with the window hidden', async () => {
    const { app, server } = await publishing();
    await hide(app);
    const at = performance.now();
    await desktop.press('ctrl+alt+shift+s');
    await expectSilence(server, at, PRESS_MS);
    await app.expectState('stopped');
    expect(app.journal().find(({ event }) => event === 'stop.engaged')).toMatchObject({
      control: 'shortcut',
    });
  });

  test('the first item of the tray, over the session bus', async () => {
    const { app, server } = await publishing();
    const { items } = await desktop.tray();
    expect(items[0]).toMatchObject({ label: 'Emergency stop', isEnabled: true });
    const at = performance.now();
    await desktop.clickTray('Emergency stop');
    await expectSilence(server, at, PRESS_MS);
    await app.expectState('stopped');
  });

  test('the red button, and a restart afterwards', async () => {
    const scene = await publishing();
    const at = await pressButton(scene.app);
    await expectSilence(scene.server, at, PRESS_MS);
    await scene.app.expectState('stopped');
    await scene.app.close();
    const before = scene.server.seen.length;
    const again = await scene.restart();
    await again.expectState('stopped');
    await pause(1_500);
    expect(scene.server.seen.length).toBe(before);
    expect(await again.page.getByRole('button', { name: 'Start publishing' }).count()).toBe(0);
  });

  test('the shortcut while the page is in an endless loop', async () => {
    const { app, server } = await publishing();
    void app.page
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {});
    await pause(500);
    const at = performance.now();
    await desktop.press('ctrl+alt+shift+s');
    await expectSilence(server, at, HUNG_RENDERER_MS);
    expect(app.journal().filter(({ event }) => event === 'stop.confirmed')).toHaveLength(1);
    // Asked to quit it would wait for its page.
    process.kill(app.pid, 'SIGKILL');
  });

  test('a main process that hangs stops sending by itself, and goes on when it is back', async () => {
    const { app, server } = await publishing();
    const at = performance.now();
    void app.app
      .evaluate(() => {
        const end = Date.now() + 5_000;
        while (Date.now() < end);
      })
      .catch(() => {});
    await pause(4_500);
    expect(server.after(at + HUNG_MAIN_MS)).toBe(0);
    await flowing(server);
    expect(server.doubles()).toBe(0);
  });

  test('deleting the permit by hand, with the app running', async () => {
    const { app, desk, server } = await publishing();
    const at = performance.now();
    rmSync(join(desk.dataDir, 'permit'));
    await expectSilence(server, at, PRESS_MS);
    await app.expectState('stopped');
    expect(app.journal().find(({ event }) => event === 'stop.engaged')).toMatchObject({
      control: 'file-removed',
    });
  });

  test('the command line, with the app running', async () => {
    const { app, desk, server } = await publishing();
    const { stdout } = await allstop(desk, 'stop', '--reason', 'an e2e test');
    await expectSilence(server, performance.now(), 0);
    await app.expectState('stopped');
    expect(stdout).not.toBe('');
    const status = JSON.parse((await allstop(desk, 'status', '--json')).stdout) as Record<string, unknown>;
    expect(status).toMatchObject({ state: 'stopped', appRunning: true });
  });

  test('the command line, with the app hung', async () => {
    const { app, desk, server } = await publishing();
    process.kill(app.pid, 'SIGSTOP');
    undo.push(() => process.kill(app.pid, 'SIGCONT'));
    await allstop(desk, 'stop');
    const at = performance.now();
    process.kill(app.pid, 'SIGCONT');
    undo.pop();
    await expectSilence(server, at, 0);
    await app.expectState('stopped');
  });

  test('the command line, with the app killed', async () => {
    const scene = await publishing();
    process.kill(scene.app.pid, 'SIGKILL');
    await allstop(scene.desk, 'stop');
    await expectSilence(scene.server, performance.now(), 0);
    const again = await scene.restart();
    await again.expectState('stopped');
  });

  test('killing the publisher, and then the app, loses nothing and doubles nothing', async () => {
    const scene = await publishing();
    const publisher = scene.app.publisherPid();
    expect(publisher).not.toBeNull();
    process.kill(publisher ?? 0, 'SIGKILL');
    await flowing(scene.server);
    process.kill(scene.app.pid, 'SIGKILL');
    await expect.poll(() => readStartTime(scene.app.pid), { timeout: 10_000 }).toBeNull();
    const again = await scene.restart();
    await again.expectState('publishing');
    await flowing(scene.server);
    expect(scene.server.doubles()).toBe(0);
    const at = performance.now();
    await desktop.press('ctrl+alt+shift+s');
    await expectSilence(scene.server, at, PRESS_MS);
  });
});
