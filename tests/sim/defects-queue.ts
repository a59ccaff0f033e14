import type { ClaimRequest } from '../../src-main/core/queue.ts';
import type { PostStore } from '../../src-main/core/stores.ts';
import type { Database } from './database.ts';
import type { SeededDefect } from './defects.ts';
import type { SimPost } from './sim-post.ts';
import type { World } from './world-parts.ts';

const withQueue = (
  change: (queue: PostStore, world: World) => Partial<PostStore>,
): SeededDefect['defect'] => ({
  queue: (queue, world) => ({ ...queue, ...change(queue, world) }),
});

const withRequest = (change: (request: ClaimRequest) => Partial<ClaimRequest>): SeededDefect['defect'] =>
  withQueue((queue) => ({ claimDue: (request) => queue.claimDue({ ...request, ...change(request) }) }));

/** Does something before and after the posts are chosen, in the same transaction. */
function aroundClaims(
  around: (database: Database, claim: () => number[]) => number[],
): SeededDefect['defect'] {
  const known = new WeakSet<World>();
  return {
    queue(queue, world) {
      const { database } = world;
      const { claim } = database.model;
      if (!known.has(world)) database.model.claim = (...given) => around(database, () => claim(...given));
      known.add(world);
      return queue;
    },
  };
}

/** Claims, and does something about the posts in the step in which they are taken. */
function onceClaimed(world: World, queue: PostStore, act: (post: SimPost) => void): PostStore['claimDue'] {
  return async (request) => {
    const claims = await queue.claimDue(request);
    for (const { post } of claims) {
      const found = world.database.find(post.id);
      if (found) act(found);
    }
    return claims;
  };
}

/** Mistakes in the queue, in what is taken from it and when. */
export const QUEUE_DEFECTS: readonly SeededDefect[] = [
  {
    name: 'the intent is not written before the first byte',
    promise: 'D-01',
    defect: withQueue((queue, world) => ({
      claimDue: onceClaimed(world, queue, (post) => void post.history.pop()),
    })),
  },
  {
    name: 'attempts are not told to the journal',
    promise: 'design 3.12',
    defect: { schedulerDeps: (deps) => ({ ...deps, recordAttempts: () => {} }) },
  },
  {
    name: 'an unconfirmed post goes back to the queue',
    promise: 'D-06',
    defect: withQueue((queue) => ({
      settle: (settlements) =>
        queue.settle(
          settlements.map((each) =>
            each.state === 'unconfirmed' ? { ...each, state: 'scheduled', retryAt: each.at + 10_000 } : each,
          ),
        ),
    })),
  },
  {
    name: 'after a crash what was being sent goes back to the queue',
    promise: 'D-05',
    defect: {
      async recover(posts, _, now) {
        const left = (await posts.page({ states: ['publishing'] }, 'soonest', 0, 500)).posts;
        await posts.settle(
          left.map(({ id, attempts }) => ({
            postId: id,
            attempt: attempts,
            state: 'scheduled',
            reason: '',
            detail: '',
            refs: [],
            retryAt: null,
            at: now,
          })),
        );
        return [];
      },
    },
  },
  {
    name: 'after a crash what was being sent stays as it is',
    promise: 'D-05',
    defect: { recover: () => Promise.resolve([]) },
  },
  {
    name: 'after a crash what was being sent is missed',
    promise: 'D-05',
    defect: {
      async recover(posts, _, now) {
        const left = (await posts.page({ states: ['publishing'] }, 'soonest', 0, 500)).posts;
        await posts.settle(
          left.map(({ id, attempts, refs }) => ({
            postId: id,
            attempt: attempts,
            state: 'missed',
            reason: 'late',
            detail: '',
            refs,
            retryAt: null,
            at: now,
          })),
        );
        return [];
      },
    },
  },
  {
    name: 'an outcome is lost when the database is busy',
    promise: 'D-13',
    defect: withQueue((queue, { database }) => ({
      settle: (settlements) => (database.mood === 'fine' ? queue.settle(settlements) : Promise.resolve([])),
    })),
  },
  {
    name: 'an outcome that could not be stored is not tried again',
    promise: 'D-13',
    defect: withQueue((queue) => ({ settle: (settlements) => queue.settle(settlements).catch(() => []) })),
  },
  {
    name: 'nothing is ever marked missed',
    promise: 'S-45',
    defect: withQueue(() => ({ sweepMissed: () => Promise.resolve({ counts: [], more: false }) })),
  },
  {
    name: 'the late rule is forgotten',
    promise: 'S-45',
    defect: withoutLateRule(),
  },
  {
    name: 'failed posts carry no reason',
    promise: 'I-20',
    defect: withQueue((queue) => ({
      settle: (settlements) =>
        queue.settle(settlements.map((each) => (each.state === 'failed' ? { ...each, reason: '' } : each))),
    })),
  },
  {
    name: 'two posts of an account are in flight at once',
    promise: 'I-10',
    defect: withRequest(() => ({ perAccount: 3 })),
  },
  {
    name: 'a post overtakes an unconfirmed one',
    promise: 'D-09',
    defect: aroundClaims(({ posts }, claim) => {
      const all = [...posts];
      posts.splice(0, posts.length, ...all.filter(({ state }) => state !== 'unconfirmed'));
      const ids = claim();
      posts.splice(0, posts.length, ...all);
      return ids;
    }),
  },
  {
    name: 'a text said today is said again without asking',
    promise: 'D-12',
    defect: aroundClaims(({ posts }, claim) => {
      const asked = posts.filter((post) => !post.isDuplicateAllowed);
      for (const post of asked) post.isDuplicateAllowed = true;
      const ids = claim();
      for (const post of asked) post.isDuplicateAllowed = false;
      return ids;
    }),
  },
  {
    name: 'each attempt has a key of its own',
    promise: 'D-10',
    defect: withQueue((queue, { database }) => ({
      claimDue(request) {
        for (const post of database.posts) if (post.state === 'scheduled') post.key = null;
        return queue.claimDue(request);
      },
    })),
  },
  {
    name: 'the scheduler takes what a stop covers, and so does what was due then',
    promise: 'S-13',
    defect: {
      gate: (gate, stop) => ({
        ...gate,
        isOpen: () => stop.status().state !== 'not-started',
        covered: () => [],
        floors: () => [],
      }),
    },
  },
  {
    name: 'the scheduler knows no narrower stops',
    promise: 'S-08',
    defect: {
      gate: (gate) => ({
        ...gate,
        covered: () => gate.covered().filter(({ scope }) => scope.kind === 'everything'),
        floors: () => gate.floors().filter(({ scope }) => scope.kind === 'everything'),
      }),
    },
  },
  {
    name: 'the timer is never set',
    promise: 'G-19',
    defect: {
      schedulerDeps: (deps) => ({ ...deps, clock: { ...deps.clock, wakeAt: () => () => {} } }),
    },
  },
  {
    name: 'the next due post is not looked for',
    promise: 'G-19',
    defect: withQueue(() => ({ nextDueAt: () => Promise.resolve(null) })),
  },
  {
    name: 'due posts are taken an hour early',
    promise: 'I-19',
    defect: {
      schedulerDeps: (deps) => ({
        ...deps,
        clock: { ...deps.clock, now: () => deps.clock.now() + 3_600_000 },
      }),
    },
  },
  {
    name: 'a resumed post is put back by the machine',
    promise: 'I-21',
    defect: withQueue((queue, world) => ({
      async nextDueAt(after) {
        const held = world.database.posts.find(({ state }) => state === 'held');
        if (held) world.database.model.move(held, 'scheduled');
        return queue.nextDueAt(after);
      },
    })),
  },
];

/** In the queue, and where a claim is handed on. */
function withoutLateRule(): SeededDefect['defect'] {
  const graceMs = 1e12;
  return withQueue((queue, { desk }) => {
    for (const account of desk.accounts) Object.assign(account, { graceMs });
    return {
      async claimDue(request) {
        const claims = await queue.claimDue(request);
        return claims.map((claim) => ({ ...claim, brand: { ...claim.brand, graceMs } }));
      },
    };
  });
}
