import { expect, test } from 'vitest';
import type { ScopeView } from '../../../src-preload/views.ts';
import { coverEveryAccount } from '../../../src-renderer/stop/scope-covers.ts';
import { sampleBrands } from '../fixture/sample-desk.ts';

test('every account is stopped only when narrower stops leave none out', () => {
  const brands = sampleBrands();
  const perBrand = brands.map(({ id, name }): ScopeView => ({ kind: 'brand', brandId: id, name }));
  expect(coverEveryAccount(perBrand, brands)).toBe(true);
  expect(coverEveryAccount(perBrand.slice(1), brands)).toBe(false);
  const networks = new Set(brands.flatMap(({ accounts }) => accounts.map(({ network }) => network)));
  const perNetwork = [...networks].map((network): ScopeView => ({ kind: 'network', network }));
  expect(coverEveryAccount(perNetwork, brands)).toBe(true);
  expect(coverEveryAccount(perNetwork.slice(1), brands)).toBe(false);
  expect(coverEveryAccount(perBrand, [])).toBe(false);
  expect(coverEveryAccount([], brands)).toBe(false);
});
