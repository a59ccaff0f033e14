import { type Kysely, sql } from 'kysely';
import { MOVES, type PostId, type RemoteRef } from '../core/post.ts';
import type { Settlement } from '../core/queue.ts';
import { listOf } from './covered.ts';
import { toRefs } from './rows.ts';
import type { Schema } from './schema.ts';

/** Runs inside one transaction. See `Queue.settle`. */
export async function settle(
  step: Kysely<Schema>,
  settlements: readonly Settlement[],
): Promise<readonly PostId[]> {
  const accepted = new Map<PostId, Settlement>();
  const refused: PostId[] = [];
  for (const settlement of settlements) {
    const isLegal = MOVES.publishing.includes(settlement.state) && !accepted.has(settlement.postId);
    if (isLegal) accepted.set(settlement.postId, settlement);
    else refused.push(settlement.postId);
  }
  const open = await sql<{ id: number; attempts: number; key: string; refs: string }>`
    select id, attempts, key, refs from post where state = 'publishing' and id in ${listOf([...accepted.keys()])}`.execute(
    step,
  );
  const openOf = new Map(open.rows.map((row) => [row.id, row] as const));
  const changes: unknown[] = [];
  for (const [postId, settlement] of accepted) {
    const row = openOf.get(postId);
    if (row?.attempts !== settlement.attempt || (settlement.key ?? row.key) !== row.key) {
      refused.push(postId);
      continue;
    }
    changes.push([
      postId,
      settlement.state,
      settlement.reason,
      settlement.detail,
      JSON.stringify(mergeRefs(toRefs(row.refs), settlement.refs)),
      settlement.state === 'scheduled' ? settlement.retryAt : null,
      settlement.at,
      outcomeOf(settlement),
    ]);
  }
  if (changes.length === 0) return refused;
  const json = JSON.stringify(changes);
  await sql`
    update attempt set ended_at = done.at, outcome = done.outcome, detail = done.detail
    from (select value ->> 0 as id, value ->> 3 as detail, value ->> 6 as at, value ->> 7 as outcome
        from json_each(${json})) as done, post
    where post.id = done.id and attempt.post_id = post.id and attempt.approval = post.approval
      and attempt.attempt = post.attempts`.execute(step);
  await sql`
    update post set state = done.state, reason = done.reason, detail = done.detail, refs = done.refs,
      retry_at = done.retry_at, changed_at = done.at
    from (select value ->> 0 as id, value ->> 1 as state, value ->> 2 as reason, value ->> 3 as detail, value ->> 4 as refs,
        value ->> 5 as retry_at, value ->> 6 as at from json_each(${json})) as done
    where post.id = done.id`.execute(step);
  return refused;
}

/** Parts told one by one stay, in order; what the settlement says of the same part is the newer word. */
function mergeRefs(kept: readonly RemoteRef[], told: readonly RemoteRef[]): readonly RemoteRef[] {
  const byId = new Map(kept.map((ref) => [ref.id, ref] as const));
  for (const ref of told) byId.set(ref.id, ref);
  return [...byId.values()];
}

/** The `Outcome` kind the attempt ended with. Where the settlement does not name it, the one that leads to such a settlement. */
function outcomeOf({ outcome, state, reason, retryAt }: Settlement): string {
  if (outcome) return outcome;
  if (reason === 'signed-out') return 'signed-out';
  switch (state) {
    case 'published':
      return 'published';
    case 'unconfirmed':
      return 'unconfirmed';
    case 'failed':
      if (reason === 'cut') return 'cut';
      return reason === 'attempts' ? 'try-later' : 'refused';
    default:
      return retryAt === null ? 'not-sent' : 'try-later';
  }
}

/** See `Queue.addPart`. Also taken when the post has become unconfirmed meanwhile: the part is public all the same. */
export async function addPart(
  step: Kysely<Schema>,
  postId: PostId,
  attempt: number,
  ref: RemoteRef,
): Promise<void> {
  const { rows } = await sql<{ refs: string }>`
    select refs from post where id = ${postId} and attempts = ${attempt} and state in ('publishing', 'unconfirmed')`.execute(
    step,
  );
  const row = rows[0];
  if (row === undefined) return;
  const refs = JSON.stringify(mergeRefs(toRefs(row.refs), [ref]));
  await sql`update post set refs = ${refs} where id = ${postId}`.execute(step);
}

/** See `PostStore.markTakenDown`. Runs inside one transaction. */
export async function markTakenDown(
  step: Kysely<Schema>,
  postId: PostId,
  by: string,
  now: number,
): Promise<void> {
  const { rows } = await sql<{ refs: string }>`select refs from post where id = ${postId}`.execute(step);
  const row = rows[0];
  if (row === undefined) return;
  const refs = toRefs(row.refs).map((ref) => (ref.takenDown ? ref : { ...ref, takenDown: { at: now, by } }));
  await sql`update post set refs = ${JSON.stringify(refs)} where id = ${postId}`.execute(step);
}

/** Runs inside one transaction. See `Queue.recover`. */
export async function recover(step: Kysely<Schema>, now: number): Promise<number> {
  await sql`
    update attempt set ended_at = ${now}, outcome = 'unconfirmed'
    from post where post.state = 'publishing' and attempt.post_id = post.id and attempt.ended_at is null`.execute(
    step,
  );
  const { numAffectedRows } = await sql`
    update post set state = 'unconfirmed', reason = 'crash', detail = '', changed_at = ${now}
    where state = 'publishing'`.execute(step);
  return Number(numAffectedRows ?? 0n);
}
