import { expect, it } from 'vitest';
import { findInPalette, openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

let window: FixtureWindow;

openForAll((opened) => {
  ({ window } = opened);
});

const focused = () => window.page.evaluate(() => document.activeElement?.id);

const shot = (name: string) => picture(window, `drill-${name}`);

it('a failed drill is told above every view until later, leads to the drill, and never stands over a stop', async () => {
  const { page } = window;
  await window.show({ scenario: 'drill-failed', view: 'desk' });
  const strip = page.getByRole('complementary', { name: 'Drill' });
  await strip.waitFor();
  await shot('strip');
  expect(await violations(window.page)).toEqual([]);
  await strip.getByRole('button', { name: 'Go to the drill' }).click();
  await page.getByRole('heading', { name: 'Drill', exact: true }).waitFor();
  await expect.poll(focused).toBe('drill-title');
  await strip.waitFor({ state: 'detached' });
  await page.getByText('not every promise was kept', { exact: false }).waitFor();
  await page.getByText('A real stop was engaged, and came first.', { exact: false }).waitFor();
  // The frame stays where it is: the stop is never scrolled away.
  expect((await page.getByTestId('publishing-state').boundingBox())?.y).toBeGreaterThan(0);
  await shot('failed');
  expect(await violations(window.page)).toEqual([]);

  await window.show({ scenario: 'drill-failed', view: 'stop?part=drill', language: 'fr', theme: 'dark' });
  await shot('failed-fr-dark');
  expect(await violations(window.page)).toEqual([]);

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
  await findInPalette(page, 'drill', 'Rehearses the stop on a copy; touches no network');
  await page.keyboard.press('Enter');
  // What is found is led to, and has the focus only once it has been drawn.
  await expect.poll(focused).toBe('drill-title');
  const name = page.getByLabel('Who runs it?');
  await name.fill('');
  await name.press('Enter');
  await page.getByText('A drill is kept with a name: type yours.').waitFor();
  await name.fill('Robin');
  await name.press('Enter');
  await page.locator('[aria-current="step"]').first().waitFor();
  await expect.poll(focused).toBe('drill-title');
  await shot('running');
  await page.getByRole('button', { name: 'Break the drill off' }).click();
  await page.getByText('Somebody broke it off.', { exact: false }).waitFor();

  await page.getByRole('button', { name: 'Start a drill' }).click();
  await page.getByRole('table', { name: 'What was measured beside what is promised' }).waitFor();
  await page.getByText('every promise was kept', { exact: false }).waitFor();
  await shot('passed');
  expect(await violations(window.page)).toEqual([]);
  const asked = await page.evaluate(() => Reflect.get(globalThis, 'fake').requests());
  expect(asked.filter(({ channel }: { channel: string }) => channel === 'drill.run')).toEqual([
    { channel: 'drill.run', request: { by: 'Robin' } },
    { channel: 'drill.run', request: { by: 'Robin' } },
  ]);
});
