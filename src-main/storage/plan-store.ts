import type { Kysely, Selectable } from 'kysely';
import type { DecisionMaker, OtherTool, Plan, PlanStep } from '../core/plan.ts';
import { ok, refuse } from '../core/result.ts';
import type { OtherToolStore, PlanStore } from '../core/stores.ts';
import { isBrand, noSuchBrand } from './is-brand.ts';
import type { Schema } from './schema.ts';

export function createPlanStore(db: Kysely<Schema>): PlanStore {
  return {
    async list() {
      const rows = await db.selectFrom('plan').selectAll().orderBy('brand_id').execute();
      return rows.map(toPlan);
    },
    async read(brandId) {
      const row = await db.selectFrom('plan').selectAll().where('brand_id', '=', brandId).executeTakeFirst();
      return row ? toPlan(row) : null;
    },
    save({ brandId, ...plan }, now) {
      return db.transaction().execute(async (step) => {
        if (!(await isBrand(step, brandId))) return noSuchBrand();
        const values = {
          language: plan.language,
          decision_makers: JSON.stringify(plan.decisionMakers),
          tone_rules: JSON.stringify(plan.toneRules),
          holding_message: plan.holdingMessage,
          steps: JSON.stringify(plan.steps),
          changed_at: now,
        };
        const row = await step
          .insertInto('plan')
          .values({ brand_id: brandId, ...values })
          .onConflict((conflict) => conflict.column('brand_id').doUpdateSet(values))
          .returningAll()
          .executeTakeFirstOrThrow();
        return ok(toPlan(row));
      });
    },
  };
}

function toPlan(row: Selectable<Schema['plan']>): Plan {
  return {
    brandId: row.brand_id,
    language: row.language,
    decisionMakers: JSON.parse(row.decision_makers) as DecisionMaker[],
    toneRules: JSON.parse(row.tone_rules) as string[],
    holdingMessage: row.holding_message,
    steps: JSON.parse(row.steps) as PlanStep[],
    changedAt: row.changed_at,
  };
}

export function createOtherToolStore(db: Kysely<Schema>): OtherToolStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('other_tool')
        .innerJoin('account', 'account.id', 'other_tool.account_id')
        .selectAll('other_tool')
        .where('account.removed_at', 'is', null)
        .orderBy('other_tool.account_id')
        .orderBy('other_tool.place')
        .execute();
      return rows.map(toTool);
    },
    replace(accountId, tools) {
      return db.transaction().execute(async (step) => {
        const account = await step
          .selectFrom('account')
          .select('id')
          .where('id', '=', accountId)
          .where('removed_at', 'is', null)
          .executeTakeFirst();
        if (!account) return refuse('no-such-account', 'This account is no longer there.');
        await step.deleteFrom('other_tool').where('account_id', '=', accountId).execute();
        if (tools.length > 0)
          await step
            .insertInto('other_tool')
            .values(
              tools.map(({ key, kind, name, link, note }, place) => ({
                account_id: accountId,
                key,
                place,
                kind,
                name,
                link,
                note,
              })),
            )
            .execute();
        return ok(tools.map((tool) => ({ ...tool, accountId })));
      });
    },
  };
}

function toTool({ account_id, key, kind, name, link, note }: Selectable<Schema['other_tool']>): OtherTool {
  return { key, accountId: account_id, kind, name, link, note };
}
