import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PostId } from '../core/post.ts';
import type { KeptAnswer, WaitingForYes, YesAnswer, YesStore } from '../core/yes.ts';
import { listOf } from './covered.ts';
import { ROWS_A_STATEMENT, slices } from './insert-posts.ts';
import { isThere } from './rows.ts';
import type { Schema } from './schema.ts';

/** For statements that call the table `post`: it needs a yes that it has not got for that time. */
export function lacksYesAt(at: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(post.yes_from <> '' and post.yes_for is not ${at})`;
}

// HAZARD: posts are named by their ids here. Without `not indexed` the index of what waits is walked once for each of them.
const WAITS = sql<boolean>`post.state = 'held' and post.reason = 'needs-yes'`;

type Answered = Omit<YesAnswer, 'postId' | 'publishAt'>;

export function createYesStore(db: Kysely<Schema>): YesStore {
  /** Some hundreds in one transaction: others wait for one of these at most. */
  async function inSteps<T>(
    items: readonly T[],
    work: (step: Kysely<Schema>, slice: readonly T[]) => Promise<readonly PostId[]>,
  ): Promise<readonly PostId[]> {
    const done: PostId[] = [];
    for (const slice of slices(items, ROWS_A_STATEMENT))
      done.push(...(await db.transaction().execute((step) => work(step, slice))));
    return done;
  }

  return {
    async brands() {
      const rows = await db.selectFrom('brand_yes').selectAll().execute();
      return new Map(rows.map((row) => [row.brand_id, row.who]));
    },
    async setBrand(brandId, from) {
      if (from === '') await sql`delete from brand_yes where brand_id = ${brandId}`.execute(db);
      else
        await sql`
          insert into brand_yes (brand_id, who) select id, ${from} from brand where id = ${brandId}
          on conflict (brand_id) do update set who = excluded.who`.execute(db);
    },

    require: (ids, from, now) =>
      inSteps(ids, async (step, slice) => {
        const { rows } = await sql<{ id: number }>`
          update post not indexed set state = 'held', reason = 'needs-yes', detail = '', retry_at = null, changed_at = ${now},
            yes_from = ${from}, yes_for = null
          where id in ${listOf(slice)} and ${isThere} and publish_at > ${now}
            and (state = 'scheduled' or (state = 'held' and reason in ('needs-yes', 'said-no')))
          returning id`.execute(step);
        return rows.map(({ id }) => id);
      }),

    answer: (answers, readBy, now) =>
      inSteps(
        answers.filter(({ answer }) => answer !== 'without'),
        async (step, slice) => {
          const json = JSON.stringify(
            slice.map(({ postId, publishAt, answer, remark }) => [postId, publishAt, answer, remark]),
          );
          const { rows } = await sql<{ id: number }>`
            update post not indexed set state = iif(said.answer = 'yes', 'scheduled', 'held'),
              reason = iif(said.answer = 'yes', '', 'said-no'), detail = iif(said.answer = 'yes', '', said.remark),
              yes_for = iif(said.answer = 'yes', post.publish_at, null), retry_at = null, changed_at = ${now}
            from (select value ->> 0 as id, value ->> 1 as at, value ->> 2 as answer, value ->> 3 as remark
                from json_each(${json})) as said
            where post.id = said.id and post.publish_at = said.at and post.publish_at > ${now} and ${WAITS} and ${isThere}
            returning post.id`.execute(step);
          const taken = new Set(rows.map(({ id }) => id));
          const kept = slice.filter(({ postId }) => taken.has(postId));
          await keep(step, kept, readBy, now);
          return kept.map(({ postId }) => postId);
        },
      ),

    letGo: (ids, by, now) =>
      inSteps(ids, async (step, slice) => {
        const { rows } = await sql<{ id: number; publish_at: number }>`
          update post not indexed set state = 'scheduled', reason = '', detail = '', yes_for = publish_at, changed_at = ${now}
          where id in ${listOf(slice)} and ${isThere} and publish_at > ${now}
            and state = 'held' and reason in ('needs-yes', 'said-no')
          returning id, publish_at`.execute(step);
        const said: Answered = { answer: 'without', by, remark: '', answeredAt: now };
        await keep(
          step,
          rows.map((row) => ({ ...said, postId: row.id, publishAt: row.publish_at })),
          by,
          now,
        );
        return rows.map(({ id }) => id);
      }),

    undo: (ids, at, now) =>
      inSteps(ids, async (step, slice) => {
        const { rows } = await sql<{ id: number }>`
          update post not indexed set state = 'held', reason = 'needs-yes', detail = '', yes_for = null, retry_at = null,
            changed_at = ${now}
          where id in ${listOf(slice)} and ${isThere} and changed_at = ${at} and publish_at > ${now} and yes_from <> ''
            and ((state = 'scheduled' and yes_for = publish_at) or (state = 'held' and reason = 'said-no'))
          returning id`.execute(step);
        return rows.map(({ id }) => id);
      }),

    async keepAsked(request, ids) {
      for (const slice of slices(ids, ROWS_A_STATEMENT))
        await sql`
          insert or ignore into yes_asked (request, post_id) select ${request}, value from json_each(${JSON.stringify(slice)})`.execute(
          db,
        );
    },

    async openOn(request, now) {
      const { rows } = await sql<{ id: number; waits: number }>`
        select yes_asked.post_id as id, (${WAITS} and ${isThere} and post.publish_at > ${now}) as waits
        from yes_asked join post on post.id = yes_asked.post_id where yes_asked.request = ${request}`.execute(
        db,
      );
      return rows.length === 0 ? null : rows.filter(({ waits }) => waits === 1).map(({ id }) => id);
    },

    async answersTo(id) {
      const rows = await db
        .selectFrom('yes_answer')
        .selectAll()
        .where('post_id', '=', id)
        .orderBy('id', 'desc')
        .execute();
      return rows.map(
        (row): KeptAnswer => ({
          postId: row.post_id,
          publishAt: row.publish_at,
          answer: row.answer,
          by: row.answered_by,
          remark: row.remark,
          answeredAt: row.answered_at,
          readAt: row.read_at,
          readBy: row.read_by,
        }),
      );
    },

    async waiting(before) {
      const { rows } = await sql<WaitingForYes>`
        select account.brand_id as "brandId", post.yes_from as "from", count(*) as posts, min(post.publish_at) as "firstAt"
        from post indexed by post_needs_yes cross join account on account.id = post.account_id
        where post.reason = 'needs-yes' and ${isThere}
          and ${before === undefined ? sql`true` : sql`post.publish_at < ${before}`}
        group by account.brand_id, post.yes_from order by 4, 1`.execute(db);
      return rows;
    },
  };
}

async function keep(
  step: Kysely<Schema>,
  answers: readonly YesAnswer[],
  readBy: string,
  now: number,
): Promise<void> {
  if (answers.length === 0) return;
  const json = JSON.stringify(
    answers.map((one) => [one.postId, one.publishAt, one.answer, one.by, one.remark, one.answeredAt]),
  );
  await sql`
    insert into yes_answer (post_id, publish_at, answer, answered_by, remark, answered_at, read_at, read_by)
    select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ${now}, ${readBy}
    from json_each(${json})`.execute(step);
}
