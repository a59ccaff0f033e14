import { type Kysely, sql } from 'kysely';
import { POST_STATES, type PostState } from '../core/post.ts';
import type { PostFilter, PostOrder } from '../core/queue.ts';
import { listOf } from './covered.ts';
import { indexMatches, type Key, placeMatches, statesOf } from './post-filter.ts';
import type { Schema } from './schema.ts';

/** What a person looks for first: what needs a decision, then what is to come, then what is over. */
const STATE_ORDER: readonly PostState[] = [
  'unconfirmed',
  'missed',
  'held',
  'publishing',
  'scheduled',
  'failed',
  'published',
  'canceled',
];

export type GroupedOrder = Exclude<PostOrder, 'soonest' | 'latest' | 'changed'>;

export function isGrouped(order: PostOrder): order is GroupedOrder {
  return order !== 'soonest' && order !== 'latest' && order !== 'changed';
}

/** Posts of one account in one state, and where they stand in the order: groups of one rank are one row of posts, by time. */
type Group = {
  readonly rank: number;
  readonly accountId: number;
  readonly state: PostState;
  readonly posts: number;
};

/** The groups of a filter, without labels and texts. With times they are counted in an index, else read from the tallies. */
async function readGroups(
  step: Kysely<Schema>,
  filter: PostFilter,
  rankOf: RankOf,
): Promise<readonly Group[]> {
  const isTimed = filter.from !== undefined || filter.to !== undefined;
  const rows = isTimed ? await countGroups(step, filter) : await tallyGroups(step, filter);
  return rows
    .filter(({ posts }) => posts > 0)
    .map((row) => ({ ...row, rank: rankOf(row.accountId, row.state) }))
    .sort((a, b) => a.rank - b.rank);
}

export type RankOf = (accountId: number, state: PostState) => number;
type BrandOf = ReadonlyMap<number, number>;

/** Where an account, its brand or a state stands among the others. */
export async function readRanks(
  step: Kysely<Schema>,
  order: GroupedOrder,
): Promise<{ readonly rankOf: RankOf; readonly brands: BrandOf }> {
  const turn = order.endsWith('-back') ? -1 : 1;
  if (order.startsWith('state'))
    return { rankOf: (_, state) => turn * STATE_ORDER.indexOf(state), brands: new Map() };
  const { rows } = await sql<{ id: number; brand_id: number; name: string; brand: string }>`
    select account.id, brand_id, account.name, brand.name as brand
    from account join brand on brand.id = account.brand_id`.execute(step);
  const isByBrand = order.startsWith('brand');
  const inOrder = [...rows].sort((a, b) =>
    isByBrand
      ? a.brand.localeCompare(b.brand) || a.brand_id - b.brand_id
      : a.name.localeCompare(b.name) || a.brand.localeCompare(b.brand) || a.id - b.id,
  );
  const places = new Map<number, number>();
  for (const row of inOrder) {
    const key = isByBrand ? row.brand_id : row.id;
    if (!places.has(key)) places.set(key, places.size);
  }
  const brands = new Map(rows.map((row) => [row.id, row.brand_id]));
  return {
    rankOf: (id) => turn * (places.get(isByBrand ? (brands.get(id) ?? 0) : id) ?? 0),
    brands,
  };
}

type Counted = Omit<Group, 'rank'>;

async function countGroups(step: Kysely<Schema>, filter: PostFilter): Promise<readonly Counted[]> {
  const { rows } = await sql<Counted>`
    select post.account_id as "accountId", post.state as state, count(*) as posts from post indexed by post_by_account
    where post.state in ${listOf(statesOf(filter))} and ${indexMatches(filter)}
    group by post.account_id, post.state`.execute(step);
  return rows;
}

async function tallyGroups(step: Kysely<Schema>, filter: PostFilter): Promise<readonly Counted[]> {
  const sums = sql.join(POST_STATES.map((state) => sql.ref(`account_tally.${state}`)));
  const { rows } = await sql<
    Record<PostState, number> & { accountId: number; arriving: number; arrivingHeld: number }
  >`
    select account.id as "accountId", coalesce(arriving_tally.posts, 0) as arriving,
      coalesce(arriving_tally.held, 0) as "arrivingHeld", ${sums}
    from account_tally
      join account on account.id = account_tally.account_id
      join brand on brand.id = account.brand_id
      left join arriving_tally on arriving_tally.account_id = account.id
    where ${placeMatches(filter)}`.execute(step);
  return rows.flatMap((row) =>
    statesOf(filter).map((state) => ({
      accountId: row.accountId,
      state,
      posts: row[state] - (state === 'scheduled' ? row.arriving : state === 'held' ? row.arrivingHeld : 0),
    })),
  );
}

/** The posts of one rank, which one filter finds. */
type Rank = { readonly filter: PostFilter; readonly posts: number; readonly groups: readonly Group[] };

function ranksOf(groups: readonly Group[], filter: PostFilter, order: GroupedOrder, brands: BrandOf): Rank[] {
  const ranks = new Map<number, Group[]>();
  for (const group of groups) {
    const mine = ranks.get(group.rank) ?? [];
    mine.push(group);
    ranks.set(group.rank, mine);
  }
  return [...ranks.values()].map((mine) => {
    const [{ accountId, state }] = mine as [Group];
    const narrower: PostFilter = order.startsWith('state')
      ? { states: [state] }
      : order.startsWith('brand')
        ? { brandId: brands.get(accountId) ?? 0 }
        : { accountId };
    return {
      filter: { ...filter, ...narrower },
      posts: mine.reduce((sum, { posts }) => sum + posts, 0),
      groups: mine,
    };
  });
}

/**
 * The keys of one page, and how many there are in all. Ranks before the page are passed over by their counts; those wholly on it are few
 * posts and read together; `readKeys` reads a part of one that is not.
 */
export async function keysOfGroups(
  step: Kysely<Schema>,
  filter: PostFilter,
  order: GroupedOrder,
  page: { readonly offset: number; readonly limit: number },
  readKeys: (filter: PostFilter, offset: number, limit: number) => Promise<readonly Key[]>,
): Promise<{ readonly keys: readonly Key[]; readonly total: number }> {
  const { rankOf, brands } = await readRanks(step, order);
  const groups = await readGroups(step, filter, rankOf);
  const keys: Key[] = [];
  let whole: Group[] = [];
  let passed = 0;
  let taken = 0;
  for (const rank of ranksOf(groups, filter, order, brands)) {
    const skip = Math.max(0, page.offset - passed);
    const room = page.limit - taken;
    const wanted = Math.min(room, Math.max(0, rank.posts - skip));
    passed += rank.posts;
    taken += wanted;
    if (wanted === 0) continue;
    if (wanted === rank.posts) {
      whole.push(...rank.groups);
      continue;
    }
    keys.push(...(await readWhole(step, filter, whole)), ...(await readKeys(rank.filter, skip, wanted)));
    whole = [];
  }
  keys.push(...(await readWhole(step, filter, whole)));
  return { keys, total: passed };
}

async function readWhole(
  step: Kysely<Schema>,
  filter: PostFilter,
  groups: readonly Group[],
): Promise<readonly Key[]> {
  if (groups.length === 0) return [];
  const ranks = new Map(groups.map(({ accountId, state, rank }) => [`${accountId} ${state}`, rank]));
  const accounts = [...new Set(groups.map(({ accountId }) => accountId))];
  const states = [...new Set(groups.map(({ state }) => state))];
  const { rows } = await sql<Key & { account_id: number; state: PostState }>`
    select post.id as id, post.publish_at as at, post.account_id, post.state from post indexed by post_by_account
    where post.account_id in ${listOf(accounts)} and post.state in ${listOf(states)} and ${indexMatches(filter)}`.execute(
    step,
  );
  const rankOf = (row: (typeof rows)[number]) => ranks.get(`${row.account_id} ${row.state}`) ?? 0;
  return rows.sort((a, b) => rankOf(a) - rankOf(b) || a.at - b.at || a.id - b.id);
}
