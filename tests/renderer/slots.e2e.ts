import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow, Look } from './fixture/window.ts';

let window: FixtureWindow;
let page: Page;

openForAll(
  (opened) => {
    ({ window, page } = opened);
  },
  { width: 1280, height: 900, patience: 15_000 },
);

const show = (look: Partial<Look> = {}) => window.show({ scenario: 'publishing', ...look });
const button = (name: string | RegExp) => page.getByRole('button', { name });

async function look(name: string, of: 'everything' | 'contrast' = 'everything'): Promise<string[]> {
  await picture(window, `slots-${name}`);
  return violations(page, of);
}

describe('posting slots', () => {
  it('are set for an account and given to others as well, by keyboard too', async () => {
    await show();
    await button('More for ateliercobalt@town.example').first().click();
    await page.getByRole('menuitem', { name: 'Posting slots…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Posting slots of/u });
    await dialog.getByRole('table').waitFor();
    expect(await look('dialog-en')).toEqual([]);
    await dialog.getByRole('button', { name: 'Remove Monday 09:00' }).focus();
    await page.keyboard.press('Enter');
    expect(await dialog.getByRole('button', { name: 'Remove Monday 09:00' }).count()).toBe(0);
    await dialog.getByLabel('Hours').fill('18');
    await dialog.getByLabel('Minutes').fill('45');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await dialog.getByRole('button', { name: /18:45$/u }).count()).toBe(5);
    await dialog.getByLabel('Hours').fill('20');
    await dialog.getByRole('button', { name: 'Save slots' }).click();
    await dialog.getByText('20:45 is typed but not added yet.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save without 20:45' }).count()).toBe(1);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await dialog.getByRole('button', { name: /20:45$/u }).count()).toBe(5);
    await dialog.getByRole('combobox', { name: 'Give them to other accounts as well' }).click();
    await page.getByRole('option').first().click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Save slots' }).click();
    await page.getByText('The slots of 2 accounts are saved.').waitFor();
    await show({ language: 'fr', theme: 'dark' });
    await button('Autres actions pour ateliercobalt@town.example').first().click();
    await page.getByRole('menuitem', { name: 'Créneaux de publication…' }).click();
    await page.getByRole('dialog').getByRole('table').waitFor();
    await window.resize(1024, 700);
    expect(await look('dialog-fr', 'contrast')).toEqual([]);
    await window.resize(1280, 900);
    expect(window.complaints).toEqual([]);
  });

  it('take a post of each chosen account, shown before it is scheduled; one without slots is named', async () => {
    await show({ view: 'compose' });
    await page.getByLabel('Text', { exact: true }).fill('Open from nine.');
    await page.getByRole('checkbox', { name: 'All accounts of Maison Verrier' }).check();
    await page.locator('label', { hasText: /^Next free slot$/u }).click();
    await page.getByText(/has no free slot/u).waitFor();
    expect(await look('compose-lacking')).toEqual([]);
    await button('Schedule').click();
    await page.getByText(/Set posting slots for every account/u).waitFor();
    await button('Leave it out').click();
    await page.getByText(/All at the same time/u).waitFor();
    expect(await look('compose-en')).toEqual([]);
    await button('Schedule').click();
    await page.getByRole('heading', { name: /posts are scheduled/u }).waitFor();
    await picture(window, 'slots-compose-done');
    await button('Another for the same accounts').click();
    await page.getByText(/All at the same time/u).click();
    await page
      .getByText(/^In \d|in \d+ /u)
      .first()
      .waitFor();
    expect(await page.getByLabel('Date', { exact: true }).inputValue()).not.toBe('');
    await show({ view: 'compose', language: 'fr', theme: 'dark' });
    await page.getByRole('checkbox', { name: 'Tous les comptes de Maison Verrier' }).check();
    await page.locator('label', { hasText: /^Prochain créneau libre$/u }).click();
    await page.getByText(/n’a pas de créneau libre/u).waitFor();
    expect(await look('compose-fr', 'contrast')).toEqual([]);
    expect(window.complaints).toEqual([]);
  });

  it('are places in the week and the day of one brand, a click away from a post for them', async () => {
    await show({ view: 'calendar?brandId=1' });
    await page.locator('label', { hasText: /^Week$/u }).click();
    await button('Next week').click();
    const places = page.locator('[data-slot]');
    await places.first().waitFor();
    expect(await look('week-en')).toEqual([]);
    const at = Number(await places.first().getAttribute('data-slot'));
    await places.first().click();
    await page.getByRole('heading', { level: 1, name: 'Compose' }).waitFor();
    const time = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Paris',
      hour: '2-digit',
      minute: '2-digit',
    }).format(at);
    const written = async () =>
      `${await page.getByLabel('Hours').inputValue()}:${await page.getByLabel('Minutes').inputValue()}`;
    await expect.poll(written).toBe(time);
    await show({ view: 'calendar?brandId=1', language: 'fr', theme: 'dark' });
    await page.locator('label', { hasText: /^Jour$/u }).click();
    for (let day = 0; day < 4 && (await places.count()) === 0; day += 1) {
      await button('Jour suivant').click();
      await window.atRest();
    }
    await places.first().waitFor();
    expect(await look('day-fr', 'contrast')).toEqual([]);
    expect(window.complaints).toEqual([]);
  });

  it('take chosen posts in their order, with the times shown before anything is done', async () => {
    await show({ view: 'queue' });
    await page.getByRole('row').nth(3).waitFor();
    await page.getByRole('row').nth(2).click();
    await page.keyboard.press('Control+a');
    await button(/^New time/u).click();
    await page.locator('label', { hasText: /^Into the next free slots$/u }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/then /u).first().waitFor();
    expect(await look('queue-en')).toEqual([]);
    await dialog.getByRole('button', { name: /^Move \d+ posts$/u }).click();
    await page.getByText(/posts have a new time/u).waitFor();
    expect(window.complaints).toEqual([]);
  });
});
