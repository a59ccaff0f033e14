import { type Kysely, sql } from 'kysely';
import type { Post } from '../core/post.ts';
import type { PostFilter, PostOrder } from '../core/queue.ts';
import { listOf } from './covered.ts';
import {
  gather,
  indexMatches,
  isPlaced,
  type Key,
  needsRows,
  type Order,
  rowMatches,
  statesOf,
  type Weight,
  walk,
  weigh,
} from './post-filter.ts';
import { isGrouped, keysOfGroups } from './post-groups.ts';
import { findByRows } from './post-search.ts';
import { type PostRow, postColumns, toPost } from './rows.ts';
import type { Schema } from './schema.ts';

type Page = { readonly posts: readonly Post[]; readonly total: number };

/**
 * See `PostStore.page`. What it costs: a filter by state and place is counted by adding up tallies, one by time by counting in an
 * index, one by label or text by reading the rows it cannot exclude, a few thousand in one statement, with others in between.
 */
export async function readPage(
  db: Kysely<Schema>,
  filter: PostFilter,
  order: PostOrder,
  offset: number,
  limit: number,
): Promise<Page> {
  if (statesOf(filter).length === 0) return { posts: [], total: 0 };
  if (needsRows(filter)) {
    const { keys, total } = await findByRows(db, filter, order, offset + limit);
    return { posts: await readInOrder(db, keys.slice(offset), filter), total };
  }
  return db.transaction().execute(async (step) => {
    const { keys, total } = isGrouped(order)
      ? await keysOfGroups(step, filter, order, { offset, limit }, (narrower, from, most) =>
          readKeys(step, narrower, 'soonest', from, most).then((read) => read.keys),
        )
      : await readKeys(step, filter, order, offset, limit);
    return { posts: await readInOrder(step, keys, filter), total };
  });
}

async function readKeys(
  step: Kysely<Schema>,
  filter: PostFilter,
  order: Order,
  offset: number,
  limit: number,
): Promise<{ readonly keys: readonly Key[]; readonly total: number }> {
  const weight = await weigh(step, filter);
  const total = isTimed(filter) ? await count(step, filter) : weight.matching;
  if (offset >= total) return { keys: [], total };
  const keys = shouldGather(filter, order, weight, offset + limit)
    ? gather(filter, order)
    : walk(filter, order, null);
  const { rows } = await sql<Key>`${keys} limit ${limit} offset ${offset}`.execute(step);
  return { keys: rows, total };
}

function isTimed(filter: PostFilter): boolean {
  return filter.from !== undefined || filter.to !== undefined;
}

/**
 * Walking passes over the posts of other places and reads a row of each; gathering sorts all posts of this place, and reads their rows
 * where the index lacks the key.
 */
function shouldGather(filter: PostFilter, order: Order, { matching, all }: Weight, reach: number): boolean {
  if (!isPlaced(filter)) return false;
  if (filter.accountId !== undefined && order !== 'changed') return false;
  const walked = Math.min(all, (reach * all) / Math.max(matching, 1));
  return matching * (order === 'changed' ? 2 : 1) < walked;
}

async function count(step: Kysely<Schema>, filter: PostFilter): Promise<number> {
  const index = sql.ref(isPlaced(filter) ? 'post_by_account' : 'post_by_time');
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from post indexed by ${index}
    where post.state in ${listOf(statesOf(filter))} and ${indexMatches(filter)}`.execute(step);
  return rows[0]?.total ?? 0;
}

async function readInOrder(
  db: Kysely<Schema>,
  keys: readonly Key[],
  filter: PostFilter,
): Promise<readonly Post[]> {
  const { rows } = await sql<PostRow>`
    select ${postColumns} from post join account on account.id = post.account_id
    where post.id in ${listOf(keys.map((key) => key.id))} and ${rowMatches(filter)}`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row] as const));
  return keys.flatMap(({ id }) => {
    const row = byId.get(id);
    return row === undefined ? [] : [toPost(row)];
  });
}

const ROWS_A_CHUNK = 500;

/** See `PostStore.stream`. A post that is given another time meanwhile may be met twice or not at all. */
export async function* streamPosts(db: Kysely<Schema>, filter: PostFilter): AsyncGenerator<readonly Post[]> {
  if (statesOf(filter).length === 0) return;
  let after: Key | null = null;
  for (;;) {
    const { posts, last } = await readChunk(db, filter, after);
    if (posts.length > 0) yield posts;
    if (last === null) return;
    after = last;
  }
}

async function readChunk(
  db: Kysely<Schema>,
  filter: PostFilter,
  after: Key | null,
): Promise<{ readonly posts: readonly Post[]; readonly last: Key | null }> {
  return db.transaction().execute(async (step) => {
    const { rows } = await sql<Key>`${walk(filter, 'soonest', after)} limit ${ROWS_A_CHUNK}`.execute(step);
    const posts = await readInOrder(step, rows, filter);
    return { posts, last: rows.length < ROWS_A_CHUNK ? null : (rows.at(-1) ?? null) };
  });
}
