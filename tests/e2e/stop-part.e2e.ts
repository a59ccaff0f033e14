import { testOnDesktop } from '../support/e2e-scene.ts';
import { collapseAll, deskRow, openView, startPublishing } from '../support/window-steps.ts';

const test = testOnDesktop();

test('a market and a network are stopped in one go, shown where they apply, and released by name', async ({
  scene,
  expect,
}) => {
  const folder = await scene.emptyFolder();
  const app = await scene.start(folder);
  const { page } = app;
  await page.getByRole('button', { name: 'Try it with practice data' }).click();
  await page.getByText('6 brands · 40 accounts · 600 scheduled').waitFor();
  await startPublishing(app);
  await page.getByRole('button', { name: 'Collapse all' }).click();

  await page.getByRole('button', { name: 'Stop a part…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop a part' });
  const confirm = dialog.getByRole('button', { name: 'Stop these' });
  expect(await dialog.getByRole('checkbox', { checked: true }).count()).toBe(0);
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByRole('checkbox', { name: 'France' }).check();
  await dialog.getByText(/accounts of 3 brands, \d+ posts scheduled/u).waitFor();
  await dialog.getByLabel('Why was it stopped?').fill('an accident in Lyon');
  await scene.show(page, 'stop-part');
  await confirm.click();
  await dialog.waitFor({ state: 'hidden' });

  await app.expectState('publishing');
  await deskRow(page, /^Maison Lune/u)
    .getByText('Stopped', { exact: true })
    .waitFor();
  expect(
    await deskRow(page, /^Kestrel Coffee/u)
      .getByText('Stopped', { exact: true })
      .count(),
  ).toBe(0);
  const stops = () => app.journal().filter(({ event }) => event === 'stop.engaged');
  expect(stops()).toMatchObject([
    { control: 'button', details: { scope: 'market:france', reason: 'an accident in Lyon' } },
  ]);

  // One account of a brand that goes on: its brand says so, and it is no hold.
  const search = page.getByRole('searchbox', { name: 'Search brands and accounts' });
  await search.fill('Kestrel');
  const hold = page.getByRole('button', { name: /^Hold account/u }).first();
  const name = ((await hold.getAttribute('aria-label')) ?? '').replace('Hold account ', '');
  const account = deskRow(page, name).filter({
    has: page.getByRole('button', { name: `More for ${name}`, exact: true }),
  });
  await account.getByRole('button', { name: /^More for/u }).click();
  await page.getByRole('menuitem', { name: 'Stop this account' }).click();
  await account.getByText('Stopped', { exact: true }).waitFor();
  await deskRow(page, /^Kestrel Coffee/u)
    .getByText('1 stopped')
    .waitFor();

  await openView(page, 'Stop room');
  await page.getByText('Market France').first().waitFor();
  await scene.show(page, 'stop-part-room');

  await page.getByRole('banner').getByRole('button', { name: 'Release', exact: true }).click();
  const release = page.getByRole('dialog', { name: /^Release/u });
  await release.getByRole('checkbox', { name: 'Maison Lune' }).check();
  await release.getByRole('checkbox', { name: new RegExp(name, 'u') }).check();
  await scene.show(page, 'release-part');
  await release.getByRole('button', { name: 'Continue' }).click();
  await release.getByLabel('Who releases?').fill('Camille Petit');
  await release.getByText('2 others stay stopped.').waitFor();
  await release.getByRole('button', { name: 'Confirm for 2' }).click();
  await release.waitFor({ state: 'hidden' });

  // The market is released for one brand: the others of it stay stopped, each by its own name, also after a restart.
  await app.close();
  const again = await scene.start(folder);
  await collapseAll(again.page);
  await deskRow(again.page, /^Librairie des Quais/u)
    .getByText('Stopped', { exact: true })
    .waitFor();
  for (const brand of [/^Maison Lune/u, /^Kestrel Coffee/u])
    expect(
      await deskRow(again.page, brand)
        .getByText(/stopped/iu)
        .count(),
    ).toBe(0);
  expect(again.journal().filter(({ event }) => event === 'stop.released')).toMatchObject([
    { by: 'Camille Petit' },
  ]);
}, 120_000);
