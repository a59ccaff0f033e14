import { type Kysely, sql } from 'kysely';
import { POST_STATES, type PostId } from '../core/post.ts';
import type { StateCounts } from '../core/queue.ts';
import type { PostStore } from '../core/stores.ts';
import { changePosts, relabelPosts, transferPosts } from './bulk.ts';
import { claimDue } from './claim.ts';
import { isCovered, listOf } from './covered.ts';
import { giveWay, type Importer } from './import-posts.ts';
import { insertPosts, lastPostId, ROWS_A_STATEMENT, requireAccounts, slices } from './insert-posts.ts';
import { movePosts, reschedulePosts } from './moves.ts';
import { readPage, streamPosts } from './post-page.ts';
import { withRoom } from './room.ts';
import { isThere, type PostRow, postColumns, toPost } from './rows.ts';
import type { Schema } from './schema.ts';
import { addPart, markTakenDown, recover, settle } from './settle.ts';
import { sweepMissed } from './sweep.ts';

/** The same database by its two lanes: publishing does not wait behind what a person looks at. */
type Lanes = { readonly urgent: Kysely<Schema>; readonly ordinary: Kysely<Schema> };

const MANY_ROWS = 5_000;

export function createPostStore({ urgent, ordinary }: Lanes, importer: Importer): PostStore {
  return {
    claimDue: (request) => urgent.transaction().execute((step) => claimDue(step, request)),
    settle: (settlements) => urgent.transaction().execute((step) => settle(step, settlements)),
    addPart: (postId, attempt, ref) =>
      urgent.transaction().execute((step) => addPart(step, postId, attempt, ref)),
    markTakenDown: (id, by, now) =>
      ordinary.transaction().execute((step) => markTakenDown(step, id, by, now)),
    sweepMissed: (now, covered, floors) => sweepMissed(urgent, now, covered, floors),
    recover: (now) => urgent.transaction().execute((step) => recover(step, now)),

    async nextDueAt(after) {
      const { rows } = await sql<{ at: number | null }>`
        select min(at) as at from (
          select * from (
            select post.publish_at as at from post indexed by post_by_time
            where state = 'scheduled' and publish_at > ${after} and retry_at is null and ${isThere}
            order by publish_at limit 1)
          union all
          select * from (
            select post.publish_at from post indexed by post_needs_yes
            where reason = 'needs-yes' and publish_at > ${after} and ${isThere} order by publish_at limit 1)
          union all
          select max(retry_at, publish_at) from post where retry_at is not null and max(retry_at, publish_at) > ${after})`.execute(
        urgent,
      );
      return rows[0]?.at ?? null;
    },

    add(posts, now) {
      const write = () =>
        ordinary.transaction().execute(async (step) => {
          await requireAccounts(step, posts);
          if (importer.isUnderWay()) {
            for (const slice of slices(posts, ROWS_A_STATEMENT)) await giveWay(step, slice);
          }
          const before = await lastPostId(step);
          let added = 0;
          await insertPosts(step, posts, now, (more) => {
            added += more;
            return false;
          });
          const ids = Array.from({ length: added }, (_, index) => before + 1 + index);
          return { ids, known: posts.length - added };
        });
      return posts.length > MANY_ROWS ? withRoom(ordinary, write) : write();
    },

    async knownKeys(keys) {
      const known = new Set<string>();
      for (const slice of slices(keys, ROWS_A_STATEMENT)) {
        const { rows } = await sql<{ import_key: string }>`
          select import_key from post where import_key in ${listOf(slice)} and ${isThere}`.execute(ordinary);
        for (const row of rows) known.add(row.import_key);
      }
      return known;
    },

    importAll: importer.importAll,

    async read(id) {
      const [post] = await readSome(ordinary, [id]);
      return post ?? null;
    },
    async readMany(ids) {
      const found = [];
      for (const slice of slices(ids, ROWS_A_STATEMENT)) found.push(...(await readSome(ordinary, slice)));
      return found;
    },
    page: (filter, order, offset, limit) => readPage(ordinary, filter, order, offset, limit),
    stream: (filter) => streamPosts(ordinary, filter),

    async attempts(id) {
      const rows = await ordinary
        .selectFrom('attempt')
        .selectAll()
        .where('post_id', '=', id)
        .orderBy('approval')
        .orderBy('attempt')
        .execute();
      return rows.map((row) => ({
        postId: row.post_id,
        attempt: row.attempt,
        key: row.key,
        epoch: row.epoch,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        outcome: row.outcome,
        detail: row.detail,
      }));
    },

    async counts() {
      const sums = sql.join(
        POST_STATES.map((state) => sql`coalesce(sum(${sql.ref(state)}), 0) as ${sql.ref(state)}`),
      );
      const { rows } = await sql<TallyRow>`
        select ${sums}, (select coalesce(sum(posts), 0) from arriving_tally) as arriving,
          (select coalesce(sum(held), 0) from arriving_tally) as "arrivingHeld"
        from account_tally`.execute(ordinary);
      return toCounts(rows[0] as TallyRow);
    },
    async summaries() {
      const { rows } = await sql<TallyRow & { account_id: number; head_at: number | null }>`
        select account_tally.*, coalesce(posts, 0) as arriving, coalesce(arriving_tally.held, 0) as "arrivingHeld"
        from account_tally left join arriving_tally on arriving_tally.account_id = account_tally.account_id`.execute(
        ordinary,
      );
      return rows
        .map((row) => ({ accountId: row.account_id, counts: toCounts(row), nextDueAt: row.head_at }))
        .filter(({ counts }) => POST_STATES.some((state) => counts[state] > 0));
    },
    async nextToGo(now, except) {
      const mayGo = sql`account.state = 'ready' and account.held_at is null and unconfirmed = 0 and not ${isCovered(except)}`;
      const { rows } = await sql<{ at: number | null }>`
        select min(at) as at from (
          select case when head_at > ${now} then head_at else (
            select publish_at from post indexed by post_by_account
            where post.account_id = account_tally.account_id and state = 'scheduled' and publish_at > ${now} and ${isThere}
            order by publish_at limit 1) end as at
          from account_tally
            join account on account.id = account_tally.account_id
            join brand on brand.id = account.brand_id
          where head_at is not null and ${mayGo}
          union all
          select max(retry_at, publish_at) from post indexed by post_by_retry
            cross join account_tally on account_tally.account_id = post.account_id
            cross join account on account.id = post.account_id
            cross join brand on brand.id = account.brand_id
          where retry_at is not null and max(retry_at, publish_at) > ${now} and ${mayGo})`.execute(ordinary);
      return rows[0]?.at ?? null;
    },
    async countPublished(accountId, since) {
      const { rows } = await sql<{ posts: number }>`
        select count(*) as posts from post indexed by post_by_account
        where account_id = ${accountId} and state = 'published' and publish_at > ${since}`.execute(ordinary);
      return rows[0]?.posts ?? 0;
    },
    async countScheduled(scope) {
      const { rows } = await sql<{ scheduled: number }>`
        select coalesce(sum(scheduled - coalesce(posts, 0)), 0) as scheduled
        from account_tally
          join account on account.id = account_tally.account_id
          join brand on brand.id = account.brand_id
          left join arriving_tally on arriving_tally.account_id = account.id
        where ${isCovered([scope])}`.execute(ordinary);
      return rows[0]?.scheduled ?? 0;
    },

    move: (ids, to, reason, detail, now) =>
      ordinary.transaction().execute((step) => movePosts(step, ids, to, reason, detail, now)),
    reschedule: (changes, now) =>
      ordinary.transaction().execute((step) => reschedulePosts(step, changes, now)),
    change: (changes, now) => ordinary.transaction().execute((step) => changePosts(step, changes, now)),
    relabel: (changes) => ordinary.transaction().execute((step) => relabelPosts(step, changes)),
    transfer: (transfers, now) =>
      ordinary.transaction().execute(async (step) => {
        await requireAccounts(
          step,
          transfers.map(({ post }) => post),
        );
        return transferPosts(step, transfers, now);
      }),
  };
}

type TallyRow = StateCounts & { readonly arriving: number; readonly arrivingHeld: number };

function toCounts(row: TallyRow): StateCounts {
  const counts = Object.fromEntries(POST_STATES.map((state) => [state, row[state]])) as StateCounts;
  return {
    ...counts,
    scheduled: counts.scheduled - row.arriving,
    held: counts.held - row.arrivingHeld,
  };
}

/** In the order asked for; those that are not there are left out. */
async function readSome(db: Kysely<Schema>, ids: readonly PostId[]) {
  const { rows } = await sql<PostRow>`
    select ${postColumns} from post join account on account.id = post.account_id
    where post.id in ${listOf(ids)} and ${isThere}`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, toPost(row)] as const));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
