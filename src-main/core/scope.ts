import type { AccountId, BrandId } from './brand.ts';
import type { Instant } from './clock.ts';

/** What a stop or a hold covers. */
export type Scope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'market'; readonly market: string }
  | { readonly kind: 'brand'; readonly brandId: BrandId }
  | { readonly kind: 'network'; readonly network: string }
  | { readonly kind: 'account'; readonly accountId: AccountId };

/** What has to be known of an account to say whether a scope covers it. */
export type Place = {
  readonly accountId: AccountId;
  readonly brandId: BrandId;
  readonly market: string;
  readonly network: string;
};

/**
 * What is left of a stop and its countdown when both are over: what fell due under them, before `before`, never goes out by itself,
 * also when nobody looked at the queue meanwhile.
 */
export type Floor = {
  readonly scope: Scope;
  readonly reason: 'stopped' | 'countdown';
  readonly before: Instant;
};

export const EVERYTHING: Scope = { kind: 'everything' };

/** The same for two markets that a person reads as one: case, kind of space and how an accent is encoded make no difference. */
export function marketKey(market: string): string {
  return market.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

export function covers(scope: Scope, place: Place): boolean {
  switch (scope.kind) {
    case 'everything':
      return true;
    case 'market':
      return marketKey(place.market) === marketKey(scope.market);
    case 'brand':
      return place.brandId === scope.brandId;
    case 'network':
      return place.network === scope.network;
    case 'account':
      return place.accountId === scope.accountId;
  }
}

/** Reads `scopeKey` back; null for anything else. A market comes back in lower case. */
export function parseScopeKey(key: string): Scope | null {
  if (key === 'everything') return EVERYTHING;
  const [, kind, value = ''] = /^([a-z]+):(.+)$/su.exec(key) ?? [];
  if (kind === 'market') return { kind, market: value };
  if (kind === 'network') return { kind, network: value };
  const id = /^[1-9]\d*$/u.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(id)) return null;
  if (kind === 'brand') return { kind, brandId: id };
  return kind === 'account' ? { kind, accountId: id } : null;
}

/** One text per scope: names its file in `stops/` and its line in the journal. */
export function scopeKey(scope: Scope): string {
  switch (scope.kind) {
    case 'everything':
      return 'everything';
    case 'market':
      return `market:${marketKey(scope.market)}`;
    case 'brand':
      return `brand:${scope.brandId}`;
    case 'network':
      return `network:${scope.network}`;
    case 'account':
      return `account:${scope.accountId}`;
  }
}
