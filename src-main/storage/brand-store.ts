import type { Kysely } from 'kysely';
import type { Brand } from '../core/brand.ts';
import { ok, refuse } from '../core/result.ts';
import { marketKey } from '../core/scope.ts';
import type { BrandStore, NewBrand } from '../core/stores.ts';
import { fold, toBrand } from './rows.ts';
import type { Schema } from './schema.ts';

export function createBrandStore(db: Kysely<Schema>): BrandStore {
  const values = (brand: NewBrand) => ({
    name: brand.name,
    name_key: fold(brand.name),
    market: brand.market,
    market_key: marketKey(brand.market),
    time_zone: brand.timeZone,
    grace_ms: brand.graceMs,
    colour: brand.colour,
  });
  const taken = (brand: NewBrand) => refuse('brand-exists', `There is already a brand named ${brand.name}.`);

  return {
    async list() {
      const rows = await db.selectFrom('brand').selectAll().orderBy('name_key').execute();
      return rows.map(toBrand);
    },
    async create(brand) {
      const row = await db
        .insertInto('brand')
        .values(values(brand))
        .onConflict((conflict) => conflict.column('name_key').doNothing())
        .returningAll()
        .executeTakeFirst();
      return row ? ok(toBrand(row)) : taken(brand);
    },
    change(brand: Brand) {
      return db.transaction().execute(async (step) => {
        const other = await step
          .selectFrom('brand')
          .select('id')
          .where('name_key', '=', fold(brand.name))
          .where('id', '<>', brand.id)
          .executeTakeFirst();
        if (other) return taken(brand);
        const row = await step
          .updateTable('brand')
          .set(values(brand))
          .where('id', '=', brand.id)
          .returningAll()
          .executeTakeFirst();
        return row ? ok(toBrand(row)) : refuse('brand-unknown', 'There is no such brand.');
      });
    },
  };
}
