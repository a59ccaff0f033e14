import { pbkdf2 } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { EVERYTHING } from '../../src-main/core/scope.ts';
import { findPublisher } from '../../src-main/stop/publisher-pid.ts';
import { stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { type EngineHere, openEngine } from '../support/engine-here.ts';
import { until } from '../support/engine-rig.ts';
import { NO_TRIPS } from '../support/no-trips.ts';
import { startReceiver } from '../support/receiver.ts';

/** From a press to the last first byte, as promised at most. */
const MOST_STOP_MS = 250;

type Scene = EngineHere & { readonly publisherPid: number };

/**
 * What the stop must not depend on. A full or failing disk is in `tests/faults`, a database held or broken in
 * `tests/e2e/trouble.e2e.ts`, a page or a main that hangs in `tests/e2e/stop.e2e.ts`.
 */
const FAULTS: Readonly<Record<string, (scene: Scene) => unknown>> = {
  'the journal takes nothing': ({ engine }) => engine.journal.close(),
  'all threads of the pool are busy': async () => {
    const busy = Array.from(
      { length: 8 },
      () => new Promise<void>((done) => pbkdf2('a', 'b', 1_000_000, 64, 'sha512', () => done())),
    );
    onTestFinished(async () => void (await Promise.all(busy)));
  },
  'the publisher hangs': ({ publisherPid }) => {
    process.kill(publisherPid, 'SIGSTOP');
  },
};

/** The ways in. The shortcut, the tray and the button are one call; what leads to it is tried in `tests/e2e` and `tests/desktop`. */
const WAYS: Readonly<Record<string, (scene: Scene) => void>> = {
  'a press': ({ engine }) =>
    void engine.stop.engage({
      scope: EVERYTHING,
      control: 'shortcut',
      by: '',
      reason: '',
      widenedFrom: '',
    }),
  'the permit removed by hand': ({ engine }) => rmSync(engine.paths.permit),
  'the command line': ({ dataDir }) =>
    void stopFromOutside({ dataDir, scopes: [], control: 'command-line', by: '', reason: '' }),
};

/** Four accounts, a post due every 50 ms, publishing under way. */
async function publishing() {
  const server = await startReceiver(30);
  onTestFinished(() => server.close());
  const here = await openEngine({ tripLimits: NO_TRIPS });
  const { engine, storage } = here;
  await engine.attach(storage);
  engine.stop.start('Zoé Martin');
  for (let account = 0; account < 4; account += 1) {
    const { accountId } = await here.account(server.url);
    for (let turn = 0; turn < 15; turn += 1) await here.post(accountId, `${account} ${turn}`, turn * 200);
  }
  await until('posts go out', 20_000, () => server.seen.length >= 2);
  const found = findPublisher(engine.paths.publisherPid);
  if (found === null || found === 'unknown') throw new Error('no publisher');
  return { server, scene: { ...here, publisherPid: found.pid } };
}

const cases = Object.keys(FAULTS).flatMap((fault) => Object.keys(WAYS).map((way) => [fault, way] as const));

test.each(cases)('while %s, %s stops: nothing new goes out and the publisher is dead', async (fault, way) => {
  const { server, scene } = await publishing();
  await FAULTS[fault]?.(scene);
  const pressed = performance.now();
  WAYS[way]?.(scene);
  expect(existsSync(scene.engine.paths.permit)).toBe(false);
  await until('it is confirmed', 10_000, () => scene.engine.stop.status().state === 'stopped');
  await until('the publisher is dead', 5_000, () => findPublisher(scene.engine.paths.publisherPid) === null);
  expect(scene.engine.stop.gate.isOpen()).toBe(false);
  await sleep(Math.max(0, 600 - (performance.now() - pressed)));
  expect(server.after(pressed + MOST_STOP_MS)).toBe(0);
});
