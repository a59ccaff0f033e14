import type { Kysely, Selectable } from 'kysely';
import type { ServiceChannel } from '../core/elsewhere-service.ts';
import type { ElsewhereStore, ServiceSignIn } from '../core/elsewhere-store.ts';
import { ok, refuse } from '../core/result.ts';
import { isBrand, noSuchBrand } from './is-brand.ts';
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
    async services() {
      return (await db.selectFrom('elsewhere_service').selectAll().orderBy('id').execute()).map(toSignIn);
    },
    async addService({ service, name, settings, channels }) {
      const { id } = await db
        .insertInto('elsewhere_service')
        .values({
          service,
          name,
          settings: JSON.stringify(settings),
          sealed: null,
          channels: JSON.stringify(channels),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async changeService(id, { settings, sealed, channels }) {
      const { numUpdatedRows } = await db
        .updateTable('elsewhere_service')
        .set({ settings: JSON.stringify(settings), sealed, channels: JSON.stringify(channels) })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async forgetMatches(id) {
      await db.transaction().execute(async (step) => {
        await step.deleteFrom('elsewhere_opted').where('source', '=', `service:${id}`).execute();
        await step.deleteFrom('elsewhere_match').where('service_id', '=', id).execute();
      });
    },
    removeService(id) {
      return db.transaction().execute(async (step) => {
        await step.deleteFrom('elsewhere_opted').where('source', '=', `service:${id}`).execute();
        const { numDeletedRows } = await step
          .deleteFrom('elsewhere_service')
          .where('id', '=', id)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      });
    },
    async matches() {
      const rows = await db.selectFrom('elsewhere_match').selectAll().execute();
      return rows.map((row) => ({
        serviceId: row.service_id,
        channel: row.channel,
        accountId: row.account_id,
        brandId: row.brand_id,
      }));
    },
    setMatch({ serviceId, channel, accountId, brandId }) {
      return db.transaction().execute(async (step) => {
        const service = await step
          .selectFrom('elsewhere_service')
          .select('id')
          .where('id', '=', serviceId)
          .executeTakeFirst();
        if (!service) return refuse('no-such-planner', 'This planner is no longer there.');
        await step
          .deleteFrom('elsewhere_match')
          .where('service_id', '=', serviceId)
          .where('channel', '=', channel)
          .execute();
        if (accountId === null && brandId === null) return ok(true as const);
        if (!(await isBrand(step, brandId))) return noSuchBrand();
        const account =
          accountId === null
            ? null
            : await step
                .selectFrom('account')
                .select('id')
                .where('id', '=', accountId)
                .where('removed_at', 'is', null)
                .executeTakeFirst();
        if (account === undefined) return refuse('no-such-account', 'This account is no longer there.');
        await step
          .insertInto('elsewhere_match')
          .values({
            service_id: serviceId,
            channel,
            account_id: accountId,
            brand_id: accountId === null ? brandId : null,
          })
          .execute();
        return ok(true as const);
      });
    },
  };
}

function toSignIn(row: Selectable<Schema['elsewhere_service']>): ServiceSignIn {
  const { id, service, name, sealed } = row;
  return {
    id,
    service,
    name,
    sealed,
    settings: JSON.parse(row.settings) as Record<string, string>,
    channels: JSON.parse(row.channels) as ServiceChannel[],
  };
}
