import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openDeskRig } from '../ipc/desk-rig.ts';
import { makePost } from '../storage/sample-posts.ts';
import { openForAll, picture, violations } from './fixture/opened-window.ts';
import type { FixtureWindow } from './fixture/window.ts';

const DAY = 86_400_000;
let window: FixtureWindow;
let page: Page;

openForAll(
  (opened) => {
    ({ window, page } = opened);
  },
  { width: 1280, height: 800, patience: 15_000 },
);

/** Opens a file as a browser does, in a window of its own; what it downloads goes to `downloadTo`. */
async function openAsClient(path: string, downloadTo: string): Promise<Page> {
  const opening = window.app.waitForEvent('window');
  await window.app.evaluate(
    async ({ BrowserWindow, session }, { url, to }) => {
      const own = session.fromPartition('client');
      own.on('will-download', (_event, item) => item.setSavePath(to));
      own.webRequest.onBeforeRequest((details, answer) =>
        answer({ cancel: !/^(?:file|data|blob|devtools):/u.test(details.url) }),
      );
      const client = new BrowserWindow({ width: 420, height: 800, webPreferences: { session: own } });
      await client.loadURL(url);
    },
    { url: pathToFileURL(path).href, to: downloadTo },
  );
  return opening;
}

it('a client answers on the page from a file, without a network, and the answers are read back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'all-stop-yes-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'yes.html');
  const { handlers, storage, addBrand, addAccount } = await openDeskRig({ chooseReport: async () => path });
  const brandId = await addBrand('Maison Lune');
  const accountId = await addAccount(brandId, 'practice', 'lune', {});
  await handlers['yes.setBrand']({ brandId, from: 'Camille Roux' });
  const publishAt = Math.ceil(Date.now() / DAY) * DAY + DAY;
  const hostile = '</script><img src=x onerror="document.title=\'owned\'"> & spring';
  const { ids } = await storage.posts.add(
    ['Spring is here.', hostile, 'Third'].map((text, n) =>
      makePost(accountId, { text, publishAt: publishAt + n * 60_000 }),
    ),
    Date.now(),
  );
  const saved = await handlers['yes.save']({ target: { brandId }, from: 'Camille Roux', language: 'fr' });
  expect(saved).toMatchObject({ value: { posts: 3 } });

  const answers = join(folder, 'answers.json');
  const client = await openAsClient(path, answers);
  const complaints: string[] = [];
  client.on('console', (message) => complaints.push(message.text()));
  await client.getByRole('heading', { level: 1 }).waitFor();
  expect(await client.title()).not.toBe('owned');
  expect(await client.getByText(hostile).count()).toBe(1);
  const send = client.getByRole('button', { name: 'Enregistrer mes réponses' });
  await send.click();
  expect(await client.locator('#said').textContent()).toBe('Saisissez d’abord votre nom.');
  await client.keyboard.type('Camille Roux');
  const post = (n: number) => client.getByRole('article').nth(n);
  await post(0).getByLabel('Oui').focus();
  await client.keyboard.press('Space');
  await post(1).getByLabel('Non').check();
  await post(1).getByLabel('Remarque').fill('Pas cette semaine.');
  await send.focus();
  await client.keyboard.press('Enter');
  await client.getByText(/Enregistré sous/u).waitFor();
  expect(await client.locator('#mail').inputValue()).toContain('OUI');
  expect(await violations(client)).toEqual([]);
  await client.screenshot({ path: join(import.meta.dirname, '.work/screenshots/yes-client.png') });
  expect(complaints).toEqual([]);
  const mail = await client.locator('#mail').inputValue();
  await expect.poll(() => readFile(answers, 'utf8').catch(() => '')).toContain('all-stop-answers');
  await client.close();

  const byMail = await handlers['yes.preview']({ text: `Bonjour,\n\n${mail}`, file: '' });
  expect(byMail).toMatchObject({ value: { by: 'Camille Roux', yes: 1, no: 1 } });
  const preview = await handlers['yes.preview']({
    text: await readFile(answers, 'utf8'),
    file: 'answers.json',
  });
  if (!preview.ok) throw new Error(preview.error.message);
  await handlers['yes.apply']({ previewId: preview.value.previewId, alsoOther: false });
  expect(await storage.posts.readMany(ids)).toMatchObject([
    { state: 'scheduled', yes: { for: publishAt } },
    { state: 'held', reason: 'said-no', detail: 'Pas cette semaine.' },
    { state: 'held', reason: 'needs-yes' },
  ]);
});

it('posts are held for a yes, the page is saved, answers are looked at, taken and taken back, by keyboard too', async () => {
  await window.show({ scenario: 'publishing', view: 'queue' });
  await page.getByRole('button', { name: /^Scheduled/u }).click();
  await window.atRest();
  await page.getByRole('row').nth(3).click();
  await page
    .getByRole('row')
    .nth(6)
    .click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Needs a yes' }).click();
  await page.getByRole('combobox', { name: 'Needs a yes from' }).fill('Camille Roux');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: /^Hold \d post/u }).click();
  await page.getByRole('button', { name: /Wait for a yes/u }).click();
  expect(await page.getByText('It waits for a yes from Camille Roux.').count()).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Yes from clients' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Ask for a yes…' }).press('Enter');
  await page.getByRole('button', { name: 'Save the page…' }).click();
  await page.getByText(/^A page with/u).waitFor();
  // The picture that is too large was drawn small by the window and handed over; the film cannot be.
  await page.getByText(/only named in it: film\.mp4\./u).waitFor();
  expect(await violations(page)).toEqual([]);
  await picture(window, 'yes-ask-en');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+K');
  await page.keyboard.type('Read answers');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Read answers' }).waitFor();
  await picture(window, 'yes-read-en');
  await page.getByLabel('Or the lines of an e-mail').fill('Name: Jean Petit');
  await page.getByRole('button', { name: 'Look at the answers' }).click();
  const take = page.getByRole('button', { name: /^Take \d answer/u });
  expect(await take.isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: /given by Jean Petit/u }).check();
  expect(await take.isDisabled()).toBe(false);
  expect(await violations(page)).toEqual([]);
  await picture(window, 'yes-preview-en');
  await take.click();
  await page.getByText(/taken up\./u).waitFor();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText(/waits? for a yes again/u).waitFor();
  expect(window.complaints).toEqual([]);
});
