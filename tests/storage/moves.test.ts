import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOVES, POST_STATES, type PostState } from '../../src-main/core/post.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { freshStorage } from './fresh-storage.ts';
import { DAY, MINUTE, makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

/** Brings a new post, due now, into a state by the ways there are. */
async function postIn(storage: Storage, accountId: number, state: PostState): Promise<number> {
  const { ids } = await storage.posts.add([makePost(accountId, { text: `${Math.random()}` })], NOW);
  const id = ids[0] ?? 0;
  if (state === 'scheduled') return id;
  if (state === 'held' || state === 'canceled' || state === 'missed') {
    await storage.posts.move([id], state, 'by-person', '', NOW);
    return id;
  }
  const claims = await storage.posts.claimDue({
    now: NOW,
    limit: 1,
    perAccount: 1,
    epoch: 1,
    stopped: [],
    floors: [],
    newKey: () => 'key',
  });
  expect(claims.map((claim) => claim.post.id)).toEqual([id]);
  if (state !== 'publishing') {
    const refused = await storage.posts.settle([
      { postId: id, attempt: 1, state, reason: '', detail: '', refs: [], retryAt: null, at: NOW },
    ]);
    expect(refused).toEqual([]);
  }
  return id;
}

async function oneOfEach() {
  const { storage, ...rest } = await freshStorage();
  const brandId = await makeBrand(storage);
  const ids = new Map<PostState, number>();
  // The scheduled one last: the others are claimed from among all that are due.
  for (const state of [...POST_STATES].reverse()) {
    ids.set(state, await postIn(storage, await makeAccount(storage, brandId, state), state));
  }
  return { storage, ids, ...rest };
}

test.each(POST_STATES)('a person moves to %s exactly what the table of moves allows', async (to) => {
  const { storage, ids } = await oneOfEach();
  const legal = POST_STATES.filter(
    // Only a settlement ends what is in flight, but for saying that nobody knows; only a claim begins it.
    (from) =>
      MOVES[from].includes(to) && to !== 'publishing' && (from !== 'publishing' || to === 'unconfirmed'),
  );
  const { moved, refused } = await storage.posts.move(
    [...ids.values(), 4_711],
    to,
    'by-person',
    'why',
    NOW + 1,
  );
  expect([...moved].sort()).toEqual(legal.map((state) => ids.get(state)).sort());
  expect([...moved, ...refused].sort()).toEqual([...ids.values(), 4_711].sort());
  for (const [state, id] of ids) {
    const post = await storage.posts.read(id);
    if (legal.includes(state))
      expect(post).toMatchObject({ state: to, reason: 'by-person', detail: 'why', changedAt: NOW + 1 });
    else expect(post).toMatchObject({ state, changedAt: NOW });
  }
});

test('the database itself refuses every move that is not in the table, and every new post that is not scheduled', async () => {
  const { ids, lookInto } = await oneOfEach();
  await lookInto(async (sqlite) => {
    for (const from of POST_STATES) {
      for (const to of POST_STATES) {
        await sqlite.run('begin');
        const changing = sqlite.run(`UPDATE post SET state = '${to}' WHERE id = ${ids.get(from)}`);
        if (from === to || MOVES[from].includes(to)) await changing;
        else
          await expect(changing, `${from} to ${to}`).rejects.toMatchObject({
            said: expect.stringContaining('illegal move'),
          });
        await sqlite.run('rollback');
      }
    }
    await expect(sqlite.run(`UPDATE post SET state = 'gone'`)).rejects.toThrow();
    await expect(sqlite.run('DELETE FROM post')).rejects.toMatchObject({
      said: expect.stringContaining('posts never disappear'),
    });
    await expect(sqlite.run('UPDATE post SET account_id = 1 WHERE account_id <> 1')).rejects.toMatchObject({
      said: expect.stringContaining('keeps its account'),
    });
    await expect(
      sqlite.run(`INSERT INTO post (account_id, state, publish_at, changed_at, created_at, content_hash, local_time, time_zone,
        label, link, media, text) VALUES (1, 'published', 1, 1, 1, '', '', '', '', '', '[]', '')`),
    ).rejects.toMatchObject({ said: expect.stringContaining('a new post is scheduled') });
  });
});

test('what a post says is fixed when it is scheduled: the database refuses to change a word of it', async () => {
  const { lookInto } = await oneOfEach();
  await lookInto(async (sqlite) => {
    for (const column of ['text', 'parts', 'folded', 'link', 'media', 'content_hash'])
      await expect(sqlite.run(`UPDATE post SET ${column} = 'other'`), column).rejects.toMatchObject({
        said: expect.stringContaining('what a post says is fixed'),
      });
  });
});

test('the attempts of a post are unique, and belong to a post', async () => {
  const { ids, lookInto } = await oneOfEach();
  await lookInto(async (sqlite) => {
    await sqlite.all('PRAGMA foreign_keys = ON');
    const insert = (post: number) =>
      sqlite.run(`INSERT INTO attempt (post_id, approval, attempt, key, epoch, content_hash, started_at)
        VALUES (${post}, 1, 1, 'k', 1, 'h', 1)`);
    await expect(insert(ids.get('publishing') ?? 0)).rejects.toMatchObject({
      said: expect.stringContaining('UNIQUE'),
    });
    await expect(insert(4_711)).rejects.toMatchObject({ said: expect.stringContaining('FOREIGN KEY') });
  });
});

test('an attempt whose post is declared unconfirmed is over, and can be settled no more', async () => {
  const { storage, ids } = await oneOfEach();
  const id = ids.get('publishing') ?? 0;
  await storage.posts.move([id], 'unconfirmed', 'crash', 'the publisher ended', NOW + 1);
  expect((await storage.posts.attempts(id))[0]).toMatchObject({ outcome: 'unconfirmed', endedAt: NOW + 1 });
  const settlement = {
    postId: id,
    attempt: 1,
    state: 'published',
    reason: '',
    detail: '',
    refs: [],
    retryAt: null,
    at: NOW,
  } as const;
  expect(await storage.posts.settle([settlement])).toEqual([id]);
});

test('a new time is taken from scheduled, held and missed, and makes the post scheduled, as new', async () => {
  const { storage, ids } = await oneOfEach();
  const legal = ['scheduled', 'held', 'missed'] as const;
  const change = (postId: number) => ({
    postId,
    publishAt: NOW + DAY,
    localTime: '2027-01-16T09:00',
    timeZone: 'Europe/Brussels',
  });
  const all = [...ids.values(), 4_711];
  const { moved, refused } = await storage.posts.reschedule(all.map(change), NOW + 1);
  expect([...moved].sort()).toEqual(legal.map((state) => ids.get(state)).sort());
  expect([...moved, ...refused].sort()).toEqual([...all].sort());
  for (const [state, id] of ids) {
    const post = await storage.posts.read(id);
    if ((legal as readonly string[]).includes(state)) {
      expect(post).toMatchObject({
        state: 'scheduled',
        reason: '',
        detail: '',
        publishAt: NOW + DAY,
        localTime: '2027-01-16T09:00',
        timeZone: 'Europe/Brussels',
        attempts: 0,
        changedAt: NOW + 1,
      });
    } else {
      expect(post).toMatchObject({ state, publishAt: NOW });
    }
  }
});

test('a post that is given an earlier time goes before the others of its account', async () => {
  const { storage } = await freshStorage();
  const account = await makeAccount(storage, await makeBrand(storage), 'one');
  const { ids } = await storage.posts.add(
    [2, 1, 3].map((n) => makePost(account, { text: `${n}`, publishAt: NOW + n * MINUTE })),
    NOW,
  );
  expect((await storage.posts.summaries())[0]?.nextDueAt).toBe(NOW + MINUTE);
  const to = (postId: number, publishAt: number) =>
    storage.posts.reschedule([{ postId, publishAt, localTime: '', timeZone: 'UTC' }], NOW);
  await to(ids[2] ?? 0, NOW);
  expect((await storage.posts.summaries())[0]?.nextDueAt).toBe(NOW);
  await to(ids[2] ?? 0, NOW + DAY);
  expect((await storage.posts.summaries())[0]?.nextDueAt).toBe(NOW + MINUTE);
});

test('ids named twice are moved once and named once', async () => {
  const { storage, ids } = await oneOfEach();
  const id = ids.get('scheduled') ?? 0;
  expect(await storage.posts.move([id, id], 'held', 'by-person', '', NOW)).toEqual({
    moved: [id],
    refused: [],
  });
  const change = { postId: id, publishAt: NOW + 1, localTime: '', timeZone: 'UTC' };
  expect(await storage.posts.reschedule([change, { ...change, publishAt: NOW + 2 }], NOW)).toEqual({
    moved: [id],
    refused: [],
  });
});

test('in any order of moves, every post stays in exactly one state and the tallies agree', async () => {
  const { storage } = await freshStorage();
  const account = await makeAccount(storage, await makeBrand(storage), 'one');
  const { ids } = await storage.posts.add(
    Array.from({ length: 6 }, (_, n) => makePost(account, { text: `${n}`, publishAt: NOW + n })),
    NOW,
  );
  const step = fc.tuple(fc.subarray([...ids], { minLength: 1 }), fc.constantFrom(...POST_STATES));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 4 }), async (steps) => {
      for (const [some, to] of steps) {
        const before = new Map(
          (await storage.posts.readMany(some)).map((post) => [post.id, post.state] as const),
        );
        const { moved } = await storage.posts.move(some, to, 'by-person', '', NOW);
        for (const id of some) {
          const state = before.get(id) as PostState;
          expect(moved.includes(id)).toBe(to !== 'publishing' && MOVES[state].includes(to));
        }
      }
      const real: Record<string, number> = Object.fromEntries(POST_STATES.map((state) => [state, 0]));
      for (const post of await storage.posts.readMany(ids)) real[post.state] = (real[post.state] ?? 0) + 1;
      expect(await storage.posts.counts()).toEqual(real);
    }),
    { numRuns: 20 },
  );
});
