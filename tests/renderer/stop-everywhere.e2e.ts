import { expect, it } from 'vitest';
import { SCENARIOS } from './fixture/model.ts';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

let window: FixtureWindow;

openForAll((opened) => {
  ({ window } = opened);
});

const NAMES = { en: 'Emergency stop', fr: 'Arrêt d’urgence' } as const;
/** More than anybody would press, far fewer than a long list has stations. */
const MOST_TABS = 40;

/** Presses Tab until the stop has the focus; how often that took. Infinity when it never came. */
async function tabsTo(name: string): Promise<number> {
  const { page } = window;
  for (let tabs = 1; tabs <= MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.closest('button')?.textContent);
    if (focused === name) return tabs;
  }
  return Number.POSITIVE_INFINITY;
}

const asked = () =>
  window.page.evaluate('globalThis.fake.requests().map((one) => one.channel)') as Promise<string[]>;

/**
 * Every state the window can be in, from the list its fixture is made of: a new one is walked through too. In English and light, or in
 * French and dark, in turn.
 */
it.each(SCENARIOS.map((scenario, index) => [scenario, index % 2 === 0 ? 'en' : 'fr'] as const))(
  'in %s the stop is there in words (%s), enabled, on top and reached by Tab, and Enter stops',
  async (scenario, language) => {
    const name = NAMES[language];
    await window.show({ scenario, language, theme: language === 'en' ? 'light' : 'dark' });
    const stop = window.page.getByRole('button', { name, exact: true });
    expect(await stop.isEnabled()).toBe(true);
    const box = await stop.boundingBox();
    const onTop = await window.page.evaluate(
      ({ x, y }) => document.elementFromPoint(x, y)?.closest('button')?.textContent,
      { x: (box?.x ?? -99) + 20, y: (box?.y ?? -99) + 20 },
    );
    expect(onTop).toBe(name);
    expect(await tabsTo(name)).toBeLessThanOrEqual(MOST_TABS);
    await window.page.keyboard.press('Enter');
    await expect.poll(asked).toContain('stop.engage');
  },
);

it('what waits elsewhere is cancelled from the stop room after a look, and what stays live is ticked off', async () => {
  const { page } = window;
  await window.show({ scenario: 'stopped', view: 'stop', language: 'en', theme: 'light' });
  const room = page.locator('#room-planners');
  await room.getByText('Of 1 planner it is not known, or not in full, what waits there:').waitFor();
  await room.getByRole('button', { name: 'Cancel all of this…' }).click();
  expect(await asked()).not.toContain('elsewhere.cancel');
  await page
    .getByRole('dialog')
    .getByText('a release does not schedule them again', { exact: false })
    .waitFor();
  await page.getByRole('button', { name: 'Cancel 3 there' }).click();
  await room.getByText('Still live: the cancellation did not take.').waitFor();
  expect(await room.getByText('Cancelled there; read back as gone.').count()).toBe(2);
  await room.getByRole('checkbox', { name: /^Dealt with: / }).check();
  await room.getByText(/^Dealt with by Camille Aubry/u).waitFor();
  expect(await violations(page)).toEqual([]);
});

it('another scheduler is signed in to under the settings, and its channels are given to who they belong to', async () => {
  const { page } = window;
  await window.show({ scenario: 'publishing', view: 'settings', language: 'en', theme: 'light' });
  await page.getByRole('button', { name: 'Add a scheduler…' }).click();
  await page.getByRole('combobox', { name: 'Scheduler', exact: true }).click();
  await page.getByRole('option', { name: 'Planer' }).click();
  await page.getByRole('dialog').getByText('Tested against a fake.').waitFor();
  await page.getByRole('button', { name: 'Check and keep' }).click();
  await page.getByText('This is needed.').first().waitFor();
  await page.getByLabel('API key').first().fill('a key');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Check and keep' }).click();
  await page.getByText('Of 2 channels nobody has said whose they are', { exact: false }).waitFor();
  await page.getByRole('combobox', { name: 'Maison Verrier (instagram)' }).click();
  await page.getByRole('option', { name: /^Maison Verrier: / }).click();
  await page.getByText('Of 1 channel nobody has said whose it is', { exact: false }).waitFor();
  await picture(window, 'schedulers');
  expect(await violations(page)).toEqual([]);
});
