import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { EVERYTHING } from '../../src-main/core/scope.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { newKeyPair } from '../../src-main/secrets/seal.ts';
import { openEngine } from '../support/engine-here.ts';
import { until } from '../support/engine-rig.ts';
import { startReceiver } from '../support/receiver.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 60_000 });

async function receiver(delayMs?: number) {
  const made = await startReceiver(delayMs);
  onTestFinished(() => made.close());
  return made;
}

test('without the key posts wait, no account counts as signed out, and the problem is said until the key is there', async () => {
  const { url, seen } = await receiver();
  const keys = newKeyPair();
  let key: string | null = null;
  let changes = 0;
  const { engine, storage, account, post } = await openEngine({
    keys,
    key: () => key,
    onChange: (what) => {
      if (what === 'publishing') changes += 1;
    },
  });
  const [one, other, foreign] = [await account(url), await account(url), await account(url, newKeyPair())];
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  expect(engine.problem()).toBe('');
  const before = changes;
  const waiting = await post(one.accountId, 'waits for the key');
  await until('it was tried', 20_000, async () => {
    const { state, attempts } = (await storage.posts.read(waiting)) ?? {};
    return state === 'scheduled' && attempts === 1;
  });
  expect(await storage.accounts.read(one.accountId)).toMatchObject({ state: 'ready', problem: '' });
  expect(engine.problem()).toContain('key to the sign-ins is not available');
  expect(changes).toBeGreaterThan(before);
  expect(seen).toHaveLength(0);

  key = keys.privateKey;
  engine.publisher.refresh();
  expect(engine.problem()).toBe('');
  const next = await post(other.accountId, 'the key is there');
  await until('it is out', 20_000, async () => (await storage.posts.read(next))?.state === 'published');
  await post(foreign.accountId, 'sealed with another key');
  await until(
    'a box this key cannot open counts as signed out',
    20_000,
    async () => (await storage.accounts.read(foreign.accountId))?.state === 'signed-out',
  );
  expect(seen).toHaveLength(1);
});

test('a quiet quit waits for what is in flight, and claims nothing more', async () => {
  const server = await receiver(1_000);
  const { engine, storage, account, post, dataDir, close, keys } = await openEngine();
  const { accountId } = await account(server.url);
  const { accountId: otherId } = await account(server.url);
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  const flying = await post(accountId, 'in flight');
  await until('it has arrived', 20_000, () => server.seen.length === 1);
  // Written only now: a publisher that is slow to start would have both due at once.
  const later = await post(otherId, 'due a moment later', 400);
  await close();
  const { storage: after } = await openEngine({ dataDir, keys });
  expect(await after.posts.read(flying)).toMatchObject({ state: 'published' });
  expect(await after.posts.read(later)).toMatchObject({ state: 'scheduled' });
  expect(server.seen).toHaveLength(1);
});

test('a quit waits only so long for an answer that does not come, and keeps what is known: unconfirmed', async () => {
  const server = await receiver(600_000);
  const { engine, storage, account, post, dataDir, close, keys } = await openEngine();
  const { accountId } = await account(server.url);
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  const flying = await post(accountId, 'never answered');
  await until('it has arrived', 20_000, () => server.seen.length === 1);
  const began = performance.now();
  await close();
  expect(performance.now() - began).toBeLessThan(15_000);
  const { storage: after } = await openEngine({ dataDir, keys });
  expect(await after.posts.read(flying)).toMatchObject({ state: 'unconfirmed', reason: 'no-answer' });
});

test('a stop while quitting aborts what is in flight', async () => {
  const server = await receiver(600_000);
  const { engine, storage, account, post, close } = await openEngine();
  const { accountId } = await account(server.url);
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  await post(accountId, 'never answered');
  await until('it has arrived', 20_000, () => server.seen.length === 1);
  const closing = close();
  rmSync(engine.paths.permit);
  const began = performance.now();
  await until('it is aborted', 2_500, () => engine.publisher.inFlight({ kind: 'everything' }).length === 0);
  await closing;
  expect(performance.now() - began).toBeLessThan(15_000);
});

test('a publisher that ends as soon as it is started is a problem that is said', async () => {
  const entry = join(tempDir(), 'ends-at-once.mjs');
  writeFileSync(entry, 'process.exit(1)');
  let changes = 0;
  const { engine, storage } = await openEngine({
    spawn: () => spawnNodePublisher(entry),
    onChange: (what) => {
      if (what === 'publishing') changes += 1;
    },
  });
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  const before = changes;
  await until('it is said', 20_000, () => engine.problem().includes('three times within a minute'));
  expect(changes).toBeGreaterThan(before);
  engine.stop.engage({ scope: EVERYTHING, control: 'button', by: '', reason: '', widenedFrom: '' });
  expect(engine.problem()).toBe('');
});

test('a publisher that was ended in order leaves no name behind', async () => {
  const { engine, storage, close } = await openEngine();
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  await until('it runs', 20_000, () => existsSync(engine.paths.publisherPid));
  await close();
  expect(existsSync(engine.paths.publisherPid)).toBe(false);
});
