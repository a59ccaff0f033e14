/**
 * What the queue costs at 10,000, 100,000 and 1,000,000 posts on 1,000 accounts. Prints a table.
 *   node tests/bench/storage.ts [posts…]
 */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { NewPost } from '../../src-main/core/queue.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import {
  DAY,
  MINUTE,
  makeAccount,
  makeBrand,
  makeFolder,
  NOW,
  openOrThrow,
} from '../storage/sample-posts.ts';

const ACCOUNTS = 1_000;
const BRANDS = 100;
const DUE_AT_ONCE = 5_000;
const sizes = process.argv.slice(2).map(Number);
const rows: Record<string, Record<string, string>> = {};

for (const size of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) await measure(size);
console.table(rows);

async function measure(size: number): Promise<void> {
  const column = size.toLocaleString('en');
  const note = (name: string, value: string) => {
    rows[name] = { ...rows[name], [column]: value };
  };
  const { path, remove } = await makeFolder();
  try {
    let storage = await openOrThrow(path);
    const accounts = await makeAccounts(storage);
    await fill(storage, accounts, size, note);
    await storage.close();
    note('file', `${((await stat(path)).size / 1e6).toFixed(0)} MB`);

    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const opened = performance.now();
    storage = await openOrThrow(path);
    note('open', ms(performance.now() - opened));
    await measureReads(storage, note);
    await measurePublishing(storage, note);
    note('longest block, all but loading', ms(delay.max / 1e6));
    delay.disable();
    note('memory over before open', `${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`);
    await measureImport(storage, accounts, note);
    await storage.close();
  } finally {
    await remove();
  }
}

async function makeAccounts(storage: Storage): Promise<readonly number[]> {
  const accounts: number[] = [];
  for (let brand = 0; brand < BRANDS; brand += 1) {
    const brandId = await makeBrand(storage, {
      name: `Brand ${brand}`,
      market: brand % 2 === 0 ? 'FR' : 'BE',
    });
    for (let place = 0; place < ACCOUNTS / BRANDS; place += 1) {
      accounts.push(
        await makeAccount(storage, brandId, `account ${place}`, place < 5 ? 'practice' : 'webhook'),
      );
    }
  }
  return accounts;
}

function makePosts(accounts: readonly number[], from: number, to: number, isImported: boolean): NewPost[] {
  return Array.from({ length: to - from }, (_, index): NewPost => {
    const n = from + index;
    const hash = createHash('sha256').update(`post ${n}`).digest('hex');
    const publishAt = n < DUE_AT_ONCE ? NOW : NOW + MINUTE + ((n * 7_919_017) % (30 * DAY));
    return {
      accountId: accounts[(n * 7_919) % accounts.length] as number,
      content: {
        parts: [
          `Our shop in Lyon opens its doors on Saturday: come and have a coffee with us. Number ${n} #lyon #café`,
        ],
        link: 'https://example.org/shop',
        media: [],
      },
      label: n % 10 === 0 ? 'spring' : '',
      publishAt,
      localTime: '2027-01-15T09:00',
      timeZone: 'Europe/Paris',
      contentHash: hash,
      importKey: isImported ? createHash('sha256').update(`key ${n}`).digest('hex') : null,
    };
  });
}

type Note = (name: string, value: string) => void;

async function fill(storage: Storage, accounts: readonly number[], size: number, note: Note): Promise<void> {
  const step = 100_000;
  const times: number[] = [];
  for (let from = 0; from < size; from += step) {
    const posts = makePosts(accounts, from, Math.min(size, from + step), false);
    const start = performance.now();
    await storage.posts.add(posts, NOW);
    times.push((performance.now() - start) * (step / posts.length));
  }
  note('add, by 100,000: first', ms(times[0] ?? 0));
  note('add, by 100,000: last', ms(times.at(-1) ?? 0));
}

async function measureReads(storage: Storage, note: Note): Promise<void> {
  const { posts } = storage;
  const brand = (await storage.brands.list())[0]?.id ?? 0;
  const account = (await storage.accounts.list())[0]?.id ?? 0;
  const page = (
    filter: Parameters<typeof posts.page>[0],
    order: 'soonest' | 'latest' | 'changed',
    offset = 0,
  ) => posts.page(filter, order, offset, 100);
  note('nextDueAt', await timed(20, () => posts.nextDueAt(NOW)));
  note('counts', await timed(20, () => posts.counts()));
  note('summaries', await timed(20, () => posts.summaries()));
  note(
    'countScheduled, a brand',
    await timed(20, () => posts.countScheduled({ kind: 'brand', brandId: brand })),
  );
  note('page, all', await timed(10, () => page({}, 'soonest')));
  note(
    'page, all, from the middle',
    await timed(3, async () => page({}, 'soonest', sizeOf(await posts.counts()) / 2)),
  );
  note('page, changed', await timed(10, () => page({}, 'changed')));
  note('page, a brand', await timed(10, () => page({ brandId: brand }, 'soonest')));
  note('page, a brand, changed', await timed(10, () => page({ brandId: brand }, 'changed')));
  note('page, an account', await timed(10, () => page({ accountId: account }, 'latest')));
  note('page, a market', await timed(10, () => page({ market: 'fr' }, 'soonest')));
  note('page, a week', await timed(5, () => page({ from: NOW + DAY, to: NOW + 8 * DAY }, 'soonest')));
  note(
    'page, a brand, a month',
    await timed(5, () => page({ brandId: brand, from: NOW, to: NOW + 31 * DAY }, 'soonest')),
  );
  note('page, a label', await timed(1, () => page({ label: 'spring' }, 'soonest')));
  note('page, search', await timed(1, () => page({ search: 'NUMBER 4321' }, 'soonest')));
  note(
    'page, search in a brand',
    await timed(3, () => page({ search: 'number 4', brandId: brand }, 'soonest')),
  );
  const searching = page({ search: 'CAFÉ' }, 'soonest');
  note('nextDueAt during a search', await timed(20, () => posts.nextDueAt(NOW)));
  await searching;
}

async function measurePublishing(storage: Storage, note: Note): Promise<void> {
  const { posts } = storage;
  const claimTimes: number[] = [];
  const settleTimes: number[] = [];
  let key = 0;
  const claim = (limit: number) =>
    posts.claimDue({
      now: NOW,
      limit,
      perAccount: 1,
      epoch: 1,
      stopped: [],
      newKey: () => {
        key += 1;
        return `key-${key}`;
      },
    });
  const start = performance.now();
  let claimed = 0;
  while (claimed < 3_000) {
    const begun = performance.now();
    const claims = await claim(100);
    const taken = performance.now();
    await posts.settle(
      claims.map(({ post, attempt }) => ({
        postId: post.id,
        attempt,
        state: 'published',
        reason: '',
        detail: '',
        refs: [{ id: `${post.id}`, url: `https://example.org/${post.id}` }],
        retryAt: null,
        at: NOW,
      })),
    );
    claimTimes.push(taken - begun);
    settleTimes.push(performance.now() - taken);
    claimed += claims.length;
    if (claims.length === 0) break;
  }
  note('claim of 100', spread(claimTimes));
  note('settle of 100', spread(settleTimes));
  note('claimed and settled a second', (claimed / ((performance.now() - start) / 1_000)).toFixed(0));
  note('claim of 4', await timed(20, () => claim(4)));
  note(
    'claim, all stopped',
    await timed(20, () =>
      posts.claimDue({
        now: NOW,
        limit: 4,
        perAccount: 1,
        epoch: 1,
        stopped: [{ kind: 'everything' }],
        newKey: () => '',
      }),
    ),
  );
  const swept = performance.now();
  const { counts } = await posts.sweepMissed(NOW + 1, [{ scope: { kind: 'everything' }, reason: 'stopped' }]);
  const marked = counts.reduce((sum, each) => sum + each.count, 0);
  note('sweep, a thousand', ms(((performance.now() - swept) * 1_000) / marked));
  note('recover', await timed(1, () => posts.recover(NOW)));
}

async function measureImport(storage: Storage, accounts: readonly number[], note: Note): Promise<void> {
  const rowsToImport = makePosts(accounts, 10_000_000, 10_200_000, true);
  async function* chunks() {
    for (let from = 0; from < rowsToImport.length; from += 500) yield rowsToImport.slice(from, from + 500);
  }
  const waits: number[] = [];
  let isOver = false;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const asking = (async () => {
    while (!isOver) {
      const start = performance.now();
      await storage.posts.claimDue({
        now: NOW,
        limit: 4,
        perAccount: 1,
        epoch: 1,
        stopped: [],
        newKey: () => '',
      });
      waits.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const start = performance.now();
  await storage.posts.importAll(chunks(), NOW, () => undefined);
  note('import of 200,000', ms(performance.now() - start));
  isOver = true;
  await asking;
  note('a claim during the import', spread(waits));
  note('longest block during the import', ms(delay.max / 1e6));
  delay.disable();
}

async function timed(times: number, work: () => Promise<unknown>): Promise<string> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return times === 1 ? ms(taken[0] ?? 0) : spread(taken);
}

function spread(taken: readonly number[]): string {
  const sorted = [...taken].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return `${ms(at(0.5))} (at most ${ms(at(1))})`;
}

function ms(value: number): string {
  return value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`;
}

function sizeOf(counts: Readonly<Record<string, number>>): number {
  return Math.floor(Object.values(counts).reduce((sum, count) => sum + count, 0));
}
