import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDeskFolder, type RunningApp, startApp } from '../support/app.ts';
import { type DesktopSession, startDesktopSession } from '../support/desktop-session.ts';
import { picture } from '../support/e2e-scene.ts';
import { startReceiver } from '../support/receiver.ts';

const electron = process.env.ALLSTOP_TEST_ELECTRON ?? '';
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A post due every 100 ms to a server of this machine, publishing under way, and the stop room open at the drill. */
async function publishing() {
  const desktop: DesktopSession = await startDesktopSession();
  onTestFinished(() => desktop.close());
  const server = await startReceiver();
  onTestFinished(server.close);
  const dueIn = Array.from({ length: 900 }, (_, index) => 2_000 + index * 100);
  const desk = await makeDeskFolder({ url: server.url, brands: 5, accountsPerBrand: 4, dueIn });
  onTestFinished(desk.remove);
  const start = async (lang = 'en-US') => {
    const order = { dataDir: desk.dataDir, env: { ...desktop.env, ...desk.env }, electron, lang };
    const app = await startApp(order);
    onTestFinished(app.close);
    return app;
  };
  const app = await start();
  await app.page.getByRole('button', { name: 'Start publishing' }).click();
  await app.page.getByRole('button', { name: /^(Start|Confirm)$/u }).click();
  await app.expectState('publishing');
  await expect.poll(() => server.seen.length, { timeout: 20_000 }).toBeGreaterThan(3);
  return { desktop, server, desk, app, start };
}

async function begin({ page }: RunningApp): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#/stop?part=drill';
  });
  await page.getByLabel('Who runs it?').fill('Camille');
  await page.getByRole('button', { name: 'Start a drill' }).click();
  await page.locator('[aria-current="step"]').first().waitFor();
}

test('a drill beside real publishing: real posts go on, none of the drill reaches the server, the result is kept', async () => {
  const { server, desk, app, start } = await publishing();
  const before = server.seen.length;
  await begin(app);
  await picture(app.page, 'drill running');
  const result = app.page.getByRole('table', { name: 'What was measured beside what is promised' });
  await result.waitFor({ timeout: 60_000 });
  await picture(app.page, 'drill done');

  expect(server.seen.length).toBeGreaterThan(before + 15);
  expect(server.doubles()).toBe(0);
  const lines = app.journal();
  const real = new Set(
    lines.filter(({ event }) => event === 'post.attempt').map(({ details }) => details.key),
  );
  expect(server.seen.filter(({ key }) => !real.has(key))).toEqual([]);
  expect(await app.state()).toBe('publishing');
  expect(lines.filter(({ event }) => event.startsWith('stop.'))).toEqual([]);
  const drills = lines.filter(({ event }) => event.startsWith('drill.'));
  expect(drills).toMatchObject([
    { event: 'drill.done', details: { staysStopped: true, startsNothing: true } },
  ]);
  expect(Number(drills[0]?.details.escaped)).toBeLessThanOrEqual(4);
  expect(existsSync(join(desk.dataDir, 'drills'))).toBe(false);

  await app.close();
  const again = await start('fr-FR');
  await again.expectState('publishing');
  await again.page.evaluate(() => {
    window.location.hash = '#/stop?part=drill';
  });
  await again.page.getByRole('table', { name: 'Ce qui a été mesuré, à côté de ce qui est promis' }).waitFor();
  await again.page.getByText('Camille', { exact: true }).waitFor();
  await picture(again.page, 'drill kept fr');
});

test('the real key during a drill stops the real thing at once, and ends the drill', async () => {
  const { desktop, server, desk, app } = await publishing();
  await begin(app);
  await app.page.getByText('under way').waitFor();
  await pause(700);
  const at = performance.now();
  await desktop.press('ctrl+alt+shift+s');
  await app.expectState('stopped');
  await pause(2_000);
  expect(server.after(at + 600)).toBe(0);
  expect(app.journal().find(({ event }) => event === 'stop.engaged')).toMatchObject({ control: 'shortcut' });
  await expect
    .poll(() => app.journal().find(({ event }) => event.startsWith('drill.')), { timeout: 15_000 })
    .toMatchObject({ event: 'drill.canceled', details: { reason: 'real-stop' } });
  expect(existsSync(join(desk.dataDir, 'drills'))).toBe(false);
  await app.page.getByText('A real stop was engaged, and came first.', { exact: false }).waitFor();
  await picture(app.page, 'drill broken off');
});
