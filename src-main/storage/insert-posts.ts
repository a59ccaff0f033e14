import { type Kysely, sql } from 'kysely';
import type { PostId } from '../core/post.ts';
import type { NewPost } from '../core/queue.ts';
import { fromNewPost } from './rows.ts';
import type { Schema } from './schema.ts';

/** Rows handed to one statement: making and reading their JSON keeps the event loop for about a millisecond. */
export const ROWS_A_STATEMENT = 500;

export function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/** Inserts at most `ROWS_A_STATEMENT` posts as `scheduled`; returns the ids of those that are new, in the order given. */
export async function insertPosts(
  step: Kysely<Schema>,
  posts: readonly NewPost[],
  now: number,
): Promise<readonly PostId[]> {
  const { rows } = await sql<{ id: number }>`
    insert into post (account_id, publish_at, content_hash, import_key, local_time, time_zone, label, link, media, parts,
      folded, text, created_at, changed_at)
    select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
      value ->> 8, value ->> 9, value ->> 10, value ->> 11, ${now}, ${now}
    from jsonb_each(${JSON.stringify(posts.map(fromNewPost))})
    where true
    on conflict (import_key) where import_key is not null do nothing
    returning id`.execute(step);
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

/** Throws when an account is not there: the callers ask only for accounts they were shown. */
export async function requireAccounts(step: Kysely<Schema>, posts: readonly NewPost[]): Promise<void> {
  const ids = [...new Set(posts.map((post) => post.accountId))];
  const { rows } = await sql<{ known: number }>`
    select count(*) as known from account
    where removed_at is null and id in (select value from json_each(${JSON.stringify(ids)}))`.execute(step);
  if (rows[0]?.known !== ids.length) throw new Error('a post names an account that is not there');
}
