import { type Kysely, sql } from 'kysely';
import type { LabelChange, PostChange, Transfer } from '../core/bulk.ts';
import type { PostId, PostState } from '../core/post.ts';
import type { PostStore } from '../core/stores.ts';
import { listOf } from './covered.ts';
import { insertPosts, lastPostId } from './insert-posts.ts';
import { isThere } from './rows.ts';
import type { Schema } from './schema.ts';
import { lacksYesAt } from './yes-store.ts';

/** As the post was seen; nothing is done to one that changed since, nor to one that is being published. */
const isAsSeen = sql<boolean>`post.id = wanted.id and post.state = wanted.seen_state
  and post.publish_at = wanted.seen_at and post.changed_at = wanted.seen_changed
  and post.state <> 'publishing' and ${isThere}`;

/** Runs inside one transaction. See `PostStore.change`. */
export async function changePosts(
  step: Kysely<Schema>,
  changes: readonly PostChange[],
  now: number,
): ReturnType<PostStore['change']> {
  const json = JSON.stringify(
    changes.map(({ seen, state, reason, time }) => [
      seen.id,
      seen.state,
      seen.publishAt,
      seen.changedAt,
      state,
      reason,
      time?.publishAt ?? null,
      time?.localTime ?? null,
      time?.timeZone ?? null,
    ]),
  );
  // Whatever was planned, nothing is scheduled for a time that lacks its yes; and a no was for the time it was said of.
  const waits = sql<boolean>`wanted.state = 'scheduled'
    and ${lacksYesAt(sql`coalesce(wanted.publish_at, post.publish_at)`)}`;
  const asksAgain = sql<boolean>`wanted.state = 'held' and post.reason = 'said-no'
    and coalesce(wanted.publish_at, post.publish_at) <> post.publish_at`;
  const { rows } = await sql<{ id: number }>`
    update post set state = iif(${waits}, 'held', wanted.state),
      reason = iif(${waits} or (${asksAgain}), 'needs-yes', wanted.reason),
      detail = case when wanted.state = post.state and wanted.reason = post.reason and not (${asksAgain}) then detail else '' end,
      publish_at = coalesce(wanted.publish_at, post.publish_at),
      local_time = coalesce(wanted.local_time, post.local_time),
      time_zone = coalesce(wanted.time_zone, post.time_zone),
      attempts = iif(wanted.publish_at is null, attempts, 0),
      approval = approval + (wanted.publish_at is not null),
      key = iif(wanted.publish_at is null, key, null),
      retry_at = null, changed_at = ${now},
      duplicate_allowed = iif(post.reason = 'duplicate' and wanted.state = 'scheduled', 1, duplicate_allowed)
    from (select value ->> 0 as id, value ->> 1 as seen_state, value ->> 2 as seen_at, value ->> 3 as seen_changed,
        value ->> 4 as state, value ->> 5 as reason, value ->> 6 as publish_at, value ->> 7 as local_time,
        value ->> 8 as time_zone
        from json_each(${json})) as wanted
    where ${isAsSeen}
    returning post.id`.execute(step);
  const done = new Set(rows.map((row) => row.id));
  return changes.flatMap(({ seen }) => (done.has(seen.id) ? [seen.id] : []));
}

/** See `PostStore.relabel`. HAZARD: what is being published stays as the publisher was handed it. */
export async function relabelPosts(
  step: Kysely<Schema>,
  changes: readonly (LabelChange & { readonly id: PostId })[],
): Promise<readonly PostId[]> {
  const json = JSON.stringify(changes.map(({ id, from, to }) => [id, from, to]));
  const { rows } = await sql<{ id: number }>`
    update post set label = wanted.after
    from (select value ->> 0 as id, value ->> 1 as before, value ->> 2 as after from json_each(${json})) as wanted
    where post.id = wanted.id and post.label = wanted.before and post.state <> 'publishing' and ${isThere}
    returning post.id`.execute(step);
  return rows.map(({ id }) => id);
}

/** Runs inside one transaction. See `PostStore.transfer`. */
export async function transferPosts(
  step: Kysely<Schema>,
  transfers: readonly Transfer[],
  now: number,
): ReturnType<PostStore['transfer']> {
  const ofPerson = new Set(await heldOtherwise(step, transfers));
  const canceled = new Set(
    await changePosts(
      step,
      transfers.map(({ seen }) => ({ seen, state: 'canceled', reason: 'to-account', time: null })),
      now,
    ),
  );
  const going = transfers.filter(({ seen }) => canceled.has(seen.id));
  const before = await lastPostId(step);
  await insertPosts(
    step,
    going.map(({ post }) => post),
    now,
    () => false,
  );
  const made = going.map(({ seen }, index): { from: PostId; to: PostId } => ({
    from: seen.id,
    to: before + 1 + index,
  }));
  const held = made.filter(({ from }) => ofPerson.has(from)).map(({ to }) => to);
  // What a person held stays so, also where it lacks a yes: it waits for that once it is resumed.
  if (held.length > 0)
    await sql`update post set state = 'held', reason = 'by-person', changed_at = ${now}
      where id in ${listOf(held)}`.execute(step);
  const { rows } = await sql<{ id: number; state: PostState }>`
    select id, state from post where id > ${before}`.execute(step);
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  return made.map(({ from, to }) => ({ from, to, state: states.get(to) ?? 'held' }));
}

/** Those that are held, but not for want of a yes. */
async function heldOtherwise(
  step: Kysely<Schema>,
  transfers: readonly Transfer[],
): Promise<readonly PostId[]> {
  const { rows } = await sql<{ id: number }>`
    select id from post not indexed where id in ${listOf(transfers.map(({ seen }) => seen.id))}
      and state = 'held' and reason not in ('needs-yes', 'said-no')`.execute(step);
  return rows.map(({ id }) => id);
}
