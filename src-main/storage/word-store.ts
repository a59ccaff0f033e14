import type { Kysely, Selectable } from 'kysely';
import { ok, refuse } from '../core/result.ts';
import type { KnownWord, WordStore } from '../core/stores.ts';
import { isBrand, noSuchBrand } from './is-brand.ts';
import type { Schema } from './schema.ts';

/** The list is read as a whole whenever a text is checked. */
const MOST = 20_000;

export function createWordStore(db: Kysely<Schema>): WordStore {
  return {
    async list() {
      return (await db.selectFrom('known_word').selectAll().orderBy('word').orderBy('id').execute()).map(
        toWord,
      );
    },
    keep({ brandId, word }) {
      return db.transaction().execute(async (step) => {
        if (!(await isBrand(step, brandId))) return noSuchBrand();
        const there = await step
          .selectFrom('known_word')
          .selectAll()
          .where('word', '=', word)
          .where('brand_id', brandId === null ? 'is' : '=', brandId)
          .executeTakeFirst();
        if (there) return ok(toWord(there));
        const { count } = await step
          .selectFrom('known_word')
          .select((all) => all.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        if (count >= MOST) return refuse('words-too-many', `There are ${MOST} already. Remove one first.`);
        const row = await step
          .insertInto('known_word')
          .values({ brand_id: brandId, word })
          .returningAll()
          .executeTakeFirstOrThrow();
        return ok(toWord(row));
      });
    },
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom('known_word').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function toWord({ id, brand_id: brandId, word }: Selectable<Schema['known_word']>): KnownWord {
  return { id, brandId, word };
}
