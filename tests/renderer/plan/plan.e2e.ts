import { expect, test } from 'vitest';
import { openForAll, picture, violations } from '../fixture/opened-window.ts';
import type { FixtureWindow, Look } from '../fixture/window.ts';

let window: FixtureWindow;

openForAll(
  (opened) => {
    ({ window } = opened);
  },
  { width: 1280, height: 900, patience: 20_000 },
);

/** Takes a picture and says what an accessibility rule would object to. */
async function look(name: string): Promise<string[]> {
  await picture(window, `plan-${name}`);
  return violations(window.page);
}
const show = (view: string, more: Partial<Look> = {}) =>
  window.show({ scenario: 'publishing', view, ...more });

test('the plan and its dialogs are drawn in both languages and themes without a violation', async () => {
  const { page } = window;
  await show('plan');
  await page.getByLabel('Step 1, What is done').waitFor();
  expect(await look('en-light')).toEqual([]);
  await show('plan', { language: 'fr', theme: 'dark' });
  await page
    .getByRole('button', { name: /^Modifier les autres outils/u })
    .first()
    .click();
  await page.getByRole('dialog').getByText('Là où il se coupe.', { exact: false }).first().waitFor();
  expect(await look('tools-fr-dark')).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await look('fr-dark')).toEqual([]);
  await page.getByRole('combobox', { name: 'Marque du plan' }).click();
  await page.getByRole('option').nth(1).click();
  await page.getByRole('heading', { name: 'Pas encore de plan' }).waitFor();
  expect(await look('empty-fr-dark')).toEqual([]);
});

test('a plan that cannot be kept says so and loses nothing while another view is looked at', async () => {
  const { page } = window;
  await show('plan');
  await page.evaluate("globalThis.fake.refuse('plan.save', 'storage', 'The disk is full.')");
  await page.getByLabel('Person 1, Role').fill('Still here');
  await page.getByText('Not kept. The disk is full.').waitFor();
  await page.getByRole('link', { name: 'Journal' }).click();
  await page.getByRole('heading', { name: 'Journal' }).waitFor();
  await page.goBack();
  expect(await page.getByLabel('Person 1, Role').inputValue()).toBe('Still here');
});

test('a tool that was not saved is there again when its dialog is opened, until it is discarded', async () => {
  const { page } = window;
  await show('plan');
  const edit = page.getByRole('button', { name: /^Edit the other tools/u }).nth(1);
  await edit.click();
  await page.getByRole('button', { name: 'Add a tool' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Half a tool');
  await page.keyboard.press('Escape');
  await edit.click();
  const name = page.getByRole('dialog').getByLabel('Name', { exact: true });
  expect(await name.inputValue()).toBe('Half a tool');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await edit.click();
  expect(await name.count()).toBe(0);
});

test('the checklists of a stop are drawn in French and in the dark without a violation', async () => {
  const { page } = window;
  await show('stop', { scenario: 'stopped', language: 'fr', theme: 'dark' });
  const box = page.getByRole('checkbox', { name: 'Couper les campagnes payantes.' });
  await box.click();
  await page
    .getByText(/^\S.*, \d\d:\d\d$/u)
    .first()
    .waitFor();
  expect(await look('checklist-fr-dark')).toEqual([]);
});
