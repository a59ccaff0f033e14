import type { Kysely, Selectable } from 'kysely';
import type { Content } from '../core/post.ts';
import type { Draft, DraftStore, FactStore } from '../core/stores.ts';
import type { Variant } from '../core/variant.ts';
import type { Schema } from './schema.ts';

export function createDraftStore(db: Kysely<Schema>): DraftStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('draft')
        .selectAll()
        .orderBy('changed_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toDraft);
    },
    /** Saves under `id`; makes a new draft when there is none of that id, so that what was typed is never lost. */
    async save(draft, id, now) {
      const values = {
        content: JSON.stringify(draft.content),
        variants: JSON.stringify(draft.variants),
        label: draft.label,
        account_ids: JSON.stringify(draft.accountIds),
        local_time: draft.localTime,
        time_zone: draft.timeZone,
        changed_at: now,
      };
      return db.transaction().execute(async (step) => {
        const changed =
          id === null
            ? undefined
            : await step
                .updateTable('draft')
                .set(values)
                .where('id', '=', id)
                .returningAll()
                .executeTakeFirst();
        const row =
          changed ?? (await step.insertInto('draft').values(values).returningAll().executeTakeFirstOrThrow());
        return toDraft(row);
      });
    },
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom('draft').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function toDraft(row: Selectable<Schema['draft']>): Draft {
  return {
    id: row.id,
    content: JSON.parse(row.content) as Content,
    variants: JSON.parse(row.variants) as Variant[],
    label: row.label,
    accountIds: JSON.parse(row.account_ids) as number[],
    localTime: row.local_time,
    timeZone: row.time_zone,
    changedAt: row.changed_at,
  };
}

export function createFactStore(db: Kysely<Schema>): FactStore {
  return {
    async read(key) {
      const row = await db.selectFrom('fact').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value ?? null;
    },
    async write(key, value) {
      await db
        .insertInto('fact')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
  };
}
