import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PostReason } from '../core/post.ts';
import type { MissedCount } from '../core/queue.ts';
import type { Floor, Scope } from '../core/scope.ts';
import { grace, groupFloors, isCovered } from './covered.ts';
import { isThere } from './rows.ts';
import type { Schema } from './schema.ts';

/** Rows marked in one transaction: claims and outcomes wait for one of these at most. */
const ROWS_A_STEP = 500;
const MOST_ROWS = 5_000;

export type Covered = { readonly scope: Scope; readonly reason: 'stopped' | 'countdown' };

/** See `Queue.sweepMissed`. */
export async function sweepMissed(
  db: Kysely<Schema>,
  now: number,
  covered: readonly Covered[],
  floors: readonly Floor[],
): Promise<{ readonly counts: readonly MissedCount[]; readonly more: boolean }> {
  const counts = new Map<PostReason, number>();
  let left = MOST_ROWS;
  const isDue = sql<boolean>`post.publish_at <= ${now}`;
  const underFloors = (wanted: Floor['reason']): Pass[] =>
    groupFloors(floors.filter(({ reason }) => reason === wanted)).map(({ before, scopes }) => ({
      where: isCovered(scopes),
      isOver: sql<boolean>`post.publish_at < ${Math.min(before, now + 1)}`,
      headIsOver: sql<boolean>`head_at < ${before}`,
      reason: sql`${wanted}`,
      detail: sql`''`,
    }));
  const passes: readonly Pass[] = [
    ...underFloors('stopped'),
    ...(['stopped', 'countdown'] as const).map((reason) => ({
      where: isCovered(covered.filter((each) => each.reason === reason).map((each) => each.scope)),
      isOver: isDue,
      headIsOver: sql<boolean>`head_at <= ${now}`,
      reason: sql`${reason}`,
      detail: sql`''`,
    })),
    ...underFloors('countdown'),
    {
      where: sql<boolean>`true`,
      isOver: sql<boolean>`post.publish_at < ${now} - ${grace}`,
      headIsOver: sql<boolean>`head_at < ${now} - ${grace}`,
      reason: whyLate,
      detail: sql`case when attempts > 0 then detail else '' end`,
    },
  ];
  for (const pass of passes) {
    for (;;) {
      const size = Math.min(left, ROWS_A_STEP);
      if (size === 0) return { counts: toCounts(counts), more: true };
      const reasons = await markSome(db, now, pass, size);
      for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      left -= reasons.length;
      if (reasons.length < size) break;
    }
  }
  for (;;) {
    const size = Math.min(left, ROWS_A_STEP);
    if (size === 0) return { counts: toCounts(counts), more: true };
    const unasked = await missWithoutYes(db, now, size);
    if (unasked > 0) counts.set('no-yes', (counts.get('no-yes') ?? 0) + unasked);
    left -= unasked;
    if (unasked < size) break;
  }
  return { counts: toCounts(counts), more: false };
}

/** What waited for a yes until its time came. A yes that comes later finds it missed. */
async function missWithoutYes(db: Kysely<Schema>, now: number, size: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update post set state = 'missed', reason = 'no-yes', detail = '', retry_at = null, changed_at = ${now}
    where id in (
      select post.id from post indexed by post_needs_yes
      where post.reason = 'needs-yes' and post.publish_at <= ${now} and ${isThere} limit ${size})`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0n);
}

type Pass = {
  readonly where: RawBuilder<boolean>;
  readonly isOver: RawBuilder<boolean>;
  /** The same said of the account's first scheduled post, so that accounts with nothing to mark are not looked into. */
  readonly headIsOver: RawBuilder<boolean>;
  readonly reason: RawBuilder<unknown>;
  readonly detail: RawBuilder<unknown>;
};

const whyLate = sql`case when attempts > 0 then 'offline' else (
  select case
    when account.state = 'signed-out' then 'signed-out'
    when account.held_at is not null then 'account-held'
    when account_tally.unconfirmed > 0 then 'waited'
    else 'late' end
  from account join account_tally on account_tally.account_id = account.id
  where account.id = post.account_id) end`;

async function markSome(
  db: Kysely<Schema>,
  now: number,
  pass: Pass,
  size: number,
): Promise<readonly PostReason[]> {
  const { rows } = await sql<{ reason: PostReason }>`
    update post set state = 'missed', reason = ${pass.reason}, detail = ${pass.detail}, retry_at = null, changed_at = ${now}
    where id in (
      select post.id
      from account_tally indexed by account_tally_by_head
        cross join account on account.id = account_tally.account_id
        cross join brand on brand.id = account.brand_id
        cross join post indexed by post_by_account
          on post.account_id = account.id and post.state = 'scheduled' and ${pass.isOver} and ${isThere}
      where head_at <= ${now} and ${pass.headIsOver} and ${pass.where}
      limit ${size})
    returning reason`.execute(db);
  return rows.map((row) => row.reason);
}

function toCounts(counts: ReadonlyMap<PostReason, number>): readonly MissedCount[] {
  return [...counts].map(([reason, count]) => ({ reason, count }));
}
