import { type Kysely, sql } from 'kysely';
import { ok, refuse } from '../core/result.ts';
import type { AccountStore } from '../core/stores.ts';
import { toAccount } from './rows.ts';
import type { Schema } from './schema.ts';

const COLUMNS = [
  'id',
  'brand_id',
  'network',
  'name',
  'settings',
  'state',
  'problem',
  'held_at',
  'held_reason',
] as const;

/** `now` stamps removals. */
export function createAccountStore(db: Kysely<Schema>, now: () => number): AccountStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('account')
        .select(COLUMNS)
        .where('removed_at', 'is', null)
        .orderBy('brand_id')
        .orderBy('network')
        .orderBy('name')
        .execute();
      return rows.map(toAccount);
    },
    async read(id) {
      const row = await db
        .selectFrom('account')
        .select(COLUMNS)
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return row ? toAccount(row) : null;
    },
    async create(account) {
      const row = await db
        .insertInto('account')
        .values({
          brand_id: account.brandId,
          network: account.network,
          name: account.name,
          settings: JSON.stringify(account.settings),
          state: 'ready',
          problem: '',
          sealed: account.sealed,
        })
        .onConflict((conflict) =>
          conflict.columns(['brand_id', 'network', 'name']).where('removed_at', 'is', null).doNothing(),
        )
        .returning(COLUMNS)
        .executeTakeFirst();
      return row
        ? ok(toAccount(row))
        : refuse('account-exists', `This brand already has the account ${account.name} on that network.`);
    },
    async setHeld(id, heldAt, reason = '') {
      await db
        .updateTable('account')
        .set(
          heldAt === null
            ? { held_at: null, held_reason: '' }
            : {
                held_at: sql<number>`coalesce(held_at, ${heldAt})`,
                held_reason: sql<string>`iif(held_at is null, ${reason}, held_reason)`,
              },
        )
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .execute();
    },
    async readSignIn(id) {
      const row = await db
        .selectFrom('account')
        .select(['settings', 'sealed', 'state', 'problem'])
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return row ? { ...row, settings: JSON.parse(row.settings) as Record<string, string> } : null;
    },
    async setSignIn(id, signIn, seen) {
      const { settings, sealed, state, problem } = signIn;
      let update = db
        .updateTable('account')
        .set({ settings: JSON.stringify(settings), sealed, state, problem })
        .where('id', '=', id)
        .where('removed_at', 'is', null);
      if (seen !== null) {
        update = update
          .where('settings', '=', JSON.stringify(seen.settings))
          .where('sealed', 'is', seen.sealed)
          .where('state', '=', seen.state)
          .where('problem', '=', seen.problem);
      }
      return (await update.returning('id').executeTakeFirst()) !== undefined;
    },
    async signOut(id, problem) {
      const changed = await db
        .updateTable('account')
        .set({ state: 'signed-out', problem })
        .where('id', '=', id)
        .where('state', '=', 'ready')
        .where('removed_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return changed !== undefined;
    },
    async sealedOf(id) {
      const row = await db.selectFrom('account').select('sealed').where('id', '=', id).executeTakeFirst();
      return row?.sealed ?? null;
    },
    async sealed() {
      const rows = await db
        .selectFrom('account')
        .select(['id', 'sealed'])
        .where('sealed', 'is not', null)
        .where('removed_at', 'is', null)
        .execute();
      return new Map(rows.map((row) => [row.id, row.sealed ?? '']));
    },
    async replaceSealed(id, sealed, seen) {
      const changed = await db
        .updateTable('account')
        .set({ sealed })
        .where('id', '=', id)
        .where('sealed', '=', seen)
        .where('removed_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return changed !== undefined;
    },
    async setSealed(id, sealed) {
      await db
        .updateTable('account')
        .set({ sealed })
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .execute();
    },
    moveToBrand(ids, brandId) {
      return db.transaction().execute(async (step) => {
        const moved: number[] = [];
        // One by one: two of them may have one name.
        for (const id of ids) {
          const { rows } = await sql<{ id: number }>`
            update account set brand_id = ${brandId}
            where id = ${id} and removed_at is null and brand_id <> ${brandId}
              and exists (select 1 from brand where brand.id = ${brandId})
              and not exists (select 1 from account_tally where account_id = account.id and publishing > 0)
              and not exists (select 1 from account as other where other.brand_id = ${brandId}
                and other.network = account.network and other.name = account.name and other.removed_at is null)
            returning id`.execute(step);
          if (rows.length > 0) moved.push(id);
        }
        return moved;
      });
    },
    remove(id) {
      return db.transaction().execute(async (step) => {
        const { rows } = await sql<{ posts: number; canceled: number }>`
          select canceled, scheduled + publishing + published + failed + held + missed + canceled + unconfirmed as posts
          from account_tally join account on account.id = account_tally.account_id
          where account_id = ${id} and removed_at is null`.execute(step);
        const tally = rows[0];
        if (tally === undefined) return refuse('account-unknown', 'There is no such account.');
        if (tally.posts > tally.canceled) {
          return refuse(
            'account-in-use',
            'This account still has posts. Cancel those that are scheduled first.',
          );
        }
        // HAZARD: the row stays, or SQLite gives its id to the next account, and with it a stop, a hold and what the journal says. What
        // nobody needs any more goes: only canceled posts still name their account.
        await step
          .updateTable('account')
          .set({
            removed_at: now(),
            sealed: null,
            held_at: null,
            held_reason: '',
            ...(tally.posts === 0 && { name: '', settings: '{}', problem: '' }),
          })
          .where('id', '=', id)
          .execute();
        await step.deleteFrom('other_tool').where('account_id', '=', id).execute();
        await step.deleteFrom('posting_slot').where('account_id', '=', id).execute();
        return ok(true as const);
      });
    },
  };
}
