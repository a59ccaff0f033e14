import type { Kysely, Selectable } from 'kysely';
import { versionsToDrop } from '../core/draft-version.ts';
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
        const before =
          id === null
            ? undefined
            : await step.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst();
        const row =
          before === undefined
            ? await step.insertInto('draft').values(values).returningAll().executeTakeFirstOrThrow()
            : await step
                .updateTable('draft')
                .set(values)
                .where('id', '=', before.id)
                .returningAll()
                .executeTakeFirstOrThrow();
        await keepVersion(step, before && toDraft(before), toDraft(row));
        return toDraft(row);
      });
    },
    async versions(id) {
      const rows = await db
        .selectFrom('draft_version')
        .selectAll()
        .where('draft_id', '=', id)
        .orderBy('id', 'desc')
        .execute();
      return rows.map((row) => ({
        ...(JSON.parse(row.held) as Held),
        id: row.id,
        draftId: row.draft_id,
        savedAt: row.saved_at,
      }));
    },
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom('draft').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

type Held = Omit<Draft, 'id' | 'changedAt'>;

function heldBy({ id: _id, changedAt: _at, ...held }: Draft): string {
  return JSON.stringify(held satisfies Held);
}

/** Keeps what a draft holds now, if it is not what it held; what was never kept before it was changed as well. Thins out what is many. */
async function keepVersion(step: Kysely<Schema>, before: Draft | undefined, now: Draft): Promise<void> {
  const kept = await step
    .selectFrom('draft_version')
    .select(['id', 'saved_at as savedAt', 'length'])
    .where('draft_id', '=', now.id)
    .orderBy('id')
    .execute();
  const isChanged = before === undefined || heldBy(before) !== heldBy(now);
  const fresh = [...(before !== undefined && kept.length === 0 ? [before] : []), ...(isChanged ? [now] : [])];
  for (const draft of fresh) {
    const length = [draft.content, ...draft.variants]
      .flatMap(({ parts }) => parts)
      .reduce((sum, part) => sum + part.length, 0);
    const { id } = await step
      .insertInto('draft_version')
      .values({ draft_id: now.id, saved_at: draft.changedAt, length, held: heldBy(draft) })
      .returning('id')
      .executeTakeFirstOrThrow();
    kept.push({ id, savedAt: draft.changedAt, length });
  }
  const drop = versionsToDrop(kept, now.changedAt);
  if (drop.length > 0) await step.deleteFrom('draft_version').where('id', 'in', drop).execute();
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
