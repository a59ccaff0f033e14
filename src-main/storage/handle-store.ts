import type { Kysely, Selectable } from 'kysely';
import { ok, refuse } from '../core/result.ts';
import type { HandleStore, KeptHandle } from '../core/stores.ts';
import { isBrand, noSuchBrand } from './is-brand.ts';
import type { Schema } from './schema.ts';

/** More than any desk needs; the list is read as a whole. */
const MOST = 5_000;

export function createHandleStore(db: Kysely<Schema>): HandleStore {
  return {
    async list() {
      return (await db.selectFrom('handle').selectAll().orderBy('handle').orderBy('id').execute()).map(
        toHandle,
      );
    },
    keep({ brandId, network, handle }) {
      return db.transaction().execute(async (step) => {
        if (!(await isBrand(step, brandId))) return noSuchBrand();
        const there = await step
          .selectFrom('handle')
          .selectAll()
          .where('network', '=', network)
          .where('handle', '=', handle)
          .where('brand_id', brandId === null ? 'is' : '=', brandId)
          .executeTakeFirst();
        if (there) return ok(toHandle(there));
        const { count } = await step
          .selectFrom('handle')
          .select((all) => all.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        if (count >= MOST) return refuse('handles-too-many', `There are ${MOST} already. Remove one first.`);
        const values = { brand_id: brandId, network, handle };
        return ok(
          toHandle(await step.insertInto('handle').values(values).returningAll().executeTakeFirstOrThrow()),
        );
      });
    },
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom('handle').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function toHandle({ id, brand_id: brandId, network, handle }: Selectable<Schema['handle']>): KeptHandle {
  return { id, brandId, network, handle };
}
