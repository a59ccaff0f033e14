import { expect, onTestFinished, test } from 'vitest';
import { startFaultServer } from '../support/fault-server.ts';
import { type DeskRig, openDeskRig } from './desk-rig.ts';

/** A Mastodon server that keeps who asks waiting until it is let go. */
async function startSlowServer(status = 200) {
  let letGo: () => void = () => {};
  const isLetGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const server = await startFaultServer({
    answer: async ({ path }) => {
      await isLetGo;
      if (path.endsWith('/verify_credentials'))
        return status === 200
          ? { body: { id: '9', username: 'lune', url: `${server.origin}/@lune` } }
          : { status, body: { error: 'The access token was revoked' } };
      return { body: { domain: 'lune.example', uri: 'lune.example' } };
    },
  });
  onTestFinished(() => server.close());
  return { server, letGo };
}

async function addMastodon(rig: DeskRig, origin: string): Promise<number> {
  const brand = await rig.addBrand('Maison Lune');
  return rig.addAccount(brand, 'mastodon', '@lune@lune.example', { server: origin }, { token: 'TOKEN-1' });
}

test('a hold set while the sign-in is checked stays', async () => {
  const rig = await openDeskRig();
  const { server, letGo } = await startSlowServer();
  const id = await addMastodon(rig, server.origin);
  const asked = server.next(() => true);
  const checking = rig.handlers['account.verify']({ accountId: id });
  await asked;
  expect(await rig.handlers['account.hold']({ accountId: id, held: true })).toMatchObject({ ok: true });
  letGo();
  expect(await checking).toMatchObject({ ok: true, value: { state: 'ready', isHeld: true } });
  expect((await rig.storage.accounts.read(id))?.heldAt).not.toBeNull();
});

test('a hold ended while the sign-in is changed stays ended', async () => {
  const rig = await openDeskRig();
  const { server, letGo } = await startSlowServer();
  const id = await addMastodon(rig, server.origin);
  await rig.handlers['account.hold']({ accountId: id, held: true });
  const asked = server.next(() => true);
  const changing = rig.handlers['account.change']({ accountId: id, fields: { visibility: 'unlisted' } });
  await asked;
  await rig.handlers['account.hold']({ accountId: id, held: false });
  letGo();
  expect(await changing).toMatchObject({ ok: true, value: { isHeld: false } });
  expect((await rig.storage.accounts.read(id))?.settings.visibility).toBe('unlisted');
});

test('a sign-in the network refused while it was checked stays refused', async () => {
  const rig = await openDeskRig();
  const { server, letGo } = await startSlowServer();
  const id = await addMastodon(rig, server.origin);
  const asked = server.next(() => true);
  const checking = rig.handlers['account.verify']({ accountId: id });
  await asked;
  // As the engine does when a post is answered with 401.
  expect(await rig.storage.accounts.signOut(id, 'revoked')).toBe(true);
  letGo();
  expect(await checking).toMatchObject({ ok: true, value: { state: 'signed-out', problem: 'revoked' } });
  // Looked at again, from now on, it counts.
  expect(await rig.handlers['account.verify']({ accountId: id })).toMatchObject({
    value: { state: 'ready', problem: '' },
  });
});

test.each([200, 401])('a new sign-in is not undone by the check of the old one (%i)', async (status) => {
  const rig = await openDeskRig();
  const { server, letGo } = await startSlowServer(status);
  const id = await addMastodon(rig, server.origin);
  const asked = server.next(() => true);
  const checking = rig.handlers['account.verify']({ accountId: id });
  await asked;
  const settings = { server: server.origin, accountId: '9' };
  const sealed = rig.seal(id, { token: 'TOKEN-2' });
  await rig.storage.accounts.setSignIn(id, { settings, sealed, state: 'ready', problem: '' }, null);
  letGo();
  expect(await checking).toMatchObject({ ok: true, value: { state: 'ready' } });
  expect(await rig.secretsOf(id)).toEqual({ token: 'TOKEN-2' });
});

test('settings that were checked with a sign-in that is no longer there are refused, not mixed with it', async () => {
  const rig = await openDeskRig();
  const { server, letGo } = await startSlowServer();
  const id = await addMastodon(rig, server.origin);
  const asked = server.next(() => true);
  const changing = rig.handlers['account.change']({ accountId: id, fields: { visibility: 'unlisted' } });
  await asked;
  await rig.storage.accounts.setSealed(id, rig.seal(id, { token: 'TOKEN-2' }));
  letGo();
  expect(await changing).toMatchObject({ ok: false, error: { code: 'changed-meanwhile' } });
  expect(await rig.secretsOf(id)).toEqual({ token: 'TOKEN-2' });
  expect((await rig.storage.accounts.read(id))?.settings).toEqual({ server: server.origin });
});
