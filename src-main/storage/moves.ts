import { type Kysely, sql } from 'kysely';
import { MOVES, POST_STATES, type PostId, type PostReason, type PostState } from '../core/post.ts';
import type { PostStore } from '../core/stores.ts';
import { listOf } from './covered.ts';
import { isThere } from './rows.ts';
import type { Schema } from './schema.ts';
import { lacksYesAt } from './yes-store.ts';

type Moved = Awaited<ReturnType<PostStore['move']>>;

/**
 * Runs inside one transaction. See `PostStore.move`. Nothing becomes `publishing` this way: only a claim writes the intent that
 * must come first. HAZARD: of a post that is being published nobody but its settlement can say that no byte left, so all that
 * can be said of it here is that it is unconfirmed. What lacks its yes is not scheduled by this: held for another reason it waits for the
 * yes, and is among those refused.
 */
export async function movePosts(
  step: Kysely<Schema>,
  ids: readonly PostId[],
  to: PostState,
  reason: PostReason,
  detail: string,
  now: number,
): Promise<Moved> {
  const from = POST_STATES.filter(
    (state) =>
      to !== 'publishing' && MOVES[state].includes(to) && (state !== 'publishing' || to === 'unconfirmed'),
  );
  if (to === 'unconfirmed') {
    await sql`
      update attempt set ended_at = ${now}, outcome = 'unconfirmed', detail = ${detail}
      from post where post.id in ${listOf(ids)} and post.state = 'publishing'
        and attempt.post_id = post.id and attempt.ended_at is null`.execute(step);
  }
  const waits = to === 'scheduled' ? lacksYesAt(sql`post.publish_at`) : sql<boolean>`false`;
  const { rows } = await sql<{ id: number; state: PostState }>`
    update post set state = iif(${waits}, 'held', ${to}), reason = iif(${waits}, 'needs-yes', ${reason}),
      detail = ${detail}, retry_at = null, changed_at = ${now},
      duplicate_allowed = case when reason = 'duplicate' then 1 else duplicate_allowed end
    where id in ${listOf(ids)} and state in ${listOf(from)} and ${isThere}
      and not (${waits} and reason in ('needs-yes', 'said-no'))
    returning id, state`.execute(step);
  return sortOut(
    ids,
    rows.filter(({ state }) => state === to),
  );
}

/** Runs inside one transaction. See `PostStore.reschedule`. */
export async function reschedulePosts(
  step: Kysely<Schema>,
  changes: Parameters<PostStore['reschedule']>[0],
  now: number,
): Promise<Moved> {
  const json = JSON.stringify(
    changes.map((change) => [change.postId, change.publishAt, change.localTime, change.timeZone]),
  );
  const waits = lacksYesAt(sql`wanted.publish_at`);
  const { rows } = await sql<{ id: number }>`
    update post set state = iif(${waits}, 'held', 'scheduled'), reason = iif(${waits}, 'needs-yes', ''), detail = '', publish_at = wanted.publish_at,
      local_time = wanted.local_time, time_zone = wanted.time_zone, attempts = 0, approval = approval + 1, key = null,
      retry_at = null, changed_at = ${now},
      duplicate_allowed = case when reason = 'duplicate' then 1 else duplicate_allowed end
    from (select value ->> 0 as id, value ->> 1 as publish_at, value ->> 2 as local_time, value ->> 3 as time_zone
        from json_each(${json})) as wanted
    where post.id = wanted.id and state in ('scheduled', 'held', 'missed') and ${isThere}
    returning post.id`.execute(step);
  return sortOut(
    changes.map((change) => change.postId),
    rows,
  );
}

function sortOut(asked: readonly PostId[], changed: readonly { readonly id: number }[]): Moved {
  const done = new Set(changed.map((row) => row.id));
  const unique = [...new Set(asked)];
  return { moved: unique.filter((id) => done.has(id)), refused: unique.filter((id) => !done.has(id)) };
}
