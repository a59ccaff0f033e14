import { type Kysely, sql } from 'kysely';
import type { PostId } from '../core/post.ts';
import type { NewPost } from '../core/queue.ts';
import { listOf } from './covered.ts';
import { fromNewPost } from './rows.ts';
import type { Schema } from './schema.ts';

/** Rows handed to one statement: making and reading their JSON keeps the event loop for about a millisecond. */
export const ROWS_A_STATEMENT = 500;

export function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/**
 * Inserts posts as `scheduled`, those that need a yes as `held`, those whose import key is known left out. `onSlice` is told how many new rows each statement made, in order, and
 * ends the work early by returning true. Returns how many of `posts` were looked at.
 */
export async function insertPosts(
  step: Kysely<Schema>,
  posts: readonly NewPost[],
  now: number,
  onSlice: (added: number) => boolean,
): Promise<number> {
  let looked = 0;
  let next = jsonOf(posts.slice(0, ROWS_A_STATEMENT));
  while (looked < posts.length) {
    const upTo = Math.min(posts.length, looked + ROWS_A_STATEMENT);
    const inserting = insertJson(step, next, now);
    // The next JSON is made while the database works.
    next = jsonOf(posts.slice(upTo, upTo + ROWS_A_STATEMENT));
    looked = upTo;
    if (onSlice(await inserting)) break;
  }
  return looked;
}

function jsonOf(posts: readonly NewPost[]): string {
  return JSON.stringify(posts.map(fromNewPost));
}

async function insertJson(step: Kysely<Schema>, json: string, now: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into post (account_id, publish_at, content_hash, import_key, local_time, time_zone, label, link, media, parts,
      folded, text, yes_from, state, reason, created_at, changed_at)
    select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
      value ->> 8, value ->> 9, value ->> 10, value ->> 11, coalesce(value ->> 12, who, ''),
      iif(coalesce(value ->> 12, who) is null, 'scheduled', 'held'),
      iif(coalesce(value ->> 12, who) is null, '', 'needs-yes'), ${now}, ${now}
    from jsonb_each(${json})
      left join account on account.id = (value ->> 0)
      left join brand_yes on brand_yes.brand_id = account.brand_id
    where true
    on conflict (import_key) where import_key is not null do nothing`.execute(step);
  return Number(numAffectedRows ?? 0n);
}

/** New posts get the ids that follow. */
export async function lastPostId(step: Kysely<Schema>): Promise<PostId> {
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from post`.execute(step);
  return rows[0]?.id ?? 0;
}

/** Throws when an account is not there: the callers ask only for accounts they were shown. */
export async function requireAccounts(step: Kysely<Schema>, posts: readonly NewPost[]): Promise<void> {
  const ids = new Set<number>();
  for (const post of posts) ids.add(post.accountId);
  const { rows } = await sql<{ known: number }>`
    select count(*) as known from account where removed_at is null and id in ${listOf([...ids])}`.execute(
    step,
  );
  if (rows[0]?.known !== ids.size) throw new Error('a post names an account that is not there');
}
