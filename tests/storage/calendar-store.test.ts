import { expect, test } from 'vitest';
import type { CalendarFilter } from '../../src-main/core/calendar.ts';
import { POST_STATES } from '../../src-main/core/post.ts';
import { freshStorage } from './fresh-storage.ts';
import { DAY, MINUTE, makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

/** Four accounts of two brands in two markets, and posts of several states over ten days. */
async function scene() {
  const { storage } = await freshStorage();
  const [lune, skerry] = [
    await makeBrand(storage, { market: 'FR' }),
    await makeBrand(storage, { market: 'UK' }),
  ];
  const accounts = [
    await makeAccount(storage, lune, 'a'),
    await makeAccount(storage, lune, 'b', 'webhook'),
    await makeAccount(storage, skerry, 'c'),
    await makeAccount(storage, skerry, 'd', 'webhook'),
  ];
  const posts = Array.from({ length: 200 }, (_, index) =>
    makePost(accounts[(index * 7) % 4] ?? 0, {
      text: `post ${index}`,
      publishAt: NOW + ((index * 37) % 200) * (DAY / 20) - DAY,
    }),
  );
  const { ids } = await storage.posts.add(posts, NOW);
  await storage.posts.move(ids.slice(0, 20), 'held', 'by-person', '', NOW);
  await storage.posts.move(ids.slice(20, 50), 'missed', 'late', '', NOW);
  await storage.posts.move(ids.slice(50, 60), 'canceled', 'by-person', '', NOW);
  return { storage, lune, skerry, accounts, ids };
}

test('counts and first posts of each day are those that looking at every post gives, whatever the filter', async () => {
  const { storage, lune, accounts, ids } = await scene();
  const all = (await storage.posts.readMany(ids)).toSorted(
    (a, b) => a.publishAt - b.publishAt || a.id - b.id,
  );
  const edges = Array.from({ length: 9 }, (_, day) => NOW - 2 * DAY + day * DAY);
  const brandsOf = new Map(
    [...new Set(all.map((post) => post.brandId))].map((id) => [id, id === lune ? 'FR' : 'UK']),
  );
  const networks = new Map(accounts.map((id, index) => [id, index % 2 === 0 ? 'practice' : 'webhook']));
  const filters: CalendarFilter[] = [
    {},
    { states: ['scheduled', 'held'] },
    { states: [] },
    { brandId: lune },
    { accountId: accounts[3] ?? 0 },
    { market: 'uk' },
    { network: 'webhook', states: ['missed', 'canceled'] },
    { network: 'nowhere' },
  ];
  for (const filter of filters) {
    const wanted = all.filter(
      (post) =>
        (filter.states === undefined || filter.states.includes(post.state)) &&
        (filter.brandId === undefined || post.brandId === filter.brandId) &&
        (filter.accountId === undefined || post.accountId === filter.accountId) &&
        (filter.market === undefined || brandsOf.get(post.brandId) === filter.market.toUpperCase()) &&
        (filter.network === undefined || networks.get(post.accountId) === filter.network),
    );
    const found = await storage.calendar.stretches(filter, edges, 3);
    expect(found).toHaveLength(8);
    for (const [index, stretch] of found.entries()) {
      const [from = 0, to = 0] = [edges[index], edges[index + 1]];
      const there = wanted.filter((post) => post.publishAt >= from && post.publishAt < to);
      for (const state of POST_STATES)
        expect(stretch.counts[state]).toBe(there.filter((post) => post.state === state).length);
      expect(stretch.posts.map((post) => post.id)).toEqual(there.slice(0, 3).map((post) => post.id));
      const page = await storage.calendar.page(filter, from, to, 2, 5);
      expect(page.map((post) => post.id)).toEqual(there.slice(2, 7).map((post) => post.id));
    }
  }
});

test('a stretch of no length holds nothing, and what an import is still adding is not there', async () => {
  const { storage, accounts } = await scene();
  const edges = [NOW, NOW, NOW + DAY];
  const before = await storage.calendar.stretches({}, edges, 50);
  expect(before[0]?.posts).toEqual([]);
  let during: typeof before = [];
  await storage.posts.importAll(
    (async function* () {
      yield [makePost(accounts[0] ?? 0, { text: 'arriving', publishAt: NOW + MINUTE })];
    })(),
    NOW,
    () => {},
    async () => {
      during = await storage.calendar.stretches({}, edges, 50);
    },
  );
  expect(during[1]).toEqual(before[1]);
  const after = await storage.calendar.stretches({}, edges, 50);
  expect(after[1]?.counts.scheduled).toBe((before[1]?.counts.scheduled ?? 0) + 1);
});

test('two scheduled posts of an account less than five minutes apart are told, and no others', async () => {
  const { storage } = await freshStorage();
  const brandId = await makeBrand(storage);
  const [a, b] = [await makeAccount(storage, brandId, 'a'), await makeAccount(storage, brandId, 'b')];
  const at = (accountId: number, seconds: number, text: string) =>
    makePost(accountId, { text, publishAt: NOW + seconds * 1_000 });
  const { ids } = await storage.posts.add(
    [at(a, 0, '1'), at(a, 299, '2'), at(a, 599, '3'), at(b, 0, '4'), at(b, 30, '5')],
    NOW,
  );
  await storage.posts.move([ids[4] ?? 0], 'held', 'by-person', '', NOW);
  const page = await storage.calendar.page({}, NOW, NOW + DAY, 0, 10);
  const colliding = page.filter((post) => post.collides).map((post) => post.text);
  expect(colliding.sort()).toEqual(['1', '2']);
});

test('an account that posts in the period is told with the days on which it says nothing; one that never posts is not', async () => {
  const { storage } = await freshStorage();
  const brandId = await makeBrand(storage);
  const [a, b] = [await makeAccount(storage, brandId, 'a'), await makeAccount(storage, brandId, 'b')];
  await makeAccount(storage, brandId, 'silent');
  const { ids } = await storage.posts.add(
    [
      makePost(a, { publishAt: NOW }),
      makePost(b, { publishAt: NOW + DAY }),
      makePost(b, { publishAt: NOW, text: 'held' }),
    ],
    NOW,
  );
  await storage.posts.move([ids[2] ?? 0], 'held', 'by-person', '', NOW);
  const gaps = await storage.calendar.gaps({}, NOW - DAY, NOW + 9 * DAY, [NOW, NOW + DAY, NOW + 2 * DAY]);
  expect(gaps).toEqual([
    { accountId: a, brandId, emptyDays: [1] },
    { accountId: b, brandId, emptyDays: [0] },
  ]);
  expect(await storage.calendar.gaps({ accountId: b }, NOW - DAY, NOW, [NOW, NOW + DAY])).toEqual([]);
});
