import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contentHashOf } from '../../src-main/calendar/import-key.ts';
import type { Scope } from '../../src-main/core/scope.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { readReport } from '../../src-main/report/read-report.ts';
import type { JournalRecord } from '../../src-main/stop/journal.ts';
import { makeAccount, makeBrand, makePost } from '../storage/sample-posts.ts';
import { type EngineHere, openEngine } from '../support/engine-here.ts';
import { until } from '../support/engine-rig.ts';
import { startReceiver } from '../support/receiver.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Posts a stop keeps back at once; 10,000 and 100,000 were tried. */
const POSTS = Number(process.env.ALLSTOP_INVENTORY_POSTS ?? 1_000);
const HOUR = 3_600_000;

const lines = ({ engine }: EngineHere): JournalRecord[] =>
  readFileSync(engine.paths.journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalRecord);
const told = (here: EngineHere, event: string, stop?: string) =>
  lines(here).filter((line) => line.event === event && (stop === undefined || line.details.stop === stop));
const idsOf = (records: readonly JournalRecord[]) =>
  records.flatMap(({ details }) => details.posts as readonly number[]);

async function fill(here: EngineHere, accountId: number, count: number, inMs = HOUR): Promise<number[]> {
  const ids: number[] = [];
  for (let from = 0; from < count; from += 1_000) {
    const posts = Array.from({ length: Math.min(1_000, count - from) }, (_, n) => {
      const content = { parts: [`post ${from + n} ${'words '.repeat(40)}`], link: '', media: [] };
      const publishAt = Date.now() + inMs + from + n;
      return makePost(accountId, { content, publishAt, contentHash: contentHashOf(content) });
    });
    ids.push(...(await here.storage.posts.add(posts, Date.now())).ids);
  }
  return ids;
}

const order = (scope: Scope) => ({
  scope,
  control: 'button' as const,
  by: 'Zoé',
  reason: '',
  widenedFrom: '',
});

const done = (here: EngineHere, id: string) =>
  until('the list is whole', 60_000, () => told(here, 'stop.inventory-done', id).length > 0);

/** An engine that publishes, with one account of the practice network. */
async function publishing(change: Parameters<typeof openEngine>[0] = {}) {
  const here = await openEngine(change);
  const brandId = await makeBrand(here.storage, { name: 'Lune', market: 'France' });
  const accountId = await makeAccount(here.storage, brandId, '@lune');
  await here.engine.attach(here.storage);
  expect(here.engine.stop.start('Zoé').ok).toBe(true);
  return { here, brandId, accountId };
}

test('a stop is over before its list begins, which names every post and leaves the event loop free', async () => {
  const { here, accountId } = await publishing();
  const ids = await fill(here, accountId, POSTS);
  let longest = 0;
  let at = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - at);
    at = performance.now();
  }, 1);
  const { id } = here.engine.stop.engage(order({ kind: 'everything' }));
  expect(told(here, 'stop.engaged')).toHaveLength(1);
  longest = 0;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told(here, 'stop.inventory-begun')).toEqual([]);
  longest = 0;
  at = performance.now();
  // Reading the whole journal here would be a long step of our own.
  await until('the list is whole', 60_000, () =>
    here.engine.journal.tail(4_096).some(({ event }) => event === 'stop.inventory-done'),
  );
  clearInterval(timer);
  const most = Math.min(POSTS, 5_000);
  expect(idsOf(told(here, 'stop.inventory', id))).toEqual(ids.slice(0, most));
  expect(told(here, 'stop.inventory-begun', id)[0]?.details).toMatchObject({
    scheduled: POSTS,
    within: POSTS,
  });
  if (process.env.ALLSTOP_INVENTORY_POSTS) process.stdout.write(`longest step ${longest.toFixed(1)} ms\n`);
  expect(longest).toBeLessThan(500);
});

test('posts that change while the list is written make it leave out no other', async () => {
  let here: EngineHere | null = null;
  let first: readonly number[] = [];
  const opened = await publishing({
    onChange(what) {
      if (what !== 'journal' || !here || first.length > 0) return;
      first = idsOf(told(here, 'stop.inventory')).slice(0, 50);
      if (first.length > 0) void here.storage.posts.move(first, 'canceled', 'by-person', '', Date.now());
    },
  });
  const ids = await fill(opened.here, opened.accountId, 400);
  here = opened.here;
  const { id } = here.engine.stop.engage(order({ kind: 'everything' }));
  await done(here, id);
  expect(first).toHaveLength(50);
  expect(idsOf(told(here, 'stop.inventory', id))).toEqual(ids);
});

/** As a crash leaves it: the journal ends after so many parts of the list. */
function cutAfter({ engine }: EngineHere, parts: number): void {
  const { journal, journalHead } = engine.paths;
  const all = readFileSync(journal, 'utf8').split('\n');
  const isPart = (line: string) => line.includes('"event":"stop.inventory",');
  const last =
    all.map((line, index) => (isPart(line) ? index : -1)).filter((index) => index >= 0)[parts - 1] ?? 0;
  writeFileSync(journal, `${all.slice(0, last + 1).join('\n')}\n`);
  rmSync(journalHead);
}

test('a list that a crash cut short is written anew at the next start, and counts once', async () => {
  const { here, accountId, brandId } = await publishing();
  const { keys, dataDir } = here;
  const ids = await fill(here, accountId, 600);
  const { id } = here.engine.stop.engage(order({ kind: 'brand', brandId }));
  await done(here, id);
  await here.close();
  cutAfter(here, 4);
  expect(idsOf(told(here, 'stop.inventory', id))).toEqual(ids.slice(0, 200));

  const second = await openEngine({ keys, dataDir });
  await second.engine.attach(second.storage);
  await done(second, id);
  expect(told(second, 'stop.inventory-begun', id)).toHaveLength(2);
  const { journal, journalHead } = second.engine.paths;
  await second.engine.journal.flush();
  const read = await readReport({ path: journal, headPath: journalHead, now: Date.now() }, id, brandId);
  expect(read.ok && read.value.held.map((post) => post.id)).toEqual(ids);
  expect(read.ok && read.value).toMatchObject({
    isInventoryWhole: true,
    heldInAll: 600,
    chain: { isWhole: true },
  });
  await second.close();

  const third = await openEngine({ keys, dataDir });
  await third.engine.attach(third.storage);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(told(third, 'stop.inventory-begun', id)).toHaveLength(2);
});

test('without the database it says that it waits, once, and writes the list when the database is there', async () => {
  const here = await openEngine();
  const brandId = await makeBrand(here.storage);
  const accountId = await makeAccount(here.storage, brandId, '@waits');
  await fill(here, accountId, 3);
  here.engine.stop.start('Zoé');
  const { id } = here.engine.stop.engage(order({ kind: 'everything' }));
  await until('it waits', 10_000, () => told(here, 'stop.inventory-waits', id).length > 0);
  here.engine.stop.engage(order({ kind: 'brand', brandId }));
  await until('the other waits', 10_000, () => told(here, 'stop.inventory-waits').length === 2);
  expect(told(here, 'stop.inventory-waits', id)).toHaveLength(1);
  await here.engine.attach(here.storage);
  await done(here, id);
  expect(idsOf(told(here, 'stop.inventory', id))).toHaveLength(3);
});

test('a start that finds the stop says nothing of waiting, and looks at the list once the database is there', async () => {
  const { here, accountId, brandId } = await publishing();
  const { keys, dataDir } = here;
  await fill(here, accountId, 3);
  const { id } = here.engine.stop.engage(order({ kind: 'brand', brandId }));
  await done(here, id);
  await here.close();

  const second = await openEngine({ keys, dataDir });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await second.engine.attach(second.storage);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(told(second, 'stop.inventory-waits')).toHaveLength(0);
  expect(told(second, 'stop.inventory-begun', id)).toHaveLength(1);
});

test('of several stops made at once each has its list; what a brand keeps of a wider one needs none', async () => {
  // Within one millisecond, as it is on a quick machine.
  const clock = createSystemClock();
  const now = () => Math.floor(clock.now() / 60_000) * 60_000;
  const { here, brandId, accountId } = await publishing({ clock: { ...clock, now } });
  const otherBrand = await makeBrand(here.storage, { name: 'Sol', market: 'Spain' });
  const otherAccount = await makeAccount(here.storage, otherBrand, '@sol', 'webhook');
  const [ours, others] = [await fill(here, accountId, 3), await fill(here, otherAccount, 2)];
  const stops = here.engine.stop.engageAll([
    order({ kind: 'market', market: 'France' }),
    order({ kind: 'brand', brandId: otherBrand }),
    order({ kind: 'brand', brandId }),
    order({ kind: 'account', accountId: otherAccount }),
  ]);
  for (const { id } of stops) await done(here, id);
  expect(stops.map(({ id }) => idsOf(told(here, 'stop.inventory', id)))).toEqual([
    ours,
    others,
    ours,
    others,
  ]);
  expect(told(here, 'stop.inventory-begun').map(({ details }) => details.scopeName)).toEqual([
    'France',
    '',
    '',
    '@sol',
  ]);
  const { id } = here.engine.stop.engage(order({ kind: 'everything' }));
  await done(here, id);
  await until('it is confirmed', 10_000, () => here.engine.stop.status().state === 'stopped');
  const { pressCount } = here.engine.stop.status();
  const released = here.engine.stop.release({
    by: 'Bao',
    brandIds: [otherBrand],
    stopIds: [],
    pressCount,
    allBrands: [
      { brandId, market: 'France' },
      { brandId: otherBrand, market: 'Spain' },
    ],
  });
  expect(released.ok).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(told(here, 'stop.inventory-begun')).toHaveLength(5);
});

test('what the engine itself wrote tells a client of a post that was out, one kept back and one that came later', async () => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const here = await openEngine();
  const { accountId, brandId } = await here.account(receiver.url);
  await here.engine.attach(here.storage);
  here.engine.stop.start('Zoé');
  const out = await here.post(accountId, 'already out');
  await until('it is out', 20_000, async () => (await here.storage.posts.read(out))?.state === 'published');
  const content = { parts: ['soon due'], link: '', media: [] };
  const due = { content, contentHash: contentHashOf(content), publishAt: Date.now() + 5_000 };
  const { ids } = await here.storage.posts.add([makePost(accountId, due)], Date.now());
  const soon = ids[0] ?? 0;
  here.engine.recordPlanned([{ id: soon, ...due }], 'scheduled', 'Inès');
  const { id } = here.engine.stop.engage(order({ kind: 'brand', brandId }));
  await done(here, id);
  const later = await here.post(accountId, 'written during the stop', 1_500);
  await until('both are told', 20_000, () => idsOf(told(here, 'posts.kept-back')).length === 2);
  const kept = told(here, 'posts.kept-back').flatMap(({ details }) => details.texts as readonly string[]);
  expect([...kept].sort()).toEqual(['', 'written during the stop']);
  expect(receiver.seen).toHaveLength(1);
  await here.engine.journal.flush();
  const { journal, journalHead } = here.engine.paths;
  const read = await readReport({ path: journal, headPath: journalHead, now: Date.now() }, id, brandId);
  if (!read.ok) throw new Error(read.error.code);
  expect(read.value).toMatchObject({
    stop: { control: 'button', by: 'Zoé', scope: `brand:${brandId}` },
    chain: { isWhole: true },
    out: [{ id: out, text: 'already out' }],
    held: [{ id: soon, text: 'soon due', proof: { how: 'scheduled', by: 'Inès' }, fate: { kind: 'missed' } }],
    missed: [{ id: later, text: 'written during the stop', proof: null, fate: { kind: 'missed' } }],
  });
  const line = lines(here)[read.value.stop.seq - 1];
  expect(read.value.stop).toMatchObject({ hash: line?.hash, at: line?.details.engagedAt });
});
