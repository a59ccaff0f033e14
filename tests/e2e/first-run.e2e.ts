import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { testOnDesktop } from '../support/e2e-scene.ts';
import { startReceiver } from '../support/receiver.ts';
import {
  actOnPost,
  addBrand,
  collapseAll,
  connectAccount,
  deskRow,
  filterQueue,
  openView,
  queueRow,
  releaseBrands,
  schedulePost,
  startPublishing,
  stopButton,
} from '../support/window-steps.ts';

const test = testOnDesktop();
const MINUTE = 60_000;

/** The posts in the outbox of the practice network: one file each. */
function outbox(dataDir: string): string[] {
  try {
    return readdirSync(join(dataDir, 'outbox'), { recursive: true })
      .map(String)
      .filter((path) => path.endsWith('.json'));
  } catch {
    return [];
  }
}

// Beside each other: both mostly wait for the time of a post.
describe.concurrent('the first run', { timeout: 200_000 }, () => {
  test('practice data: start, a post at its time, stop, release by brand, restart', async ({
    scene,
    expect,
  }) => {
    const folder = await scene.emptyFolder();
    const app = await scene.start(folder);
    const { page } = app;
    await page.getByRole('button', { name: 'Try it with practice data' }).click();
    await page.getByText('6 brands · 40 accounts · 600 scheduled').waitFor();
    expect(await app.state()).toBe('not-started');
    await startPublishing(app);
    expect(outbox(folder.dataDir)).toEqual([]);

    await expect.poll(() => outbox(folder.dataDir).length, { timeout: 130_000, interval: 250 }).toBe(1);
    expect(Date.now() % MINUTE, 'posts are due at whole minutes').toBeLessThan(15_000);
    await filterQueue(page, 'Published');
    await queueRow(page, /Published/u).waitFor();

    await stopButton(page).click();
    await app.expectState('stopped');
    await openView(page, 'Desk');
    await page.getByRole('button', { name: 'Collapse all' }).click();
    await deskRow(page, /^Maison Lune/u)
      .getByText('Stopped')
      .waitFor();

    const banner = page.getByRole('banner');
    await banner.getByRole('button', { name: 'Release' }).click();
    const dialog = page.getByRole('dialog', { name: 'Release brands' });
    await dialog.getByText('Step 1 of 2').waitFor();
    expect(await dialog.getByRole('checkbox', { checked: true }).count()).toBe(0);
    expect(await dialog.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'Maison Lune' }).check();
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText('5 others stay stopped.').waitFor();
    await dialog.getByRole('button', { name: 'Confirm for 1 brand' }).click();
    await dialog.getByText('A name is needed').waitFor();
    await dialog.getByLabel('Who releases?').fill('Camille Petit');
    await dialog.getByRole('button', { name: 'Confirm for 1 brand' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await app.expectState('publishing');
    await page
      .getByText(/Nothing goes out for another [12]:\d\d\. Then these publish again: Maison Lune/u)
      .waitFor();
    expect(
      await deskRow(page, /^Maison Lune/u)
        .getByText('Stopped')
        .count(),
    ).toBe(0);
    await deskRow(page, /^Librairie des Quais/u)
      .getByText('Stopped')
      .waitFor();
    await releaseBrands(app, ['Kestrel Coffee'], 'Camille Petit');
    await page.getByText(/Then these publish again: Kestrel Coffee, Maison Lune\./u).waitFor();
    expect(app.journal().filter(({ event }) => event === 'stop.released')).toMatchObject([
      { by: 'Camille Petit' },
      { by: 'Camille Petit' },
    ]);

    await app.close();
    const again = await scene.start(folder);
    await again.expectState('publishing');
    await collapseAll(again.page);
    await deskRow(again.page, /^Librairie des Quais/u)
      .getByText('Stopped')
      .waitFor();
    expect(
      await deskRow(again.page, /^Maison Lune/u)
        .getByText('Stopped')
        .count(),
    ).toBe(0);
    expect(outbox(folder.dataDir)).toHaveLength(1);
  });

  test('an empty desk: brand, accounts, a post written, held, resumed, canceled, missed', async ({
    scene,
    expect,
  }) => {
    const server = await startReceiver();
    scene.later(server.close);
    const folder = await scene.emptyFolder();
    const app = await scene.start(folder);
    const { page } = app;
    await page.getByRole('button', { name: 'Start with an empty desk' }).click();
    await addBrand(page, { name: 'Maison Verrier', market: 'France', zone: 'Europe/Paris' });
    await connectAccount(page, { network: 'Practice', name: 'verrier' });
    const webhook = { 'Address that receives the posts': server.url, 'Signing secret': 'a secret of ours' };
    await connectAccount(page, { network: 'Webhook', name: 'verrier site', fields: webhook });
    await page.getByText('1 brand · 2 accounts · 0 scheduled').waitFor();

    const at = new Date(Math.ceil((Date.now() + MINUTE) / MINUTE) * MINUTE);
    const text = 'The shop is closed on Monday.';
    await schedulePost(page, { text, accounts: [/verrier$/u, /verrier site$/u], at, zone: 'Europe/Paris' });
    await page.getByRole('button', { name: 'Show in the queue' }).click();
    await queueRow(page, /Scheduled.*verrier site/u).waitFor();
    await queueRow(page, /Scheduled.*Practice · verrier/u).waitFor();

    await actOnPost(page, /Practice · verrier/u, 'Cancel posts', 'Cancel 1 post');
    await page.getByText('1 post is canceled.').waitFor();
    await actOnPost(page, /verrier site/u, 'Hold', 'Hold 1 post');
    await queueRow(page, /Held.*verrier site/u).waitFor();
    await actOnPost(page, /verrier site/u, 'Resume', 'Resume 1 post');
    await queueRow(page, /Scheduled.*verrier site/u).waitFor();

    await startPublishing(app);
    await stopButton(page).click();
    await app.expectState('stopped');
    expect(Date.now(), 'slower than a person').toBeLessThan(at.getTime());
    await openView(page, 'Review');
    await page.getByText('No post was missed').waitFor();
    await page.getByText('Its time came while publishing was stopped.').waitFor({ timeout: 130_000 });
    expect(Date.now()).toBeGreaterThan(at.getTime());
    await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
    await page.getByRole('button', { name: 'Cancel 1 post' }).click();
    await page.getByText('No post was missed').waitFor();
    expect(server.seen).toEqual([]);
    expect(outbox(folder.dataDir)).toEqual([]);
  });
});
