import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RunningApp } from '../support/app.ts';
import { picture, type Scene, testOnDesktop } from '../support/e2e-scene.ts';
import { openView, releaseBrands, startPublishing, stopButton } from '../support/window-steps.ts';

const test = testOnDesktop();

const answerSaveDialog = ({ app }: RunningApp, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);

/** The page as a client opens it: in a plain browser window, from the first line to the last. */
async function openAsClient({ app }: RunningApp, path: string, name: string): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }, url) => {
    void new BrowserWindow({ width: 900, height: 1200, webPreferences: { partition: 'a client' } }).loadURL(
      url,
    );
  }, pathToFileURL(path).href);
  const page = await opened;
  await page.getByRole('heading', { level: 1 }).waitFor();
  await picture(page, name);
  return page;
}

/** The sample desk, publishing, then stopped; resolves when the journal has the list of what was kept back. */
async function stoppedDesk(scene: Scene) {
  const folder = await scene.emptyFolder();
  const files = (await scene.emptyFolder()).dataDir;
  mkdirSync(files, { recursive: true });
  const app = await scene.start(folder);
  const told = () => readFileSync(join(folder.dataDir, 'journal.jsonl'), 'utf8');
  await app.page.getByRole('button', { name: /practice/iu }).click();
  await expect.poll(told, { timeout: 20_000 }).toContain('practice.loaded');
  await startPublishing(app);
  await stopButton(app.page).click();
  await app.expectState('stopped');
  await expect.poll(told, { timeout: 20_000 }).toContain('stop.inventory-done');
  return { app, files, told };
}

test('after a stop the client is told: a message, a page and a PDF, from the window', async ({ scene }) => {
  const { app, files } = await stoppedDesk(scene);
  const { page } = app;
  await openView(page, 'Stop room');
  await page.getByRole('button', { name: 'Tell the client' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Tell the client' });
  const message = dialog.getByLabel('Message');
  await expect.poll(() => message.inputValue(), { timeout: 10_000 }).toContain('were kept back');
  await picture(page, 'tell the client');
  for (const [language, format, name] of [
    ['English', 'html', 'Save as HTML'],
    ['English', 'pdf', 'Save as PDF'],
    ['Français', 'html', 'Save as HTML'],
  ] as const) {
    await dialog.getByText(language, { exact: true }).click();
    const path = join(files, `report-${language}.${format}`);
    await answerSaveDialog(app, path);
    await dialog.getByRole('button', { name }).click();
    await dialog.getByText(`Saved: ${path}`).waitFor({ timeout: 60_000 });
  }
  await picture(page, 'tell the client saved');
  const html = readFileSync(join(files, 'report-English.html'), 'utf8');
  expect(html).toContain('Posts kept back by the stop');
  expect(html).toContain('The journal is whole');
  expect(html).toMatch(/Line \d+ of the journal/u);
  expect(html).not.toContain('No line of the journal before the stop');
  const pdf = readFileSync(join(files, 'report-English.pdf'));
  expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0).toBeGreaterThan(1);
  expect(pdf.length).toBeGreaterThan(20_000);
  for (const language of ['English', 'Français'] as const) {
    const client = await openAsClient(app, join(files, `report-${language}.html`), `report ${language}`);
    const isWide = await client.locator('html').evaluate((root) => root.scrollWidth > root.clientWidth);
    expect(isWide, 'nothing is cut off at the side').toBe(false);
    await client.close();
  }

  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await releaseBrands(app, ['Harbour & Pine'], 'Camille Roux');
  await openView(page, 'Stop room');
  // The stop of everything is one of the past now; what the other brands keep of it stands above.
  await page.getByRole('button', { name: 'Tell the client' }).last().click();
  await dialog.getByRole('combobox', { name: 'Brand' }).fill('Harbour');
  await page.getByRole('option', { name: 'Harbour & Pine' }).click();
  await expect
    .poll(() => message.inputValue(), { timeout: 10_000 })
    .toMatch(/Publishing was allowed again on .* by Camille Roux/u);
  await picture(page, 'tell the client released');
});
