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

test('a brand that came while its names were not read anew stays stopped when others are released', async () => {
  const rig = await openDeskRig();
  const known = await rig.addBrand('Maison Lune');
  await rig.handlers['desk.read']({});
  await rig.handlers['stop.engage']({ scopes: [{ kind: 'everything' }] });
  await rig.engine.stop.settled(rig.engine.stop.status().stops[0]?.id ?? '');
  const made = await rig.storage.brands.create({
    name: 'Atelier Nord',
    market: '',
    timeZone: 'UTC',
    graceMs: 300_000,
    colour: '#112233',
  });
  const { pressCount } = rig.engine.stop.status();
  const order = { brandIds: [known], stopIds: [], by: 'Zoé Martin', pressCount };
  expect(await rig.handlers['release.confirm'](order)).toMatchObject({ ok: true });
  const brandId = made.ok ? made.value.id : 0;
  expect(rig.engine.stop.status().stops.map(({ scope }) => scope)).toEqual([{ kind: 'brand', brandId }]);
});

test('an account that is stopped by itself is not removed before its stop is released', async () => {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Lune');
  const accountId = await rig.addAccount(brandId, 'practice', 'lune', {});
  const other = await rig.addAccount(brandId, 'practice', 'other', {});
  await rig.handlers['desk.read']({});
  await rig.handlers['stop.engage']({ scopes: [{ kind: 'account', accountId }] });
  const [stop] = rig.engine.stop.status().stops;
  await rig.engine.stop.settled(stop?.id ?? '');
  expect(await rig.handlers['account.remove']({ accountId })).toMatchObject({
    ok: false,
    error: { code: 'account-stopped' },
  });
  expect(await rig.handlers['account.remove']({ accountId: other })).toMatchObject({ ok: true });
  const { pressCount } = rig.engine.stop.status();
  const order = { brandIds: [], stopIds: [stop?.id ?? ''], by: 'Zoé Martin', pressCount };
  expect(await rig.handlers['release.confirm'](order)).toMatchObject({ ok: true });
  expect(await rig.handlers['account.remove']({ accountId })).toMatchObject({ ok: true });
});
