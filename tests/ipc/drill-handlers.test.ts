import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { createDrill } from '../../src-main/drill/create-drill.ts';
import { namesOf } from '../../src-main/ipc/directory.ts';
import { createHandlers } from '../../src-main/ipc/handlers.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { requests } from '../../src-preload/contract.ts';
import { openDeskRig } from './desk-rig.ts';

test('a drill is run, refused beside another, canceled and listed over the bridge, with names alone taken from the desk', async () => {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Cobalt');
  await rig.addAccount(brandId, 'webhook', 'one', { url: 'http://127.0.0.1:9/' }, { secret: 'hidden' });
  const names = namesOf((await rig.desk.open()?.directory.read()) ?? null);
  expect(names).toEqual([{ name: 'Cobalt', accounts: ['one'] }]);
  const steps: string[] = [];
  const drill = createDrill({
    dataDir: rig.dataDir,
    clock: createSystemClock(),
    engine: rig.engine,
    spawn: () => spawnNodePublisher(resolve('src-main/publisher/main.ts')),
    names: async () => names,
    inFlightCap: () => 4,
    onProgress: (step) => steps.push(step),
    onChange: () => {},
  });
  const handlers = createHandlers({ ...rig.desk, drill });

  expect(await handlers['drill.list']({})).toEqual({
    ok: true,
    value: { drills: [], running: null, dueAt: null, isDue: false, hasFailed: false },
  });
  expect(await handlers['drill.cancel']({})).toEqual({ ok: true, value: { canceled: false } });
  const running = handlers['drill.run']({ by: 'Camille' });
  expect(await handlers['drill.run']({ by: 'Robin' })).toMatchObject({ error: { code: 'drill-running' } });
  await expect.poll(() => steps, { timeout: 15_000 }).toContain('publish');
  expect(await handlers['drill.list']({})).toMatchObject({ value: { running: { by: 'Camille' } } });
  expect(await handlers['drill.cancel']({})).toEqual({ ok: true, value: { canceled: true } });
  expect(await running).toMatchObject({ ok: true, value: { kind: 'canceled', by: 'Camille' } });
  expect(await handlers['drill.list']({})).toMatchObject({
    value: { running: null, hasFailed: false, drills: [{ kind: 'canceled', reason: 'by-person' }] },
  });
});

test('a drill names who runs it', () => {
  expect(requests['drill.run'].safeParse({ by: ' ' }).success).toBe(false);
});
