import { testOnDesktop } from '../support/e2e-scene.ts';
import { addBrand } from '../support/window-steps.ts';

const test = testOnDesktop();

test('what helps writing works in the app as it is built, and is there after a restart', async ({
  scene,
  expect,
}) => {
  const folder = await scene.emptyFolder();
  const app = await scene.start(folder);
  const { page } = app;
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.getByRole('button', { name: 'Start with an empty desk' }).click();
  await addBrand(page, { name: 'Maison Verrier', market: 'France', zone: 'Europe/Paris' });
  await page.keyboard.press('Control+4');
  const area = page.getByLabel('Text', { exact: true });
  await area.fill('Nous ouvrons la boutique de la rue avec un dévelopement');
  // By the dictionary in its worker, under the window's policy and from the app's own scheme.
  await page.getByRole('button', { name: 'dévelopement: what may be meant' }).click();
  await page.getByRole('menuitem', { name: 'développement' }).click();
  await expect.poll(() => area.inputValue()).toContain('développement');
  await page.keyboard.press('Control+j');
  await page.getByLabel('Search in English or French').fill('soleil');
  await page.getByRole('button', { name: 'sun', exact: true }).click();
  await expect.poll(() => area.inputValue()).toContain('☀️');
  await area.fill('#été #soldes');
  await page.keyboard.press('Control+Shift+e');
  await page.getByRole('button', { name: 'Save what is written' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Summer');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Summer” is saved.').waitFor();
  expect(complaints).toEqual([]);
  await app.close();

  const again = await scene.start(folder);
  await again.page.keyboard.press('Control+4');
  await again.page.getByRole('button', { name: 'Hashtags and templates' }).click();
  await again.page.getByRole('button', { name: /^Summer/u }).click();
  await expect.poll(() => again.page.getByLabel('Text', { exact: true }).inputValue()).toBe('#été #soldes');
});
