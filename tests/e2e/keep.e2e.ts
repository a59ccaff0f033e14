import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { testOnDesktop } from '../support/e2e-scene.ts';
import { openView } from '../support/window-steps.ts';

const test = testOnDesktop();

test('a backup is made, rehearsed and put back at the next start, stopped, with what was there kept aside', {
  timeout: 120_000,
}, async ({ scene, expect }) => {
  const folder = await scene.emptyFolder();
  const app = await scene.start(folder);
  const { page } = app;
  await page.getByRole('button', { name: 'Try it with practice data' }).click();
  await page.getByText('6 brands · 40 accounts · 600 scheduled').waitFor();
  await openView(page, 'Settings');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByText('Verified', { exact: true }).waitFor();
  await page
    .getByText(/^600 posts, 40 accounts/u)
    .first()
    .waitFor();
  await page.getByRole('button', { name: /^Rehearse the backup/u }).click();
  await page.getByText(/^All well, /u).waitFor();
  await page.getByRole('button', { name: /^Restore the backup/u }).click();
  await page.getByLabel('Your name').last().fill('Zoé Martin');
  await page.getByRole('button', { name: 'Restore at the next start' }).click();
  await page.getByText(/^At the next start the backup of/u).waitFor();
  await scene.show(page, 'backup to be restored');
  await app.close();

  const again = await scene.start(folder);
  await again.expectState('stopped');
  await openView(again.page, 'Journal');
  await again.page.getByText(/^The backup .+ was put back\./u).waitFor();
  expect(readdirSync(folder.dataDir).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1);
  expect(readdirSync(join(folder.dataDir, 'backups'))).toHaveLength(2);
});
