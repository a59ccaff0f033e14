import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readStartTime } from '../../src-main/stop/publisher-pid.ts';
import { makeDeskFolder, type RunningApp } from '../support/app.ts';
import type { DesktopSession } from '../support/desktop-session.ts';
import { picture, testOnDesktop } from '../support/e2e-scene.ts';
import { openView, releaseBrands, startPublishing } from '../support/window-steps.ts';

const test = testOnDesktop();

const folderOf = (url: string) => makeDeskFolder({ url, brands: 2, accountsPerBrand: 1, dueIn: [3_600_000] });

/** Whose work is in the app stands in it as it was built. */
async function readLicences(page: RunningApp['page']): Promise<void> {
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help' });
  await help.getByRole('button', { name: 'Show the licences' }).click();
  for (const name of ['react', 'sqlite3', 'electron', 'dictionary-fr', 'emojibase-data'])
    await help.getByText(new RegExp(`^${name} \\d`, 'u')).waitFor();
  await help.getByText(/^dictionary-fr \d/u).click();
  await help
    .getByText(/Mozilla Public License/u)
    .first()
    .waitFor();
  await picture(page, 'licences');
  await help.getByRole('button', { name: 'Two-minute tour' }).click();
}

/** To its last step, which is done only by the key itself. */
async function endTour({ page }: RunningApp, desktop: DesktopSession): Promise<void> {
  const tour = page.locator('[role="dialog"][aria-modal="false"]');
  for (let step = 1; step < 6; step += 1) {
    await tour.getByText(`${step} of 6`).waitFor();
    await tour.getByRole('button', { name: 'Next' }).click();
  }
  expect(await tour.getByRole('button', { name: 'Finish' }).count()).toBe(0);
  await tour.getByRole('button', { name: 'Wait for my press' }).click();
  await tour
    .getByRole('status')
    .getByText(/^Press .* now\./u)
    .waitFor();
  await desktop.press('ctrl+alt+shift+s');
  await tour.getByText(/^Done: a real press arrived/u).waitFor();
  await picture(page, 'tour proven by a press');
  await tour.getByRole('button', { name: 'Finish' }).click();
  await tour.waitFor({ state: 'hidden' });
}

async function endBadly(app: RunningApp): Promise<void> {
  process.kill(app.pid, 'SIGKILL');
  await expect.poll(() => readStartTime(app.pid), { timeout: 10_000 }).toBeNull();
}

test('a tray that is gone is said within a minute, in the window and the journal, and so is that it is back', {
  timeout: 240_000,
}, async ({ scene }) => {
  const folder = await folderOf('http://127.0.0.1:9/');
  scene.later(folder.remove);
  const app = await scene.start(folder);
  const { page } = app;
  await openView(page, 'Settings');
  const line = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await line('Keyboard shortcut')
    .getByText('Registered, not proven', { exact: true })
    .waitFor({ timeout: 30_000 });
  for (const name of ['Tray item', 'Red button', 'Command line', 'Removing the file'])
    await line(name).getByText('Works', { exact: true }).waitFor({ timeout: 30_000 });
  await picture(page, 'controls all work');
  await scene.desktop.showTrays(false);
  await openView(page, 'Desk');
  const strip = page.getByRole('region', { name: 'Lost controls' });
  await strip.getByText('the tray item is no longer shown').waitFor({ timeout: 70_000 });
  await picture(page, 'controls tray lost');
  expect(app.journal()).toContainEqual(expect.objectContaining({ event: 'control.lost', control: 'tray' }));
  await openView(page, 'Settings');
  await line('Tray item').getByText('Lost', { exact: true }).waitFor();
  await picture(page, 'controls settings lost');
  await scene.desktop.showTrays(true);
  await line('Tray item').getByText('Works', { exact: true }).waitFor({ timeout: 60_000 });
  await expect
    .poll(() => app.journal().some(({ event }) => event === 'control.back'), { timeout: 5_000 })
    .toBe(true);
  await readLicences(page);
  await endTour(app, scene.desktop);
  await openView(page, 'Settings');
  await line('Keyboard shortcut').getByText('Works', { exact: true }).waitFor();
});

test('after a second unclean end within ten minutes everything is stopped, says why, and a release brings it back', {
  timeout: 180_000,
}, async ({ scene }) => {
  const folder = await folderOf('http://127.0.0.1:9/');
  scene.later(folder.remove);
  const first = await scene.start(folder);
  await startPublishing(first);
  await endBadly(first);
  const second = await scene.start(folder);
  await second.expectState('publishing');
  await endBadly(second);
  const third = await scene.start(folder);
  await third.expectState('stopped');
  await third.page.getByText('ended twice within ten minutes').first().waitFor();
  await picture(third.page, 'controls two unclean ends');
  expect(third.journal().findLast(({ event }) => event === 'stop.engaged')).toMatchObject({
    control: 'start',
  });
  await releaseBrands(third, ['Brand 1', 'Brand 2'], 'Zoé Martin');
  await third.expectState('publishing');
  await third.close();
  const fourth = await scene.start(folder);
  await fourth.expectState('publishing');
});

test('a clock that is behind its mark holds the start', { timeout: 120_000 }, async ({ scene }) => {
  const folder = await folderOf('http://127.0.0.1:9/');
  scene.later(folder.remove);
  const app = await scene.start(folder);
  await startPublishing(app);
  await app.close();
  // As if the run before had been an hour later than it is now.
  const path = join(folder.dataDir, 'last-run.json');
  const last = JSON.parse(readFileSync(path, 'utf8'));
  expect(last).toMatchObject({ isRunning: false, uncleanEnds: [] });
  writeFileSync(path, JSON.stringify({ ...last, aliveAt: last.aliveAt + 3_600_000 }));
  const again = await scene.start(folder);
  await again.expectState('stopped');
  await again.page.getByText('behind what it was before').first().waitFor();
});
