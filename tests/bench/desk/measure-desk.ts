import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ensureBuilt } from '../../../tools/bundle.ts';
import { openDesktop } from '../../../tools/desktop.ts';
import { findElectron } from '../../../tools/find-electron.ts';
import { letMinutesPass, startApp } from '../../support/app.ts';
import { createProbe, type LoopFigures, memoryOfTree, timeStart } from './app-process.ts';
import { fillDesk } from './fill-desk.ts';
import { framesDuring, type Opening, scrollOver, timeOpening } from './in-page.ts';
import { writeDeskReport } from './report-desk.ts';

const POST_ROWS = '[role="grid"] [role="gridcell"]';
const CALENDAR = 'main [data-post], main [role="gridcell"]';
const SEGMENT = '.mantine-SegmentedControl-label';
const OPENINGS: readonly Opening[] = [
  { name: 'Desk', hash: 'desk', ready: '[role="treegrid"] tbody tr' },
  {
    name: 'Queue',
    hash: 'queue',
    ready: POST_ROWS,
  },
  { name: 'Calendar', hash: 'calendar', ready: CALENDAR },
  { name: 'Compose', hash: 'compose', ready: 'main textarea' },
  { name: 'Import', hash: 'import', ready: 'main button' },
  { name: 'Review', hash: 'review', ready: 'main [role="tabpanel"]' },
  { name: 'Journal', hash: 'journal', ready: 'main' },
  { name: 'Stop room', hash: 'stop', ready: 'main' },
  { name: 'Settings', hash: 'settings', ready: 'main' },
  {
    name: 'Queue: failed posts',
    hash: 'queue?state=failed',
    ready: POST_ROWS,
  },
  {
    name: 'Queue: one brand',
    hash: 'queue?brandId=7',
    ready: POST_ROWS,
  },
];
const CALENDAR_MODES: readonly Opening[] = ['Week', 'Day', 'List', 'Month'].map((mode) => ({
  name: `Calendar: ${mode.toLowerCase()}`,
  hash: '',
  click: { css: SEGMENT, words: mode },
  ready: CALENDAR,
}));

export type DeskOptions = {
  readonly posts: number;
  /** How often it is started, and how often each view is opened. */
  readonly rounds: number;
};
export type DeskFindings = {
  readonly starts: readonly number[];
  readonly openings: readonly { readonly name: string; readonly times: readonly number[] }[];
  readonly frames: readonly { readonly name: string; readonly frames: readonly number[] }[];
  readonly loops: readonly { readonly name: string; readonly loop: LoopFigures }[];
  readonly memory: readonly { readonly name: string; readonly bytes: number }[];
  readonly importing: { readonly rows: number; readonly looked: number; readonly imported: number };
};

/** Starts the built app on a desk of 1,000 accounts, opens every view, types, scrolls and imports as a person does, and says what each took. */
export async function measureDesk(
  folder: string,
  options: DeskOptions,
  say: (what: string) => void,
): Promise<string> {
  const electron = await findElectron({ env: process.env, say });
  await electron.prepare();
  await ensureBuilt({ say });
  const desktop = await openDesktop(process.env);
  try {
    const dataDir = join(folder, 'data');
    say(`filling a desk with ${options.posts} posts`);
    await fillDesk(dataDir, options.posts);
    const probe = createProbe(folder);
    const passphrase = join(folder, 'passphrase');
    await writeFile(passphrase, 'a passphrase of the bench\n', { mode: 0o600 });
    const env: Record<string, string> = {
      ...(process.env as Record<string, string>),
      ...desktop.env,
      ALLSTOP_PASSPHRASE_FILE: passphrase,
    };
    const starts: number[] = [];
    for (let number = 0; number <= options.rounds; number += 1) {
      say(`start ${number} of ${options.rounds}`);
      const took = await timeStart(electron.path, dataDir, env, probe);
      if (number > 0) starts.push(took); // The first one warms the caches of the disk.
      letMinutesPass(dataDir);
    }
    probe.forget();
    const app = await startApp({ dataDir, env: { ...env, ...probe.env }, electron: electron.path });
    try {
      const { page, pid } = app;
      await probe.join(app.app);
      const loops: DeskFindings['loops'][number][] = [];
      const memory: DeskFindings['memory'][number][] = [];
      const after = async (name: string) => {
        loops.push({ name, loop: await probe.loopOf(pid) });
        memory.push({ name, bytes: memoryOfTree(pid) });
      };
      await after('the start');
      say('opening views');
      const openings = await measureOpenings(page, options.rounds);
      await after('opening views');
      say('typing and scrolling');
      const frames = await measureFrames(page);
      await after('typing and scrolling');
      say('importing');
      const importing = await importRows(page, folder, Math.round(options.posts / 2));
      await after('importing');
      const findings = { starts, openings, frames, loops, memory, importing };
      return writeDeskReport(findings, options, `Electron ${electron.version ?? 'of unknown version'}`);
    } finally {
      await app.close();
    }
  } finally {
    await desktop.stop();
  }
}

async function measureOpenings(page: Page, rounds: number): Promise<DeskFindings['openings']> {
  const times = new Map<string, number[]>();
  const open = async (opening: Opening) => {
    const took = await timeOpening(page, opening);
    times.set(opening.name, [...(times.get(opening.name) ?? []), took]);
    await page.waitForTimeout(150);
  };
  const [start = OPENINGS[0]] = OPENINGS;
  for (let round = 0; round <= rounds; round += 1) {
    for (const opening of OPENINGS.slice(1)) {
      await open(opening);
      if (opening.hash === 'calendar') for (const mode of CALENDAR_MODES) await open(mode);
    }
    if (start) await open(start);
    // The first round compiles what the page runs.
    if (round === 0) times.clear();
  }
  return [...times].map(([name, took]) => ({ name, times: took }));
}

async function measureFrames(page: Page): Promise<DeskFindings['frames']> {
  const found: { name: string; frames: number[] }[] = [];
  const watch = async (name: string, work: () => Promise<void>) => {
    await page.waitForTimeout(500);
    found.push({ name, frames: await framesDuring(page, work) });
  };
  const type = (text: string) => page.keyboard.type(text, { delay: 45 });
  const opened = async (name: string) => {
    const opening = OPENINGS.find((one) => one.name === name);
    if (opening) await timeOpening(page, opening);
  };
  await opened('Desk');
  await watch('scrolling the desk', () => scrollOver(page, '[role="treegrid"]', 60));
  await page.getByLabel('Search brands and accounts').click();
  await watch('searching the desk', () => type('account 7'));
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await opened('Queue');
  await watch('scrolling the queue', () => scrollOver(page, '[role="grid"]', 60));
  await page.getByLabel('Find in the text').click();
  await watch('searching the queue', () => type('porcelaine'));
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await opened('Calendar');
  await page.locator(SEGMENT, { hasText: 'List' }).click();
  await page.waitForTimeout(500);
  await watch('scrolling the list of the calendar', () => scrollOver(page, 'main ol', 60));
  await page.locator(SEGMENT, { hasText: 'Month' }).click();
  await opened('Compose');
  await page.locator('main textarea').first().click();
  await watch('typing in Compose', () =>
    type(
      'Our shop in Lyon opens its doors on Saturday: come and have a coffee. Notre boutique ouvre samedi.',
    ),
  );
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+k');
  await watch('searching in the palette', () => type('brand 42'));
  await page.keyboard.press('Escape');
  return found;
}

/** A calendar of so many rows through the window: looked at, then imported. Milliseconds. */
async function importRows(page: Page, folder: string, rows: number): Promise<DeskFindings['importing']> {
  const path = join(folder, 'calendar.csv');
  const first = Date.UTC(new Date().getUTCFullYear() + 1, 0, 1);
  const lines = Array.from({ length: rows }, (_, row) => {
    const at = new Date(first + row * 7 * 60_000).toISOString();
    return `Brand ${row % 100};practice;account ${Math.floor(row / 100) % 10};${at};;Row ${row}: the shop is open on Saturday;;;;spring`;
  });
  const header = 'brand;network;account;publish_at;time_zone;text;link;media;alt_text;label';
  await writeFile(path, `${[header, ...lines].join('\r\n')}\r\n`);
  await page.getByRole('navigation').getByRole('link', { name: 'Import' }).click();
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a calendar' }).click();
  const begun = performance.now();
  await (await asked).setFiles(path);
  const doIt = page.getByRole('button', { name: `Import ${rows.toLocaleString('en')} posts` });
  await doIt.waitFor({ timeout: 300_000 });
  const looked = performance.now() - begun;
  await doIt.click();
  await page
    .getByRole('heading', { name: `${rows.toLocaleString('en')} posts imported` })
    .waitFor({ timeout: 300_000 });
  return { rows, looked, imported: performance.now() - begun - looked };
}
