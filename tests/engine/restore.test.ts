import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DATABASE_RESTORED } from '../../src-main/recovery.ts';
import { openEngine } from '../support/engine-here.ts';
import { until } from '../support/engine-rig.ts';
import { startReceiver } from '../support/receiver.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 60_000 });

const FILES = ['queue.sqlite', 'queue.sqlite-wal'];

function copy(from: string, to: string): void {
  for (const name of FILES) {
    rmSync(join(to, name), { force: true });
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

test('a copy of the database put back after what it holds as scheduled went out stops everything, once', async () => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const backup = tempDir();

  const first = await openEngine();
  const { dataDir, keys } = first;
  const { accountId } = await first.account(receiver.url);
  await first.engine.attach(first.storage);
  expect(first.engine.stop.start('Zoé Martin').ok).toBe(true);
  const postId = await first.post(accountId, 'only once', 1_500);
  copy(dataDir, backup);
  expect(readdirSync(backup)).not.toHaveLength(0);
  await until(
    'it is out',
    20_000,
    async () => (await first.storage.posts.read(postId))?.state === 'published',
  );
  await first.close();

  copy(backup, dataDir);
  const second = await openEngine({ dataDir, keys });
  expect(await second.storage.posts.read(postId)).toMatchObject({ state: 'scheduled' });
  expect(second.engine.stop.status().state).toBe('publishing');
  await second.engine.attach(second.storage);
  const { stops } = second.engine.stop.status();
  expect(stops).toMatchObject([{ control: 'start', scope: { kind: 'everything' } }]);
  expect(stops[0]?.reason).toContain('older than the journal');
  await until(
    'it is missed',
    10_000,
    async () => (await second.storage.posts.read(postId))?.state === 'missed',
  );
  expect(receiver.seen).toHaveLength(1);
  await second.close();

  const third = await openEngine({ dataDir, keys });
  await third.engine.attach(third.storage);
  const events = third.engine.journal.tail().map(({ event }) => event);
  expect(events.filter((event) => event === DATABASE_RESTORED)).toHaveLength(1);
  expect(events.filter((event) => event === 'stop.engaged')).toHaveLength(1);
});

test('the same database, after a crash or a clean end, stops nothing', async () => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const first = await openEngine();
  const { dataDir, keys } = first;
  const { accountId } = await first.account(receiver.url);
  await first.engine.attach(first.storage);
  first.engine.stop.start('Zoé Martin');
  const postId = await first.post(accountId, 'once');
  await until(
    'it is out',
    20_000,
    async () => (await first.storage.posts.read(postId))?.state === 'published',
  );
  await first.close();
  const second = await openEngine({ dataDir, keys });
  await second.engine.attach(second.storage);
  expect(second.engine.stop.status()).toMatchObject({ state: 'publishing', stops: [] });
});
