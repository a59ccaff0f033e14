import { expect, test } from 'vitest';
import type { Claim, ClaimRequest, NewPost } from '../../src-main/core/queue.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { freshStorage } from './fresh-storage.ts';
import { DAY, MINUTE, makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

let keys = 0;
function claim(storage: Storage, more: Partial<ClaimRequest> = {}): Promise<readonly Claim[]> {
  return storage.posts.claimDue({
    now: NOW,
    limit: 100,
    perAccount: 1,
    epoch: 1,
    stopped: [],
    floors: [],
    newKey: () => {
      keys += 1;
      return `key-${keys}`;
    },
    ...more,
  });
}

const idsOf = (claims: readonly Claim[]) => claims.map(({ post }) => post.id);

async function settleAs(
  storage: Storage,
  claimed: Claim,
  more: { state: 'published' | 'scheduled' | 'unconfirmed' | 'missed'; retryAt?: number },
) {
  const refused = await storage.posts.settle([
    {
      postId: claimed.post.id,
      attempt: claimed.attempt,
      state: more.state,
      reason: '',
      detail: '',
      refs: [],
      retryAt: more.retryAt ?? null,
      at: NOW,
    },
  ]);
  expect(refused).toEqual([]);
}

/** A brand with `count` accounts and a way to add posts by [account, minutes from now, more]. */
async function desk(count: number) {
  const { storage, ...rest } = await freshStorage();
  const brandId = await makeBrand(storage);
  const accounts: number[] = [];
  for (let n = 0; n < count; n += 1) accounts.push(await makeAccount(storage, brandId, `account ${n}`));
  const add = async (...posts: (readonly [number, number, (Partial<NewPost> & { text?: string })?])[]) =>
    (
      await storage.posts.add(
        posts.map(([account, minutes, more], n) =>
          makePost(accounts[account] ?? 0, {
            text: `text ${n} ${minutes}`,
            publishAt: NOW + minutes * MINUTE,
            ...more,
          }),
        ),
        NOW - DAY,
      )
    ).ids;
  return { storage, brandId, accounts, add, ...rest };
}

test('a claim carries the post, its account, brand and secret, and the intent is in the history', async () => {
  const { storage, accounts, add, brandId } = await desk(1);
  await storage.accounts.setSealed(accounts[0] ?? 0, 'sealed');
  const [id = 0] = await add([0, 0]);
  const [claimed] = await claim(storage, { epoch: 7 });
  expect(claimed).toEqual({
    post: await storage.posts.read(id),
    account: await storage.accounts.read(accounts[0] ?? 0),
    brand: (await storage.brands.list())[0],
    attempt: 1,
    refusals: 0,
    key: claimed?.key,
    sealed: 'sealed',
  });
  expect(claimed?.post).toMatchObject({ id, brandId, state: 'publishing', attempts: 1, changedAt: NOW });
  expect(await storage.posts.attempts(id)).toEqual([
    {
      postId: id,
      attempt: 1,
      key: claimed?.key,
      epoch: 7,
      startedAt: NOW,
      endedAt: null,
      outcome: '',
      detail: '',
    },
  ]);
});

test('the intent keeps the key and the hash of what is to be said', async () => {
  const { storage, add, lookInto } = await desk(1);
  const [id = 0] = await add([0, 0]);
  const [claimed] = await claim(storage);
  const rows = await lookInto((sqlite) => sqlite.all('SELECT post_id, key, content_hash FROM attempt'));
  expect(rows).toEqual([{ post_id: id, key: claimed?.key, content_hash: `hash of text 0 0 ${NOW}` }]);
});

test('the earliest go first, equal times by age, and no more than asked for', async () => {
  const { storage, add } = await desk(5);
  const [a, b, c, d] = await add([0, -1], [1, -3], [2, -1], [3, -2], [4, 1]);
  expect(idsOf(await claim(storage, { limit: 3 }))).toEqual([b, d, a]);
  expect(idsOf(await claim(storage, { limit: 3 }))).toEqual([c]);
  expect(idsOf(await claim(storage, { limit: 3 }))).toEqual([]);
});

test('what is due in this millisecond is due; what is due in the next is not', async () => {
  const { storage, add } = await desk(2);
  const [due] = await add([0, 0], [1, 0, { publishAt: NOW + 1 }]);
  expect(idsOf(await claim(storage))).toEqual([due]);
});

test('a post exactly as late as the grace allows is claimed, one a millisecond later is not, and is not in the way', async () => {
  const { storage, add } = await desk(2);
  const [, after, exact] = await add([0, 0, { publishAt: NOW - 5 * MINUTE - 1 }], [0, -1], [1, -5]);
  expect(idsOf(await claim(storage))).toEqual([exact, after]);
});

test('an account has no more posts in flight than allowed, counting those already there', async () => {
  const { storage, add } = await desk(2);
  const [a, b, c, other] = await add([0, -4], [0, -3], [0, -2], [1, -1]);
  expect(idsOf(await claim(storage, { perAccount: 2, limit: 1 }))).toEqual([a]);
  expect(idsOf(await claim(storage, { perAccount: 2 }))).toEqual([b, other]);
  expect(idsOf(await claim(storage, { perAccount: 2 }))).toEqual([]);
  expect(idsOf(await claim(storage, { perAccount: 3 }))).toEqual([c]);
});

test('held and signed-out accounts are passed over, others are not', async () => {
  const { storage, accounts, add } = await desk(3);
  const [held = 0, out = 0] = accounts;
  await storage.accounts.setHeld(held, NOW);
  await storage.accounts.signOut(out, 'revoked');
  const [, , free] = await add([0, -2], [1, -2], [2, -1]);
  expect(idsOf(await claim(storage))).toEqual([free]);
  await storage.accounts.setHeld(held, null);
  expect(idsOf(await claim(storage))).toHaveLength(1);
});

test('a post whose fate is unknown holds back the later ones of its account', async () => {
  const { storage, add } = await desk(1);
  const [first, second] = await add([0, -2], [0, -1]);
  const [claimed] = await claim(storage);
  if (!claimed) throw new Error('nothing claimed');
  await settleAs(storage, claimed, { state: 'unconfirmed' });
  expect(await claim(storage, { perAccount: 4 })).toEqual([]);
  await storage.posts.move([first ?? 0], 'published', 'looked-up', '', NOW);
  expect(idsOf(await claim(storage))).toEqual([second]);
});

test('a later post does not overtake one that waits to be tried again', async () => {
  const { storage, add } = await desk(2);
  const [first, second, other] = await add([0, -3], [0, -2], [1, -1]);
  const [claimed] = await claim(storage, { limit: 1 });
  if (!claimed) throw new Error('nothing claimed');
  await settleAs(storage, claimed, { state: 'scheduled', retryAt: NOW + 1 });
  expect(idsOf(await claim(storage, { perAccount: 2, limit: 1 }))).toEqual([other]);
  expect(idsOf(await claim(storage, { perAccount: 2 }))).toEqual([]);
  expect(idsOf(await claim(storage, { perAccount: 2, now: NOW + 1 }))).toEqual([first, second]);
});

test('one that was put before a waiting post goes; one behind it does not', async () => {
  const { storage, add } = await desk(1);
  await add([0, -2]);
  const [claimed] = await claim(storage);
  if (!claimed) throw new Error('nothing claimed');
  await settleAs(storage, claimed, { state: 'scheduled', retryAt: NOW + MINUTE });
  const [before] = await add([0, -3], [0, -1]);
  expect(idsOf(await claim(storage, { perAccount: 3 }))).toEqual([before]);
});

test('an attempt after a retry keeps the key and counts on; a new time starts anew with another key', async () => {
  const { storage, add } = await desk(1);
  const [id = 0] = await add([0, 0]);
  const [first] = await claim(storage);
  if (!first) throw new Error('nothing claimed');
  await settleAs(storage, first, { state: 'scheduled', retryAt: NOW });
  const [second] = await claim(storage);
  if (!second) throw new Error('nothing claimed');
  expect(second).toMatchObject({ attempt: 2, key: first.key, post: { attempts: 2 } });
  await settleAs(storage, second, { state: 'scheduled', retryAt: NOW + MINUTE });
  await storage.posts.reschedule(
    [{ postId: id, publishAt: NOW, localTime: '2027-01-15T10:00', timeZone: 'UTC' }],
    NOW,
  );
  const [third] = await claim(storage);
  expect(third).toMatchObject({ attempt: 1, post: { attempts: 1, localTime: '2027-01-15T10:00' } });
  expect(third?.key).not.toBe(first.key);
  expect((await storage.posts.attempts(id)).map(({ attempt, key }) => [attempt, key])).toEqual([
    [1, first.key],
    [2, first.key],
    [1, third?.key],
  ]);
});

test('what a stop covers is not claimed, whatever its scope', async () => {
  const { storage } = await freshStorage();
  const french = await makeBrand(storage, { market: 'FR' });
  const swiss = await makeBrand(storage, { market: 'Suisse Écran' });
  const a = await makeAccount(storage, french, 'a');
  const b = await makeAccount(storage, french, 'b', 'webhook');
  const c = await makeAccount(storage, swiss, 'c');
  const { ids } = await storage.posts.add([makePost(a), makePost(b), makePost(c)], NOW);
  const [pa, pb, pc] = ids;
  const left = async (stopped: ClaimRequest['stopped']) => {
    const claimed = await claim(storage, { stopped });
    for (const each of claimed) await settleAs(storage, each, { state: 'scheduled' });
    return idsOf(claimed);
  };
  expect(await left([{ kind: 'everything' }])).toEqual([]);
  expect(await left([{ kind: 'market', market: 'SUISSE ÉCRAN' }])).toEqual([pa, pb]);
  expect(await left([{ kind: 'brand', brandId: french }])).toEqual([pc]);
  expect(await left([{ kind: 'network', network: 'webhook' }])).toEqual([pa, pc]);
  expect(await left([{ kind: 'account', accountId: a }])).toEqual([pb, pc]);
  expect(
    await left([
      { kind: 'account', accountId: a },
      { kind: 'network', network: 'webhook' },
      { kind: 'brand', brandId: swiss },
    ]),
  ).toEqual([]);
  expect(await left([])).toEqual([pa, pb, pc]);
});

test('the same thing said on the same account within a day is held as a duplicate', async () => {
  const { storage, add } = await desk(2);
  const said = { contentHash: 'same' };
  const [first, again, elsewhere, other] = await add([0, -3, said], [0, -2, said], [1, -1, said], [0, -1]);
  const claimed = await claim(storage);
  expect(idsOf(claimed)).toEqual([first, elsewhere]);
  for (const each of claimed) await settleAs(storage, each, { state: 'published' });
  expect(idsOf(await claim(storage))).toEqual([other]);
  expect(await storage.posts.read(again ?? 0)).toMatchObject({
    state: 'held',
    reason: 'duplicate',
    attempts: 0,
  });
});

test('two of the same in one claim: the earlier goes, the later is held', async () => {
  const { storage, add } = await desk(1);
  const [first, second, third] = await add(
    [0, -3, { contentHash: 'same' }],
    [0, -2, { contentHash: 'same' }],
    [0, -1],
  );
  expect(idsOf(await claim(storage, { perAccount: 3 }))).toEqual([first, third]);
  expect(await storage.posts.read(second ?? 0)).toMatchObject({ state: 'held', reason: 'duplicate' });
});

test('the same thing a whole day later is no duplicate', async () => {
  const { storage, add } = await desk(1);
  const [first] = await add([0, 0, { contentHash: 'daily' }]);
  const [claimed] = await claim(storage);
  if (!claimed) throw new Error('nothing claimed');
  await settleAs(storage, claimed, { state: 'published' });
  const [early, exact] = await add(
    [0, 0, { contentHash: 'daily', publishAt: NOW + DAY - 1 }],
    [0, 0, { contentHash: 'daily', publishAt: NOW + DAY }],
  );
  expect(claimed.post.id).toBe(first);
  expect(idsOf(await claim(storage, { now: NOW + DAY }))).toEqual([exact]);
  expect((await storage.posts.read(early ?? 0))?.state).toBe('held');
});

test('what failed was not said: it can be said again', async () => {
  const { storage, add } = await desk(1);
  await add([0, -1, { contentHash: 'same' }]);
  const [claimed] = await claim(storage);
  if (!claimed) throw new Error('nothing claimed');
  await settleAs(storage, claimed, { state: 'missed' });
  const [again] = await add([0, 0, { contentHash: 'same' }]);
  expect(idsOf(await claim(storage))).toEqual([again]);
});

test('a duplicate that a person resumes goes out', async () => {
  const { storage, add } = await desk(1);
  const [first] = await add([0, -1, { contentHash: 'same' }]);
  const [claimed] = await claim(storage);
  if (!claimed) throw new Error('nothing claimed');
  await settleAs(storage, claimed, { state: 'published' });
  const [again = 0] = await add([0, 0, { contentHash: 'same' }]);
  expect(await claim(storage)).toEqual([]);
  await storage.posts.move([again], 'scheduled', 'by-person', '', NOW);
  expect(idsOf(await claim(storage))).toEqual([again]);
  expect(again).not.toBe(first);
});

test('many duplicates do not keep others from being claimed', async () => {
  const { storage, add } = await desk(2);
  const [first] = await add([0, -4, { contentHash: 'same' }]);
  await settleAs(storage, (await claim(storage))[0] as Claim, { state: 'published' });
  await add(...Array.from({ length: 30 }, () => [0, -3, { contentHash: 'same' }] as const));
  const [fresh, other] = await add([0, -2], [1, -1]);
  const claimed: number[] = [];
  for (let round = 0; round < 5; round += 1) claimed.push(...idsOf(await claim(storage, { limit: 2 })));
  expect(claimed.sort()).toEqual([fresh, other].sort());
  expect(first).toBeDefined();
  expect((await storage.posts.counts()).held).toBe(30);
});

test('accounts that are blocked or wait for a retry do not use up the places of others', async () => {
  const { storage, accounts, add } = await desk(12);
  await add(...accounts.map((_, n) => [n, -3 + n / 100] as const));
  const waiting = await claim(storage, { limit: 5 });
  for (const each of waiting) await settleAs(storage, each, { state: 'scheduled', retryAt: NOW + MINUTE });
  await storage.accounts.setHeld(accounts[5] ?? 0, NOW);
  const claimed = await claim(storage, { limit: 4 });
  expect(claimed.map(({ account }) => account.id)).toEqual(accounts.slice(6, 10));
});

test('asking for nothing claims nothing', async () => {
  const { storage, add } = await desk(1);
  await add([0, 0]);
  expect(await claim(storage, { limit: 0 })).toEqual([]);
  expect(await claim(storage, { perAccount: 0 })).toEqual([]);
});

test('one account with thousands of due posts does not keep the others waiting', async () => {
  const { storage, add } = await desk(3);
  await add(...Array.from({ length: 3_000 }, (_, n) => [0, -4 + n / 1_000] as const));
  await add([1, 0], [2, 0]);
  const claimed = await claim(storage, { limit: 3 });
  expect(claimed.map(({ account }) => account.name)).toEqual(['account 0', 'account 1', 'account 2']);
});
