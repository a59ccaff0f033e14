import { expect, test } from 'vitest';
import { isPermitThere } from '../../src-main/core/gate.ts';
import { covers, EVERYTHING, parseScopeKey, type Scope, scopeKey } from '../../src-main/core/scope.ts';

const HERE = { accountId: 7, brandId: 3, market: 'France', network: 'mastodon' };

test('a scope covers what is in it and nothing else', () => {
  const cases: readonly (readonly [Scope, boolean])[] = [
    [EVERYTHING, true],
    [{ kind: 'market', market: 'france' }, true],
    [{ kind: 'market', market: 'Belgium' }, false],
    [{ kind: 'brand', brandId: 3 }, true],
    [{ kind: 'brand', brandId: 7 }, false],
    [{ kind: 'network', network: 'mastodon' }, true],
    [{ kind: 'network', network: 'bluesky' }, false],
    [{ kind: 'account', accountId: 7 }, true],
    [{ kind: 'account', accountId: 3 }, false],
  ];
  for (const [scope, isCovered] of cases) expect(covers(scope, HERE), scopeKey(scope)).toBe(isCovered);
});

test('every scope has a name of its own, which is read back as the same scope', () => {
  const named: readonly (readonly [Scope, string])[] = [
    [EVERYTHING, 'everything'],
    [{ kind: 'market', market: 'belgique : nord' }, 'market:belgique : nord'],
    [{ kind: 'brand', brandId: 12 }, 'brand:12'],
    [{ kind: 'network', network: 'bluesky' }, 'network:bluesky'],
    [{ kind: 'account', accountId: 12 }, 'account:12'],
  ];
  for (const [scope, key] of named) {
    expect(scopeKey(scope)).toBe(key);
    expect(parseScopeKey(key)).toEqual(scope);
  }
  expect(scopeKey({ kind: 'market', market: 'FRANCE' })).toBe('market:france');
});

test('any other text names no scope', () => {
  const others = [
    '',
    'brand',
    'brand:',
    'brand:0',
    'brand:x',
    'brand:99999999999999999999',
    'team:4',
    'market:',
  ];
  for (const text of others) expect(parseScopeKey(text), text).toBeNull();
});

test('something lies in the place of the permit unless it is certainly not there', () => {
  expect(isPermitThere({ ok: true, epoch: 1, sendsFrom: 0 })).toBe(true);
  expect(isPermitThere({ ok: false, why: 'unreadable' })).toBe(true);
  expect(isPermitThere({ ok: false, why: 'foreign' })).toBe(true);
  expect(isPermitThere({ ok: false, why: 'missing' })).toBe(false);
});

test('a market is the same however its accents, its spaces and its capitals are written', () => {
  const scope = { kind: 'market', market: 'Qu\u00e9bec Nord' } as const;
  const place = { accountId: 1, brandId: 1, network: 'practice' };
  for (const market of ['Que\u0301bec Nord', 'QU\u00c9BEC\u00a0NORD', ' qu\u00e9bec  nord ']) {
    expect(covers(scope, { ...place, market }), market).toBe(true);
    expect(scopeKey({ kind: 'market', market })).toBe(scopeKey(scope));
  }
  expect(covers(scope, { ...place, market: 'Quebec Nord' })).toBe(false);
});
