import { expect, onTestFinished, test, vi } from 'vitest';
import { openEngine } from '../support/engine-here.ts';
import { until } from '../support/engine-rig.ts';
import { type Fault, startFaultServer } from '../support/fault-server.ts';

vi.setConfig({ testTimeout: 60_000 });

async function server(faultFor: (index: number) => Fault | null) {
  let index = 0;
  const made = await startFaultServer({
    answer: () => ({ status: 200, body: { id: `seen-${index}` } }),
    faultFor: () => faultFor(index++),
  });
  onTestFinished(() => made.close());
  return made;
}

const refused: Fault = { kind: 'answer', answer: { status: 422, body: { error: 'no' } } };

test('an account whose network refuses five posts in a row is held before the sixth, also after a restart, until a person resumes it', async () => {
  const network = await server((index) => (index < 5 ? refused : null));
  const { engine, storage, account, post, close, dataDir, keys } = await openEngine();
  const { accountId } = await account(`${network.origin}/hook`);
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  for (let index = 0; index < 12; index += 1) await post(accountId, `text ${index}`);
  await until('it is held', 30_000, async () => (await storage.accounts.read(accountId))?.heldAt !== null);
  await new Promise((done) => setTimeout(done, 500));
  expect(network.requests).toHaveLength(5);
  expect(await storage.accounts.read(accountId)).toMatchObject({ heldReason: 'refusals 5' });
  expect(engine.journal.tail()).toContainEqual(
    expect.objectContaining({
      event: 'trip.account-held',
      control: 'trip',
      details: expect.objectContaining({ account: accountId, kind: 'refusals', count: 5 }),
    }),
  );
  expect(engine.stop.status().state).toBe('publishing');
  await close();

  const again = await openEngine({ dataDir, keys });
  await again.engine.attach(again.storage);
  await again.post(accountId, 'not while it is held');
  await new Promise((done) => setTimeout(done, 500));
  expect(network.requests).toHaveLength(5);
  await again.storage.accounts.setHeld(accountId, null);
  again.engine.resumed(accountId);
  await again.post(accountId, 'after a person resumed it');
  await until('they go out', 30_000, () => network.requests.length > 5);
});

test('posts without an answer on ten accounts stop their network, with a reason, and nothing follows', async () => {
  const network = await server(() => ({ kind: 'reset' }));
  const { engine, storage, account, post } = await openEngine();
  const accounts: number[] = [];
  for (let index = 0; index < 14; index += 1)
    accounts.push((await account(`${network.origin}/hook`)).accountId);
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  for (const [index, accountId] of accounts.entries()) {
    await post(accountId, `text ${index}`);
    await until('it is settled', 30_000, async () => {
      const { scheduled, publishing } = await storage.posts.counts();
      return scheduled + publishing === 0 || engine.stop.status().stops.length > 0;
    });
  }
  const [stop] = engine.stop.status().stops;
  expect(stop).toMatchObject({ scope: { kind: 'network', network: 'webhook' }, control: 'trip' });
  expect(stop?.reason).toMatch(/^10 posts to Webhook became unconfirmed/u);
  expect(network.requests).toHaveLength(10);
});

test('a thirty-first post in a minute holds its account', async () => {
  const network = await server(() => null);
  const { engine, storage, account, post } = await openEngine();
  const { accountId } = await account(`${network.origin}/hook`);
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  for (let index = 0; index < 40; index += 1) await post(accountId, `text ${index}`);
  await until('it is held', 50_000, async () => (await storage.accounts.read(accountId))?.heldAt !== null);
  await new Promise((done) => setTimeout(done, 300));
  // Attempts are counted; on a machine that hangs for a second one of them may not have been sent.
  expect(network.requests.length).toBeLessThanOrEqual(30);
  expect(network.requests.length).toBeGreaterThan(20);
  expect(await storage.accounts.read(accountId)).toMatchObject({ heldReason: 'rate 31' });
});
