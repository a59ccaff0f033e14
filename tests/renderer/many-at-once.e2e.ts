import { expect, it } from 'vitest';
import { workInOneWindow } from './fixture/work-window.ts';

const at = workInOneWindow('steps');
const { show, button, row, look } = at;

it('shifts by days: asks where the clocks change, says what stays and where the others land, and takes it back', async () => {
  await show('queue');
  await row(1).click();
  await at.page.keyboard.press('Control+a');
  await button('Shift').click();
  await at.page
    .getByRole('dialog')
    .getByText(/^then /u)
    .first()
    .waitFor();
  await at.page.getByLabel('Shift by').fill('125');
  await at.page.getByText('On their new days the clocks skip the times of 3 posts.').waitFor();
  expect(await at.page.getByRole('radio', { name: 'Leave them as they are' }).isChecked()).toBe(true);
  expect(await look('shift')).toEqual([]);
  await at.page.getByText('Earlier', { exact: true }).click();
  await at.page.getByText(/have passed already; they stay as they are\.$/u).waitFor();
  await at.page.getByLabel('Shift by').fill('0');
  await at.page.getByText('Type a whole number from 1 to 365.').waitFor();
  await at.page.getByText('Later', { exact: true }).click();
  await at.page.getByLabel('Shift by').fill('2');
  await at.page.getByRole('button', { name: /^Shift \d+ posts$/u }).click();
  await at.page.getByText(/^\d+ posts were shifted\./u).waitFor();
  await at.page
    .getByRole('button', { name: 'Journal' })
    .or(at.page.getByRole('link', { name: 'Journal' }))
    .first()
    .click();
  await at.page.getByRole('heading', { name: 'Journal' }).waitFor();
  await at.page
    .getByRole('button', { name: 'Queue' })
    .or(at.page.getByRole('link', { name: 'Queue' }))
    .first()
    .click();
  await button('Undo last step').click();
  await at.page.getByText(/^\d+ posts are as they were before\./u).waitFor();
});

it('gives posts to an account of another brand only with a warning, by keyboard', async () => {
  await show('queue', { language: 'fr', theme: 'dark' });
  await row(1).click();
  await at.page.keyboard.press('Control+a');
  await button('Plus').press('Enter');
  await at.page.getByRole('menuitem', { name: 'Changer de compte' }).press('Enter');
  await at.page.getByRole('combobox', { name: 'Vers le compte' }).fill('verrier');
  await at.page.getByRole('option').first().click();
  await at.page.getByText(/appartiennent à d’autres marques/u).waitFor();
  expect(await look('to-account-fr')).toEqual([]);
  await at.page.keyboard.press('Escape');
});

it('sorts by state and by brand from the headings of the columns', async () => {
  await show('queue');
  await at.page.getByRole('columnheader', { name: 'Account' }).click();
  await at.page
    .getByRole('columnheader', { name: 'Account ↑' })
    .or(at.page.locator('[aria-sort=ascending]'))
    .first()
    .waitFor();
  await expect.poll(() => row(1).textContent()).toMatch(/Atelier|Brume|Kestrel|Maison/u);
  await at.page.getByRole('combobox', { name: 'Order' }).waitFor();
  expect(await at.page.getByRole('combobox', { name: 'Order' }).inputValue()).toBe('By brand, A to Z');
  await at.page.getByRole('columnheader', { name: 'State' }).click();
  await expect.poll(() => at.page.getByRole('combobox', { name: 'Order' }).inputValue()).toBe('By state');
});

it('gives accounts to another brand by dragging, and by keyboard, once the consequences are read', async () => {
  await show('desk');
  const account = at.page.getByRole('row').filter({ hasText: 'ateliercobalt@town.example' });
  const target = at.page.getByRole('row').filter({ hasText: 'Brightwell Books' }).first();
  await account.dragTo(target);
  const dialog = at.page.getByRole('dialog');
  await dialog.getByText(/in the name of Brightwell Books from now on\.$/u).waitFor();
  await dialog
    .getByText('Crisis plan, rules of tone and decision makers are those of Brightwell Books.')
    .waitFor();
  expect(await look('move-account')).toEqual([]);
  await button('Give 1 account to it').click();
  await at.page.getByText('1 account now belongs to Brightwell Books.').waitFor();
  await at.page.getByRole('checkbox', { name: 'Choose ateliercobalt@town.example' }).press('Space');
  await at.page.getByText('1 account chosen').waitFor();
  await at.page.keyboard.press('ArrowUp');
  await at.page.locator('tr[data-row]:focus').waitFor();
  await at.page.keyboard.press('Space');
  await at.page.getByText('2 accounts chosen').waitFor();
  await button('Labels…').press('Enter');
  await at.page
    .getByRole('combobox', { name: 'Labels' })
    .or(at.page.getByRole('textbox', { name: 'Labels' }))
    .first()
    .fill('spring,');
  await button('Save labels').click();
  await dialog.waitFor({ state: 'detached' });
  await at.page.getByRole('row').filter({ hasText: 'spring' }).nth(1).waitFor();
  await button('Give to a brand…').press('Enter');
  await at.page.getByRole('combobox', { name: 'To the brand' }).fill('Skerry');
  await at.page.getByRole('option', { name: 'Skerry Outdoor' }).click();
  await button('Give 2 accounts to it').click();
  await at.page.getByText('2 accounts now belong to Skerry Outdoor.').waitFor();
});

it('keeps notes and a logo of a brand, filters by label and state, and remembers what is closed', async () => {
  await show('desk', { language: 'fr', theme: 'dark' });
  // What is further down is not drawn.
  await at.page.getByLabel('Rechercher marques et comptes').fill('maison verrier');
  await at.page.getByRole('button', { name: 'Notes sur Maison Verrier' }).click();
  await at.page.getByLabel('Notes', { exact: true }).fill('Anne décide des prix.');
  await at.page.locator('input[type=file]').setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOor6//DwAFhAJ/wlseKgAAAABJRU5ErkJggg==',
      'base64',
    ),
  });
  await at.page.getByRole('dialog').getByRole('img', { name: 'Logo de Maison Verrier' }).waitFor();
  expect(await look('brand-fr')).toEqual([]);
  await button('Enregistrer').click();
  await at.page.getByRole('row').getByRole('img', { name: 'Logo de Maison Verrier' }).waitFor();
  await at.page.getByRole('checkbox', { name: 'Choisir tous les comptes de Maison Verrier' }).check();
  await at.page.getByText('5 comptes choisis').waitFor();
  expect(await look('desk-fr')).toEqual([]);
  await at.page.getByRole('combobox', { name: 'Étiquette' }).click();
  await at.page.getByRole('option', { name: 'winter' }).click();
  await expect.poll(() => at.page.getByRole('row').count()).toBe(4);
  await button('Effacer les filtres').click();
  await button('Tout replier').click();
  await show('desk');
  await button('Expand all').click();
});

it('makes a draft recur, asks where the clocks change, and ends it with what becomes of its posts', async () => {
  await show('compose');
  await at.page.getByLabel('Text', { exact: true }).fill('Open from nine, every week');
  await at.page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
  await at.page.getByText(/^Kept as a draft at/u).waitFor();
  await at.page
    .getByRole('button', { name: 'Queue' })
    .or(at.page.getByRole('link', { name: 'Queue' }))
    .first()
    .click();
  await button('Recurring posts').click();
  await at.page.getByText('Nothing recurs yet').waitFor();
  await button('Make a draft recur').click();
  await at.page.getByRole('combobox', { name: 'Draft' }).click();
  await at.page.getByRole('option', { name: /Open from nine, every week/u }).click();
  await at.page.getByText(/^9 posts in the next 60 days\./u).waitFor();
  await at.page.getByLabel('Hours').fill('02');
  await at.page.getByText(/^On 2 dates of the next two years the clocks skip this time/u).waitFor();
  expect(await button('Make the posts').isDisabled()).toBe(true);
  expect(await look('recurrence')).toEqual([]);
  await at.page.getByRole('radio', { name: 'Leave that date out' }).check();
  await button('Make the posts').click();
  await at.page.getByText('9 posts were made.').waitFor();
  await button('End it…').click();
  expect(await look('recurrences')).toEqual([]);
  await button('End, cancel them').click();
  await at.page.getByText('Nothing recurs yet').waitFor();
});

it('gives labels to several posts as chips, filters by one, and takes the step back', async () => {
  await show('queue', { language: 'en' });
  await row(1).click();
  await at.page.keyboard.press('Control+a');
  await button('More').press('Enter');
  await at.page.getByRole('menuitem', { name: 'Labels' }).press('Enter');
  const add = at.page.getByRole('combobox', { name: 'Add these labels' });
  await add.pressSequentially('Launch,Paris');
  await add.press('Enter');
  expect(await at.page.getByRole('dialog').getByText('Launch', { exact: true }).isVisible()).toBe(true);
  await at.page.getByText(/^Only their labels change/u).waitFor();
  expect(await look('labels')).toEqual([]);
  await at.page.getByRole('button', { name: /^Change the labels of \d+ posts$/u }).click();
  await at.page.getByText(/^\d+ posts have their new labels\./u).waitFor();
  await at.page.getByText('Launch, Paris').first().waitFor();
  await at.page.getByRole('button', { name: /^More filters/u }).click();
  await at.page.getByRole('combobox', { name: 'Label' }).fill('Laun');
  await at.page.getByRole('option', { name: 'Launch' }).click();
  await look('labels-filter');
  await at.page.keyboard.press('Escape');
  await at.page.keyboard.press('Control+z');
  await at.page.getByText(/^\d+ posts? (is|are) as (it was|they were) before\./u).waitFor();
});
