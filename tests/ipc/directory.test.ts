import { expect, test, vi } from 'vitest';
import { createDirectory } from '../../src-main/ipc/directory.ts';
import { accountContext, newKeyPair, sealFields } from '../../src-main/secrets/seal.ts';
import type { AccountView } from '../../src-preload/views.ts';
import { makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

vi.setConfig({ testTimeout: 60_000 });

const SERVER = { server: 'http://127.0.0.1:9' };

async function readAccount({ handlers }: Awaited<ReturnType<typeof openDeskRig>>): Promise<AccountView> {
  const desk = await handlers['desk.read']({});
  if (!desk.ok) throw new Error(desk.error.message);
  const account = desk.value.brands[0]?.accounts[0];
  if (!account) throw new Error('no account');
  return account;
}

test('an account that is signed out while posting is shown so at once', async () => {
  const rig = await openDeskRig();
  const open = rig.desk.open();
  if (!open) throw new Error('not open');
  const id = await rig.addAccount(await rig.addBrand('Maison Lune'), 'mastodon', 'lune', SERVER);
  await rig.storage.accounts.setSealed(
    id,
    sealFields(newKeyPair().publicKey, accountContext(id), { token: 'x' }),
  );
  expect(await readAccount(rig)).toMatchObject({ state: 'ready' });
  await rig.engine.attach(rig.storage, open.directory.forget);
  rig.engine.stop.start('Camille');
  await rig.storage.posts.add([makePost(id, { publishAt: Date.now() })], Date.now());
  rig.engine.wake();
  await vi.waitFor(
    async () => expect((await rig.storage.accounts.read(id))?.state).toBe('signed-out'),
    30_000,
  );
  await vi.waitFor(async () => expect(await readAccount(rig)).toMatchObject({ state: 'signed-out' }), 5_000);
});

test('an account whose sign-in this key does not open is told as signed out before any post is due; one without a key to try is not', async () => {
  const rig = await openDeskRig();
  const mine = newKeyPair();
  let key: string | null = null;
  const directory = createDirectory(rig.storage, () => key);
  const brandId = await rig.addBrand('Maison Lune');
  const id = await rig.addAccount(brandId, 'mastodon', 'lune', SERVER);
  const plain = await rig.addAccount(brandId, 'practice', 'essai', {});
  await rig.storage.accounts.setSealed(id, sealFields(mine.publicKey, accountContext(id), { token: 'x' }));
  const stateOf = async (account: number) => (await directory.read()).accounts.get(account)?.state;
  expect(await stateOf(id)).toBe('ready');
  key = newKeyPair().privateKey;
  expect(await stateOf(id)).toBe('signed-out');
  expect((await directory.read()).accounts.get(id)?.problem).toBe('other-key');
  expect(await stateOf(plain)).toBe('ready');
  expect((await rig.storage.accounts.read(id))?.state).toBe('ready');
  key = null;
  expect(await stateOf(id)).toBe('ready');
  key = mine.privateKey;
  expect(await stateOf(id)).toBe('ready');
});

test('the next due post shown is none of an account that is signed out, held or stopped, and none that is past', async () => {
  const rig = await openDeskRig();
  const now = Date.now();
  const lune = await rig.addBrand('Maison Lune');
  const verte = await rig.addBrand('Maison Verte');
  const account = async (brandId: number, name: string, inMinutes: number) => {
    const id = await rig.addAccount(brandId, 'practice', name, {});
    await rig.storage.posts.add([makePost(id, { publishAt: now + inMinutes * 60_000 })], now);
    return id;
  };
  await account(lune, 'past', -10);
  const signedOut = await account(lune, 'signed out', 10);
  const held = await account(lune, 'held', 20);
  await account(verte, 'stopped', 30);
  await account(lune, 'goes', 40);
  await rig.storage.accounts.signOut(signedOut, 'no');
  await rig.storage.accounts.setHeld(held, now);
  rig.desk.open()?.directory.forget();
  await rig.handlers['desk.read']({});
  await rig.handlers['stop.engage']({ scopes: [{ kind: 'brand', brandId: verte }] });
  expect(await rig.handlers['publishing.read']({})).toMatchObject({
    ok: true,
    value: { nextDueAt: now + 40 * 60_000 },
  });
});
