import fc from 'fast-check';
import { expect, test } from 'vitest';
import { POST_STATES, type Post } from '../../src-main/core/post.ts';
import type { NewPost, PostFilter } from '../../src-main/core/queue.ts';
import { covers, type Scope } from '../../src-main/core/scope.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { freshStorage } from './fresh-storage.ts';
import { MINUTE, makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

async function oneAccount() {
  const fresh = await freshStorage();
  return { ...fresh, account: await makeAccount(fresh.storage, await makeBrand(fresh.storage), 'one') };
}

test('a post is kept exactly as it was given', async () => {
  const { storage, account, reopen } = await oneAccount();
  const given: NewPost = {
    accountId: account,
    content: {
      parts: ['Première partie: "ÉTÉ" \\ 100 % {"json":[1]}\r\n\ttab', '', '第二 👩‍👩‍👧 \u0000 end'],
      link: 'https://example.org/?a=1&b=é',
      media: [{ sha256: 'a'.repeat(64), mime: 'image/png', bytes: 12, name: "l'été.png", altText: '' }],
    },
    label: 'l\'"été"',
    publishAt: NOW + 7,
    localTime: '2027-01-15T09:00',
    timeZone: 'Europe/Paris',
    contentHash: 'hash',
    importKey: 'key; DROP TABLE post',
  };
  const { ids, known } = await storage.posts.add([given], NOW);
  expect(known).toBe(0);
  const wanted: Post = {
    id: ids[0] ?? 0,
    accountId: account,
    brandId: (await storage.brands.list())[0]?.id ?? 0,
    state: 'scheduled',
    reason: '',
    detail: '',
    content: given.content,
    label: given.label,
    publishAt: given.publishAt,
    localTime: given.localTime,
    timeZone: given.timeZone,
    attempts: 0,
    refs: [],
    createdAt: NOW,
    changedAt: NOW,
  };
  expect(await storage.posts.read(ids[0] ?? 0)).toEqual(wanted);
  expect(await (await reopen()).posts.readMany([99, ids[0] ?? 0])).toEqual([wanted]);
  expect(await (await reopen()).posts.read(99)).toBeNull();
});

test('any text, of one part or more, comes back as it went in', async () => {
  const { storage, account } = await oneAccount();
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), text, async (parts, link) => {
      const { ids } = await storage.posts.add(
        [makePost(account, { content: { parts, link, media: [] } })],
        NOW,
      );
      expect((await storage.posts.read(ids[0] ?? 0))?.content).toEqual({ parts, link, media: [] });
    }),
    { numRuns: 60 },
  );
});

test('adding returns the ids in the order given, and what is known adds nothing', async () => {
  const { storage, account } = await oneAccount();
  const post = (n: number, importKey: string | null) =>
    makePost(account, { text: `text ${n}`, publishAt: NOW - n, importKey });
  const first = await storage.posts.add([post(1, 'a'), post(2, null), post(3, 'b')], NOW);
  expect(first.known).toBe(0);
  expect((await storage.posts.readMany(first.ids)).map((each) => each.content.parts[0])).toEqual([
    'text 1',
    'text 2',
    'text 3',
  ]);
  const second = await storage.posts.add([post(4, 'b'), post(5, 'c'), post(6, 'c'), post(7, null)], NOW);
  expect(second.known).toBe(2);
  expect((await storage.posts.readMany(second.ids)).map((each) => each.content.parts[0])).toEqual([
    'text 5',
    'text 7',
  ]);
  expect(await storage.posts.knownKeys(['a', 'b', 'c', 'd'])).toEqual(new Set(['a', 'b', 'c']));
  expect(await storage.posts.add([], NOW)).toEqual({ ids: [], known: 0 });
});

test('a key stays known whatever becomes of its post', async () => {
  const { storage, account } = await oneAccount();
  const { ids } = await storage.posts.add([makePost(account, { importKey: 'a' })], NOW);
  await storage.posts.move(ids, 'canceled', 'by-person', '', NOW);
  expect(await storage.posts.add([makePost(account, { importKey: 'a' })], NOW)).toEqual({
    ids: [],
    known: 1,
  });
});

test('thousands of posts are added in one transaction: all, or none when one of them cannot be', async () => {
  const { storage, account } = await oneAccount();
  const posts = Array.from({ length: 1_700 }, (_, n) =>
    makePost(account, { text: `${n}`, publishAt: NOW + n }),
  );
  const { ids } = await storage.posts.add(posts, NOW);
  expect(ids).toHaveLength(1_700);
  const wrong = { ...makePost(account), publishAt: 1.5 };
  await expect(storage.posts.add([...posts, wrong], NOW)).rejects.toThrow();
  await expect(storage.posts.add([...posts, makePost(99)], NOW)).rejects.toThrow('not there');
  expect((await storage.posts.counts()).scheduled).toBe(1_700);
});

/** Three brands in two markets, eight accounts on two networks, posts in every state at mixed times. */
async function mixedQueue(storage: Storage) {
  const brands = [
    await makeBrand(storage, { market: 'FR' }),
    await makeBrand(storage, { market: 'fr' }),
    await makeBrand(storage, { market: 'Écosse' }),
  ];
  const accounts: number[] = [];
  for (let n = 0; n < 8; n += 1) {
    accounts.push(
      await makeAccount(storage, brands[n % 3] ?? 0, `account ${n}`, n < 5 ? 'practice' : 'webhook'),
    );
  }
  const texts = [
    'Grande OUVERTURE à Évian',
    'Soldes d’été: 50 % de remise',
    'grande soirée_privée',
    'ÉTÉ à la plage',
  ];
  const posts = Array.from({ length: 400 }, (_, n) =>
    makePost(accounts[(n * 5) % 8] ?? 0, {
      content: {
        parts: n % 9 === 0 ? [`${texts[n % 4]} ${n}`, 'suite du FIL'] : [`${texts[n % 4]} ${n}`],
        link: '',
        media: [],
      },
      label: ['', 'spring', 'summer\nspring', 'a "b" \\c\nd'][n % 4] as string,
      contentHash: `${n}`,
      publishAt: NOW + ((n * 7) % 100) * MINUTE,
    }),
  );
  const { ids } = await storage.posts.add(posts, NOW);
  const some = (from: number, step: number) => ids.filter((_, n) => n % step === from);
  await storage.posts.move(some(1, 7), 'held', 'by-person', '', NOW + 1);
  await storage.posts.move(some(2, 7), 'missed', 'late', '', NOW + 2);
  await storage.posts.move(some(3, 11), 'canceled', 'by-person', '', NOW + 3);
  for (const state of ['published', 'unconfirmed', 'failed', null] as const) {
    const claims = await storage.posts.claimDue({
      now: NOW + 5 * MINUTE,
      limit: 2,
      perAccount: 1,
      epoch: 1,
      stopped: [],
      floors: [],
      newKey: () => 'key',
    });
    const settlement = { reason: '', detail: '', refs: [], retryAt: null } as const;
    if (state === null) break;
    await storage.posts.settle(
      claims.map(({ post, attempt }, n) => ({
        ...settlement,
        postId: post.id,
        attempt,
        state,
        at: NOW + 10 + n,
      })),
    );
  }
  return { brands, accounts, posts: await storage.posts.readMany(ids) };
}

test('pages show what the filter says, in the order asked for, with the right total', async () => {
  const { storage } = await freshStorage();
  const { brands, accounts, posts } = await mixedQueue(storage);
  expect(new Set(posts.map((post) => post.state))).toEqual(new Set(POST_STATES));
  const places = new Map((await storage.accounts.list()).map((account) => [account.id, account] as const));
  const markets = new Map((await storage.brands.list()).map((brand) => [brand.id, brand.market] as const));
  const expected = (filter: PostFilter) =>
    posts.filter((post) => {
      const text = post.content.parts.join('\n').toLowerCase();
      return (
        (filter.states?.includes(post.state) ?? true) &&
        (filter.brandId === undefined || post.brandId === filter.brandId) &&
        (filter.accountId === undefined || post.accountId === filter.accountId) &&
        (filter.network === undefined || places.get(post.accountId)?.network === filter.network) &&
        (filter.market === undefined ||
          markets.get(post.brandId)?.toLowerCase() === filter.market.toLowerCase()) &&
        (filter.label === undefined ||
          (filter.label === '' ? post.label === '' : post.label.split('\n').includes(filter.label))) &&
        (filter.search === undefined || text.includes(filter.search.toLowerCase())) &&
        (filter.from === undefined || post.publishAt >= filter.from) &&
        (filter.to === undefined || post.publishAt < filter.to)
      );
    });
  const orders = {
    soonest: (a: Post, b: Post) => a.publishAt - b.publishAt || a.id - b.id,
    latest: (a: Post, b: Post) => b.publishAt - a.publishAt || b.id - a.id,
    changed: (a: Post, b: Post) => b.changedAt - a.changedAt || b.id - a.id,
  };
  const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 });
  const filters = fc
    .record({
      states: maybe(fc.subarray([...POST_STATES])),
      brandId: maybe(fc.constantFrom(...brands, 99)),
      accountId: maybe(fc.constantFrom(...accounts, 99)),
      network: maybe(fc.constantFrom('practice', 'webhook', 'none')),
      market: maybe(fc.constantFrom('fr', 'ÉCOSSE', '')),
      label: maybe(fc.constantFrom('', 'spring', 'winter', 'a "b" \\c')),
      search: maybe(
        fc.constantFrom('été', 'ÉVIAN', 'GRANDE', '50 %', 'E_P', '%', '\\', 'fil', 'suite du fil', ''),
      ),
      from: maybe(fc.integer({ min: 0, max: 100 }).map((n) => NOW + n * MINUTE)),
      to: maybe(fc.integer({ min: 0, max: 100 }).map((n) => NOW + n * MINUTE)),
    })
    .map(
      (raw) =>
        Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined)) as PostFilter,
    );
  await fc.assert(
    fc.asyncProperty(
      filters,
      fc.constantFrom('soonest', 'latest', 'changed'),
      fc.nat(150),
      fc.integer({ min: 1, max: 500 }),
      async (filter, order, offset, limit) => {
        const all = expected(filter).sort(orders[order]);
        const page = await storage.posts.page(filter, order, offset, limit);
        expect(page.total).toBe(all.length);
        expect(page.posts).toEqual(all.slice(offset, offset + limit));
      },
    ),
    { numRuns: 250 },
  );
});

test('the stream gives every post of the filter once, in file order', async () => {
  const { storage } = await freshStorage();
  const { posts, accounts } = await mixedQueue(storage);
  const filters: readonly PostFilter[] = [
    {},
    { states: ['scheduled', 'held'] },
    { accountId: accounts[2] ?? 0 },
    { network: 'webhook', search: 'été' },
    { states: [] },
  ];
  for (const filter of filters) {
    const streamed: Post[] = [];
    for await (const chunk of storage.posts.stream(filter)) streamed.push(...chunk);
    const page = await storage.posts.page(filter, 'soonest', 0, 500);
    expect(streamed).toEqual(page.posts);
  }
  expect((await storage.posts.page({}, 'soonest', 0, 500)).total).toBe(posts.length);
});

test('a long stream comes in chunks and ends', async () => {
  const { storage, account } = await oneAccount();
  await storage.posts.add(
    Array.from({ length: 1_234 }, (_, n) => makePost(account, { text: `${n}`, publishAt: NOW + (n % 3) })),
    NOW,
  );
  const ids: number[] = [];
  for await (const chunk of storage.posts.stream({})) {
    expect(chunk.length).toBeLessThanOrEqual(500);
    ids.push(...chunk.map((post) => post.id));
  }
  expect(new Set(ids).size).toBe(1_234);
});

test('counts, summaries and what a scope covers are what counting the posts gives', async () => {
  const { storage } = await freshStorage();
  const { brands, accounts, posts } = await mixedQueue(storage);
  const count = (some: readonly Post[]) =>
    Object.fromEntries(
      POST_STATES.map((state) => [state, some.filter((post) => post.state === state).length]),
    );
  expect(await storage.posts.counts()).toEqual(count(posts));
  const unused = await makeAccount(storage, brands[0] ?? 0, 'unused');
  const summaries = await storage.posts.summaries();
  expect(summaries.map((summary) => summary.accountId)).toEqual(accounts);
  expect(accounts).not.toContain(unused);
  for (const summary of summaries) {
    const own = posts.filter((post) => post.accountId === summary.accountId);
    const next = own.filter((post) => post.state === 'scheduled').map((post) => post.publishAt);
    expect(summary).toEqual({
      accountId: summary.accountId,
      counts: count(own),
      nextDueAt: next.length === 0 ? null : Math.min(...next),
    });
  }
  const places = new Map((await storage.accounts.list()).map((account) => [account.id, account] as const));
  const markets = new Map((await storage.brands.list()).map((brand) => [brand.id, brand.market] as const));
  const scopes: readonly Scope[] = [
    { kind: 'everything' },
    { kind: 'market', market: 'Fr' },
    { kind: 'market', market: 'éCOSSE' },
    { kind: 'market', market: '' },
    { kind: 'brand', brandId: brands[1] ?? 0 },
    { kind: 'network', network: 'webhook' },
    { kind: 'account', accountId: accounts[3] ?? 0 },
    { kind: 'account', accountId: 99 },
  ];
  for (const scope of scopes) {
    const covered = posts.filter(
      (post) =>
        post.state === 'scheduled' &&
        covers(scope, {
          accountId: post.accountId,
          brandId: post.brandId,
          market: markets.get(post.brandId) ?? '',
          network: places.get(post.accountId)?.network ?? '',
        }),
    );
    expect(await storage.posts.countScheduled(scope), JSON.stringify(scope)).toBe(covered.length);
  }
});

test('an empty queue counts nothing', async () => {
  const { storage } = await freshStorage();
  expect(await storage.posts.counts()).toEqual(Object.fromEntries(POST_STATES.map((state) => [state, 0])));
  expect(await storage.posts.summaries()).toEqual([]);
  expect(await storage.posts.page({}, 'soonest', 0, 500)).toEqual({ posts: [], total: 0 });
  expect(await storage.posts.page({ search: 'x' }, 'soonest', 0, 500)).toEqual({ posts: [], total: 0 });
  expect(await storage.posts.countScheduled({ kind: 'everything' })).toBe(0);
});

test('the next post that may go skips accounts that cannot send, what is past, and keeps the time of a retry', async () => {
  const { storage, account } = await oneAccount();
  const other = await makeAccount(storage, await makeBrand(storage), 'other');
  const add = (id: number, publishAt: number) =>
    storage.posts.add([makePost(id, { text: `at ${publishAt}`, publishAt })], NOW);
  await add(account, NOW - MINUTE);
  expect(await storage.posts.nextToGo(NOW, [])).toBeNull();
  await add(account, NOW + 2 * MINUTE);
  await add(other, NOW + 3 * MINUTE);
  expect(await storage.posts.nextToGo(NOW, [])).toBe(NOW + 2 * MINUTE);
  expect(await storage.posts.nextToGo(NOW, [{ kind: 'account', accountId: account }])).toBe(NOW + 3 * MINUTE);
  const [claim] = await storage.posts.claimDue({
    now: NOW,
    limit: 1,
    perAccount: 1,
    stopped: [],
    floors: [],
    epoch: 1,
    newKey: () => 'k'.repeat(26),
  });
  if (!claim) throw new Error('nothing claimed');
  await storage.posts.settle([
    {
      postId: claim.post.id,
      attempt: claim.attempt,
      outcome: 'try-later',
      state: 'scheduled',
      reason: '',
      detail: '',
      refs: [],
      retryAt: NOW + MINUTE,
      at: NOW,
    },
  ]);
  expect(await storage.posts.nextToGo(NOW, [])).toBe(NOW + MINUTE);
  await storage.accounts.signOut(account, 'no');
  expect(await storage.posts.nextToGo(NOW, [])).toBe(NOW + 3 * MINUTE);
});
