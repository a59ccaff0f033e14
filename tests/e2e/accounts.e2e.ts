import { afterAll } from 'vitest';
import { startPds } from '../connectors/servers/bluesky/pds.ts';
import { startSnac } from '../connectors/servers/snac/snac.ts';
import { testOnDesktop } from '../support/e2e-scene.ts';
import {
  addBrand,
  chooseNetwork,
  deskRow,
  queueRow,
  schedulePost,
  startPublishing,
} from '../support/window-steps.ts';

/** Beside each other: both mostly wait for the time of a post. */
const test = testOnDesktop();
const MINUTE = 60_000;

const [{ pds, why: whyNoPds }, { snac, why: whyNoSnac }] = await Promise.all([startPds(), startSnac()]);
afterAll(async () => {
  await Promise.all([pds?.stop(), snac?.stop()]);
});

/** Found again on the servers by what nothing else says. */
const words = (network: string) => `Said through All Stop on ${network}, ${Date.now().toString(36)}`;

/** The posts a person of the server shows to everybody, as their HTML. */
async function publicTexts(server: string, person: string): Promise<string> {
  const answer = await fetch(`${server}/${person}`, { headers: { accept: 'text/html' } });
  return answer.text();
}

test.concurrent('Mastodon: signed in by the browser, published, found on the server', async ({
  scene,
  expect,
  skip,
}) => {
  if (snac === null) return skip(`SKIPPED: ${whyNoSnac}`);
  const person = snac.addPerson('verrier');
  const folder = await scene.emptyFolder();
  const app = await scene.start(folder);
  const { page } = app;
  await page.getByRole('button', { name: 'Start with an empty desk' }).click();
  await addBrand(page, { name: 'Maison Verrier', market: 'France', zone: 'Europe/Paris' });

  const dialog = await chooseNetwork(page, 'Mastodon');
  // The loopback address itself: names are left to nobody to resolve.
  await dialog.getByLabel('Server').fill(snac.url.replace('localhost', '127.0.0.1'));
  await dialog.getByRole('button', { name: 'Sign in with the browser' }).click();
  await dialog.getByText('Waiting for the browser').waitFor();
  await expect.poll(async () => (await scene.desktop.openedUrls()).length, { timeout: 20_000 }).toBe(1);
  const [address = ''] = await scene.desktop.openedUrls();
  expect(address).toContain('code_challenge_method=S256');
  await snac.signInOnPage(address, person);
  await dialog.waitFor({ state: 'hidden' });
  await deskRow(page, /@verrier/u)
    .getByText('Ready')
    .waitFor();

  const text = words('Mastodon');
  const at = new Date(Math.ceil((Date.now() + 8_000) / MINUTE) * MINUTE);
  await schedulePost(page, { text, accounts: [/@verrier/u], at, zone: 'Europe/Paris' });
  await startPublishing(app);
  await expect
    .poll(() => publicTexts(snac.url, person.name), { timeout: 90_000, interval: 1_000 })
    .toContain(text);
  expect(Date.now()).toBeGreaterThanOrEqual(at.getTime());
  await page.getByRole('button', { name: 'Show in the queue' }).click();
  await page.getByRole('dialog').getByRole('link', { name: snac.url }).waitFor();
});

test.concurrent('Bluesky: a wrong password is said and nothing typed is lost; then published and found', async ({
  scene,
  expect,
  skip,
}) => {
  if (pds === null) return skip(`SKIPPED: ${whyNoPds}`);
  const person = await pds.createAccount('verrier.test');
  const appPassword = await person.createAppPassword('All Stop');
  const folder = await scene.emptyFolder();
  const app = await scene.start(folder);
  const { page } = app;
  await page.getByRole('button', { name: 'Start with an empty desk' }).click();
  await addBrand(page, { name: 'Maison Verrier', market: 'France', zone: 'Europe/Paris' });

  const dialog = await chooseNetwork(page, 'Bluesky');
  await dialog.getByLabel('Name of the account').fill('verrier.test');
  await dialog.getByLabel('Server').fill(pds.url);
  await dialog.getByLabel('Handle or e-mail address').fill('verrier.test');
  await dialog.getByRole('textbox', { name: 'App password' }).fill('abcd-efgh-ijkl-mnop');
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  const refusal = dialog.getByRole('alert');
  await refusal.waitFor();
  expect(await refusal.textContent()).toBe(
    'Bluesky did not accept the sign-in (HTTP 401: Invalid identifier or password). Nothing was saved.',
  );
  expect(await dialog.getByLabel('Handle or e-mail address').inputValue()).toBe('verrier.test');
  expect(await dialog.getByLabel('Server').inputValue()).toBe(pds.url);
  await dialog.getByRole('textbox', { name: 'App password' }).fill(appPassword);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });

  // What was signed in is signed in after a restart.
  await app.close();
  const again = await scene.start(folder);
  await deskRow(again.page, /verrier\.test/u)
    .getByText('Ready')
    .waitFor();
  const text = words('Bluesky');
  const at = new Date(Math.ceil((Date.now() + 8_000) / MINUTE) * MINUTE);
  await schedulePost(again.page, { text, accounts: [/verrier\.test/u], at, zone: 'Europe/Paris' });
  await again.page.getByRole('button', { name: 'Show in the queue' }).click();
  await again.page.getByRole('button', { name: 'Close' }).click();
  await startPublishing(again);
  await queueRow(again.page, /verrier\.test/u).waitFor({ state: 'hidden', timeout: 90_000 });
  await expect.poll(() => person.listPosts(), { timeout: 10_000 }).toHaveLength(1);
  const [key = ''] = await person.listPosts();
  expect((await person.readPost(key))?.value.text).toBe(text);
});
