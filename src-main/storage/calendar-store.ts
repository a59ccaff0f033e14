import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AccountGaps, CalendarFilter, CalendarPost, CalendarStore } from '../core/calendar.ts';
import { POST_STATES, type PostState } from '../core/post.ts';
import type { StateCounts } from '../core/queue.ts';
import { SLOT_SPACING_MS } from '../core/slots.ts';
import { listOf } from './covered.ts';
import { hasLabel, isPlaced, placeMatches, statesOf } from './post-filter.ts';
import { isThere } from './rows.ts';
import type { Schema } from './schema.ts';

const TEXT_SHOWN = 200;
/** With one of these an account says something on a day. */
const SAYING: readonly PostState[] = ['scheduled', 'publishing', 'published', 'unconfirmed'];

/**
 * What a calendar shows, read from the index `post_by_day` alone (of one account: `post_by_account`) and rows only of the posts that are
 * shown. HAZARD: `indexed by` also sees to it that no plan ever reads the whole table.
 */
export function createCalendarStore(db: Kysely<Schema>): CalendarStore {
  return {
    stretches: (filter, edges, most) =>
      db.transaction().execute(async (step) => {
        const states = statesOf(filter);
        const counts: StateCounts[] = edges.slice(1).map(() => zeroCounts());
        const posts: CalendarPost[][] = edges.slice(1).map(() => []);
        if (states.length === 0) return joined(counts, posts);
        const where = await within(step, filter);
        const spans = spansOf(edges);
        const { rows } = await sql<{ span: number; state: PostState; posts: number }>`
          select span.key as span, state.value as state, (
              select count(*) from ${where.source}
              where post.state = state.value and ${inSpan} and ${where.matches}) as posts
          from ${spans} as span, json_each(${JSON.stringify(states)}) as state`.execute(step);
        for (const row of rows) (counts[row.span] as Record<PostState, number>)[row.state] = row.posts;
        if (most === 0) return joined(counts, posts);
        const arms = states.map(
          (state) => sql`
            select * from (select post.id as id, post.publish_at as at from ${where.source}
              where post.state = ${state} and ${inSpan} and ${where.matches} order by post.publish_at limit ${most})`,
        );
        const heads = await sql<{ span: number; ids: string }>`
          select span.key as span, (
              select json_group_array(id) from (${sql.join(arms, sql` union all `)} order by at, id limit ${most})) as ids
          from ${spans} as span`.execute(step);
        const shown = await readPosts(
          step,
          heads.rows.flatMap((row) => JSON.parse(row.ids) as number[]),
        );
        let span = 0;
        for (const post of shown) {
          while (post.publishAt >= (edges[span + 1] ?? Number.POSITIVE_INFINITY)) span += 1;
          posts[span]?.push(post);
        }
        return joined(counts, posts);
      }),

    page: (filter, from, to, offset, limit) =>
      db.transaction().execute(async (step) => {
        const states = statesOf(filter);
        if (states.length === 0) return [];
        const where = await within(step, filter);
        const arms = states.map(
          (state) => sql`
            select post.id as id, post.publish_at as at from ${where.source}
            where post.state = ${state} and post.publish_at >= ${from} and post.publish_at < ${to} and ${where.matches}`,
        );
        const { rows } = await sql<{ id: number }>`
          ${sql.join(arms, sql` union all `)} order by at, id limit ${limit} offset ${offset}`.execute(step);
        return readPosts(
          step,
          rows.map((row) => row.id),
        );
      }),

    async gaps(filter, from, to, dayEdges) {
      const saysIn = (begin: RawBuilder<number>, end: RawBuilder<number>) =>
        sql`(${sql.join(
          SAYING.map(
            (state) => sql`exists (select 1 from post indexed by post_by_account
            where post.account_id = account.id and post.state = ${state}
              and post.publish_at >= ${begin} and post.publish_at < ${end} and ${isThere})`,
          ),
          sql` or `,
        )})`;
      const { rows } = await sql<{ id: number; brand_id: number; empty: string }>`
        select account.id, account.brand_id, (
            select json_group_array(span.key) from ${spansOf(dayEdges)} as span
            where not ${saysIn(sql`(span.value ->> 0)`, sql`(span.value ->> 1)`)}) as empty
        from account join brand on brand.id = account.brand_id
        where account.removed_at is null and ${placeMatches(filter)} and ${saysIn(sql`${from}`, sql`${to}`)}`.execute(
        db,
      );
      return rows.map((row): AccountGaps => {
        const emptyDays = (JSON.parse(row.empty) as number[]).sort((a, b) => a - b);
        return { accountId: row.id, brandId: row.brand_id, emptyDays };
      });
    },
  };
}

/** Pairs of edges, for statements that call the table `span`. */
function spansOf(edges: readonly number[]): RawBuilder<unknown> {
  return sql`json_each(${JSON.stringify(edges.slice(1).map((end, index) => [edges[index], end]))})`;
}

const inSpan = sql`post.publish_at >= (span.value ->> 0) and post.publish_at < (span.value ->> 1)`;

/** Where the posts of the filter's place are read, and what tells them from others without reading a row. */
async function within(
  step: Kysely<Schema>,
  filter: CalendarFilter,
): Promise<{ readonly source: RawBuilder<unknown>; readonly matches: RawBuilder<unknown> }> {
  const { rows } = await sql<{ any: number }>`select exists (select 1 from arriving) as "any"`.execute(step);
  const there = rows[0]?.any === 0 ? sql`true` : isThere;
  const arrived = filter.label === undefined ? there : sql`${there} and ${hasLabel(filter.label)}`;
  if (!isPlaced(filter)) return { source: sql`post indexed by post_by_day`, matches: arrived };
  const accounts = await sql<{ id: number }>`
    select account.id from account join brand on brand.id = account.brand_id where ${placeMatches(filter)}`.execute(
    step,
  );
  const [first, ...others] = accounts.rows.map((row) => row.id);
  if (first !== undefined && others.length === 0)
    return {
      source: sql`post indexed by post_by_account`,
      matches: sql`post.account_id = ${first} and ${arrived}`,
    };
  return {
    source: sql`post indexed by post_by_day`,
    matches: sql`post.account_id in ${listOf(accounts.rows.map((row) => row.id))} and ${arrived}`,
  };
}

type Row = {
  readonly id: number;
  readonly account_id: number;
  readonly brand_id: number;
  readonly state: PostState;
  readonly publish_at: number;
  readonly local_time: string;
  readonly time_zone: string;
  readonly text: string;
  readonly label: string;
  readonly parts: number | null;
  readonly media: number;
  readonly collides: number;
  readonly waitsFor: string;
};

/** By time. */
async function readPosts(step: Kysely<Schema>, ids: readonly number[]): Promise<readonly CalendarPost[]> {
  const { rows } = await sql<Row>`
    select post.id, post.account_id, account.brand_id, post.state, post.publish_at, post.local_time, post.time_zone,
      substr(post.text, 1, ${TEXT_SHOWN}) as text, post.label, json_array_length(post.parts) as parts,
      json_array_length(post.media) as media,
      post.state = 'scheduled' and exists (
        select 1 from post as other indexed by post_by_account
        where other.account_id = post.account_id and other.state = 'scheduled' and other.id <> post.id
          and other.publish_at > post.publish_at - ${SLOT_SPACING_MS}
          and other.publish_at < post.publish_at + ${SLOT_SPACING_MS}
          and not exists (select 1 from arriving where first_id <= other.id and last_id >= other.id)) as collides,
      iif(post.state = 'held' and post.reason = 'needs-yes', post.yes_from, '') as "waitsFor"
    from post join account on account.id = post.account_id
    where post.id in ${listOf(ids)} order by post.publish_at, post.id`.execute(step);
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    brandId: row.brand_id,
    state: row.state,
    publishAt: row.publish_at,
    localTime: row.local_time,
    timeZone: row.time_zone,
    text: row.text,
    label: row.label,
    parts: row.parts ?? 1,
    media: row.media,
    collides: row.collides === 1,
    waitsFor: row.waitsFor,
  }));
}

function zeroCounts(): StateCounts {
  return Object.fromEntries(POST_STATES.map((state) => [state, 0])) as StateCounts;
}

function joined(counts: readonly StateCounts[], posts: readonly (readonly CalendarPost[])[]) {
  return counts.map((count, index) => ({ counts: count, posts: posts[index] ?? [] }));
}
