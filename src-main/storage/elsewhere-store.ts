import type { Kysely } from 'kysely';
import type { ElsewhereStore } from '../core/elsewhere-store.ts';
import type { Schema } from './schema.ts';

export function createElsewhereStore(db: Kysely<Schema>): ElsewhereStore {
  return {
    async opted() {
      const rows = await db.selectFrom('elsewhere_opted').selectAll().execute();
      return new Map(rows.map(({ source, since }) => [source, since]));
    },
    async setOpted(source, since) {
      if (since === null) await db.deleteFrom('elsewhere_opted').where('source', '=', source).execute();
      else
        await db
          .insertInto('elsewhere_opted')
          .values({ source, since })
          .onConflict((conflict) => conflict.column('source').doNothing())
          .execute();
    },
  };
}
