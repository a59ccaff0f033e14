import { type RawBuilder, sql } from 'kysely';
import { LEAST_GRACE_MS } from '../core/brand.ts';
import { type Floor, marketKey, type Scope } from '../core/scope.ts';

/**
 * Whether one of the scopes covers the account, for statements that call the tables `account` and `brand`. The same as `covers` of the
 * core; the tests compare the two.
 */
export function isCovered(scopes: readonly Scope[]): RawBuilder<boolean> {
  if (scopes.some((scope) => scope.kind === 'everything')) return sql`true`;
  if (scopes.length === 0) return sql`false`;
  const markets = scopes.flatMap((scope) => (scope.kind === 'market' ? [marketKey(scope.market)] : []));
  const brands = scopes.flatMap((scope) => (scope.kind === 'brand' ? [scope.brandId] : []));
  const networks = scopes.flatMap((scope) => (scope.kind === 'network' ? [scope.network] : []));
  const accounts = scopes.flatMap((scope) => (scope.kind === 'account' ? [scope.accountId] : []));
  return sql`(brand.market_key in ${listOf(markets)} or brand.id in ${listOf(brands)}
    or account.network in ${listOf(networks)} or account.id in ${listOf(accounts)})`;
}

/** The floors that end at the same instant as one, so that a hundred brands released at once are one condition. */
export function groupFloors(floors: readonly Floor[]): readonly {
  readonly before: number;
  readonly reason: Floor['reason'];
  readonly scopes: readonly Scope[];
}[] {
  const groups = new Map<string, { before: number; reason: Floor['reason']; scopes: Scope[] }>();
  for (const { scope, reason, before } of floors) {
    const key = `${reason} ${before}`;
    const group = groups.get(key) ?? { before, reason, scopes: [] };
    group.scopes.push(scope);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The earliest instant a post of the account may have been due at: its grace and every floor that covers it. */
export function earliestDue(now: number, floors: readonly Floor[]): RawBuilder<number> {
  const bounds = groupFloors(floors).map(
    ({ before, scopes }) => sql`, case when ${isCovered(scopes)} then ${before} else 0 end`,
  );
  return bounds.length === 0 ? sql`${now} - ${grace}` : sql`max(${now} - ${grace}${sql.join(bounds, sql``)})`;
}

/** A brand's grace in milliseconds, for statements that call the table `brand`. */
export const grace: RawBuilder<number> = sql`max(brand.grace_ms, ${LEAST_GRACE_MS})`;

/** A list as one parameter, so that lists of any length make one statement text. */
export function listOf(values: readonly (string | number)[]): RawBuilder<unknown> {
  return sql`(select value from json_each(${JSON.stringify(values)}))`;
}
