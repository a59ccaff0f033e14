import { expect, test } from 'vitest';
import type { Scope } from '../../src-main/core/scope.ts';
import { stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

async function openScene() {
  const rig = await openDeskRig();
  const lune = await rig.addBrand('Maison Lune');
  const terre = await rig.addBrand('Maison Terre');
  const accounts = [
    await rig.addAccount(lune, 'practice', 'lune', {}),
    await rig.addAccount(lune, 'practice', 'soleil', {}),
  ] as [number, number];
  const stop = (scope: Scope) =>
    rig.engine.stop.engage({ scope, control: 'button', by: 'Camille', reason: 'storm', widenedFrom: '' });
  const stopsOf = () => rig.engine.stop.status().stops.map(({ scope }) => scope);
  const desk = async () => {
    const read = await rig.handlers['desk.read']({});
    if (!read.ok) throw new Error(read.error.message);
    return read.value.brands;
  };
  const brandOf = async (id: number) =>
    (await desk()).find((brand) => brand.accounts.some((account) => account.id === id));
  return { ...rig, lune, terre, accounts, stop, stopsOf, brandOf };
}

test('accounts go to another brand with their posts; a name that is taken there stays', async () => {
  const { handlers, storage, addAccount, lune, terre, accounts, brandOf } = await openScene();
  await addAccount(terre, 'practice', 'soleil', {});
  const publishAt = Date.now() + 3_600_000;
  const { ids } = await storage.posts.add([makePost(accounts[0], { publishAt })], Date.now());
  const answer = await handlers['account.move']({ accountIds: accounts, brandId: terre });
  expect(answer).toEqual({
    ok: true,
    value: {
      moved: 1,
      keptStopped: 0,
      left: [{ accountId: accounts[1], name: 'soleil', reason: 'name-taken' }],
    },
  });
  expect((await brandOf(accounts[0]))?.id).toBe(terre);
  expect((await brandOf(accounts[1]))?.id).toBe(lune);
  expect(await storage.posts.read(ids[0] as number)).toMatchObject({ brandId: terre, publishAt });
});

test('an account that leaves a stopped brand stays stopped, by a stop of its own', async () => {
  const { handlers, terre, lune, accounts, stop, stopsOf, brandOf } = await openScene();
  stop({ kind: 'brand', brandId: lune });
  expect(await handlers['account.move']({ accountIds: [accounts[0]], brandId: terre })).toMatchObject({
    ok: true,
    value: { moved: 1, keptStopped: 1 },
  });
  expect(stopsOf()).toContainEqual({ kind: 'account', accountId: accounts[0] });
  const brand = await brandOf(accounts[0]);
  expect(brand?.isStopped).toBe(false);
  expect(brand?.accounts.find(({ id }) => id === accounts[0])?.isStopped).toBe(true);
});

test('an account of a stop pressed while it moves stays stopped as well', async () => {
  const { handlers, storage, terre, lune, accounts, stop, stopsOf } = await openScene();
  const { moveToBrand } = storage.accounts;
  Object.assign(storage.accounts, {
    moveToBrand: async (ids: readonly number[], brandId: number) => {
      const moved = await moveToBrand(ids, brandId);
      stop({ kind: 'brand', brandId: lune });
      return moved;
    },
  });
  await handlers['account.move']({ accountIds: [accounts[0]], brandId: terre });
  expect(stopsOf()).toContainEqual({ kind: 'account', accountId: accounts[0] });
});

test('an account leaves no stop that the command line has only just left in the files', async () => {
  const { handlers, storage, dataDir, engine, terre, lune, accounts, stopsOf } = await openScene();
  engine.keepNames({
    brands: [{ id: lune, name: 'Maison Lune', market: 'France' }],
    accounts: [{ id: accounts[0], brandId: lune, network: 'practice', name: 'lune' }],
  });
  const order = { dataDir, control: 'command-line', by: 'Ana', reason: '' } as const;
  const { moveToBrand } = storage.accounts;
  // The engine's own look at the files would come when the account is no longer of that brand.
  Object.assign(storage.accounts, {
    moveToBrand: async (ids: readonly number[], brandId: number) => {
      const moved = await moveToBrand(ids, brandId);
      stopFromOutside({ ...order, scopes: ['brand:Maison Lune'] });
      return moved;
    },
  });
  const answer = await handlers['account.move']({ accountIds: [accounts[1]], brandId: terre });
  expect(answer).toMatchObject({ value: { moved: 1, keptStopped: 1 } });
  expect(stopsOf()).toContainEqual({ kind: 'account', accountId: accounts[1] });
});

test('under a stop of everything, or into a stopped brand, no stop of its own is needed', async () => {
  const { handlers, terre, accounts, stop, stopsOf } = await openScene();
  stop({ kind: 'brand', brandId: terre });
  stop({ kind: 'everything' });
  await handlers['account.move']({ accountIds: accounts, brandId: terre });
  expect(stopsOf().some(({ kind }) => kind === 'account')).toBe(false);
});

test('an account with a post that is being published is not moved', async () => {
  const { handlers, storage, terre, accounts, brandOf, lune } = await openScene();
  const now = Date.now();
  await storage.posts.add([makePost(accounts[0], { publishAt: now })], now);
  await storage.posts.claimDue({
    now,
    limit: 1,
    perAccount: 1,
    epoch: 1,
    stopped: [],
    floors: [],
    newKey: () => 'key',
  });
  expect(await handlers['account.move']({ accountIds: [accounts[0]], brandId: terre })).toMatchObject({
    value: { moved: 0, left: [{ reason: 'publishing' }] },
  });
  expect(await storage.accounts.moveToBrand([accounts[0]], terre)).toEqual([]);
  expect((await brandOf(accounts[0]))?.id).toBe(lune);
});

test('labels are given to many and taken away, notes and a logo are kept, and only a picture is a logo', async () => {
  const { handlers, accounts, lune, brandOf } = await openScene();
  await handlers['account.label']({ accountIds: accounts, add: ['winter', 'b2b'], remove: [] });
  await handlers['account.label']({ accountIds: [accounts[0]], add: [], remove: ['winter'] });
  const labels = async () => (await brandOf(accounts[0]))?.accounts.map((account) => account.labels);
  expect(await labels()).toEqual([['b2b'], ['b2b', 'winter']]);
  const png = Uint8Array.from(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  const added = await handlers['media.add']({ name: 'logo.png', mime: 'image/png', bytes: png });
  const logo = added.ok ? added.value.sha256 : '';
  const note = { brandId: lune, notes: 'Ask Anne first. ', logo };
  expect(await handlers['brand.note'](note)).toEqual({ ok: true, value: { kept: true } });
  expect(await brandOf(accounts[0])).toMatchObject({ notes: 'Ask Anne first.', logo });
  expect(await handlers['brand.note']({ ...note, logo: 'f'.repeat(64) })).toMatchObject({
    error: { code: 'logo-no-picture' },
  });
});

test('many accounts are held in one step, and only those that were not', async () => {
  const { handlers, accounts, brandOf } = await openScene();
  await handlers['account.hold']({ accountId: accounts[0], held: true });
  const answer = await handlers['account.holdAll']({ accountIds: accounts, held: true });
  expect(answer).toEqual({ ok: true, value: { changed: 1 } });
  expect((await brandOf(accounts[0]))?.accounts.every(({ isHeld }) => isHeld)).toBe(true);
});
