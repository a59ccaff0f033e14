import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createEngineRig, type EngineRig, until } from '../support/engine-rig.ts';
import { startEngineServer } from '../support/engine-server.ts';
import { createRandom, createTraffic } from '../support/engine-traffic.ts';

async function publishing() {
  const server = await startEngineServer(() => ({ how: 'yes', afterMs: 20 }));
  onTestFinished(() => server.close());
  const rig = createEngineRig();
  onTestFinished(() => rig.close());
  rig.start();
  await rig.ready();
  const traffic = await createTraffic(rig, server, createRandom(7));
  expect(await rig.ask('start', null)).toBe('');
  await traffic.topUp(12_000, 60);
  await until('the first posts are out', 15_000, () => server.arrivals.length >= 3);
  const noDoubles = () => new Set(server.arrivals.map(({ key }) => key)).size === server.arrivals.length;
  return { server, rig, noDoubles };
}

async function goesOn(rig: EngineRig, arrivals: readonly unknown[]) {
  const { length } = arrivals;
  await until('publishing goes on', 15_000, () => arrivals.length > length);
  expect((await rig.ask('status', null)).state).toBe('publishing');
}

test('a copy of the data folder, opened beside the one that publishes, is stopped and sends nothing', async () => {
  const { server, rig, noDoubles } = await publishing();
  const folder = mkdtempSync(join(tmpdir(), 'all-stop-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const copied = join(folder, 'data');
  cpSync(rig.dataDir, copied, { recursive: true, preserveTimestamps: true });
  const other = createEngineRig({ dataDir: copied });
  onTestFinished(() => other.close());
  other.start();
  expect((await other.ready()).state).toBe('stopped');
  await sleep(1_500);
  expect(other.publishers()).toEqual([]);
  expect(noDoubles()).toBe(true);
  await goesOn(rig, server.arrivals);
});

test('a second engine on the same data folder is refused the queue, and the first goes on', async () => {
  const { server, rig, noDoubles } = await publishing();
  const second = createEngineRig({ dataDir: rig.dataDir });
  onTestFinished(() => second.close());
  second.start();
  await expect(second.ready()).rejects.toThrow();
  expect(second.isUp()).toBe(false);
  await goesOn(rig, server.arrivals);
  expect(noDoubles()).toBe(true);
});
