import type { Kysely } from 'kysely';
import { refuse } from '../core/result.ts';
import type { Schema } from './schema.ts';

export const noSuchBrand = () => refuse('no-such-brand', 'This brand is no longer there.');

/** Whether something can be kept for this brand, or for all of them (null). Asked inside the transaction that keeps it. */
export async function isBrand(step: Kysely<Schema>, brandId: number | null): Promise<boolean> {
  if (brandId === null) return true;
  const row = await step.selectFrom('brand').select('id').where('id', '=', brandId).executeTakeFirst();
  return row !== undefined;
}
