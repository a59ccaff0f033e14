import { resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLookUps } from '../../src-main/publisher/look-ups.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import type { Job } from '../../src-main/publisher/protocol.ts';
import { accountContext, newKeyPair, sealFields } from '../../src-main/secrets/seal.ts';
import { until } from '../support/engine-rig.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 60_000 });

const ENTRY = resolve('src-main/publisher/main.ts');
const IDLE_MS = 5_000;
const account = { id: 1, name: 'a', brand: 'B', network: 'practice', settings: {}, sealed: null };
const verify: Job = { kind: 'verify', account, fields: {} };

/** Real processes, of which the test says when their end is told. */
function lookUps(key: string | null = null) {
  const clock = createFakeClock();
  const ended: (() => void)[] = [];
  const pids: (number | undefined)[] = [];
  const made = createLookUps({
    clock,
    where: { dataDir: tempDir(), host: 'host-of-this-test' },
    spawn: () => {
      const child = spawnNodePublisher(ENTRY);
      pids.push(child.pid());
      return { ...child, onExit: (listener) => child.onExit(() => ended.push(listener)) };
    },
    key: () => key,
  });
  onTestFinished(made.close);
  return { ...made, clock, ended, pids };
}

test('a process that ends late after its idle time fails no call of its successor', async () => {
  const { run, clock, ended, pids } = lookUps();
  expect(await run(verify)).toMatchObject({ ok: true });
  await clock.advance(IDLE_MS + 1);
  await until('the idle process is gone', 10_000, () => ended.length === 1);
  const asked = run(verify);
  ended[0]?.();
  expect(await asked).toMatchObject({ ok: true, value: { kind: 'ready' } });
  expect(new Set(pids).size).toBe(2);
});

test('a process that ends in the middle fails the calls it was given, and the next call has another', async () => {
  const { run, ended, pids } = lookUps();
  const asked = [run(verify), run(verify)];
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await until('it is gone', 10_000, () => ended.length === 1);
  ended[0]?.();
  for (const one of asked) expect(await one).toMatchObject({ ok: false, error: { code: 'look-up-failed' } });
  expect(await run(verify)).toMatchObject({ ok: true });
});

test('without the key a sign-in that is kept is not called refused, and a new one can be tried', async () => {
  const own = newKeyPair();
  const sealed = sealFields(own.publicKey, accountContext(1), { secret: 'a signing secret' });
  const parcel = { ...account, network: 'webhook', settings: { url: 'http://127.0.0.1:9/' }, sealed };
  const kept: Job = { kind: 'verify', account: parcel, fields: {} };
  expect(await lookUps().run(kept)).toMatchObject({
    ok: false,
    error: { message: 'The key to the sign-ins is not available.' },
  });
  expect(await lookUps(newKeyPair().privateKey).run(kept)).toMatchObject({
    ok: true,
    value: { kind: 'signed-out' },
  });
  const { privateKey } = own;
  for (const [key, job] of [
    [privateKey, kept],
    [null, { ...kept, fields: { secret: 'another signing secret' } }],
  ] as const) {
    expect(await lookUps(key).run(job)).toMatchObject({
      ok: true,
      value: { kind: expect.not.stringContaining('signed-out') },
    });
  }
});
