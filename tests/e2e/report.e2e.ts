import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RunningApp } from '../support/app.ts';
import { picture, testOnDesktop } from '../support/e2e-scene.ts';
import { openView, startPublishing, stopButton } from '../support/window-steps.ts';

const test = testOnDesktop();

const answerSaveDialog = ({ app }: RunningApp, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);

test('after a stop the client is told: a message, a page and a PDF, from the window', async ({ scene }) => {
  const folder = await scene.emptyFolder();
  const files = (await scene.emptyFolder()).dataDir;
  mkdirSync(files, { recursive: true });
  const journal = join(folder.dataDir, 'journal.jsonl');
  const app = await scene.start(folder);
  const { page } = app;
  await page.getByRole('button', { name: /practice/iu }).click();
  const told = () => readFileSync(journal, 'utf8');
  await expect.poll(told, { timeout: 20_000 }).toContain('practice.loaded');
  await startPublishing(app);
  await stopButton(page).click();
  await app.expectState('stopped');
  await expect.poll(told, { timeout: 20_000 }).toContain('stop.inventory-done');
  await openView(page, 'Stop room');
  await page.getByRole('button', { name: 'Tell the client' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Tell the client' });
  const message = dialog.getByLabel('Message');
  await expect.poll(() => message.inputValue(), { timeout: 10_000 }).toContain('were kept back');
  await picture(page, 'tell the client');
  for (const [format, name] of [
    ['html', 'Save as HTML'],
    ['pdf', 'Save as PDF'],
  ] as const) {
    const path = join(files, `report.${format}`);
    await answerSaveDialog(app, path);
    await dialog.getByRole('button', { name }).click();
    await dialog.getByText(`Saved: ${path}`).waitFor({ timeout: 60_000 });
  }
  const html = readFileSync(join(files, 'report.html'), 'utf8');
  expect(html).toContain('Posts kept back by the stop');
  expect(html).toContain('The journal is whole');
  expect(html).toMatch(/Line \d+ of the journal/u);
  expect(html).not.toContain('No line of the journal before the stop');
  const pdf = readFileSync(join(files, 'report.pdf'));
  expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0).toBeGreaterThan(1);
  expect(pdf.length).toBeGreaterThan(20_000);
});
