import type { Claim } from '../../../src-main/core/queue.ts';
import type { Storage } from '../../../src-main/core/stores.ts';
import { answerPart, pause, watchLoop } from '../child.ts';
import { type Spread, spreadOf } from '../figures.ts';
import { accountIds, makePosts, openOrThrow } from '../fill.ts';

const DAY = 86_400_000;
const DUE = 5_000;
const SENT = 3_000;
const IMPORTED = 200_000;

export type StorageTask = { readonly path: string };
export type StorageAnswer = { readonly rows: readonly { readonly name: string; readonly spread: Spread }[] };

/** What the queue's single questions cost: what a person waits for, and what publishing waits for. Leaves the queue changed. */
await answerPart(async ({ path }: StorageTask): Promise<StorageAnswer> => {
  const rows: { name: string; spread: Spread }[] = [];
  const note = (name: string, taken: readonly number[]) => void rows.push({ name, spread: spreadOf(taken) });
  const begun = performance.now();
  const storage = await openOrThrow(path);
  note('open', [performance.now() - begun]);
  const accounts = await accountIds(storage);
  await measureReads(storage, note);
  const due = makePosts(accounts, { from: 0, to: DUE }, () => Date.now() - 1_000, 'due for the questions');
  await storage.posts.add(due, Date.now());
  await measurePublishing(storage, note);
  await measureImport(storage, accounts, note);
  await storage.close();
  return { rows };
});

type Note = (name: string, taken: readonly number[]) => void;

async function measureReads(storage: Storage, note: Note): Promise<void> {
  const { posts } = storage;
  const brandId = (await storage.brands.list())[0]?.id ?? 0;
  const accountId = (await storage.accounts.list())[0]?.id ?? 0;
  const now = Date.now();
  const middle = Math.floor((await posts.counts()).scheduled / 2);
  const page = (
    filter: Parameters<typeof posts.page>[0],
    order: 'soonest' | 'latest' | 'changed' = 'soonest',
    offset = 0,
  ) => posts.page(filter, order, offset, 100);
  const week = { from: now + DAY, to: now + 8 * DAY };
  const questions: readonly [string, number, () => Promise<unknown>][] = [
    ['nextDueAt', 20, () => posts.nextDueAt(now)],
    ['counts', 20, () => posts.counts()],
    ['summaries', 20, () => posts.summaries()],
    ['countScheduled, a brand', 20, () => posts.countScheduled({ kind: 'brand', brandId })],
    ['page, all', 10, () => page({})],
    ['page, all, from the middle', 3, () => page({}, 'soonest', middle)],
    ['page, all, latest changed first', 10, () => page({}, 'changed')],
    ['page, a brand', 10, () => page({ brandId })],
    ['page, a brand, latest changed first', 10, () => page({ brandId }, 'changed')],
    ['page, a brand, a month', 5, () => page({ brandId, from: now, to: now + 31 * DAY })],
    ['page, an account, latest first', 10, () => page({ accountId }, 'latest')],
    ['page, a market', 10, () => page({ market: 'France' })],
    ['page, a week', 5, () => page(week)],
    ['page, a label', 1, () => page({ label: 'spring' })],
    ['page, a search', 1, () => page({ search: 'PENDING 4321' })],
    ['page, a search in a brand', 3, () => page({ search: 'pending 4', brandId })],
  ];
  for (const [name, tries, ask] of questions) note(name, await timed(tries, ask));
  const searching = page({ search: 'CAFÉ' });
  note('nextDueAt during a search', await timed(20, () => posts.nextDueAt(now)));
  await searching;
}

async function measurePublishing(storage: Storage, note: Note): Promise<void> {
  const { posts } = storage;
  const claimTimes: number[] = [];
  const settleTimes: number[] = [];
  for (let sent = 0; sent < SENT; ) {
    const begun = performance.now();
    const claims = await claim(storage, 100);
    const claimed = performance.now();
    if (claims.length === 0) break;
    await posts.settle(claims.map(published));
    claimTimes.push(claimed - begun);
    settleTimes.push(performance.now() - claimed);
    sent += claims.length;
  }
  note('claim of 100', claimTimes);
  note('settle of 100', settleTimes);
  note('claim of 4', await timed(20, () => claim(storage, 4)));
  note(
    'sweep of what is left under a stop',
    await timed(1, () =>
      posts.sweepMissed(Date.now(), [{ scope: { kind: 'everything' }, reason: 'stopped' }], []),
    ),
  );
  note('recover', await timed(1, () => posts.recover(Date.now())));
}

function claim(storage: Storage, limit: number): Promise<readonly Claim[]> {
  return storage.posts.claimDue({
    now: Date.now(),
    limit,
    perAccount: 1,
    epoch: 1,
    stopped: [],
    floors: [],
    newKey: () => 'a-key-of-twenty-six-letters',
  });
}

function published({ post, attempt }: Claim) {
  return {
    postId: post.id,
    attempt,
    state: 'published',
    reason: '',
    detail: '',
    refs: [{ id: `${post.id}`, url: `https://example.org/${post.id}` }],
    retryAt: null,
    at: Date.now(),
  } as const;
}

async function measureImport(storage: Storage, accounts: readonly number[], note: Note): Promise<void> {
  const at = Date.now() + 30 * DAY;
  const posts = makePosts(accounts, { from: 0, to: IMPORTED }, () => at, 'imported for the questions').map(
    (post) => ({ ...post, importKey: `${post.contentHash} imported` }),
  );
  async function* chunks() {
    for (let from = 0; from < posts.length; from += 500) yield posts.slice(from, from + 500);
  }
  const waits: number[] = [];
  let isOver = false;
  const endWatch = watchLoop();
  const asking = (async () => {
    while (!isOver) {
      waits.push(...(await timed(1, () => claim(storage, 4))));
      await pause(50);
    }
  })();
  const [taken = Number.NaN] = await timed(1, () => storage.posts.importAll(chunks(), Date.now(), () => {}));
  isOver = true;
  await asking;
  note(`import of ${IMPORTED.toLocaleString('en')}`, [taken]);
  note('a claim during the import', waits);
  note('longest block during the import', [await endWatch()]);
}

async function timed(tries: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < tries; index += 1) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return taken;
}
