import { type Kysely, sql } from 'kysely';
import { DUPLICATE_WINDOW_MS } from '../core/duplicate.ts';
import type { Post, PostId } from '../core/post.ts';
import type { Claim, ClaimRequest } from '../core/queue.ts';
import { isCovered, listOf } from './covered.ts';
import {
  type AccountRow,
  type BrandRow,
  isThere,
  type PostRow,
  postColumns,
  toAccount,
  toBrand,
  toPost,
} from './rows.ts';
import type { Schema } from './schema.ts';

/** Rounds one claim may take when duplicates leave places free. What is left is for the next claim. */
const MOST_ROUNDS = 10;

type Candidate = { readonly id: PostId; readonly key: string | null; readonly is_duplicate: number };

/** Runs inside one transaction. See `Queue.claimDue`. */
export async function claimDue(step: Kysely<Schema>, request: ClaimRequest): Promise<readonly Claim[]> {
  const chosen: Candidate[] = [];
  for (let round = 0; round < MOST_ROUNDS && chosen.length < request.limit; round += 1) {
    const found = await findCandidates(step, request, request.limit - chosen.length);
    const duplicates = found.filter((candidate) => candidate.is_duplicate === 1);
    const fresh = found.filter((candidate) => candidate.is_duplicate === 0);
    if (duplicates.length > 0) await holdDuplicates(step, duplicates, request.now);
    if (fresh.length > 0) await writeIntents(step, fresh, request);
    chosen.push(...fresh);
    if (duplicates.length === 0) break;
  }
  return chosen.length === 0 ? [] : readClaims(step, chosen);
}

/**
 * The next due posts. An account's first scheduled post is kept in its tally, so accounts are walked in the order of their first posts
 * until enough are found, however many posts are due behind them. Accounts whose first post is too late to go are few (a sweep takes
 * it away) and are looked into one by one.
 */
async function findCandidates(
  step: Kysely<Schema>,
  { now, perAccount, stopped }: ClaimRequest,
  limit: number,
): Promise<readonly Candidate[]> {
  const { rows } = await sql<Candidate>`
    with open_account as (
      select account_tally.account_id, brand.grace_ms, head_at, head_id, ${perAccount} - publishing as free
      from account_tally indexed by account_tally_by_head
        cross join account on account.id = account_tally.account_id
        cross join brand on brand.id = account.brand_id
      where head_at <= ${now} and publishing < ${perAccount} and unconfirmed = 0
        and account.state = 'ready' and account.held_at is null and not ${isCovered(stopped)}
    ), searched as (
      select * from (
        select * from open_account
        where head_at >= ${now} - grace_ms
          and not exists (select 1 from post where post.id = head_id and retry_at > ${now})
        order by head_at, head_id limit ${limit})
      union all
      select * from open_account where head_at < ${now} - grace_ms
    ), due as (
      select post.id, post.account_id, post.publish_at, post.content_hash, post.key, post.duplicate_allowed, searched.free,
        row_number() over in_order as place,
        max(coalesce(post.retry_at, 0) > ${now}) over in_order as waits
      from searched cross join post on post.id in (
        select post.id from post indexed by post_by_account
        where post.account_id = searched.account_id and post.state = 'scheduled'
          and post.publish_at between ${now} - searched.grace_ms and ${now} and ${isThere}
        order by post.publish_at, post.id limit ${perAccount})
      window in_order as (partition by post.account_id order by post.publish_at, post.id)
    ), ready as (
      select *, row_number() over (partition by account_id, content_hash order by publish_at, id) as same
      from due where place <= free and not waits
    )
    select ready.id, ready.key, not duplicate_allowed and (same > 1 or exists (
        select 1 from post indexed by post_said
        where post.account_id = ready.account_id and post.content_hash = ready.content_hash
          and post.state in ('publishing', 'published', 'unconfirmed')
          and post.publish_at > ready.publish_at - ${DUPLICATE_WINDOW_MS})) as is_duplicate
    from ready order by publish_at, id limit ${limit}`.execute(step);
  return rows;
}

async function holdDuplicates(step: Kysely<Schema>, posts: readonly Candidate[], now: number): Promise<void> {
  await sql`
    update post set state = 'held', reason = 'duplicate', detail = '', retry_at = null, changed_at = ${now}
    where id in ${listOf(posts.map((post) => post.id))}`.execute(step);
}

async function writeIntents(
  step: Kysely<Schema>,
  posts: readonly Candidate[],
  { now, epoch, newKey }: ClaimRequest,
): Promise<void> {
  const keyed = JSON.stringify(posts.map((post) => [post.id, post.key ?? newKey()]));
  await sql`
    update post set state = 'publishing', reason = '', detail = '', attempts = attempts + 1, key = intent.key,
      retry_at = null, changed_at = ${now}
    from (select value ->> 0 as id, value ->> 1 as key from json_each(${keyed})) as intent
    where post.id = intent.id`.execute(step);
  await sql`
    insert into attempt (post_id, approval, attempt, key, epoch, content_hash, started_at)
    select id, approval, attempts, key, ${epoch}, content_hash, ${now} from post
    where id in ${listOf(posts.map((post) => post.id))}`.execute(step);
}

async function readClaims(step: Kysely<Schema>, posts: readonly Candidate[]): Promise<readonly Claim[]> {
  const ids = listOf(posts.map((post) => post.id));
  const { rows } = await sql<PostRow & { key: string }>`
    select ${postColumns}, post.key from post join account on account.id = post.account_id
    where post.id in ${ids}`.execute(step);
  const accounts = await sql<AccountRow & { sealed: string | null }>`
    select id, brand_id, network, name, settings, state, problem, held_at, sealed from account
    where id in (select account_id from post where id in ${ids})`.execute(step);
  const brands = await sql<BrandRow>`
    select id, name, market, time_zone, grace_ms, colour from brand
    where id in ${listOf([...new Set(rows.map((row) => row.brand_id))])}`.execute(step);
  const accountOf = new Map(
    accounts.rows.map((row) => [row.id, { account: toAccount(row), sealed: row.sealed }] as const),
  );
  const brandOf = new Map(brands.rows.map((row) => [row.id, toBrand(row)] as const));
  return rows
    .map((row): Claim => {
      const owner = accountOf.get(row.account_id);
      const brand = brandOf.get(row.brand_id);
      if (owner === undefined || brand === undefined) throw new Error(`post ${row.id} has no account`);
      const post = toPost(row);
      return {
        post,
        account: owner.account,
        brand,
        attempt: post.attempts,
        key: row.key,
        sealed: owner.sealed,
      };
    })
    .sort((a, b) => earlier(a.post, b.post));
}

function earlier(a: Post, b: Post): number {
  return a.publishAt - b.publishAt || a.id - b.id;
}
