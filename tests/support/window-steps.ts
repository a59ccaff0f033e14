import type { Locator, Page } from 'playwright-core';
import type { RunningApp } from './app.ts';

/** What a person does in the window, in English; each step ends when the window shows that it was done. */

export type View = 'Desk' | 'Queue' | 'Compose' | 'Import' | 'Review' | 'Journal' | 'Stop room' | 'Settings';

export async function openView(page: Page, view: View): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: view }).click();
  await page.getByRole('heading', { level: 1, name: view }).waitFor();
}

/** The start and its one question. */
export async function startPublishing(app: RunningApp): Promise<void> {
  await app.page.getByRole('button', { name: 'Start publishing' }).click();
  await app.page.getByRole('button', { name: 'Start', exact: true }).click();
  await app.expectState('publishing');
}

export const stopButton = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: 'Emergency stop', exact: true });

export async function addBrand(
  page: Page,
  brand: { name: string; market: string; zone: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Add brand' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a brand' });
  await dialog.getByLabel('Name', { exact: true }).fill(brand.name);
  await dialog.getByRole('combobox', { name: 'Market' }).fill(brand.market);
  await dialog.getByRole('combobox', { name: 'Time zone' }).fill(brand.zone);
  await page.getByRole('option', { name: brand.zone, exact: true }).click();
  await dialog.getByRole('button', { name: 'Add brand' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Opens the dialog that connects an account and chooses a network in it. */
export async function chooseNetwork(page: Page, network: string): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: 'Connect an account' });
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Connect account' }).click();
  await dialog.getByRole('radio', { name: network }).check({ force: true });
  return dialog;
}

/** Connects an account by what its network asks for, each field found by its label. */
export async function connectAccount(
  page: Page,
  order: { network: string; name: string; fields?: Readonly<Record<string, string>> },
): Promise<void> {
  const dialog = await chooseNetwork(page, order.network);
  await dialog.getByLabel('Name of the account').fill(order.name);
  for (const [label, value] of Object.entries(order.fields ?? {})) {
    await dialog.getByRole('textbox', { name: label }).fill(value);
  }
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Writes a post for the accounts named and gives it a time; leaves the form filled in. `at` is wall time in `zone`. */
export async function writePost(
  page: Page,
  post: { text: string; accounts: readonly (string | RegExp)[]; at: Date; zone: string },
): Promise<void> {
  await openView(page, 'Compose');
  await page.getByLabel('Text', { exact: true }).fill(post.text);
  for (const account of post.accounts) await page.getByRole('checkbox', { name: account }).check();
  const { date, hours, minutes } = wallTime(post.at, post.zone);
  await page.getByLabel('Date', { exact: true }).fill(date);
  await page.getByLabel('Date', { exact: true }).blur();
  await page.getByLabel('Hours').fill(hours);
  await page.getByLabel('Minutes').fill(minutes);
}

export async function schedulePost(page: Page, post: Parameters<typeof writePost>[1]): Promise<void> {
  await writePost(page, post);
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.getByRole('heading', { name: /posts? (?:is|are) scheduled/u }).waitFor();
}

/** Both steps of the release: the brands by name, then the person. */
export async function releaseBrands(app: RunningApp, brands: readonly string[], by: string): Promise<void> {
  const { page } = app;
  await page.getByRole('banner').getByRole('button', { name: 'Release', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /Release brands/u });
  for (const brand of brands) await dialog.getByRole('checkbox', { name: brand, exact: true }).check();
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByLabel('Who releases?').fill(by);
  await dialog.getByRole('button', { name: /^Confirm for/u }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** The row of the desk's table, by what is to be read in it. */
export const deskRow = (page: Page, words: string | RegExp): Locator =>
  page.getByRole('treegrid').getByRole('row').filter({ hasText: words });

/** The row of a post in the queue, by what is to be read in it. */
export const queueRow = (page: Page, words: RegExp): Locator =>
  page.getByRole('grid', { name: 'Posts' }).getByRole('row').filter({ hasText: words });

/** Opens a post from the queue, does something with it and confirms it. */
export async function actOnPost(page: Page, row: RegExp, action: string, confirm: string): Promise<void> {
  await queueRow(page, row).getByRole('button', { name: 'Details' }).click();
  await page.getByRole('dialog').getByRole('button', { name: action }).click();
  await page.getByRole('dialog').getByRole('button', { name: confirm }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Shows in the queue only posts in these states: 'Published', 'Held'… */
export async function filterQueue(page: Page, state: string): Promise<void> {
  await openView(page, 'Queue');
  await page
    .getByRole('group', { name: 'Show posts by state' })
    .getByRole('button', { name: new RegExp(`^${state}`, 'u') })
    .click();
}

function wallTime(at: Date, zone: string): { date: string; hours: string; minutes: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { date: `${of('day')}/${of('month')}/${of('year')}`, hours: of('hour'), minutes: of('minute') };
}

/** Closes every brand of the desk; the window may have remembered that they are. */
export async function collapseAll(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^(?:Collapse|Expand) all$/u });
  if ((await button.textContent())?.startsWith('Collapse')) await button.click();
}
