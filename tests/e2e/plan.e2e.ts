import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { picture, testOnDesktop } from '../support/e2e-scene.ts';
import { addBrand, connectAccount, deskRow, openView, stopButton } from '../support/window-steps.ts';

const test = testOnDesktop();

const openPlan = async (page: Page, brand: string) => {
  await deskRow(page, new RegExp(brand, 'u'))
    .first()
    .getByRole('link', { name: new RegExp(`crisis plan.*${brand}`, 'iu') })
    .click();
  await page.getByRole('heading', { level: 1, name: `Crisis plan of ${brand}` }).waitFor();
};

test('a plan is written, outlives restarts, is followed during a stop and ticked off by name, and opens without the app', async ({
  scene,
  expect,
}) => {
  const folder = await scene.emptyFolder();
  let app = await scene.start(folder);
  let { page } = app;
  await page.getByRole('button', { name: 'Start with an empty desk' }).click();
  await addBrand(page, { name: 'Maison Verrier', market: 'France', zone: 'Europe/Paris' });
  await connectAccount(page, { network: 'Practice', name: 'atelier' });

  await openPlan(page, 'Maison Verrier');
  await picture(page, 'plan empty');
  await page.getByRole('button', { name: 'Commencer en français' }).click();
  await page.getByLabel('Person 1, Name').fill('Inès <Lambert>');
  await page.getByLabel('Person 1, Phone').fill('+33 6 00 00 00 01');
  await page.getByLabel('Person 2, Name').fill('Hugo Marchal');
  await page.getByLabel('Person 2, Name').press('Alt+ArrowUp');
  expect(await page.getByLabel('Person 1, Name').inputValue()).toBe('Hugo Marchal');
  expect(await page.getByLabel('Person 1, Name').evaluate((field) => field === document.activeElement)).toBe(
    true,
  );
  await page.getByRole('button', { name: 'Move down: Person 1' }).click();
  expect(await page.getByLabel('Person 1, Name').inputValue()).toBe('Inès <Lambert>');
  await page.getByLabel('Step 1, Who does it').fill('Camille Roux');
  await page.getByLabel('Step 1, What is done').fill('Appeler Inès');
  await page.getByRole('button', { name: 'Remove: Rule 3' }).click();
  await page.getByText(/^\d+ of [\d,]+ on Practice/u).waitFor();
  await page.getByRole('button', { name: 'Edit the other tools of atelier' }).click();
  const dialog = page.getByRole('dialog', { name: 'Other tools of atelier' });
  await dialog.getByRole('button', { name: 'Add a tool' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Buffer');
  await dialog.getByLabel(/^Link/u).fill('javascript:alert(1)');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Only an https address can be kept.').waitFor();
  await dialog.getByLabel(/^Link/u).fill('https://publish.buffer.com/all');
  await picture(page, 'plan tools');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(/^Kept at/u).waitFor();
  await picture(page, 'plan written');
  const pdf = join(folder.dataDir, 'plan.pdf');
  await app.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, pdf);
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  await page.getByText(`Written to ${pdf}.`).waitFor();
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect(statSync(pdf).size).toBeGreaterThan(5_000);
  // Typed and not yet kept when the window goes.
  await page.getByLabel('Person 1, Role').fill('Directrice');
  await openView(page, 'Desk');
  await app.close();

  app = await scene.start(folder);
  page = app.page;
  await openPlan(page, 'Maison Verrier');
  expect(await page.getByLabel('Person 1, Role').inputValue()).toBe('Directrice');
  expect(await page.getByLabel('Person 1, Name').inputValue()).toBe('Inès <Lambert>');
  expect(await page.getByLabel(/^Rule \d+$/u).count()).toBe(2);
  await page.getByText('Still missing:', { exact: false }).waitFor();

  await stopButton(page).click();
  await app.expectState('stopped');
  await openView(page, 'Stop room');
  await page.getByLabel('Your name').fill('Camille Roux');
  await page.getByRole('button', { name: 'Keep the name' }).click();
  const step = page.getByRole('checkbox', { name: 'Appeler Inès' });
  await step.click();
  await page.getByText(/^Camille Roux, \d\d:\d\d$/u).waitFor();
  const tool = page.getByRole('checkbox', { name: 'Buffer, atelier' });
  await tool.click();
  await expect.poll(() => page.getByText(/^Camille Roux, \d\d:\d\d$/u).count()).toBe(2);
  await page.getByRole('button', { name: 'Copy the holding message of Maison Verrier' }).click();
  await expect
    .poll(() => app.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toContain('nous suspendons nos publications');
  await picture(page, 'plan checklist');
  await app.close();

  app = await scene.start(folder);
  page = app.page;
  await app.expectState('stopped');
  await openView(page, 'Stop room');
  await expect.poll(() => page.getByText(/^Camille Roux, \d\d:\d\d$/u).count()).toBe(2);
  expect(await page.getByRole('checkbox', { name: 'Appeler Inès' }).isChecked()).toBe(true);
  await openView(page, 'Journal');
  await page.getByText('Maison Verrier: ticked off “Appeler Inès”.').waitFor();
  await page.getByText('Maison Verrier: Buffer on atelier (Practice) is switched off.').waitFor();
  await app.close();

  const [file = ''] = readdirSync(join(folder.dataDir, 'plans'));
  expect(file).toMatch(/^\d+-maison-verrier\.html$/u);
  const copy = readFileSync(join(folder.dataDir, 'plans', file), 'utf8');
  expect(copy).toContain('Inès &lt;Lambert&gt;');
  expect(copy).not.toMatch(/<script|javascript:/iu);
});
