import type { PostId, PostState } from '../../src-main/core/post.ts';
import type { NewPost } from '../../src-main/core/queue.ts';
import type { EngineRig } from './engine-rig.ts';
import type { EngineServer } from './engine-server.ts';

export type Random = {
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  chance(of: number): boolean;
  pick<T>(items: readonly T[]): T;
};

/** Chance from a seed, so that a run can be had again (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (of) => next() < of,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  };
}

const BRANDS = 5;
const ACCOUNTS_EACH = 4;

export type Traffic = {
  readonly brandIds: readonly number[];
  readonly texts: readonly string[];
  readonly byPerson: ReadonlyMap<PostId, PostState>;
  /** Schedules what is missing for the next `forMs`, one post every `everyMs`. What an engine that was killed may not have kept is given again. */
  topUp(forMs?: number, everyMs?: number): Promise<void>;
  /** Does what a person would: what is unconfirmed is held against the network and settled. */
  settleUnconfirmed(): Promise<void>;
};

/** Twenty accounts of five brands, and posts for them. The engine must be ready. */
export async function createTraffic(
  rig: EngineRig,
  server: EngineServer,
  random: Random,
  graceMs: (brand: number) => number = () => 30_000,
  secret = 'a signing secret',
): Promise<Traffic> {
  const { brandIds, accountIds } = await rig.ask('seed', {
    publicKey: rig.publicKey,
    secret,
    brands: Array.from({ length: BRANDS }, (_, brand) => ({
      name: `Brand ${brand}`,
      graceMs: graceMs(brand),
      accounts: Array.from({ length: ACCOUNTS_EACH }, (_, account) => ({
        name: `account ${brand}/${account}`,
        url: server.url(brand, account),
      })),
    })),
  });
  const texts: string[] = [];
  const byPerson = new Map<PostId, PostState>();
  let unsure: NewPost[] = [];
  let scheduledTo = 0;

  function newPost(publishAt: number): NewPost {
    const text = `post ${texts.length + 1}`;
    texts.push(text);
    return {
      accountId: random.pick(accountIds),
      content: { parts: [text], link: '', media: [] },
      label: '',
      publishAt,
      localTime: '2026-12-01T09:00',
      timeZone: 'Europe/Paris',
      contentHash: text,
      importKey: text,
    };
  }

  return {
    brandIds,
    texts,
    byPerson,
    async topUp(forMs = 1_500, everyMs = 75) {
      const now = rig.now();
      for (scheduledTo = Math.max(scheduledTo, now); scheduledTo < now + forMs; scheduledTo += everyMs)
        unsure.push(newPost(Math.round(scheduledTo)));
      const posts = unsure;
      await rig.ask('add', { posts });
      unsure = unsure.filter((post) => !posts.includes(post));
    },
    async settleUnconfirmed() {
      const left = await rig.ask('posts', { states: ['unconfirmed'] });
      const received = new Set(server.arrivals.filter(({ taken }) => taken).map(({ key }) => key));
      for (const { id, key } of left) {
        const to = received.has(key) ? 'published' : 'missed';
        const { moved } = await rig.ask('move', { ids: [id], to });
        if (moved.length > 0) byPerson.set(id, to);
      }
    },
  };
}
