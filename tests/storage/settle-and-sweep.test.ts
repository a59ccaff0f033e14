import { expect, test } from 'vitest';
import type { PostState } from '../../src-main/core/post.ts';
import type { Claim, Settlement } from '../../src-main/core/queue.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { freshStorage } from './fresh-storage.ts';
import { MINUTE, makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

async function claimAll(storage: Storage, perAccount = 10): Promise<readonly Claim[]> {
  let key = 0;
  return storage.posts.claimDue({
    now: NOW,
    limit: 1_000,
    perAccount,
    epoch: 1,
    stopped: [],
    floors: [],
    newKey: () => {
      key += 1;
      return `key-${key}`;
    },
  });
}

function settlement(claim: Claim, state: PostState, more: Partial<Settlement> = {}): Settlement {
  return {
    postId: claim.post.id,
    attempt: claim.attempt,
    state,
    reason: '',
    detail: '',
    refs: [],
    retryAt: null,
    at: NOW + 10,
    ...more,
  };
}

async function claimed(count: number) {
  const fresh = await freshStorage();
  const account = await makeAccount(fresh.storage, await makeBrand(fresh.storage), 'one');
  await fresh.storage.posts.add(
    Array.from({ length: count }, (_, n) =>
      makePost(account, { text: `text ${n}`, publishAt: NOW - count + n }),
    ),
    NOW,
  );
  return { ...fresh, account, claims: await claimAll(fresh.storage, count) };
}

test('every outcome is recorded with the post and with its attempt', async () => {
  const { storage, claims } = await claimed(8);
  const ref = { id: 'at://1', url: 'https://example.org/1', cid: 'c' };
  const cases = [
    ['published', { refs: [ref] }, 'published'],
    ['failed', { reason: 'refused', detail: 'too long' }, 'refused'],
    ['failed', { reason: 'cut', refs: [ref] }, 'cut'],
    ['failed', { reason: 'attempts' }, 'try-later'],
    ['failed', { reason: 'signed-out' }, 'signed-out'],
    ['unconfirmed', { reason: 'no-answer' }, 'unconfirmed'],
    ['scheduled', { retryAt: NOW + MINUTE, detail: 'busy' }, 'try-later'],
    ['missed', { reason: 'stopped' }, 'not-sent'],
  ] as const;
  const settlements = cases.map(([state, more], n) => settlement(claims[n] as Claim, state, more));
  expect(await storage.posts.settle(settlements)).toEqual([]);
  for (const [n, [state, more, outcome]] of cases.entries()) {
    const id = claims[n]?.post.id ?? 0;
    expect(await storage.posts.read(id), outcome).toMatchObject({
      state,
      reason: 'reason' in more ? more.reason : '',
      detail: 'detail' in more ? more.detail : '',
      refs: 'refs' in more ? more.refs : [],
      changedAt: NOW + 10,
    });
    expect((await storage.posts.attempts(id))[0]).toMatchObject({ outcome, endedAt: NOW + 10 });
  }
});

test('what was taken down keeps when and by whom, for good, and stays published', async () => {
  const { storage, claims } = await claimed(1);
  const [claim] = claims as [Claim];
  const refs = [{ id: 'one', url: 'https://example.org/1' }];
  await storage.posts.settle([settlement(claim, 'published', { refs })]);
  await storage.posts.markTakenDown(claim.post.id, 'Camille', NOW + MINUTE);
  await storage.posts.markTakenDown(claim.post.id, 'Noé', NOW + 2 * MINUTE);
  expect(await storage.posts.read(claim.post.id)).toMatchObject({
    state: 'published',
    changedAt: NOW + 10,
    refs: [{ ...refs[0], takenDown: { at: NOW + MINUTE, by: 'Camille' } }],
  });
});

test('a settlement is taken once; another of the same attempt is refused and changes nothing', async () => {
  const { storage, claims } = await claimed(1);
  const [claim] = claims as [Claim];
  expect(await storage.posts.settle([settlement(claim, 'published')])).toEqual([]);
  const before = await storage.posts.read(claim.post.id);
  expect(await storage.posts.settle([settlement(claim, 'failed', { reason: 'refused' })])).toEqual([
    claim.post.id,
  ]);
  expect(await storage.posts.read(claim.post.id)).toEqual(before);
});

test('of two settlements of one post in one call the first counts', async () => {
  const { storage, claims } = await claimed(1);
  const [claim] = claims as [Claim];
  expect(await storage.posts.settle([settlement(claim, 'published'), settlement(claim, 'failed')])).toEqual([
    claim.post.id,
  ]);
  expect((await storage.posts.read(claim.post.id))?.state).toBe('published');
});

test('the answer to an earlier attempt does not settle a later one', async () => {
  const { storage, claims } = await claimed(1);
  const [first] = claims as [Claim];
  await storage.posts.settle([settlement(first, 'scheduled')]);
  const [second] = (await claimAll(storage)) as [Claim];
  expect(second.attempt).toBe(2);
  expect(await storage.posts.settle([settlement(first, 'published')])).toEqual([first.post.id]);
  expect((await storage.posts.read(first.post.id))?.state).toBe('publishing');
  expect(await storage.posts.settle([settlement(second, 'published')])).toEqual([]);
});

test('a refused settlement does not keep the others from being taken', async () => {
  const { storage, claims } = await claimed(3);
  const [a, b, c] = claims as [Claim, Claim, Claim];
  const refused = await storage.posts.settle([
    settlement(a, 'published'),
    settlement(b, 'held'),
    settlement(c, 'canceled'),
    settlement(a, 'published', { postId: 4_711 }),
  ]);
  expect([...refused].sort()).toEqual([b.post.id, c.post.id, 4_711].sort());
  expect(await storage.posts.counts()).toMatchObject({ published: 1, publishing: 2, held: 0, canceled: 0 });
});

test('the parts of a thread are kept as they become public, and stay when the rest is unknown', async () => {
  const { storage, claims, reopen } = await claimed(1);
  const [claim] = claims as [Claim];
  const part = (n: number) => ({ id: `part-${n}`, url: `https://example.org/${n}` });
  await storage.posts.addPart(claim.post.id, 1, part(1));
  await storage.posts.addPart(claim.post.id, 1, part(2));
  await storage.posts.addPart(claim.post.id, 1, part(2));
  await storage.posts.addPart(claim.post.id, 2, part(9));
  const again = await reopen();
  expect(await again.posts.recover(NOW + 5)).toBe(1);
  expect(await again.posts.read(claim.post.id)).toMatchObject({
    state: 'unconfirmed',
    reason: 'crash',
    refs: [part(1), part(2)],
    changedAt: NOW + 5,
  });
  await again.posts.addPart(claim.post.id, 1, part(3));
  expect((await again.posts.read(claim.post.id))?.refs).toEqual([part(1), part(2), part(3)]);
});

test('a settlement adds what it knows to the parts already told', async () => {
  const { storage, claims } = await claimed(1);
  const [claim] = claims as [Claim];
  await storage.posts.addPart(claim.post.id, 1, { id: 'a', url: '' });
  const refs = [
    { id: 'a', url: 'https://example.org/a' },
    { id: 'b', url: 'https://example.org/b' },
  ];
  await storage.posts.settle([settlement(claim, 'published', { refs })]);
  expect((await storage.posts.read(claim.post.id))?.refs).toEqual(refs);
});

test('after a crash everything in flight is unconfirmed, with its attempt ended, and nothing else is touched', async () => {
  const { storage, claims, account } = await claimed(3);
  const [a, b, c] = claims as [Claim, Claim, Claim];
  await storage.posts.settle([settlement(a, 'published')]);
  const { ids } = await storage.posts.add([makePost(account, { publishAt: NOW + MINUTE })], NOW);
  expect(await storage.posts.recover(NOW + 20)).toBe(2);
  expect(
    (await storage.posts.readMany([a.post.id, b.post.id, c.post.id, ...ids])).map((post) => post.state),
  ).toEqual(['published', 'unconfirmed', 'unconfirmed', 'scheduled']);
  expect((await storage.posts.attempts(b.post.id))[0]).toMatchObject({
    outcome: 'unconfirmed',
    endedAt: NOW + 20,
  });
  expect((await storage.posts.attempts(a.post.id))[0]).toMatchObject({
    outcome: 'published',
    endedAt: NOW + 10,
  });
  expect(await storage.posts.recover(NOW + 20)).toBe(0);
  expect(await storage.posts.settle([settlement(b, 'published')])).toEqual([b.post.id]);
});

test('nothing is missed up to the last millisecond of the grace of its brand, and everything after it; none has less than a minute', async () => {
  const { storage } = await freshStorage();
  const patient = await makeAccount(storage, await makeBrand(storage, { graceMs: 60 * MINUTE }), 'a');
  const usual = await makeAccount(storage, await makeBrand(storage), 'b');
  const strict = await makeAccount(storage, await makeBrand(storage, { graceMs: 0 }), 'c');
  const { ids } = await storage.posts.add(
    [
      makePost(patient, { publishAt: NOW - 60 * MINUTE }),
      makePost(patient, { publishAt: NOW - 60 * MINUTE - 1 }),
      makePost(usual, { publishAt: NOW - 5 * MINUTE }),
      makePost(usual, { publishAt: NOW - 5 * MINUTE - 1 }),
      makePost(strict, { publishAt: NOW - MINUTE }),
      makePost(strict, { publishAt: NOW - MINUTE - 1 }),
    ],
    NOW,
  );
  expect(await storage.posts.sweepMissed(NOW, [], [])).toEqual({
    counts: [{ reason: 'late', count: 3 }],
    more: false,
  });
  expect((await storage.posts.readMany(ids)).map((post) => `${post.state} ${post.reason}`)).toEqual([
    'scheduled ',
    'missed late',
    'scheduled ',
    'missed late',
    'scheduled ',
    'missed late',
  ]);
});

test('what is due under a stop or a countdown is missed at once; what is not yet due stays', async () => {
  const { storage } = await freshStorage();
  const [stopped, waiting, free] = [
    await makeBrand(storage),
    await makeBrand(storage),
    await makeBrand(storage),
  ];
  const accounts = [
    await makeAccount(storage, stopped, 'a'),
    await makeAccount(storage, waiting, 'b'),
    await makeAccount(storage, free, 'c'),
  ];
  const { ids } = await storage.posts.add(
    accounts.flatMap((account) => [makePost(account), makePost(account, { publishAt: NOW + 1 })]),
    NOW,
  );
  const swept = await storage.posts.sweepMissed(
    NOW,
    [
      { scope: { kind: 'brand', brandId: waiting }, reason: 'countdown' },
      { scope: { kind: 'brand', brandId: stopped }, reason: 'stopped' },
    ],
    [],
  );
  expect(swept.more).toBe(false);
  expect([...swept.counts].sort((a, b) => a.reason.localeCompare(b.reason))).toEqual([
    { reason: 'countdown', count: 1 },
    { reason: 'stopped', count: 1 },
  ]);
  expect((await storage.posts.readMany(ids)).map((post) => `${post.state} ${post.reason}`)).toEqual([
    'missed stopped',
    'scheduled ',
    'missed countdown',
    'scheduled ',
    'scheduled ',
    'scheduled ',
  ]);
});

test('why a post is late is said as well as it can be told', async () => {
  const { storage } = await freshStorage();
  const brandId = await makeBrand(storage);
  const late = NOW + 10 * MINUTE;
  const names = ['late', 'offline', 'signed-out', 'account-held', 'waited'] as const;
  const accounts = await Promise.all(names.map((name) => makeAccount(storage, brandId, name)));
  const [, , out = 0, held = 0] = accounts;
  // One post that is tried in vain, one that stays unconfirmed.
  await storage.posts.add([makePost(accounts[1] ?? 0), makePost(accounts[4] ?? 0)], NOW);
  const [tried, unknown] = (await claimAll(storage)) as [Claim, Claim];
  await storage.posts.settle([
    settlement(tried, 'scheduled', { retryAt: NOW + MINUTE, detail: 'no route to host' }),
    settlement(unknown, 'unconfirmed', { reason: 'no-answer' }),
  ]);
  const { ids } = await storage.posts.add(
    [0, 2, 3, 4].map((n) => makePost(accounts[n] ?? 0, { text: `later ${n}` })),
    NOW,
  );
  await storage.accounts.signOut(out, 'revoked');
  await storage.accounts.setHeld(held, NOW);
  const { counts } = await storage.posts.sweepMissed(late, [], []);
  expect(new Set(counts.map(({ reason }) => reason))).toEqual(new Set(names));
  const reasons = (await storage.posts.readMany(ids)).map((post) => post.reason);
  expect(reasons).toEqual(['late', 'signed-out', 'account-held', 'waited']);
  expect(await storage.posts.read(tried.post.id)).toMatchObject({
    state: 'missed',
    reason: 'offline',
    detail: 'no route to host',
  });
});

test('a sweep marks 5,000 at a time, says that there is more, and loses none', async () => {
  const { storage } = await freshStorage();
  const brandId = await makeBrand(storage);
  const accounts = [await makeAccount(storage, brandId, 'a'), await makeAccount(storage, brandId, 'b')];
  await storage.posts.add(
    Array.from({ length: 5_200 }, (_, n) => makePost(accounts[n % 2] ?? 0, { text: `${n}` })),
    NOW,
  );
  const covered = [{ scope: { kind: 'everything' }, reason: 'stopped' }] as const;
  expect(await storage.posts.sweepMissed(NOW, covered, [])).toEqual({
    counts: [{ reason: 'stopped', count: 5_000 }],
    more: true,
  });
  expect(await storage.posts.sweepMissed(NOW, covered, [])).toEqual({
    counts: [{ reason: 'stopped', count: 200 }],
    more: false,
  });
  expect(await storage.posts.sweepMissed(NOW, covered, [])).toEqual({ counts: [], more: false });
  expect(await storage.posts.counts()).toMatchObject({ scheduled: 0, missed: 5_200 });
});

test('what is in flight is not swept', async () => {
  const { storage } = await claimed(1);
  const swept = await storage.posts.sweepMissed(
    NOW + 60 * MINUTE,
    [{ scope: { kind: 'everything' }, reason: 'stopped' }],
    [],
  );
  expect(swept).toEqual({ counts: [], more: false });
});

test('the next due instant is the first after the one asked for, retries included', async () => {
  const { storage } = await freshStorage();
  const brandId = await makeBrand(storage);
  const [a, b] = [await makeAccount(storage, brandId, 'a'), await makeAccount(storage, brandId, 'b')];
  expect(await storage.posts.nextDueAt(0)).toBeNull();
  await storage.posts.add(
    [makePost(a), makePost(b, { publishAt: NOW + 5 * MINUTE }), makePost(b, { publishAt: NOW + 9 * MINUTE })],
    NOW,
  );
  expect(await storage.posts.nextDueAt(0)).toBe(NOW);
  expect(await storage.posts.nextDueAt(NOW)).toBe(NOW + 5 * MINUTE);
  const [claim] = (await claimAll(storage)) as [Claim];
  await storage.posts.settle([settlement(claim, 'scheduled', { retryAt: NOW + 2 * MINUTE })]);
  expect(await storage.posts.nextDueAt(NOW - 1)).toBe(NOW + 2 * MINUTE);
  expect(await storage.posts.nextDueAt(NOW)).toBe(NOW + 2 * MINUTE);
  expect(await storage.posts.nextDueAt(NOW + 2 * MINUTE)).toBe(NOW + 5 * MINUTE);
  expect(await storage.posts.nextDueAt(NOW + 5 * MINUTE)).toBe(NOW + 9 * MINUTE);
  expect(await storage.posts.nextDueAt(NOW + 9 * MINUTE)).toBeNull();
});
