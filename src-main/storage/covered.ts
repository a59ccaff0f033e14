import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../core/scope.ts';

/**
 * Whether one of the scopes covers the account, for statements that call the tables `account` and `brand`. The same as `covers` of the
 * core; the tests compare the two.
 */
export function isCovered(scopes: readonly Scope[]): RawBuilder<boolean> {
  if (scopes.some((scope) => scope.kind === 'everything')) return sql`true`;
  if (scopes.length === 0) return sql`false`;
  const markets = scopes.flatMap((scope) => (scope.kind === 'market' ? [scope.market.toLowerCase()] : []));
  const brands = scopes.flatMap((scope) => (scope.kind === 'brand' ? [scope.brandId] : []));
  const networks = scopes.flatMap((scope) => (scope.kind === 'network' ? [scope.network] : []));
  const accounts = scopes.flatMap((scope) => (scope.kind === 'account' ? [scope.accountId] : []));
  return sql`(brand.market_key in ${listOf(markets)} or brand.id in ${listOf(brands)}
    or account.network in ${listOf(networks)} or account.id in ${listOf(accounts)})`;
}

/** A list as one parameter, so that lists of any length make one statement text. */
export function listOf(values: readonly (string | number)[]): RawBuilder<unknown> {
  return sql`(select value from json_each(${JSON.stringify(values)}))`;
}
