import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, errors, type Page } from 'playwright-core';
import { contentHashOf } from '../../src-main/calendar/import-key.ts';
import type { NewPost } from '../../src-main/core/queue.ts';
import { addPending } from '../../src-main/secrets/pending.ts';
import { findPublisher } from '../../src-main/stop/publisher-pid.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export type DeskFolder = {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly postIds: readonly number[];
  remove(): void;
};

/** A data folder with brands, webhook accounts on `url` and scheduled posts, as importing them would leave it. */
export async function makeDeskFolder(order: {
  url: string;
  brands: number;
  accountsPerBrand: number;
  /** When each post is due, in milliseconds from now; they go round over the accounts. */
  dueIn: readonly number[];
}): Promise<DeskFolder> {
  const dataDir = await mkdtemp(join(tmpdir(), 'all-stop-desk-'));
  const passphrase = join(dataDir, 'passphrase-of-the-test');
  await writeFile(passphrase, 'a passphrase of the test\n', { mode: 0o600 });
  const opened = await openStorage({ path: join(dataDir, 'queue.sqlite'), now: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  const storage = opened.value;
  const accountIds: number[] = [];
  for (let b = 1; b <= order.brands; b += 1) {
    const brand = await storage.brands.create({
      name: `Brand ${b}`,
      market: b % 2 ? 'France' : 'United Kingdom',
      timeZone: 'Europe/Paris',
      graceMs: 300_000,
      colour: '#336699',
    });
    if (!brand.ok) throw new Error(brand.error.message);
    for (let a = 1; a <= order.accountsPerBrand; a += 1) {
      const account = await storage.accounts.create({
        brandId: brand.value.id,
        network: 'webhook',
        name: `account ${b}-${a}`,
        settings: { url: order.url },
        sealed: null,
      });
      if (!account.ok) throw new Error(account.error.message);
      accountIds.push(account.value.id);
    }
  }
  await addPending(
    dataDir,
    accountIds.map((accountId) => ({ accountId, fields: { secret: 'a signing secret' } })),
  );
  const now = Date.now();
  const posts = order.dueIn.map((dueIn, index): NewPost => {
    const content = { parts: [`Post number ${index + 1} of this test`], link: '', media: [] };
    return {
      accountId: accountIds[index % accountIds.length] as number,
      content,
      label: '',
      publishAt: now + dueIn,
      localTime: new Date(now + dueIn).toISOString().slice(0, 16),
      timeZone: 'UTC',
      contentHash: contentHashOf(content),
      importKey: null,
    };
  });
  const { ids } = await storage.posts.add(posts, now);
  await storage.close();
  return {
    dataDir,
    env: { ALLSTOP_PASSPHRASE_FILE: passphrase },
    postIds: ids,
    remove: () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/**
 * As if eleven minutes had passed since the app was last alive: two unclean ends closer together stop everything, which is a test of its
 * own (`e2e/controls.e2e.ts`). What follows here has to come back publishing.
 */
export function letMinutesPass(dataDir: string): void {
  const path = join(dataDir, 'last-run.json');
  const last = JSON.parse(readFileSync(path, 'utf8')) as { aliveAt: number; uncleanEnds: number[] };
  const before = (at: number) => at - 11 * 60_000;
  const moved = { ...last, aliveAt: before(last.aliveAt), uncleanEnds: last.uncleanEnds.map(before) };
  writeFileSync(path, JSON.stringify(moved));
}

export type RunningApp = {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  /** The publisher's process; null while there is none. */
  publisherPid(): number | null;
  state(): Promise<string>;
  /** Waits until the window says this state. */
  expectState(state: string): Promise<void>;
  journal(): { event: string; details: Record<string, unknown>; at: string; control: string }[];
  /** Quits as a person would; kills what does not. */
  close(): Promise<void>;
};

type StartOrder = {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly electron: string;
  readonly lang?: string;
};

/**
 * Once in some hundred starts on a busy machine the test's own end never learns that the app is up, while that runs and publishes.
 * It is killed and started again then, once, and that is said.
 */
async function launch(order: StartOrder, isLast = false): Promise<{ app: ElectronApplication; page: Page }> {
  const started: ElectronApplication[] = [];
  const timeout = isLast ? 60_000 : 20_000;
  try {
    const app = await _electron.launch({
      executablePath: order.electron,
      args: [...rootArgs, ROOT, `--data-dir=${order.dataDir}`, `--lang=${order.lang ?? 'en-US'}`],
      env: { ...order.env },
      timeout,
    });
    started.push(app);
    return { app, page: await app.firstWindow({ timeout }) };
  } catch (error) {
    for (const app of started) app.process().kill('SIGKILL');
    if (isLast || !(error instanceof errors.TimeoutError)) throw error;
    process.stderr.write(`The app was started again: ${error.message}\n`);
    return launch(order, true);
  }
}

/** Starts the built app on a desktop (`env`) and waits for its window. */
export async function startApp(order: StartOrder): Promise<RunningApp> {
  const { app, page } = await launch(order);
  const child = app.process();
  const label = page.getByTestId('publishing-state');
  await label.waitFor({ timeout: 30_000 });
  return {
    app,
    page,
    pid: child.pid ?? 0,
    publisherPid() {
      const found = findPublisher(join(order.dataDir, 'publisher.pid'));
      return found && found !== 'unknown' ? found.pid : null;
    },
    state: async () => (await label.getAttribute('data-state')) ?? '',
    expectState: (state) =>
      page.locator(`[data-testid="publishing-state"][data-state="${state}"]`).waitFor({ timeout: 15_000 }),
    journal: () =>
      readFileSync(join(order.dataDir, 'journal.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    async close() {
      const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await app.close().catch(() => {});
      clearTimeout(killer);
    },
  };
}
