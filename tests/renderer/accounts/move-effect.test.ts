import { expect, it } from 'vitest';
import type { BrandView } from '../../../src-preload/views.ts';
import { moveEffect } from '../../../src-renderer/accounts/move-effect.ts';
import { noCounts, sampleBrands } from '../fixture/sample-desk.ts';

const brands = sampleBrands();
const [from, to] = brands as [BrandView, BrandView];

it('says what goes along and what changes, and leaves what is there already, has a name that is taken, or is publishing', () => {
  const [first, second, third] = from.accounts as [
    (typeof from.accounts)[0],
    (typeof from.accounts)[0],
    (typeof from.accounts)[0],
  ];
  const target = { ...to, timeZone: 'Asia/Tokyo', graceMinutes: 9, market: 'Japan' };
  const taken = { ...second, network: to.accounts[0]?.network ?? '', name: to.accounts[0]?.name ?? '' };
  const busy = { ...third, counts: { ...noCounts(), publishing: 1 } };
  const there = to.accounts[0] as (typeof to.accounts)[0];
  const going = { ...first, counts: { ...noCounts(), scheduled: 7 } };
  const effect = moveEffect([going, taken, busy, there], target, brands, []);
  expect(effect).toMatchObject({
    scheduled: 7,
    zoneChanges: true,
    graceChanges: true,
    marketChanges: true,
    keepStopped: 0,
    becomeStopped: 0,
  });
  expect(effect.going).toEqual([going]);
  expect(effect.left.map(({ reason }) => reason)).toEqual(['name-taken', 'publishing', 'same-brand']);
});

it('says which stay stopped by a stop of their own, and which become stopped', () => {
  const accounts = from.accounts.slice(0, 2);
  const leaving = { kind: 'brand', brandId: from.id, name: from.name } as const;
  const arriving = { kind: 'brand', brandId: to.id, name: to.name } as const;
  expect(moveEffect(accounts, to, brands, [leaving])).toMatchObject({ keepStopped: 2, becomeStopped: 0 });
  expect(moveEffect(accounts, to, brands, [arriving])).toMatchObject({ keepStopped: 0, becomeStopped: 2 });
  expect(moveEffect(accounts, to, brands, [{ kind: 'everything' }]).keepStopped).toBe(0);
});
