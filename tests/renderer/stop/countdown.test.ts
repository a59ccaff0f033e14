import { describe, expect, it } from 'vitest';
import type { ScopeView } from '../../../src-preload/views.ts';
import { countdownEndOf, runningCountdown } from '../../../src-renderer/stop/countdown.ts';

const NOW = 1_800_000_000_000;
const brand: ScopeView = { kind: 'brand', brandId: 1, name: 'Cobalt' };
const network: ScopeView = { kind: 'network', network: 'mastodon' };
const account: ScopeView = { kind: 'account', accountId: 7, name: '@cobalt' };

describe('a countdown', () => {
  it('keeps an account back for its brand, its network or itself, until the last of them ends', () => {
    const place = { brandId: 1, network: 'mastodon', accountId: 7 };
    const countdowns = [
      { scope: brand, endsAt: NOW + 1 },
      { scope: network, endsAt: NOW + 3 },
      { scope: account, endsAt: NOW + 2 },
    ];
    expect(countdownEndOf(countdowns, place)).toBe(NOW + 3);
    expect(countdownEndOf(countdowns, { ...place, network: 'bluesky' })).toBe(NOW + 2);
    expect(countdownEndOf(countdowns, { brandId: 2, network: 'bluesky', accountId: 8 })).toBe(0);
  });

  it('is told with what publishes again after it, and not at all when that is nothing', () => {
    const countdowns = [
      { scope: brand, endsAt: NOW - 1 },
      { scope: network, endsAt: NOW + 9 },
    ];
    expect(runningCountdown({ countdownEndsAt: null, countdowns }, NOW)).toEqual({
      endsAt: NOW + 9,
      scopes: [network],
    });
    expect(runningCountdown({ countdownEndsAt: NOW + 27_000, countdowns: [] }, NOW)).toBeNull();
    expect(
      runningCountdown({ countdownEndsAt: NOW + 27_000, countdowns: countdowns.slice(0, 1) }, NOW),
    ).toBeNull();
    expect(runningCountdown({ countdownEndsAt: null, countdowns }, NOW + 9)).toBeNull();
  });
});
