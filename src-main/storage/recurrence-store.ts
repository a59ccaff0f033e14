import { type Kysely, type Selectable, sql } from 'kysely';
import type { Content, PostId } from '../core/post.ts';
import type { Recurrence, RecurrenceRule } from '../core/recurrence.ts';
import type { RecurrenceStore } from '../core/stores.ts';
import type { Variant } from '../core/variant.ts';
import { insertPosts, lastPostId } from './insert-posts.ts';
import { isThere } from './rows.ts';
import type { Schema } from './schema.ts';

export function createRecurrenceStore(db: Kysely<Schema>): RecurrenceStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('recurrence')
        .selectAll()
        .where('ended_at', 'is', null)
        .orderBy('id')
        .execute();
      const accounts = await db.selectFrom('recurrence_account').selectAll().orderBy('account_id').execute();
      return rows.map((row) =>
        toRecurrence(
          row,
          accounts
            .filter((one) => one.recurrence_id === row.id)
            .map((one) => ({ accountId: one.account_id, madeUpTo: one.made_up_to })),
        ),
      );
    },
    create(recurrence, accountIds) {
      return db.transaction().execute(async (step) => {
        const { id } = await step
          .insertInto('recurrence')
          .values({
            content: JSON.stringify(recurrence.content),
            variants: JSON.stringify(recurrence.variants),
            label: recurrence.label,
            rule: JSON.stringify(recurrence.rule),
            time: recurrence.time,
            time_zone: recurrence.timeZone,
            gap: recurrence.gap,
            twice: recurrence.twice,
            from_date: recurrence.from,
            until_date: recurrence.until,
            most: recurrence.most,
            created_at: recurrence.createdAt,
            created_by: recurrence.createdBy,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        for (const accountId of new Set(accountIds))
          await step
            .insertInto('recurrence_account')
            .values({ recurrence_id: id, account_id: accountId, made_up_to: '' })
            .execute();
        return id;
      });
    },
    make({ id, accountId, seenUpTo, upTo, posts }, now) {
      return db.transaction().execute(async (step) => {
        // Ended, or made by another look meanwhile: nothing is made twice.
        const { rows } = await sql<{ id: number }>`
          update recurrence_account set made_up_to = ${upTo}
          where recurrence_id = ${id} and account_id = ${accountId} and made_up_to = ${seenUpTo}
            and exists (select 1 from recurrence where recurrence.id = ${id} and ended_at is null)
            and exists (select 1 from account where account.id = ${accountId} and removed_at is null)
          returning account_id as id`.execute(step);
        if (rows.length === 0) return [];
        const before = await lastPostId(step);
        await insertPosts(step, posts, now, () => false);
        const ids = posts.map((_, index): PostId => before + 1 + index);
        await sql`insert into recurrence_post (post_id, recurrence_id)
          select value, ${id} from json_each(${JSON.stringify(ids)})`.execute(step);
        return ids;
      });
    },
    async postsToCome(id, now) {
      const { rows } = await sql<{ id: number; at: number }>`
        select post.id as id, post.publish_at as at from recurrence_post join post on post.id = post_id
        where recurrence_id = ${id} and post.state in ('scheduled', 'held') and post.publish_at > ${now} and ${isThere}
        order by post.publish_at, post.id`.execute(db);
      return rows;
    },
    async end(id, now) {
      const { numUpdatedRows } = await db
        .updateTable('recurrence')
        .set({ ended_at: now })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

function toRecurrence(row: Selectable<Schema['recurrence']>, accounts: Recurrence['accounts']): Recurrence {
  return {
    id: row.id,
    content: JSON.parse(row.content) as Content,
    variants: JSON.parse(row.variants) as Variant[],
    label: row.label,
    rule: JSON.parse(row.rule) as RecurrenceRule,
    time: row.time,
    timeZone: row.time_zone,
    gap: row.gap,
    twice: row.twice,
    from: row.from_date,
    until: row.until_date,
    most: row.most,
    createdAt: row.created_at,
    createdBy: row.created_by,
    accounts,
  };
}
