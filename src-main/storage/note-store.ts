import { type Kysely, sql } from 'kysely';
import type { AccountId } from '../core/brand.ts';
import { ok } from '../core/result.ts';
import type { BrandNoteStore, LabelStore } from '../core/stores.ts';
import { listOf } from './covered.ts';
import { isBrand, noSuchBrand } from './is-brand.ts';
import type { Schema } from './schema.ts';

export function createBrandNoteStore(db: Kysely<Schema>): BrandNoteStore {
  return {
    async list() {
      const rows = await db.selectFrom('brand_note').selectAll().execute();
      return rows.map(({ brand_id: brandId, notes, logo }) => ({ brandId, notes, logo }));
    },
    save({ brandId, notes, logo }) {
      return db.transaction().execute(async (step) => {
        if (!(await isBrand(step, brandId))) return noSuchBrand();
        await step
          .insertInto('brand_note')
          .values({ brand_id: brandId, notes, logo })
          .onConflict((conflict) => conflict.column('brand_id').doUpdateSet({ notes, logo }))
          .execute();
        return ok(true as const);
      });
    },
  };
}

export function createLabelStore(db: Kysely<Schema>): LabelStore {
  return {
    async ofPosts(most) {
      // From one label to the next by the index: costs what labels there are, not what posts have them.
      const { rows } = await sql<{ label: string }>`
        with recursive named (label) as (
          select min(label) from post_label
          union all
          select (select min(label) from post_label where label > named.label) from named where named.label is not null)
        select label from named where label is not null limit ${most}`.execute(db);
      return rows.map(({ label }) => label);
    },
    async list() {
      const rows = await db
        .selectFrom('account_label')
        .innerJoin('account', 'account.id', 'account_label.account_id')
        .select(['account_id', 'label'])
        .where('removed_at', 'is', null)
        .orderBy('label')
        .execute();
      const labels = new Map<AccountId, string[]>();
      for (const { account_id: id, label } of rows) labels.set(id, [...(labels.get(id) ?? []), label]);
      return labels;
    },
    change(accountIds, add, remove) {
      return db.transaction().execute(async (step) => {
        await sql`delete from account_label
          where account_id in ${listOf(accountIds)} and label in ${listOf(remove)}`.execute(step);
        await sql`insert or ignore into account_label (account_id, label)
          select account.id, value from account, json_each(${JSON.stringify(add)})
          where account.removed_at is null and account.id in ${listOf(accountIds)}`.execute(step);
      });
    },
  };
}
