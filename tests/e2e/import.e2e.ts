import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { toPng } from '../../tools/picture.ts';
import { makeDeskFolder, type RunningApp } from '../support/app.ts';
import { picture, testOnDesktop } from '../support/e2e-scene.ts';
import { makeZip, workbookParts } from '../support/make-xlsx.ts';
import { startReceiver } from '../support/receiver.ts';
import { filterQueue, openView, queueRow, startPublishing } from '../support/window-steps.ts';

const test = testOnDesktop();
const HEADER = 'brand;network;account;publish_at;time_zone;text;link;media;alt_text;label';
/** Long enough to import a file in, short enough to wait for. */
const SOON_MS = 15_000;

const accountsFile = (url: string) => `brand,market,time_zone,network,name,url,secret
Maison Verrier,France,Europe/Paris,practice,verrier,,
Maison Verrier,France,Europe/Paris,webhook,verrier site,${url},a signing secret
Kestrel Coffee,United Kingdom,Europe/London,practice,kestrel,,
`;

/** Rows as a spreadsheet writes them: semicolons, a byte order mark, line breaks in a cell. Each is on the line named. */
const GOOD_ROWS = [
  'Maison Verrier;practice;verrier;2031-03-10 09:30;;Porcelaine à l’atelier ;https://example.org/a;;;atelier',
  '"Maison Verrier";practice;verrier;2031-03-11T18:00:00+01:00;;"Deux lignes :\nla seconde; avec un ""mot"" entre guillemets";;;;',
  'Kestrel Coffee;practice;kestrel;2031-03-12 07:15;Europe/London;Open from seven.;;pictures/door.png;The door of the shop, open;doors',
];
const BAD_ROWS: readonly { row: string; mended: string; column: string; reason: string }[] = [
  {
    row: 'Maison Verier;practice;verrier;2031-03-13 09:00;;One;;;;',
    mended: 'Maison Verrier;practice;verrier;2031-03-13 09:00;;One;;;;',
    column: 'brand',
    reason: 'There is no brand “Maison Verier”. Did you mean “Maison Verrier”?',
  },
  {
    row: 'Kestrel Coffee;practice;verrier;2031-03-14 09:00;;Two;;;;',
    mended: 'Kestrel Coffee;practice;kestrel;2031-03-14 09:00;;Two;;;;',
    column: 'account',
    reason: 'Kestrel Coffee has no account “verrier” on Practice.',
  },
  {
    row: 'Kestrel Coffee;practice;kestrel;2019-01-01 09:00;;Three;;;;',
    mended: 'Kestrel Coffee;practice;kestrel;2031-01-01 09:00;;Three;;;;',
    column: 'publish_at',
    reason: 'This time has passed.',
  },
  {
    row: 'Maison Verrier;practice;verrier;2031-03-30 02:30;;Four;;;;',
    mended: 'Maison Verrier;practice;verrier;2031-03-30 03:30;;Four;;;;',
    column: 'publish_at',
    reason: 'does not exist in Europe/Paris: the clocks go forward over it.',
  },
  {
    row: 'Kestrel Coffee;practice;kestrel;2031-03-15 09:00;Europe/Londres;Five;;;;',
    mended: 'Kestrel Coffee;practice;kestrel;2031-03-15 09:00;Europe/London;Five;;;;',
    column: 'time_zone',
    reason: 'There is no time zone “Europe/Londres”.',
  },
  {
    row: 'Kestrel Coffee;practice;kestrel;2031-03-16 09:00;;Six;;pictures/window.png;The window;',
    mended: 'Kestrel Coffee;practice;kestrel;2031-03-16 09:00;;Six;;pictures/door.png;The window;',
    column: 'media',
    reason: 'pictures/window.png',
  },
];
/** The header is line 1, and one of the good rows takes two lines. */
const FIRST_BAD_LINE = 1 + GOOD_ROWS.length + 1 + 1;

/** A calendar as a spreadsheet on Windows saves it. */
const save = (path: string, rows: readonly string[]) =>
  writeFileSync(path, `\ufeff${[HEADER, ...rows].join('\r\n')}\r\n`);

/** Gives the page a file as its own chooser does. */
async function chooseFile(page: Page, button: string, path: string): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await asked).setFiles(path);
}

async function chooseCalendar(page: Page, path: string): Promise<void> {
  const again = page.getByRole('button', { name: /^(?:Choose another file|Import another file)$/u });
  if (await again.isVisible()) await again.click();
  await chooseFile(page, 'Choose a calendar', path);
}

/** What the report counts: rows, new, known, bad. */
async function figures(page: Page): Promise<Record<string, string>> {
  await page.getByText('Nothing has been written yet.').waitFor();
  const names = await page.getByRole('term').allTextContents();
  const values = await page.getByRole('definition').allTextContents();
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

/** What the system's save dialog answers from now on; null when it is dismissed. */
const answerSaveDialog = ({ app }: RunningApp, path: string | null) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () =>
      Promise.resolve(filePath === null ? { canceled: true, filePath: '' } : { canceled: false, filePath });
  }, path);

test('a calendar: bad rows named, the good ones kept, nothing doubled, one sent at its time, all exported', async ({
  scene,
}) => {
  const server = await startReceiver();
  scene.later(server.close);
  const folder = await scene.emptyFolder();
  const files = (await scene.emptyFolder()).dataDir;
  const accounts = join(files, 'accounts.csv');
  const calendar = join(files, 'Calendrier mars.csv');
  writeFileSync(accounts, accountsFile(server.url));
  mkdirSync(join(files, 'pictures'));
  writeFileSync(
    join(files, 'pictures/door.png'),
    toPng({ width: 40, height: 30, pixels: Buffer.alloc(3_600, 90) }),
  );
  const app = await scene.start(folder);
  const { page } = app;
  await page.getByRole('button', { name: 'Start with an empty desk' }).click();

  await openView(page, 'Import');
  await page.getByRole('tab', { name: 'Accounts' }).click();
  await chooseFile(page, 'Choose an accounts file', accounts);
  await page.getByText('3 accounts and 2 brands would be added.').waitFor();
  await page.getByRole('button', { name: 'Add 3 accounts' }).click();
  await page.getByText('3 accounts and 2 brands were added.').waitFor();
  await page.getByRole('button', { name: 'Show the desk' }).click();
  await page.getByText('2 brands · 3 accounts · 0 scheduled').waitFor();

  // What is wrong is said by line, column and reason, and nothing is written before a person says so.
  await openView(page, 'Import');
  await page.getByRole('tab', { name: 'Calendar' }).click();
  save(calendar, [...GOOD_ROWS, ...BAD_ROWS.map(({ row }) => row)]);
  await chooseCalendar(page, calendar);
  expect(await figures(page)).toEqual({ rows: '9', new: '3', known: '0', bad: '6' });
  const problems = page.getByRole('region', { name: 'Problems' }).getByRole('row');
  for (const [index, { column, reason }] of BAD_ROWS.entries()) {
    const cells = problems.nth(index + 1).getByRole('cell');
    expect(await cells.allTextContents()).toEqual([
      String(FIRST_BAD_LINE + index),
      column,
      expect.stringContaining(reason),
    ]);
  }
  await picture(page, 'import-bad-rows');
  expect(await page.getByRole('button', { name: 'Import 3 posts' }).isDisabled()).toBe(true);
  await openView(page, 'Desk');
  await page.getByText('2 brands · 3 accounts · 0 scheduled').waitFor();
  await openView(page, 'Import');

  // The report is still there.
  await page.getByRole('checkbox', { name: 'Leave out 6 bad rows and import the rest' }).check();
  await page.getByRole('button', { name: 'Import 3 posts' }).click();
  await page.getByRole('heading', { name: '3 posts imported' }).waitFor();
  await page.getByText('6 bad rows were left out.').waitFor();

  // Mended, only what was bad is new, and one row more that is due soon.
  const dueAt = Date.now() + SOON_MS;
  const soon = `Maison Verrier;webhook;verrier site;${new Date(dueAt).toISOString()};;Bonjour, à l’heure;;;;`;
  const mended = [...GOOD_ROWS, ...BAD_ROWS.map((bad) => bad.mended), soon];
  save(calendar, mended);
  await chooseCalendar(page, calendar);
  expect(await figures(page)).toEqual({ rows: '10', new: '7', known: '3', bad: '0' });
  await page.getByRole('button', { name: 'Import 7 posts' }).click();
  await page.getByRole('heading', { name: '7 posts imported' }).waitFor();
  await page.getByText('3 rows were known already and added nothing.').waitFor();
  expect(Date.now(), 'slower than a person').toBeLessThan(dueAt);
  await startPublishing(app);

  // A third time nothing is new, in whatever order.
  save(calendar, mended.toReversed());
  await chooseCalendar(page, calendar);
  expect(await figures(page)).toEqual({ rows: '10', new: '0', known: '10', bad: '0' });
  await page.getByText('All of it was imported before. There is nothing to add.').waitFor();
  expect(await page.getByRole('button', { name: 'Import 0 posts' }).isDisabled()).toBe(true);
  await picture(page, 'import-nothing-new');

  // In the queue each row is a post of its account, and the one that is due goes out at its time.
  await openView(page, 'Queue');
  await queueRow(page, /Scheduled.*Practice · verrier.*Deux lignes : la seconde; avec un "mot"/u).waitFor();
  await queueRow(page, /Scheduled.*Practice · kestrel.*Open from seven\..*1 image/u).waitFor();
  await picture(page, 'import-queue');
  await expect.poll(() => server.seen.length, { timeout: SOON_MS + 10_000, interval: 50 }).toBe(1);
  expect(Date.now()).toBeGreaterThanOrEqual(dueAt);
  expect(Date.now() - dueAt, 'ms late').toBeLessThan(5_000);
  await filterQueue(page, 'Published');
  await queueRow(page, /Published.*verrier site.*Bonjour, à l’heure/u).waitFor();

  // What is still scheduled comes back out as a file, which imported again is known row by row.
  const exported = join(files, 'exported.csv');
  await openView(page, 'Import');
  await page.getByRole('tab', { name: 'Export' }).click();
  await answerSaveDialog(app, null);
  await page.getByRole('button', { name: 'Export the calendar' }).click();
  await answerSaveDialog(app, exported);
  await page.getByRole('button', { name: 'Export the calendar' }).click();
  await page.getByText(`9 posts were written to ${exported}`).waitFor();
  const written = readFileSync(exported, 'utf8');
  expect(written.split('\r\n')[0]).toBe(HEADER.replaceAll(';', ','));
  expect(written).toContain('"Deux lignes :\nla seconde; avec un ""mot"" entre guillemets"');
  expect(written).toContain(
    'Kestrel Coffee,practice,kestrel,2031-03-12 07:15,Europe/London,Open from seven.,',
  );
  await page.getByRole('tab', { name: 'Calendar' }).click();
  await chooseCalendar(page, exported);
  expect(await figures(page)).toEqual({ rows: '9', new: '0', known: '9', bad: '0' });
  expect(
    app.journal().flatMap(({ event, details }) => (event === 'calendar.imported' ? [details] : [])),
  ).toMatchObject([
    { file: 'Calendrier mars.csv', added: 3, known: 0, skipped: 6 },
    { file: 'Calendrier mars.csv', added: 7, known: 3, skipped: 0 },
  ]);
});

test('what is no calendar is refused in a sentence, in French too, and nothing is kept of it', async ({
  scene,
}) => {
  const server = await startReceiver();
  scene.later(server.close);
  const folder = await makeDeskFolder({ url: server.url, brands: 1, accountsPerBrand: 1, dueIn: [] });
  scene.later(folder.remove);
  const files = (await scene.emptyFolder()).dataDir;
  const app = await scene.start(folder, { lang: 'fr' });
  const { page } = app;
  await page.getByRole('navigation').getByRole('link', { name: 'Importer' }).click();
  const refused: readonly { name: string; bytes: Buffer | string; sentence: string }[] = [
    {
      name: 'photo.csv',
      bytes: toPng({ width: 4, height: 4, pixels: Buffer.alloc(48) }),
      sentence: 'Ce n’est pas un fichier texte.',
    },
    {
      name: 'classeur.csv',
      bytes: Buffer.from('504b0304140006000800', 'hex'),
      sentence: 'Ce classeur ne peut pas être lu',
    },
    { name: 'vide.csv', bytes: '', sentence: 'Le fichier est vide.' },
  ];
  for (const { name, bytes, sentence } of refused) {
    writeFileSync(join(files, name), bytes);
    await chooseFile(page, 'Choisir un calendrier', join(files, name));
    await page.getByRole('alert').getByText(sentence).waitFor();
  }
  // What is nobody's table is not refused: its columns are asked for.
  const cell = (at: string, words: string) => `<c r="${at}" t="str"><v>${words}</v></c>`;
  const rows = `<row r="1">${cell('A1', 'nom')}${cell('B1', 'prix')}</row><row r="2">${cell('A2', 'tasse')}</row>`;
  writeFileSync(join(files, 'autre.xlsx'), makeZip(workbookParts({ Feuil1: rows })));
  await chooseFile(page, 'Choisir un calendrier', join(files, 'autre.xlsx'));
  await page.getByText('Non reconnu. Dites ci-dessous quelle colonne est quoi.').waitFor();
  expect(await page.getByRole('button', { name: 'Lire les lignes' }).isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'Texte', exact: true }).click();
  await page.getByRole('option', { name: 'nom' }).click();
  await page.getByRole('cell', { name: 'tasse' }).waitFor();
  await page.getByRole('button', { name: 'Choisir un autre fichier' }).click();
  // Dragged out of another program, a file may have no place on the disk.
  await page.getByRole('region', { name: 'Choisir un calendrier' }).evaluate((zone) => {
    const dragged = new DataTransfer();
    dragged.items.add(new File(['brand,network'], 'courriel.csv', { type: 'text/csv' }));
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer: dragged, bubbles: true, cancelable: true }));
  });
  await page
    .getByRole('alert')
    .getByText(/courriel\.csv/u)
    .waitFor();
  await picture(page, 'import-refused-fr');
  expect(app.journal().some(({ event }) => event === 'calendar.imported')).toBe(false);
});
