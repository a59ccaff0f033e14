import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Post } from '../core/post.ts';
import type { PostFilter } from '../core/queue.ts';
import { listOf } from './covered.ts';
import { isThere, type PostRow, postColumns, toPost } from './rows.ts';
import type { Schema } from './schema.ts';

const ORDERS = {
  soonest: sql`post.publish_at, post.id`,
  latest: sql`post.publish_at desc, post.id desc`,
  changed: sql`post.changed_at desc, post.id desc`,
} as const;

/** See `PostStore.page`. */
export async function readPage(
  db: Kysely<Schema>,
  filter: PostFilter,
  order: keyof typeof ORDERS,
  offset: number,
  limit: number,
): Promise<{ readonly posts: readonly Post[]; readonly total: number }> {
  const where = matches(filter);
  const { rows } = await sql<PostRow>`
    select ${postColumns} from post join account on account.id = post.account_id join brand on brand.id = account.brand_id
    where ${where} order by ${ORDERS[order]} limit ${limit} offset ${offset}`.execute(db);
  const counted = await sql<{ total: number }>`
    select count(*) as total from post join account on account.id = post.account_id join brand on brand.id = account.brand_id
    where ${where}`.execute(db);
  return { posts: rows.map(toPost), total: counted.rows[0]?.total ?? 0 };
}

function matches(filter: PostFilter): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [isThere];
  if (filter.states) parts.push(sql`post.state in ${listOf(filter.states)}`);
  if (filter.accountId !== undefined) parts.push(sql`post.account_id = ${filter.accountId}`);
  if (filter.brandId !== undefined) parts.push(sql`account.brand_id = ${filter.brandId}`);
  if (filter.network !== undefined) parts.push(sql`account.network = ${filter.network}`);
  if (filter.market !== undefined) parts.push(sql`brand.market_key = ${filter.market.toLowerCase()}`);
  if (filter.label !== undefined) parts.push(sql`post.label = ${filter.label}`);
  if (filter.from !== undefined) parts.push(sql`post.publish_at >= ${filter.from}`);
  if (filter.to !== undefined) parts.push(sql`post.publish_at < ${filter.to}`);
  if (filter.search !== undefined) {
    const needle = filter.search.toLowerCase().replace(/[\\%_]/gu, '\\$&');
    parts.push(sql`coalesce(post.folded, post.text) like ${`%${needle}%`} escape '\\'`);
  }
  return sql`${sql.join(parts, sql` and `)}`;
}

const ROWS_A_CHUNK = 500;

/** See `PostStore.stream`. */
export async function* streamPosts(db: Kysely<Schema>, filter: PostFilter): AsyncGenerator<readonly Post[]> {
  let at = Number.MIN_SAFE_INTEGER;
  let id = 0;
  for (;;) {
    const { rows } = await sql<PostRow>`
      select ${postColumns} from post join account on account.id = post.account_id join brand on brand.id = account.brand_id
      where ${matches(filter)} and (post.publish_at, post.id) > (${at}, ${id})
      order by post.publish_at, post.id limit ${ROWS_A_CHUNK}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(toPost);
    at = last.publish_at;
    id = last.id;
  }
}
