import { type Kysely, type RawBuilder, sql } from 'kysely';
import { POST_STATES, type PostId, type PostState } from '../core/post.ts';
import type { PostFilter } from '../core/queue.ts';
import { marketKey } from '../core/scope.ts';
import { listOf } from './covered.ts';
import { fold, isThere } from './rows.ts';
import type { Schema } from './schema.ts';

export type Order = 'soonest' | 'latest' | 'changed';

/** Where a post stands in an order: `at` is its time or its last change, `rank` that of its group where the order has groups. */
export type Key = { readonly id: PostId; readonly at: number; readonly rank?: number };

export function statesOf(filter: PostFilter): readonly PostState[] {
  const asked = filter.yes === undefined ? POST_STATES : (['held'] as const);
  return filter.states === undefined ? asked : asked.filter((state) => filter.states?.includes(state));
}

export function isPlaced(filter: PostFilter): boolean {
  return [filter.brandId, filter.accountId, filter.network, filter.market].some((part) => part !== undefined);
}

/** Whether rows have to be read to tell: no index of an account knows labels, reasons and texts. */
export function needsRows(filter: PostFilter): boolean {
  return filter.label !== undefined || filter.yes !== undefined || (filter.search ?? '') !== '';
}

/** For statements that call the tables `account` and `brand`. */
export function placeMatches(filter: PostFilter): RawBuilder<boolean> {
  return all([
    filter.accountId === undefined ? null : sql`account.id = ${filter.accountId}`,
    filter.brandId === undefined ? null : sql`account.brand_id = ${filter.brandId}`,
    filter.network === undefined ? null : sql`account.network = ${filter.network}`,
    filter.market === undefined ? null : sql`brand.market_key = ${marketKey(filter.market)}`,
  ]);
}

/** For statements that call the table `post`: what indexes can tell, the state left out. `from` is inclusive, `to` is not. */
export function indexMatches(filter: PostFilter): RawBuilder<boolean> {
  return all([
    filter.accountId === undefined ? null : sql`post.account_id = ${filter.accountId}`,
    isPlaced(filter) && !isOneAccount(filter)
      ? sql`post.account_id in (
          select account.id from account join brand on brand.id = account.brand_id where ${placeMatches(filter)})`
      : null,
    filter.from === undefined ? null : sql`post.publish_at >= ${filter.from}`,
    filter.to === undefined ? null : sql`post.publish_at < ${filter.to}`,
    isThere,
  ]);
}

/** For statements that call the table `post`: what only the row can tell. */
export function rowMatches(filter: PostFilter): RawBuilder<boolean> {
  const needle = fold(filter.search ?? '').replace(/[\\%_]/gu, '\\$&');
  return all([
    filter.label === undefined ? null : hasLabel(filter.label),
    filter.yes === undefined
      ? null
      : sql`post.reason = ${filter.yes === 'waiting' ? 'needs-yes' : 'said-no'}`,
    needle === '' ? null : sql`coalesce(post.folded, post.text) like ${`%${needle}%`} escape '\\'`,
  ]);
}

/** For statements that call the table `post`; '' is none at all. */
export function hasLabel(label: string): RawBuilder<boolean> {
  if (label === '') return sql`post.label = ''`;
  return sql`exists (select 1 from post_label where post_label.label = ${label} and post_label.post_id = post.id)`;
}

function isOneAccount({ accountId, brandId, network, market }: PostFilter): boolean {
  return accountId !== undefined && brandId === undefined && network === undefined && market === undefined;
}

function all(parts: readonly (RawBuilder<unknown> | null)[]): RawBuilder<boolean> {
  const given = parts.filter((part) => part !== null);
  return given.length === 0 ? sql`true` : sql`${sql.join(given, sql` and `)}`;
}

export type Weight = {
  /** Posts of the filter's states and place. The exact total when the filter asks for no more. */
  readonly matching: number;
  /** Posts of the filter's states everywhere. */
  readonly all: number;
};

/** Adds up the tallies: O(accounts), not O(posts). */
export async function weigh(step: Kysely<Schema>, filter: PostFilter): Promise<Weight> {
  const { rows } = await sql<Weight>`
    select coalesce(sum(posts), 0) as "all", coalesce(sum(case when is_in then posts end), 0) as matching
    from (select ${tallyOf(statesOf(filter))} as posts, ${placeMatches(filter)} as is_in from ${tallies})`.execute(
    step,
  );
  return rows[0] ?? { matching: 0, all: 0 };
}

/** The accounts of the filter's place that have posts of its states, and how many. */
export async function weighAccounts(
  step: Kysely<Schema>,
  filter: PostFilter,
): Promise<readonly { readonly id: number; readonly posts: number }[]> {
  const { rows } = await sql<{ id: number; posts: number }>`
    select id, posts from (
      select account.id, ${tallyOf(statesOf(filter))} as posts, ${placeMatches(filter)} as is_in from ${tallies})
    where is_in and posts > 0 order by id`.execute(step);
  return rows;
}

const tallies = sql`account_tally
  join account on account.id = account_tally.account_id
  join brand on brand.id = account.brand_id
  left join arriving_tally on arriving_tally.account_id = account.id`;

function tallyOf(states: readonly PostState[]): RawBuilder<number> {
  if (states.length === 0) return sql`0`;
  const sum = sql.join(
    states.map((state) => sql.ref(`account_tally.${state}`)),
    sql` + `,
  );
  const arriving = [
    ...(states.includes('scheduled') ? [sql`coalesce(arriving_tally.posts, 0)`] : []),
    ...(states.includes('held') ? [sql`coalesce(arriving_tally.held, 0)`] : []),
  ];
  return arriving.length === 0 ? sql`${sum}` : sql`${sum} - ${sql.join(arriving, sql` - `)}`;
}

/**
 * The posts of a filter in an order, without reading rows. Each state is read in order from its index and the states are merged, so
 * that a page costs what lies before it, not what there is.
 */
export function walk(filter: PostFilter, order: Order, after: Key | null): RawBuilder<Key> {
  const column = sql.ref(order === 'changed' ? 'post.changed_at' : 'post.publish_at');
  const index = sql.ref(
    order === 'changed'
      ? 'post_by_change'
      : filter.accountId === undefined
        ? 'post_by_time'
        : 'post_by_account',
  );
  const beyond = after === null ? sql`true` : sql`(${column}, post.id) > (${after.at}, ${after.id})`;
  const arms = statesOf(filter).map(
    (state) => sql`
      select post.id as id, ${column} as at from post indexed by ${index}
      where post.state = ${state} and ${beyond} and ${indexMatches(filter)}`,
  );
  return sql`${sql.join(arms, sql` union all `)} order by ${direction(order)}`;
}

/** The same, by looking up the accounts of the filter and sorting what they have: cheaper when that is little. */
export function gather(filter: PostFilter, order: Order): RawBuilder<Key> {
  const column = sql.ref(order === 'changed' ? 'post.changed_at' : 'post.publish_at');
  return sql`
    select post.id as id, ${column} as at from post indexed by post_by_account
    where post.state in ${listOf(statesOf(filter))} and ${indexMatches(filter)} order by ${direction(order)}`;
}

function direction(order: Order): RawBuilder<unknown> {
  return order === 'soonest' ? sql`at, id` : sql`at desc, id desc`;
}
