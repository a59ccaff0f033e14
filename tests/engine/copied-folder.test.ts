import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openEngine } from '../support/engine-here.ts';
import { until } from '../support/engine-rig.ts';
import { startReceiver } from '../support/receiver.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 60_000 });

test('a copied folder starts stopped and says why; released by a person, it publishes after the countdown alone', async () => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const first = await openEngine();
  const { brandId } = await first.account(receiver.url);
  await first.engine.attach(first.storage);
  expect(first.engine.stop.start('Zoé Martin').ok).toBe(true);
  await first.close();

  const copied = join(tempDir(), 'copy');
  cpSync(first.dataDir, copied, { recursive: true });
  const second = await openEngine({ dataDir: copied, keys: first.keys });
  await second.engine.attach(second.storage);
  const [stop] = second.engine.stop.status().stops;
  expect(stop).toMatchObject({
    control: 'start',
    scope: { kind: 'everything' },
    reason: 'The permit was written by another machine, or is a copy.',
  });
  await until('it is confirmed', 10_000, () => second.engine.stop.status().state === 'stopped');
  const released = second.engine.stop.release({
    brandIds: [brandId],
    stopIds: [],
    allBrands: [{ brandId, market: '' }],
    by: 'Zoé Martin',
    pressCount: second.engine.stop.status().pressCount,
  });
  expect(released).toMatchObject({ ok: true, value: { state: 'publishing', stops: [] } });
  expect(second.engine.stop.status().countdowns).toHaveLength(1);
  await second.close();

  const third = await openEngine({ dataDir: copied, keys: first.keys });
  await third.engine.attach(third.storage);
  expect(third.engine.stop.status()).toMatchObject({ state: 'publishing', stops: [] });
});
