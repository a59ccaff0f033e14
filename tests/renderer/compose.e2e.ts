import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { openFixture, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow, Look } from './fixture/window.ts';

let window: FixtureWindow;
let page: Page;

beforeAll(async () => {
  const opened = await openFixture();
  window = opened.window;
  page = window.page;
  return opened.close;
});

const show = (look: Partial<Look> = {}) => window.show({ scenario: 'publishing', view: 'compose', ...look });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const sharedText = () => page.getByLabel('Text', { exact: true }).first();

/** Takes a picture and says what an accessibility rule would object to. */
async function look(name: string): Promise<string[]> {
  await picture(window, `compose-${name}`);
  return violations(page);
}

it('one text is written once, and differently for a network, an account, and back with undo', async () => {
  await window.resize(1024, 700);
  await show();
  await sharedText().fill('Our doors open at nine.');
  await page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
  const add = page.getByRole('combobox', { name: 'Write it differently for…' });
  await add.fill('Bluesky');
  await add.press('ArrowDown');
  await add.press('Enter');
  const own = page.getByRole('region', { name: /^Own text: .*Bluesky/u });
  expect(await own.getByLabel('Text', { exact: true }).inputValue()).toBe('Our doors open at nine.');
  await own.getByLabel('Text', { exact: true }).fill('Doors: 9.');
  await own.getByText('9 of 300 on Bluesky').waitFor();
  await sharedText().fill('Our doors open at ten.');
  expect(await own.getByLabel('Text', { exact: true }).inputValue()).toBe('Doors: 9.');
  await page.getByText(/^In their own words, not this text: .*Bluesky/u).waitFor();
  await page.getByText('own text', { exact: true }).first().waitFor();
  expect(await look('own-text')).toEqual([]);
  await own.getByRole('button', { name: 'As the others' }).click();
  await page.getByText(/: back to the shared text\.$/u).waitFor();
  expect(await own.count()).toBe(0);
  await button('Undo').click();
  expect(await own.getByLabel('Text', { exact: true }).inputValue()).toBe('Doors: 9.');
  await page.getByText(/^Kept as a draft at/u).waitFor();
});

it('stands in French and in the dark as well', async () => {
  await show({ language: 'fr', theme: 'dark' });
  await page.getByLabel('Texte', { exact: true }).first().fill('Nos portes ouvrent à neuf heures.');
  await page.getByRole('checkbox', { name: 'Tous les comptes de Maison Verrier' }).check();
  const add = page.getByRole('combobox', { name: 'L’écrire autrement pour…' });
  await add.fill('Bluesky');
  await add.press('ArrowDown');
  await picture(window, 'compose-adapt-list-fr');
  await add.press('Enter');
  await button('Changer les comptes').click();
  await page.getByText(/^À leur façon, pas ce texte/u).waitFor();
  expect(await violations(page, 'contrast')).toEqual([]);
  await picture(window, 'compose-own-text-fr');
});
