import type { Kysely, Selectable } from 'kysely';
import { ok, refuse } from '../core/result.ts';
import { MOST_SAVED_TEXTS, type SavedText } from '../core/saved-text.ts';
import type { SavedTextStore } from '../core/stores.ts';
import { isBrand, noSuchBrand } from './is-brand.ts';
import { fold } from './rows.ts';
import type { Schema } from './schema.ts';

export function createSavedTextStore(db: Kysely<Schema>): SavedTextStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('saved_text')
        .selectAll()
        .orderBy('kind')
        .orderBy('name_key')
        .orderBy('id')
        .execute();
      return rows.map(toSavedText);
    },
    save({ kind, name, brandId, text }, id, now) {
      return db.transaction().execute(async (step) => {
        if (!(await isBrand(step, brandId))) return noSuchBrand();
        const others = step.selectFrom('saved_text').where('id', '<>', id ?? 0);
        const taken = await others
          .select('id')
          .where('kind', '=', kind)
          .where('name_key', '=', fold(name))
          .where('brand_id', brandId === null ? 'is' : '=', brandId)
          .executeTakeFirst();
        if (taken) return refuse('saved-name-taken', `There is already one of this name here: ${name}`);
        const { count } = await others
          .select((all) => all.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        if (count >= MOST_SAVED_TEXTS)
          return refuse('saved-too-many', `There are ${MOST_SAVED_TEXTS} already. Remove one first.`);
        const values = { kind, name, name_key: fold(name), brand_id: brandId, text, changed_at: now };
        const row =
          id === null
            ? await step.insertInto('saved_text').values(values).returningAll().executeTakeFirst()
            : await step
                .updateTable('saved_text')
                .set(values)
                .where('id', '=', id)
                .returningAll()
                .executeTakeFirst();
        return row
          ? ok(toSavedText(row))
          : refuse('no-such-saved-text', 'It was removed meanwhile. Save it as a new one.');
      });
    },
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom('saved_text').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function toSavedText(row: Selectable<Schema['saved_text']>): SavedText {
  const { id, kind, name, text } = row;
  return { id, kind, name, brandId: row.brand_id, text, changedAt: row.changed_at };
}
