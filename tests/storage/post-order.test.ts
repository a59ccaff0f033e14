import { expect, it } from 'vitest';
import type { PostFilter, PostOrder } from '../../src-main/core/queue.ts';
import { freshStorage } from './fresh-storage.ts';
import { DAY, MINUTE, makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

/** Three brands with two accounts each, posts at times that cross, some held, some canceled. */
async function fill() {
  const { storage } = await freshStorage();
  const places = new Map<number, { brand: string; account: string }>();
  const accounts: number[] = [];
  for (const brand of ['Zénith', 'alba', 'Mistral']) {
    const brandId = await makeBrand(storage, { name: brand });
    for (const account of ['b', 'a']) {
      const id = await makeAccount(storage, brandId, `${account} of ${brand}`);
      accounts.push(id);
      places.set(id, { brand, account: `${account} of ${brand}` });
    }
  }
  const { ids } = await storage.posts.add(
    Array.from({ length: 60 }, (_, index) =>
      makePost(accounts[index % 6] as number, {
        text: index % 2 === 0 ? `Even ${index}` : `Odd ${index}`,
        publishAt: NOW + DAY + ((index * 37) % 60) * MINUTE,
        contentHash: `h${index}`,
      }),
    ),
    NOW,
  );
  await storage.posts.move(ids.slice(10, 20), 'held', 'by-person', '', NOW);
  await storage.posts.move(ids.slice(30, 37), 'canceled', 'by-person', '', NOW);
  return { storage, places };
}

const STATES = [
  'unconfirmed',
  'missed',
  'held',
  'publishing',
  'scheduled',
  'failed',
  'published',
  'canceled',
];

it('sorts by state, brand and account both ways, each by time, page by page as all at once', async () => {
  const { storage, places } = await fill();
  const filters: PostFilter[] = [{}, { search: 'even' }, { from: NOW + DAY + 10 * MINUTE }, { market: 'fr' }];
  for (const filter of filters) {
    const soonest = (await storage.posts.page(filter, 'soonest', 0, 500)).posts;
    for (const by of ['state', 'brand', 'account'] as const) {
      for (const turn of [1, -1]) {
        const order: PostOrder = turn === 1 ? by : `${by}-back`;
        const keyOf = (post: (typeof soonest)[number]) =>
          by === 'state' ? String(STATES.indexOf(post.state)) : (places.get(post.accountId)?.[by] ?? '');
        const expected = [...soonest]
          .sort((a, b) => turn * keyOf(a).localeCompare(keyOf(b)) || a.publishAt - b.publishAt)
          .map(({ id }) => id);
        const paged: number[] = [];
        for (let offset = 0; offset < soonest.length; offset += 7) {
          const page = await storage.posts.page(filter, order, offset, 7);
          expect(page.total).toBe(soonest.length);
          paged.push(...page.posts.map(({ id }) => id));
        }
        expect(paged, `${order} ${JSON.stringify(filter)}`).toEqual(expected);
        const whole = await storage.posts.page(filter, order, 0, 500);
        expect(whole.posts.map(({ id }) => id)).toEqual(expected);
      }
    }
  }
});

it('does nothing to a post that changed since it was seen, and moves those that did not', async () => {
  const { storage } = await fill();
  const { posts } = await storage.posts.page({ states: ['scheduled'] }, 'soonest', 0, 3);
  const [first, second, third] = posts as [(typeof posts)[0], (typeof posts)[0], (typeof posts)[0]];
  await storage.posts.move([second.id], 'held', 'by-person', '', NOW + 1);
  const time = { publishAt: NOW + 2 * DAY, localTime: '2027-01-17T09:00', timeZone: 'Europe/Paris' };
  const changes = [first, second, third].map((seen) => ({
    seen,
    state: 'scheduled' as const,
    reason: '' as const,
    time,
  }));
  expect(await storage.posts.change(changes, NOW + 2)).toEqual([first.id, third.id]);
  expect(await storage.posts.read(first.id)).toMatchObject({
    ...time,
    state: 'scheduled',
    changedAt: NOW + 2,
  });
  expect((await storage.posts.read(second.id))?.publishAt).toBe(second.publishAt);
});

it('refuses an illegal move of state as a whole', async () => {
  const { storage } = await fill();
  const { posts } = await storage.posts.page({ states: ['canceled'] }, 'soonest', 0, 1);
  const [seen] = posts as [(typeof posts)[0]];
  await expect(
    storage.posts.change([{ seen, state: 'scheduled', reason: '', time: null }], NOW + 2),
  ).rejects.toThrow();
});

it('gives posts to another account: the row is canceled, another says the same, held where it was held', async () => {
  const { storage, places } = await fill();
  const [to] = [...places.keys()] as [number];
  const page = async (state: 'scheduled' | 'held') =>
    (await storage.posts.page({ states: [state] }, 'latest', 0, 100)).posts.find(
      (one) => one.accountId !== to,
    );
  const chosen = [await page('scheduled'), await page('held')].flatMap((post) => (post ? [post] : []));
  const made = await storage.posts.transfer(
    chosen.map((seen) => ({
      seen,
      post: makePost(to, { ...seen, accountId: to, contentHash: 'x', importKey: null }),
    })),
    NOW + 5,
  );
  expect(made.map(({ from }) => from)).toEqual(chosen.map(({ id }) => id));
  for (const [index, { from, to: id }] of made.entries()) {
    expect(await storage.posts.read(from)).toMatchObject({ state: 'canceled', reason: 'to-account' });
    expect(await storage.posts.read(id)).toMatchObject({
      accountId: to,
      state: chosen[index]?.state,
      publishAt: chosen[index]?.publishAt,
      content: chosen[index]?.content,
    });
  }
});
