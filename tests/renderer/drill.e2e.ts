import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildFixture } from './fixture/build.ts';
import { type FixtureWindow, openWindow } from './fixture/window.ts';

const shots = resolve(import.meta.dirname, '.work/screenshots');
let window: FixtureWindow;
let built: string;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'all-stop-fixture-'));
  await buildFixture(built);
  await mkdir(shots, { recursive: true });
  window = await openWindow(process.env.ALLSTOP_TEST_ELECTRON ?? '', built);
});
afterAll(async () => {
  await window?.close();
  await rm(built, { recursive: true, force: true });
});

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(): Promise<string[]> {
  const axe = new AxeBuilder({ page: window.page }).setLegacyMode(true).withTags(TAGS);
  const found = await axe.analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`),
  );
}

const focused = () => window.page.evaluate(() => document.activeElement?.id);

const picture = async (name: string) => {
  await window.atRest();
  await window.page.screenshot({ path: join(shots, `drill-${name}.png`) });
};

it('a failed drill is told above every view until later, leads to the drill, and never stands over a stop', async () => {
  const { page } = window;
  await window.show({ scenario: 'drill-failed', view: 'desk' });
  const strip = page.getByRole('complementary', { name: 'Drill' });
  await strip.waitFor();
  await picture('strip');
  expect(await violations()).toEqual([]);
  await strip.getByRole('button', { name: 'Go to the drill' }).click();
  await page.getByRole('heading', { name: 'Drill', exact: true }).waitFor();
  await expect.poll(focused).toBe('drill-title');
  await strip.waitFor({ state: 'detached' });
  await page.getByText('not every promise was kept', { exact: false }).waitFor();
  await page.getByText('A real stop was engaged, and came first.', { exact: false }).waitFor();
  // The frame stays where it is: the stop is never scrolled away.
  expect((await page.getByTestId('publishing-state').boundingBox())?.y).toBeGreaterThan(0);
  await picture('failed');
  expect(await violations()).toEqual([]);

  await window.show({ scenario: 'drill-failed', view: 'stop?part=drill', language: 'fr', theme: 'dark' });
  await picture('failed-fr-dark');
  expect(await violations()).toEqual([]);

  await window.show({ scenario: 'drill-failed', view: 'desk' });
  await strip.getByRole('button', { name: 'Later' }).click();
  expect(await strip.count()).toBe(0);
  await window.show({ scenario: 'drill-failed', view: 'desk' });
  await strip.waitFor();
  await page.getByRole('button', { name: 'Emergency stop', exact: true }).first().click();
  await strip.waitFor({ state: 'detached' });
});

it('a drill is found in the palette, run by the keyboard alone with a name, told step by step, and can be broken off', async () => {
  const { page } = window;
  await window.show({ scenario: 'publishing', view: 'desk' });
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('drill');
  await page.getByText('Rehearses the stop on a copy; touches no network').waitFor();
  await page.keyboard.press('Enter');
  const name = page.getByLabel('Who runs it?');
  await name.fill('');
  await page.keyboard.press('Enter');
  await page.getByText('A drill is kept with a name: type yours.').waitFor();
  await name.fill('Robin');
  await page.keyboard.press('Enter');
  await page.locator('[aria-current="step"]').first().waitFor();
  await expect.poll(focused).toBe('drill-title');
  await picture('running');
  await page.getByRole('button', { name: 'Break the drill off' }).click();
  await page.getByText('Somebody broke it off.', { exact: false }).waitFor();

  await page.getByRole('button', { name: 'Start a drill' }).click();
  await page.getByRole('table', { name: 'What was measured beside what is promised' }).waitFor();
  await page.getByText('every promise was kept', { exact: false }).waitFor();
  await picture('passed');
  expect(await violations()).toEqual([]);
  const asked = await page.evaluate(() => Reflect.get(globalThis, 'fake').requests());
  expect(asked.filter(({ channel }: { channel: string }) => channel === 'drill.run')).toEqual([
    { channel: 'drill.run', request: { by: 'Robin' } },
    { channel: 'drill.run', request: { by: 'Robin' } },
  ]);
});
