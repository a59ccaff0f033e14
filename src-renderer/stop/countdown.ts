import type { PublishingView, ScopeView } from '../../src-preload/views.ts';

type Place = { readonly brandId: number; readonly network: string; readonly accountId: number };
type Countdowns = PublishingView['countdowns'];

/** Until when a countdown keeps this place back, as milliseconds since 1970 UTC; 0 when none does. */
export function countdownEndOf(countdowns: Countdowns, place: Place): number {
  return Math.max(0, ...countdowns.filter(({ scope }) => reaches(scope, place)).map(({ endsAt }) => endsAt));
}

/** Markets and everything are told brand by brand. */
function reaches(scope: ScopeView, place: Place): boolean {
  if (scope.kind === 'brand') return scope.brandId === place.brandId;
  if (scope.kind === 'network') return scope.network === place.network;
  return scope.kind === 'account' && scope.accountId === place.accountId;
}

/** What is kept back for another while and then publishes again; null when that is nothing, also while a countdown still runs out. */
export function runningCountdown(
  view: Pick<PublishingView, 'countdownEndsAt' | 'countdowns'>,
  now: number,
): { readonly endsAt: number; readonly scopes: readonly ScopeView[] } | null {
  const running = view.countdowns.filter(({ endsAt }) => endsAt > now);
  const endsAt = view.countdownEndsAt ?? Math.max(0, ...running.map((one) => one.endsAt));
  if (running.length === 0 || endsAt <= now) return null;
  return { endsAt, scopes: running.map(({ scope }) => scope) };
}
