import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOVES, POST_STATES, type PostReason, type PostState } from '../../src-main/core/post.ts';
import type { Floor, Scope } from '../../src-main/core/scope.ts';
import { expectSound } from './fresh-storage.ts';
import { createModel, type ModelAccount, type ModelPost } from './queue-model.ts';
import {
  DAY,
  MINUTE,
  makeAccount,
  makeBrand,
  makeFolder,
  makePost,
  NOW,
  openOrThrow,
} from './sample-posts.ts';

const nat = fc.nat(1_000);
const minutes = fc.integer({ min: -2, max: 12 });
const scopeNumbers = fc.array(fc.nat(8), { maxLength: 2 });
const floorNumbers = fc.array(
  fc.record({
    scope: fc.nat(8),
    minutesAgo: fc.integer({ min: 0, max: 3 }),
    reason: fc.constantFrom('stopped' as const, 'countdown' as const),
  }),
  { maxLength: 2 },
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('add' as const), account: nat, minutes, hash: fc.nat(12) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('claim' as const),
      limit: fc.integer({ min: 1, max: 4 }),
      perAccount: fc.integer({ min: 1, max: 3 }),
      stopped: scopeNumbers,
      floors: floorNumbers,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      post: nat,
      state: fc.constantFrom(...MOVES.publishing, 'published' as const, 'held' as const),
      isStale: fc.boolean().map((stale) => stale),
      retry: fc.option(minutes),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('sweep' as const),
      stopped: scopeNumbers,
      countdown: scopeNumbers,
      floors: floorNumbers,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      post: nat,
      to: fc.constantFrom(...POST_STATES),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reschedule' as const), post: nat, minutes }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('account' as const),
      account: nat,
      held: fc.boolean(),
      out: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(1, MINUTE, 4 * MINUTE, DAY),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function play(steps: readonly Step[]): Promise<void> {
  const { path, folder } = await makeFolder();
  let storage = await openOrThrow(path);
  try {
    const accounts: ModelAccount[] = [];
    for (const [market, graceMs] of [
      ['FR', 5 * MINUTE],
      ['', 0],
    ] as const) {
      const brandId = await makeBrand(storage, { market, graceMs });
      for (const network of ['practice', 'webhook']) {
        const id = await makeAccount(storage, brandId, network, network);
        accounts.push({ id, brandId, market, network, graceMs, isHeld: false, isSignedOut: false });
      }
    }
    const posts: ModelPost[] = [];
    const model = createModel(posts);
    let now = NOW;
    let keys = 0;
    const pick = <T>(from: readonly T[], n: number) => from[n % from.length] as T;
    const floor = (each: { scope: number; minutesAgo: number; reason: Floor['reason'] }): Floor => ({
      scope: scope(each.scope),
      reason: each.reason,
      before: now - each.minutesAgo * MINUTE,
    });
    const scope = (n: number): Scope => {
      const account = pick(accounts, n);
      if (n === 8) return { kind: 'everything' };
      if (n >= 6) return { kind: 'market', market: account.market.toLowerCase() };
      if (n >= 4) return { kind: 'brand', brandId: account.brandId };
      return n >= 2
        ? { kind: 'account', accountId: account.id }
        : { kind: 'network', network: account.network };
    };

    for (const each of steps) {
      switch (each.kind) {
        case 'add': {
          const account = pick(accounts, each.account);
          const publishAt = now + each.minutes * MINUTE;
          const contentHash = `${each.hash}`;
          const { ids } = await storage.posts.add([makePost(account.id, { publishAt, contentHash })], now);
          posts.push({
            id: ids[0] ?? 0,
            account,
            hash: contentHash,
            state: 'scheduled',
            reason: '',
            publishAt,
            retryAt: null,
            attempts: 0,
            key: null,
            isDuplicateAllowed: false,
          });
          break;
        }
        case 'claim': {
          const { limit, perAccount } = each;
          const stopped = each.stopped.map(scope);
          const floors = each.floors.map(floor);
          const from = keys;
          const claims = await storage.posts.claimDue({
            now,
            limit,
            perAccount,
            epoch: 1,
            stopped,
            floors,
            newKey: () => `key-${(keys++).toString()}`,
          });
          const upTo = keys;
          keys = from;
          const wanted = model.claim(
            now,
            limit,
            perAccount,
            stopped,
            floors,
            () => `key-${(keys++).toString()}`,
          );
          expect(claims.map((claim) => claim.post.id)).toEqual(wanted);
          expect(keys).toBe(upTo);
          for (const claim of claims) {
            const post = posts.find(({ id }) => id === claim.post.id);
            expect([claim.attempt, claim.key]).toEqual([post?.attempts, post?.key]);
          }
          break;
        }
        case 'settle': {
          const inFlight = posts.filter((post) => post.state === 'publishing');
          const post = inFlight.length > 0 ? pick(inFlight, each.post) : posts.at(-1);
          if (post === undefined) break;
          const attempt = post.attempts + (each.isStale && each.post % 4 === 0 ? 1 : 0);
          const retryAt = each.retry === null ? null : now + each.retry * MINUTE;
          const reason: PostReason = each.state === 'unconfirmed' ? 'no-answer' : '';
          const refused = await storage.posts.settle([
            { postId: post.id, attempt, state: each.state, reason, detail: '', refs: [], retryAt, at: now },
          ]);
          expect(refused).toEqual(model.settle(post, attempt, each.state, reason, retryAt) ? [] : [post.id]);
          break;
        }
        case 'sweep': {
          const covered = [
            ...each.countdown.map((n) => ({ scope: scope(n), reason: 'countdown' as const })),
            ...each.stopped.map((n) => ({ scope: scope(n), reason: 'stopped' as const })),
          ];
          const before = posts.filter((post) => post.state === 'missed').length;
          const floors = each.floors.map(floor);
          model.sweep(now, covered, floors);
          const { counts, more } = await storage.posts.sweepMissed(now, covered, floors);
          expect(more).toBe(false);
          expect(counts.reduce((sum, { count }) => sum + count, before)).toBe(
            posts.filter((post) => post.state === 'missed').length,
          );
          break;
        }
        case 'move': {
          if (posts.length === 0) break;
          const post = pick(posts, each.post);
          const { moved } = await storage.posts.move([post.id], each.to, 'by-person', '', now);
          expect(moved).toEqual(model.move(post, each.to) ? [post.id] : []);
          break;
        }
        case 'reschedule': {
          if (posts.length === 0) break;
          const post = pick(posts, each.post);
          const publishAt = now + each.minutes * MINUTE;
          const change = { postId: post.id, publishAt, localTime: '', timeZone: 'UTC' };
          const { moved } = await storage.posts.reschedule([change], now);
          expect(moved).toEqual(model.reschedule(post, publishAt) ? [post.id] : []);
          break;
        }
        case 'account': {
          const account = pick(accounts, each.account);
          account.isHeld = each.held;
          account.isSignedOut = each.out;
          const signIn = await storage.accounts.readSignIn(account.id);
          if (!signIn) throw new Error('no account');
          await storage.accounts.setHeld(account.id, each.held ? now : null);
          const state = each.out ? 'signed-out' : 'ready';
          await storage.accounts.setSignIn(account.id, { ...signIn, state }, null);
          break;
        }
        case 'crash': {
          await storage.close();
          storage = await openOrThrow(path);
          expect(await storage.posts.recover(now)).toBe(model.recover());
          break;
        }
        case 'wait':
          now += each.ms;
      }
      const stored = await storage.posts.readMany(posts.map((post) => post.id));
      expect(stored.map((post) => [post.id, post.state, post.reason, post.attempts, post.publishAt])).toEqual(
        posts.map((post) => [post.id, post.state, post.reason, post.attempts, post.publishAt]),
      );
      expect(await storage.posts.nextDueAt(now)).toBe(model.nextDueAt(now));
    }
    await expectConserved(storage, posts);
    await storage.close();
    await expectSound(path);
  } finally {
    await storage.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

async function expectConserved(
  storage: Awaited<ReturnType<typeof openOrThrow>>,
  posts: readonly ModelPost[],
): Promise<void> {
  const counts = await storage.posts.counts();
  for (const state of POST_STATES) {
    expect(counts[state as PostState], state).toBe(posts.filter((post) => post.state === state).length);
  }
  for (const post of posts) {
    const attempts = await storage.posts.attempts(post.id);
    expect(attempts.filter((attempt) => attempt.endedAt === null)).toHaveLength(
      post.state === 'publishing' ? 1 : 0,
    );
    expect(attempts.slice(attempts.length - post.attempts).map((attempt) => attempt.attempt)).toEqual(
      Array.from({ length: post.attempts }, (_, n) => n + 1),
    );
  }
}

test('after any sequence of events the queue is what its contract says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => play(steps)),
    { numRuns: 40, interruptAfterTimeLimit: 20_000 },
  );
}, 60_000);
