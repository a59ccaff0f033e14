import { expect, onTestFinished, test } from 'vitest';
import { startFaultServer } from '../support/fault-server.ts';
import { startRelay } from '../support/relay.ts';
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

/** Says yes to everybody, and remembers what it was shown. */
async function startCuriousServer() {
  const server = await startFaultServer({
    answer: ({ path }) =>
      path.includes('createSession')
        ? { body: { did: 'did:plc:new', handle: 'lune.example', accessJwt: 'a.b.c', refreshJwt: 'd.e.f' } }
        : { body: { id: '9', username: 'lune', url: 'https://elsewhere.example/@lune' } },
  });
  onTestFinished(() => server.close());
  const seen = () =>
    server.requests.map(({ headers, body }) => `${JSON.stringify(headers)} ${body.toString()}`).join('\n');
  return { server, seen };
}

test('a sign-in through the browser is not shown to a new server: it is dropped, and the account says so', async () => {
  const rig = await openDeskRig();
  const { server, seen } = await startCuriousServer();
  const brand = await rig.addBrand('Maison Lune');
  const before = { server: 'https://good.example', accountId: '7', visibility: 'unlisted' };
  const id = await rig.addAccount(brand, 'mastodon', '@lune@good.example', before, { token: 'TOKEN-1' });
  const changed = await rig.handlers['account.change']({ accountId: id, fields: { server: server.origin } });
  expect(changed).toMatchObject({
    ok: true,
    value: { state: 'signed-out', problem: expect.stringContaining('was not shown to the new one') },
  });
  expect(await rig.secretsOf(id)).toBeNull();
  expect((await rig.storage.accounts.read(id))?.settings).toEqual({
    server: server.origin,
    visibility: 'unlisted',
  });
  expect(await rig.handlers['account.verify']({ accountId: id })).toMatchObject({
    value: { state: 'signed-out' },
  });
  expect(seen()).not.toContain('TOKEN-1');
  expect(server.requests).toHaveLength(0);
  expect(rig.engine.journal.tail(100_000).map(({ event }) => event)).toContain('account.signed-out');
});

test('a password kept for one server is not shown to another', async () => {
  const rig = await openDeskRig({ language: () => 'fr' });
  const { server, seen } = await startCuriousServer();
  const brand = await rig.addBrand('Maison Lune');
  const before = { server: 'https://bsky.social', identifier: 'lune.example', pds: 'https://pds.example' };
  const id = await rig.addAccount(brand, 'bluesky', 'lune.example', before, { appPassword: 'APP-PASSWORD' });
  expect(
    await rig.handlers['account.change']({ accountId: id, fields: { server: server.origin } }),
  ).toMatchObject({ value: { state: 'signed-out', problem: expect.stringContaining('Reconnectez') } });
  expect(server.requests).toHaveLength(0);
  expect(await rig.secretsOf(id)).toBeNull();

  // With a sign-in for the new server it is ready again, with nothing of the one before.
  const fields = { server: server.origin, appPassword: 'NEW-PASSWORD' };
  expect(await rig.handlers['account.change']({ accountId: id, fields })).toMatchObject({
    value: { state: 'ready', problem: '' },
  });
  expect(seen()).toContain('NEW-PASSWORD');
  expect(seen()).not.toContain('APP-PASSWORD');
  expect(await rig.secretsOf(id)).toMatchObject({ appPassword: 'NEW-PASSWORD' });
});

test('a new sign-in given with a new server goes there without the one before; refused there, all stays as it was', async () => {
  const rig = await openDeskRig();
  const { server, seen } = await startCuriousServer();
  const other = await startFaultServer({
    answer: () => ({ status: 401, body: { error: 'InvalidRequest' } }),
  });
  onTestFinished(() => other.close());
  const brand = await rig.addBrand('Maison Lune');
  const before = { server: 'https://bsky.social', identifier: 'lune.example', pds: 'https://pds.example' };
  const old = { appPassword: 'APP-PASSWORD', accessJwt: 'OLD-JWT' };
  const id = await rig.addAccount(brand, 'bluesky', 'lune.example', before, old);
  const order = (origin: string) => ({
    accountId: id,
    fields: { server: origin, identifier: 'lune.example', appPassword: 'NEW-PASSWORD' },
  });
  expect(await rig.handlers['account.change'](order(other.origin))).toMatchObject({ ok: false });
  expect(await rig.secretsOf(id)).toEqual(old);
  expect((await rig.storage.accounts.read(id))?.settings).toEqual(before);

  expect(await rig.handlers['account.change'](order(server.origin))).toMatchObject({ ok: true });
  expect(seen()).not.toMatch(/APP-PASSWORD|OLD-JWT/u);
  expect(await rig.secretsOf(id)).not.toMatchObject({ accessJwt: 'OLD-JWT' });
  expect((await rig.storage.accounts.read(id))?.settings.pds).not.toBe('https://pds.example');
});

test('an address on the same server keeps the sign-in; one that may not be used changes nothing', async () => {
  const rig = await openDeskRig();
  const brand = await rig.addBrand('Maison Lune');
  const before = { url: 'https://hooks.example/one' };
  const id = await rig.addAccount(brand, 'webhook', 'hook', before, { secret: 'whsec' });
  const change = (url: string) => rig.handlers['account.change']({ accountId: id, fields: { url } });
  expect(await change('https://hooks.example/two')).toMatchObject({ value: { state: 'ready' } });
  expect(await rig.secretsOf(id)).toEqual({ secret: 'whsec' });
  for (const url of ['http://hooks.example/two', 'javascript:alert(1)', 'https://a:b@hooks.example/'])
    expect(await change(url)).toMatchObject({ ok: false, error: { code: 'bad-url' } });
  expect(await rig.secretsOf(id)).toEqual({ secret: 'whsec' });
  expect(await change('https://hooks.example:8443/two')).toMatchObject({ value: { state: 'signed-out' } });
  expect(await rig.secretsOf(id)).toBeNull();
});

test('a key made here connects an account, and is sealed like any other', async () => {
  const rig = await openDeskRig();
  const relay = await startRelay();
  onTestFinished(() => relay.close());
  const brandId = await rig.addBrand('Maison Lune');
  const made = await rig.handlers['network.newSecret']({ network: 'nostr' });
  if (!made.ok) throw new Error(made.error.message);
  const { secret } = made.value;
  const fields = { relays: relay.url, key: secret };
  const connected = await rig.handlers['account.connect']({
    brandId,
    network: 'nostr',
    name: 'lune',
    fields,
  });
  expect(connected).toMatchObject({ ok: true, value: { name: 'lune', state: 'ready' } });
  if (!connected.ok) return;
  const signIn = await rig.storage.accounts.readSignIn(connected.value.id);
  expect(signIn?.sealed).not.toBeNull();
  expect(JSON.stringify([connected, signIn])).not.toContain(secret);
  expect(await rig.handlers['network.newSecret']({ network: 'webhook' })).toMatchObject({
    ok: false,
    error: { code: 'no-such-network' },
  });
});
