import { describe, expect, it } from 'vitest';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow, Look } from './fixture/window.ts';

let window: FixtureWindow;

openForAll((opened) => {
  ({ window } = opened);
});

const button = (name: string) => window.page.getByRole('button', { name, exact: true });

async function openForeignFile(look: Omit<Look, 'scenario'> = {}): Promise<void> {
  await window.show({ scenario: 'publishing', view: 'import', ...look });
  await window.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'foreign.csv', mimeType: 'text/csv', buffer: Buffer.from('x') });
  await window.page.getByText('foreign.csv').waitFor();
}

describe('a file of another tool', () => {
  it('is shown as it would be read, and is not read before the order and the zone are said', async () => {
    const { page } = window;
    await window.resize(1280, 1400);
    await openForeignFile();
    await page.getByText('Recognised by its first row.').waitFor();
    expect(await page.getByRole('combobox', { name: 'Read as' }).inputValue()).toBe('Sprout Social');
    await page.getByText('Still to be said: the time zone.').waitFor();
    // One order only leaves every day a day: it is chosen beforehand, and shown.
    expect(await page.getByRole('radio', { name: /day first/u }).isChecked()).toBe(true);
    await page
      .getByText(/is Saturday,? 3 April 2027/u)
      .first()
      .waitFor();
    await page.getByText('3 rows would be no day.').waitFor();
    expect(await button('Read the rows').isDisabled()).toBe(true);
    await picture(window, 'import-file');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Each brand’s own' }).check();
    await page.getByText('Nothing has been written yet.').waitFor();
    await button('Choose… Accounts for kestrel coffee').click();
    await page.getByRole('dialog').getByRole('checkbox').nth(1).check();
    await picture(window, 'import-file-accounts');
    await button('Done').click();
    await page.getByText('1 name has no account; its rows count as bad.').waitFor();
    await button('Read the rows').click();
    await page.getByText('4 rows cannot be imported.', { exact: false }).waitFor();
  });

  it('of any kind is read by the columns a person names', async () => {
    const { page } = window;
    await window.resize(1024, 700);
    await openForeignFile({ language: 'fr', theme: 'dark' });
    await page.getByRole('combobox', { name: 'Lu comme' }).click();
    await page.getByRole('option', { name: 'Un autre tableau, par ses colonnes' }).click();
    await page.getByText('Reste à dire : les colonnes.').waitFor();
    await picture(window, 'import-columns-fr');
    await page.getByRole('combobox', { name: 'Texte', exact: true }).click();
    await page.getByRole('option', { name: 'message_text' }).click();
    await page.getByText('Les ateliers rouvrent lundi.').waitFor();
    await page.getByRole('combobox', { name: 'Jour', exact: true }).click();
    await page.getByRole('option', { name: 'date', exact: true }).click();
    await page.getByText('Reste à dire : le fuseau horaire.').waitFor();
    await picture(window, 'import-columns-mapped-fr');
    expect(await violations(page, 'contrast')).toEqual([]);
    await window.resize(1280, 900);
  });

  it('shows its rows by what becomes of them', async () => {
    const { page } = window;
    await openForeignFile();
    await page.getByRole('radio', { name: 'Each brand’s own' }).check();
    await button('Read the rows').click();
    await page.getByText('2 posts say what their account says within 24 hours.', { exact: false }).waitFor();
    await page.getByText('Duplicates (2)').click();
    expect(await page.getByRole('region', { name: 'Rows' }).getByRole('row').count()).toBe(3);
    await page.getByText('All (120)').click();
    await picture(window, 'import-outcomes');
    expect(await violations(page)).toEqual([]);
  });
});

describe('an import', () => {
  it('is undone from the list of past ones, after it was said what that does', async () => {
    const { page } = window;
    await window.show({ scenario: 'publishing', view: 'import' });
    await page.getByRole('tab', { name: 'Past imports' }).click();
    await page.getByText('buffer-export-kestrel.csv').waitFor();
    await page.getByRole('button', { name: /^Undo december\.csv/u }).click();
    await page.getByText('98 posts are as they were imported and will be canceled.').waitFor();
    await page.getByText('5 went out, or were tried, and stay.').waitFor();
    await picture(window, 'import-undo');
    expect(await violations(page)).toEqual([]);
    await button('Cancel 98 posts').click();
    await page.getByText('98 posts were canceled. 8 stay as they are.').waitFor();
    expect(await page.getByRole('button', { name: /^Undo december/u }).count()).toBe(0);
    await picture(window, 'import-past');
  });
});
