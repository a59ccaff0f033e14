import { type Kysely, sql } from 'kysely';
import { BULK_OFF, BULK_ON } from './pragmas.ts';
import type { Schema } from './schema.ts';

/** Writing very many rows wants more memory; it is given back afterwards. Neither is worth failing for. */
export async function withRoom<T>(db: Kysely<Schema>, work: () => Promise<T>): Promise<T> {
  const all = async (pragmas: readonly string[]) => {
    for (const pragma of pragmas) await sql.raw(pragma).execute(db);
  };
  await all(BULK_ON);
  try {
    return await work();
  } finally {
    await all(BULK_OFF).catch(() => undefined);
  }
}
