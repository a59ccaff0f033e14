import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openEngine } from '../support/engine-here.ts';
import { until } from '../support/engine-rig.ts';
import { startReceiver } from '../support/receiver.ts';

test('told that the machine goes to sleep, nothing more goes out within a second, though main lives; awake it goes on', async () => {
  const server = await startReceiver();
  onTestFinished(() => server.close());
  const { engine, storage, account, post } = await openEngine();
  const { accountId } = await account(server.url);
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  await post(accountId, 'before');
  await until('it is out', 20_000, () => server.seen.length === 1);
  engine.sleep();
  // As long as a lease is good for.
  await sleep(1_050);
  const id = await post(accountId, 'while it falls asleep');
  await until('it was tried', 10_000, async () => ((await storage.posts.read(id))?.attempts ?? 0) > 0);
  await sleep(400);
  expect(server.seen).toHaveLength(1);
  engine.awake();
  // What was tried in between waits for its next try; another account does not.
  await post((await account(server.url)).accountId, 'awake');
  await until('it goes on', 20_000, () => server.seen.length === 2);
});
