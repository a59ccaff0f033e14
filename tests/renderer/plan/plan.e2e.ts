import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFixture } from '../fixture/build.ts';
import { type FixtureWindow, type Look, openWindow } from '../fixture/window.ts';

const shots = resolve(import.meta.dirname, '../.work/screenshots');
let window: FixtureWindow;
let built: string;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'all-stop-fixture-'));
  await buildFixture(built);
  await mkdir(shots, { recursive: true });
  window = await openWindow(process.env.ALLSTOP_TEST_ELECTRON ?? '', built);
  window.page.setDefaultTimeout(20_000);
  await window.resize(1280, 900);
});
afterAll(async () => {
  await window?.close();
  await rm(built, { recursive: true, force: true });
});

/** Takes a picture and says what an accessibility rule would object to. */
async function look(name: string): Promise<string[]> {
  await window.atRest();
  await window.page.screenshot({ path: join(shots, `plan-${name}.png`) });
  const axe = new AxeBuilder({ page: window.page }).setLegacyMode(true);
  const found = await axe.options({ resultTypes: ['violations'] }).analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes[0]?.html.slice(0, 160)}`);
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
