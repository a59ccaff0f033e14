import { type Kysely, sql } from 'kysely';
import type { AccountId } from '../core/brand.ts';
import type { PostId, PostState } from '../core/post.ts';
import { type PostingSlot, sortSlots } from '../core/slots.ts';
import type { SlotStore } from '../core/stores.ts';
import { listOf } from './covered.ts';
import { isThere } from './rows.ts';
import type { Schema } from './schema.ts';

/** A post in one of these takes the slot it lies on. */
const TAKING: readonly PostState[] = ['scheduled', 'held', 'publishing', 'published', 'unconfirmed'];

export function createSlotStore(db: Kysely<Schema>): SlotStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('posting_slot')
        .innerJoin('account', 'account.id', 'posting_slot.account_id')
        .select(['account_id', 'weekday', 'time'])
        .where('removed_at', 'is', null)
        .orderBy('account_id')
        .orderBy('weekday')
        .orderBy('time')
        .execute();
      const slots = new Map<AccountId, PostingSlot[]>();
      for (const { account_id: id, weekday, time } of rows) {
        const mine = slots.get(id) ?? [];
        mine.push({ weekday, time });
        slots.set(id, mine);
      }
      return slots;
    },
    replace(accountIds, slots) {
      const rows = sortSlots(slots).map(({ weekday, time }) => [weekday, time]);
      return db.transaction().execute(async (step) => {
        const { rows: found } = await sql<{ id: number }>`
          select id from account where removed_at is null and id in ${listOf(accountIds)}`.execute(step);
        const there = found.map(({ id }) => id);
        await sql`delete from posting_slot where account_id in ${listOf(there)}`.execute(step);
        await sql`insert into posting_slot (account_id, weekday, time)
          select account.value, slot.value ->> 0, slot.value ->> 1
          from json_each(${JSON.stringify(there)}) as account, json_each(${JSON.stringify(rows)}) as slot`.execute(
          step,
        );
        return there;
      });
    },
    async taken(accountIds, from, to) {
      // By account and state, so that it costs what lies between the two instants.
      const { rows } = await sql<{ id: PostId; accountId: AccountId; at: number }>`
        select post.id as id, post.account_id as "accountId", post.publish_at as at
        from json_each(${JSON.stringify(accountIds)}) as account
          cross join json_each(${JSON.stringify(TAKING)}) as state
          cross join post indexed by post_by_account
        where post.account_id = account.value and post.state = state.value
          and post.publish_at >= ${from} and post.publish_at < ${to} and ${isThere}`.execute(db);
      return rows;
    },
  };
}
