import { expect, test } from 'vitest';
import { openDeskRig } from './desk-rig.ts';

test('a stop of a brand that is there stops that brand', async () => {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Lune');
  await rig.handlers['desk.read']({});
  const answer = rig.handlers['stop.engage']({ scopes: [{ kind: 'brand', brandId }] });
  const [stop] = rig.engine.stop.status().stops;
  expect(stop).toMatchObject({ scope: { kind: 'brand', brandId }, widenedFrom: '' });
  expect(await answer).toMatchObject({ ok: true });
});

test('the names kept for a stop are enough where nothing was read', async () => {
  const rig = await openDeskRig({ open: () => null });
  rig.engine.keepNames({ brands: [{ id: 7, name: 'Maison Lune', market: '' }], accounts: [] });
  expect(await rig.handlers['stop.engage']({ scopes: [{ kind: 'brand', brandId: 7 }] })).toMatchObject({
    ok: true,
  });
  expect(rig.engine.stop.status().stops).toMatchObject([{ scope: { kind: 'brand', brandId: 7 } }]);
});

test('a stop of a brand nobody knows stops everything, at once, and says what was asked for', async () => {
  const rig = await openDeskRig();
  await rig.addBrand('Maison Lune');
  await rig.handlers['desk.read']({});
  const answer = rig.handlers['stop.engage']({
    scopes: [{ kind: 'brand', brandId: 999 }],
    reason: 'a storm',
  });
  const [stop] = rig.engine.stop.status().stops;
  expect(stop).toMatchObject({
    scope: { kind: 'everything' },
    widenedFrom: 'brand:999',
    reason: 'a storm',
    by: 'Camille',
  });
  expect(await answer).toMatchObject({ ok: true });
});

test('what could not be understood is engaged as everything, with what was asked for', async () => {
  const rig = await openDeskRig();
  const asked = { scopes: [{ kind: 'everything' as const }], widenedFrom: '"market:France"' };
  expect(await rig.handlers['stop.engage'](asked)).toMatchObject({ ok: true });
  expect(rig.engine.stop.status().stops).toMatchObject([
    { scope: { kind: 'everything' }, widenedFrom: '"market:France"' },
  ]);
});

test('who released last is the one that later events are journalled under', async () => {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Lune');
  const accountId = await rig.addAccount(brandId, 'practice', 'lune', {});
  for (const by of ['Zoé Martin', 'Bao Tran']) {
    await rig.handlers['stop.engage']({ scopes: [{ kind: 'everything' }] });
    await rig.engine.stop.settled(rig.engine.stop.status().stops[0]?.id ?? '');
    const { pressCount } = rig.engine.stop.status();
    const released = await rig.handlers['release.confirm']({
      brandIds: [brandId],
      stopIds: [],
      by,
      pressCount,
    });
    expect(released.ok ? '' : released.error.code).toBe('');
  }
  await rig.handlers['account.hold']({ accountId, held: false });
  expect(rig.engine.journal.tail(65_536).at(-1)).toMatchObject({ event: 'account.resumed', by: 'Bao Tran' });
});
