import { expect, it } from 'vitest';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

let window: FixtureWindow;

openForAll(
  (opened) => {
    ({ window } = opened);
  },
  { width: 1280, height: 900, patience: 15_000 },
);

it('a key of the window is changed by pressing, shown everywhere, refused by name where it is taken, and given back', async () => {
  const { page } = window;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await window.show({ scenario: 'publishing', view: 'settings' });
  await button('Change the key of Find a command').click();
  await page.keyboard.press('Control+c');
  await page.getByText('Ctrl+C is for editing text, in every field. Nothing was changed.').waitFor();
  await page.keyboard.press('Control+Alt+Shift+S');
  await page.getByText(/^Ctrl\+Alt\+Shift\+S belongs to the emergency stop/u).waitFor();
  await page.keyboard.press('g');
  await page.getByText('This key alone would be typed as text.', { exact: false }).waitFor();
  await page.keyboard.press('F1');
  await page.getByText('F1 is the key of “Help”. Nothing was changed.').waitFor();
  await picture(window, 'window-keys-conflict');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Control+Shift+P');
  await button('Give Find a command its first key back').waitFor();
  expect(
    await button('Change the key of Find a command').evaluate((one) => one === document.activeElement),
  ).toBe(true);
  await page.locator('h1').click();
  await page.keyboard.press('Control+Shift+p');
  await page.getByRole('textbox', { name: /^Search views/u }).waitFor();
  await picture(window, 'window-keys-palette');
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: /^Search views/u }).waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+k');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('P', { exact: true }).waitFor();
  expect(await page.getByRole('textbox', { name: /^Search views/u }).count()).toBe(0);
  await picture(window, 'window-keys-sheet');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+2');
  await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor();
  await window.show({ scenario: 'publishing', view: 'settings', language: 'fr', theme: 'dark' });
  await page.getByRole('heading', { name: 'Raccourcis de cette fenêtre' }).scrollIntoViewIfNeeded();
  await window.resize(1024, 700);
  await picture(window, 'window-keys-fr');
  expect(await violations(page, 'contrast')).toEqual([]);
  expect(window.complaints).toEqual([]);
});
