import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PostState } from '../core/post.ts';
import type { PostFilter, PostOrder } from '../core/queue.ts';
import { listOf } from './covered.ts';
import { indexMatches, type Key, rowMatches, statesOf, weighAccounts } from './post-filter.ts';
import { isGrouped, readRanks } from './post-groups.ts';
import type { Schema } from './schema.ts';

/** Rows read in one statement: other statements wait for no more than these, some ten milliseconds. */
const ROWS_A_SLICE = 4_000;
/** Of posts that are looked up one by one. */
const LABELLED_A_SLICE = 2_000;
/** An account with more posts than this is not read in one statement. */
const MOST_OF_ACCOUNT = 20_000;

/**
 * Finds the first `most` posts of an order by label or text, and counts all. Reads every row that state and place do not exclude, slice
 * by slice, each a statement of its own; posts that change meanwhile are found as they are when their slice is read.
 */
export async function findByRows(
  db: Kysely<Schema>,
  filter: PostFilter,
  order: PostOrder,
  most: number,
): Promise<{ readonly keys: readonly Key[]; readonly total: number }> {
  const column = sql.ref(order === 'changed' ? 'post.changed_at' : 'post.publish_at');
  const rankOf = isGrouped(order) ? (await readRanks(db, order)).rankOf : () => 0;
  const isBefore = order === 'latest' || order === 'changed' ? descending : ascending;
  let best: Key[] = [];
  let total = 0;
  for (const slice of await sliceUp(db, filter)) {
    const { rows } = await sql<Key & { account_id: number; state: PostState }>`
      select post.id as id, ${column} as at, post.account_id, post.state from post ${slice}
        and post.state in ${listOf(statesOf(filter))} and ${indexMatches(filter)} and ${rowMatches(filter)}`.execute(
      db,
    );
    total += rows.length;
    for (const { id, at, account_id: accountId, state } of rows)
      best.push({ id, at, rank: rankOf(accountId, state) });
    // Kept short, so that a word that is everywhere costs no memory by the number of posts.
    if (best.length > 2 * most + ROWS_A_SLICE) best = best.sort(isBefore).slice(0, most);
  }
  return { keys: best.sort(isBefore).slice(0, most), total };
}

/** Few posts are looked up by account, many are read in the order in which they lie in the file. */
async function sliceUp(db: Kysely<Schema>, filter: PostFilter): Promise<readonly RawBuilder<unknown>[]> {
  if (filter.label) return slicesWith(db, filter.label);
  const accounts = await weighAccounts(db, filter);
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from post`.execute(db);
  const lastId = rows[0]?.id ?? 0;
  const posts = accounts.reduce((sum, account) => sum + account.posts, 0);
  if (posts < lastId / 4 && accounts.every((account) => account.posts <= MOST_OF_ACCOUNT)) {
    return groupsOf(accounts).map(
      (ids) => sql`indexed by post_by_account where post.account_id in ${listOf(ids)}`,
    );
  }
  const starts = Array.from({ length: Math.ceil(lastId / ROWS_A_SLICE) }, (_, index) => index * ROWS_A_SLICE);
  return starts.map(
    (start) => sql`not indexed where post.id > ${start} and post.id <= ${start + ROWS_A_SLICE}`,
  );
}

/** Only those that have the label, which an index tells. */
async function slicesWith(db: Kysely<Schema>, label: string): Promise<readonly RawBuilder<unknown>[]> {
  const { rows } = await sql<{ first: number; last: number }>`
    select min(post_id) as first, max(post_id) as last from (
      select post_id, (row_number() over (order by post_id) - 1) / ${LABELLED_A_SLICE} as slice
      from post_label where label = ${label})
    group by slice order by first`.execute(db);
  return rows.map(
    ({ first, last }) => sql`not indexed where post.id in (
      select post_id from post_label where label = ${label} and post_id between ${first} and ${last})`,
  );
}

function groupsOf(accounts: readonly { readonly id: number; readonly posts: number }[]): readonly number[][] {
  const groups: number[][] = [];
  let room = 0;
  for (const { id, posts } of accounts) {
    const group = groups.at(-1);
    if (group === undefined || posts > room) {
      groups.push([id]);
      room = ROWS_A_SLICE - posts;
    } else {
      group.push(id);
      room -= posts;
    }
  }
  return groups;
}

function ascending(a: Key, b: Key): number {
  return (a.rank ?? 0) - (b.rank ?? 0) || a.at - b.at || a.id - b.id;
}

function descending(a: Key, b: Key): number {
  return b.at - a.at || b.id - a.id;
}
