import { type Kysely, sql } from 'kysely';
import type { AccountState } from '../core/brand.ts';
import { DUPLICATE_WINDOW_MS } from '../core/duplicate.ts';
import type { Claim, ClaimRequest } from '../core/queue.ts';
import { earliestDue, isCovered, listOf } from './covered.ts';
import { isThere, type PostRow, postColumns, toAccount, toBrand, toPost } from './rows.ts';
import type { Schema } from './schema.ts';

/** Rounds one claim may take when duplicates leave places free. What is left is for the next claim. */
const MOST_ROUNDS = 10;

/** A due post as it stands before it is claimed, with its account and brand. */
type Candidate = PostRow & {
  readonly key: string | null;
  readonly is_duplicate: number;
  readonly refusals: number;
  readonly network: string;
  readonly account_name: string;
  readonly settings: string;
  readonly account_state: AccountState;
  readonly problem: string;
  readonly held_at: number | null;
  readonly held_reason: string;
  readonly sealed: string | null;
  readonly brand_name: string;
  readonly market: string;
  readonly brand_time_zone: string;
  readonly grace_ms: number;
  readonly colour: string;
};

/** Runs inside one transaction. See `Queue.claimDue`. */
export async function claimDue(step: Kysely<Schema>, request: ClaimRequest): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  for (let round = 0; round < MOST_ROUNDS && claims.length < request.limit; round += 1) {
    const found = await findCandidates(step, request, request.limit - claims.length);
    const duplicates = found.filter((candidate) => candidate.is_duplicate === 1);
    const fresh = found.filter((candidate) => candidate.is_duplicate === 0);
    if (duplicates.length > 0) await holdDuplicates(step, duplicates, request.now);
    if (fresh.length > 0) claims.push(...(await writeIntents(step, fresh, request)));
    if (duplicates.length === 0) break;
  }
  return claims;
}

/**
 * The next due posts. An account's first scheduled post is kept in its tally, so accounts are walked in the order of their first posts
 * until enough are found, however many posts are due behind them. Accounts whose first post is too late to go are few (a sweep takes
 * it away) and are looked into one by one.
 */
async function findCandidates(
  step: Kysely<Schema>,
  { now, perAccount, stopped, floors }: ClaimRequest,
  limit: number,
): Promise<readonly Candidate[]> {
  const earliest = earliestDue(now, floors);
  const highestFloor = Math.max(0, ...floors.map(({ before }) => before));
  const openAccounts = sql`
    select account.id as account_id, ${earliest} as earliest, head_at, head_id, ${perAccount} - publishing as free
    from account_tally indexed by account_tally_by_head
      cross join account on account.id = account_tally.account_id
      cross join brand on brand.id = account.brand_id
    where publishing < ${perAccount} and unconfirmed = 0
      and account.state = 'ready' and account.held_at is null and not ${isCovered(stopped)}`;
  const { rows } = await sql<Candidate>`
    with searched as (
      select * from (
        ${openAccounts} and head_at <= ${now} and head_at >= earliest
          and not exists (select 1 from post where post.id = head_id and retry_at > ${now})
        order by head_at, head_id limit ${limit})
      union all
      ${openAccounts} and head_at < max(${highestFloor}, ${now} - (select min(grace_ms) from brand)) and head_at < earliest
    ), due as (
      select post.id, post.account_id, post.publish_at, post.content_hash, searched.free,
        row_number() over in_order as place,
        max(coalesce(post.retry_at, 0) > ${now}) over in_order as waits
      from searched cross join post on post.id in (
        select post.id from post indexed by post_by_account
        where post.account_id = searched.account_id and post.state = 'scheduled'
          and post.publish_at between searched.earliest and ${now} and ${isThere}
        order by post.publish_at, post.id limit ${perAccount})
      window in_order as (partition by post.account_id order by post.publish_at, post.id)
    ), ready as (
      select *, row_number() over (partition by account_id, content_hash order by publish_at, id) as same
      from due where place <= free and not waits
    )
    select ${postColumns}, post.key,
      (select count(*) from attempt where attempt.post_id = post.id and attempt.approval = post.approval
        and attempt.outcome = 'try-later') as refusals,
      account.network, account.name as account_name, account.settings, account.state as account_state, account.problem,
      account.held_at, account.held_reason, account.sealed, brand.name as brand_name, brand.market, brand.time_zone as brand_time_zone,
      brand.grace_ms, brand.colour,
      not post.duplicate_allowed and (same > 1 or exists (
        select 1 from post as said indexed by post_said
        where said.account_id = ready.account_id and said.content_hash = ready.content_hash
          and said.state in ('publishing', 'published', 'unconfirmed')
          and said.publish_at > ready.publish_at - ${DUPLICATE_WINDOW_MS})) as is_duplicate
    from (select * from ready order by publish_at, id limit ${limit}) as ready
      cross join post on post.id = ready.id
      cross join account on account.id = post.account_id
      cross join brand on brand.id = account.brand_id
    order by post.publish_at, post.id`.execute(step);
  return rows;
}

async function holdDuplicates(step: Kysely<Schema>, posts: readonly Candidate[], now: number): Promise<void> {
  await sql`
    update post set state = 'held', reason = 'duplicate', detail = '', retry_at = null, changed_at = ${now}
    where id in ${listOf(posts.map((post) => post.id))}`.execute(step);
}

async function writeIntents(
  step: Kysely<Schema>,
  candidates: readonly Candidate[],
  { now, epoch, newKey }: ClaimRequest,
): Promise<readonly Claim[]> {
  const claims = candidates.map((candidate) => toClaim(candidate, candidate.key ?? newKey(), now));
  const intents = JSON.stringify(claims.map((claim) => [claim.post.id, claim.key, claim.attempt]));
  await sql`
    update post set state = 'publishing', reason = '', detail = '', attempts = intent.attempt, key = intent.key,
      retry_at = null, changed_at = ${now}
    from (select value ->> 0 as id, value ->> 1 as key, value ->> 2 as attempt from jsonb_each(${intents})) as intent
    where post.id = intent.id`.execute(step);
  await sql`
    insert into attempt (post_id, approval, attempt, key, epoch, content_hash, started_at)
    select id, approval, attempts, key, ${epoch}, content_hash, ${now} from post
    where id in ${listOf(claims.map((claim) => claim.post.id))}`.execute(step);
  return claims;
}

function toClaim(row: Candidate, key: string, now: number): Claim {
  const attempt = row.attempts + 1;
  return {
    post: toPost({ ...row, state: 'publishing', reason: '', detail: '', attempts: attempt, changed_at: now }),
    account: toAccount({ ...row, id: row.account_id, name: row.account_name, state: row.account_state }),
    brand: toBrand({ ...row, id: row.brand_id, name: row.brand_name, time_zone: row.brand_time_zone }),
    attempt,
    refusals: row.refusals,
    key,
    sealed: row.sealed,
  };
}
