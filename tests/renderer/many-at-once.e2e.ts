import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow, Look } from './fixture/window.ts';

let window: FixtureWindow;
let page: Page;

openForAll(
  (opened) => {
    ({ window, page } = opened);
  },
  { width: 1280, height: 900, patience: 20_000 },
);

const show = (view: string, look: Partial<Look> = {}) =>
  window.show({ scenario: 'publishing', view, ...look });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const row = (index: number) => page.getByRole('row').nth(index);

/** Takes a picture and says what an accessibility rule would object to. */
async function look(name: string): Promise<string[]> {
  await picture(window, `steps-${name}`);
  return violations(page);
}

it('shifts by days: asks where the clocks change, says what stays and where the others land, and takes it back', async () => {
  await show('queue');
  await row(1).click();
  await page.keyboard.press('Control+a');
  await button('Shift').click();
  await page
    .getByRole('dialog')
    .getByText(/^then /u)
    .first()
    .waitFor();
  await page.getByLabel('Shift by').fill('125');
  await page.getByText('On their new days the clocks skip the times of 3 posts.').waitFor();
  expect(await page.getByRole('radio', { name: 'Leave them as they are' }).isChecked()).toBe(true);
  expect(await look('shift')).toEqual([]);
  await page.getByText('Earlier', { exact: true }).click();
  await page.getByText(/have passed already; they stay as they are\.$/u).waitFor();
  await page.getByLabel('Shift by').fill('0');
  await page.getByText('Type a whole number from 1 to 365.').waitFor();
  await page.getByText('Later', { exact: true }).click();
  await page.getByLabel('Shift by').fill('2');
  await page.getByRole('button', { name: /^Shift \d+ posts$/u }).click();
  await page.getByText(/^\d+ posts were shifted\./u).waitFor();
  await page
    .getByRole('button', { name: 'Journal' })
    .or(page.getByRole('link', { name: 'Journal' }))
    .first()
    .click();
  await page.getByRole('heading', { name: 'Journal' }).waitFor();
  await page
    .getByRole('button', { name: 'Queue' })
    .or(page.getByRole('link', { name: 'Queue' }))
    .first()
    .click();
  await button('Undo last step').click();
  await page.getByText(/^\d+ posts are as they were before\./u).waitFor();
});

it('gives posts to an account of another brand only with a warning, by keyboard', async () => {
  await show('queue', { language: 'fr', theme: 'dark' });
  await row(1).click();
  await page.keyboard.press('Control+a');
  await button('Plus').press('Enter');
  await page.getByRole('menuitem', { name: 'Changer de compte' }).press('Enter');
  await page.getByRole('combobox', { name: 'Vers le compte' }).fill('verrier');
  await page.getByRole('option').first().click();
  await page.getByText(/appartiennent à d’autres marques/u).waitFor();
  expect(await look('to-account-fr')).toEqual([]);
  await page.keyboard.press('Escape');
});

it('sorts by state and by brand from the headings of the columns', async () => {
  await show('queue');
  await page.getByRole('columnheader', { name: 'Account' }).click();
  await page
    .getByRole('columnheader', { name: 'Account ↑' })
    .or(page.locator('[aria-sort=ascending]'))
    .first()
    .waitFor();
  await expect.poll(() => row(1).textContent()).toMatch(/Atelier|Brume|Kestrel|Maison/u);
  await page.getByRole('combobox', { name: 'Order' }).waitFor();
  expect(await page.getByRole('combobox', { name: 'Order' }).inputValue()).toBe('By brand, A to Z');
  await page.getByRole('columnheader', { name: 'State' }).click();
  await expect.poll(() => page.getByRole('combobox', { name: 'Order' }).inputValue()).toBe('By state');
});

it('gives accounts to another brand by dragging, and by keyboard, once the consequences are read', async () => {
  await show('desk');
  const account = page.getByRole('row').filter({ hasText: 'ateliercobalt@town.example' });
  const target = page.getByRole('row').filter({ hasText: 'Brightwell Books' }).first();
  await account.dragTo(target);
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/in the name of Brightwell Books from now on\.$/u).waitFor();
  await dialog
    .getByText('Crisis plan, rules of tone and decision makers are those of Brightwell Books.')
    .waitFor();
  expect(await look('move-account')).toEqual([]);
  await button('Give 1 account to it').click();
  await page.getByText('1 account now belongs to Brightwell Books.').waitFor();
  await page.getByRole('checkbox', { name: 'Choose ateliercobalt@town.example' }).press('Space');
  await page.getByText('1 account chosen').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.locator('tr[data-row]:focus').waitFor();
  await page.keyboard.press('Space');
  await page.getByText('2 accounts chosen').waitFor();
  await button('Labels…').press('Enter');
  await page
    .getByRole('combobox', { name: 'Labels' })
    .or(page.getByRole('textbox', { name: 'Labels' }))
    .first()
    .fill('spring,');
  await button('Save labels').click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: 'spring' }).nth(1).waitFor();
  await button('Give to a brand…').press('Enter');
  await page.getByRole('combobox', { name: 'To the brand' }).fill('Skerry');
  await page.getByRole('option', { name: 'Skerry Outdoor' }).click();
  await button('Give 2 accounts to it').click();
  await page.getByText('2 accounts now belong to Skerry Outdoor.').waitFor();
});

it('keeps notes and a logo of a brand, filters by label and state, and remembers what is closed', async () => {
  await show('desk', { language: 'fr', theme: 'dark' });
  // What is further down is not drawn.
  await page.getByLabel('Rechercher marques et comptes').fill('maison verrier');
  await page.getByRole('button', { name: 'Notes sur Maison Verrier' }).click();
  await page.getByLabel('Notes', { exact: true }).fill('Anne décide des prix.');
  await page.locator('input[type=file]').setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOor6//DwAFhAJ/wlseKgAAAABJRU5ErkJggg==',
      'base64',
    ),
  });
  await page.getByRole('dialog').getByRole('img', { name: 'Logo de Maison Verrier' }).waitFor();
  expect(await look('brand-fr')).toEqual([]);
  await button('Enregistrer').click();
  await page.getByRole('row').getByRole('img', { name: 'Logo de Maison Verrier' }).waitFor();
  await page.getByRole('checkbox', { name: 'Choisir tous les comptes de Maison Verrier' }).check();
  await page.getByText('5 comptes choisis').waitFor();
  expect(await look('desk-fr')).toEqual([]);
  await page.getByRole('combobox', { name: 'Étiquette' }).click();
  await page.getByRole('option', { name: 'winter' }).click();
  await expect.poll(() => page.getByRole('row').count()).toBe(4);
  await button('Effacer les filtres').click();
  await button('Tout replier').click();
  await show('desk');
  await button('Expand all').click();
});

it('makes a draft recur, asks where the clocks change, and ends it with what becomes of its posts', async () => {
  await show('compose');
  await page.getByLabel('Text', { exact: true }).fill('Open from nine, every week');
  await page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
  await page.getByText(/^Kept as a draft at/u).waitFor();
  await page
    .getByRole('button', { name: 'Queue' })
    .or(page.getByRole('link', { name: 'Queue' }))
    .first()
    .click();
  await button('Recurring posts').click();
  await page.getByText('Nothing recurs yet').waitFor();
  await button('Make a draft recur').click();
  await page.getByRole('combobox', { name: 'Draft' }).click();
  await page.getByRole('option', { name: /Open from nine, every week/u }).click();
  await page.getByText(/^9 posts in the next 60 days\./u).waitFor();
  await page.getByLabel('Hours').fill('02');
  await page.getByText(/^On 2 dates of the next two years the clocks skip this time/u).waitFor();
  expect(await button('Make the posts').isDisabled()).toBe(true);
  expect(await look('recurrence')).toEqual([]);
  await page.getByRole('radio', { name: 'Leave that date out' }).check();
  await button('Make the posts').click();
  await page.getByText('9 posts were made.').waitFor();
  await button('End it…').click();
  expect(await look('recurrences')).toEqual([]);
  await button('End, cancel them').click();
  await page.getByText('Nothing recurs yet').waitFor();
});
