import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contentHashOf } from '../../src-main/calendar/import-key.ts';
import { EVERYTHING } from '../../src-main/core/scope.ts';
import { createDrill, type DrillDeps } from '../../src-main/drill/create-drill.ts';
import type { DrillStep } from '../../src-main/drill/drill-types.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { createMastodonPlanner } from '../connectors/servers/mastodon-planner.ts';
import { openDeskRig } from '../ipc/desk-rig.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { startReceiver } from '../support/receiver.ts';

const PUBLISHER = resolve('src-main/publisher/main.ts');

/** A desk of two webhook accounts that publishes for real to a server of the test, and drills over it. */
async function scene(parts: Partial<DrillDeps> = {}) {
  const rig = await openDeskRig();
  const server = await startReceiver();
  onTestFinished(() => server.close());
  const brandId = await rig.addBrand('Cobalt');
  const settings = { url: server.url };
  const secrets = { secret: 'a signing secret' };
  const accounts = [
    await rig.addAccount(brandId, 'webhook', 'one', settings, secrets),
    await rig.addAccount(brandId, 'webhook', 'two', settings, secrets),
  ];
  const planner = createMastodonPlanner({ token: 'tok' });
  planner.add('waits elsewhere', Date.now() + 3_600_000);
  const elsewhere = await startFaultServer({ answer: planner.answer });
  onTestFinished(() => elsewhere.close());
  const planned = { server: elsewhere.origin, accountId: '7' };
  const opted = await rig.addAccount(brandId, 'mastodon', '@planned', planned, { token: 'tok' });
  await rig.storage.elsewhere.setOpted(`account:${opted}`, 1);
  const now = Date.now();
  await rig.storage.posts.add(
    Array.from({ length: 600 }, (_, n) => {
      const content = { parts: [`Real post ${n}`], link: '', media: [] };
      return {
        accountId: accounts[n % 2] as number,
        content,
        label: '',
        publishAt: now + n * 150,
        localTime: '2026-01-01T00:00',
        timeZone: 'UTC',
        contentHash: contentHashOf(content),
        importKey: null,
      };
    }),
    now,
  );
  const steps: DrillStep[] = [];
  let spawned = 0;
  const deps: DrillDeps = {
    dataDir: rig.dataDir,
    clock: rig.desk.clock,
    engine: rig.engine,
    spawn: () => {
      spawned += 1;
      return spawnNodePublisher(PUBLISHER);
    },
    names: async () => [{ name: 'Cobalt', accounts: ['one', 'two', 'one'] }],
    inFlightCap: () => 4,
    onProgress: (step) => steps.push(step),
    onChange: () => {},
    ...parts,
  };
  const drill = createDrill(deps);
  onTestFinished(() => drill.close());
  const lines = () =>
    readFileSync(rig.engine.paths.journal, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { event: string; by: string; details: Record<string, unknown> });
  return { rig, server, elsewhere, drill, deps, steps, lines, spawned: () => spawned };
}

const outcomeOf = async (running: ReturnType<ReturnType<typeof createDrill>['run']>) => {
  const result = await running;
  if (!result.ok) throw new Error(result.error.message);
  return result.value.outcome;
};

describe('a drill', () => {
  test('runs the whole stop beside real publishing, which goes on, and leaves one line and no folder', async () => {
    const { rig, server, elsewhere, drill, steps, lines } = await scene();
    rig.engine.stop.start('Camille');
    await rig.engine.attach(rig.storage);
    await expect.poll(() => server.seen.length, { timeout: 25_000 }).toBeGreaterThan(2);
    const epoch = rig.engine.stop.status().epoch;
    const before = server.seen.length;
    const eventsBefore = lines().filter(({ event }) => !event.startsWith('post')).length;

    const running = drill.run('Camille');
    expect(await drill.run('Robin')).toMatchObject({ ok: false, error: { code: 'drill-running' } });
    const outcome = await outcomeOf(running);

    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
    const { figures } = outcome;
    expect(figures).toMatchObject({
      brands: 1,
      accounts: 8,
      cap: 4,
      staysStopped: true,
      startsNothing: true,
    });
    expect(figures.inFlight).toBeGreaterThan(0);
    expect(figures.inFlight).toBe(figures.published + figures.unconfirmed + figures.notSent);
    expect(figures.posts).toBeGreaterThanOrEqual(3);
    expect(figures.escaped).toBeLessThanOrEqual(figures.cap);
    expect(figures.shutMs).toBeLessThanOrEqual(figures.durableMs ?? 0);
    expect(figures.silentMs).not.toBeNull();
    expect(figures.deadMs).not.toBeNull();
    expect(steps).toEqual(['prepare', 'publish', 'stop', 'restart', 'release', 'clear']);

    expect(server.seen.length).toBeGreaterThan(before + 10);
    expect(server.doubles()).toBe(0);
    // What a person left to a stop is not left to a rehearsed one.
    expect(elsewhere.requests).toEqual([]);
    expect(rig.engine.stop.status()).toMatchObject({ state: 'publishing', epoch, stops: [] });
    expect(existsSync(join(rig.dataDir, 'drills'))).toBe(false);
    const added = lines().filter(({ event }) => !event.startsWith('post'));
    expect(added.slice(eventsBefore)).toMatchObject([{ event: 'drill.done', by: 'Camille' }]);
    expect(added.at(-1)?.details).toEqual({ ...figures, isPassed: outcome.isPassed });
    expect((await drill.status()).drills).toMatchObject([{ by: 'Camille', outcome }]);
  }, 90_000);

  test('never starts anything real: before the first Start, with the database closed, with invented brands', async () => {
    const { rig, server, drill, lines } = await scene({ names: async () => null });
    const outcome = await outcomeOf(drill.run('Camille'));
    expect(outcome).toMatchObject({ kind: 'done', figures: { staysStopped: true, startsNothing: true } });
    if (outcome.kind === 'done') expect(outcome.figures.brands).toBeGreaterThan(1);
    expect(rig.engine.stop.status().state).toBe('not-started');
    expect(existsSync(rig.engine.paths.permit)).toBe(false);
    expect(server.seen).toHaveLength(0);
    expect(lines().map(({ event }) => event)).toEqual(['drill.done']);
  });

  test('is broken off by a real press, which stops the real thing at once', async () => {
    const { rig, server, drill, lines, steps } = await scene();
    rig.engine.stop.start('Camille');
    await rig.engine.attach(rig.storage);
    const running = drill.run('Camille');
    await expect.poll(() => steps, { timeout: 25_000 }).toContain('publish');
    const engaged = rig.engine.stop.engage({
      scope: EVERYTHING,
      control: 'shortcut',
      by: '',
      reason: '',
      widenedFrom: '',
    });
    const pressedAt = performance.now();
    expect(engaged.isDurable).toBe(true);
    expect(existsSync(rig.engine.paths.permit)).toBe(false);
    expect(await outcomeOf(running)).toEqual({ kind: 'canceled', reason: 'real-stop' });
    expect(server.after(pressedAt + 250)).toBe(0);
    expect(rig.engine.stop.status()).toMatchObject({ state: 'stopped', stops: [{ control: 'shortcut' }] });
    expect(lines().filter(({ event }) => event.startsWith('drill.'))).toMatchObject([
      { event: 'drill.canceled', details: { reason: 'real-stop' } },
    ]);
    expect((await drill.status()).hasFailed).toBe(false);
  });

  test('can be canceled, and run while everything is stopped, which it stays', async () => {
    const { rig, drill, steps } = await scene();
    const stop = rig.engine.stop.engage({
      scope: EVERYTHING,
      control: 'button',
      by: 'Camille',
      reason: 'a storm',
      widenedFrom: '',
    });
    expect(drill.cancel()).toBe(false);
    const running = drill.run('Camille');
    await expect.poll(() => steps, { timeout: 25_000 }).toContain('publish');
    expect(statSync(join(rig.dataDir, 'drills')).mode & 0o077).toBe(0);
    expect(drill.cancel()).toBe(true);
    expect(await outcomeOf(running)).toEqual({ kind: 'canceled', reason: 'by-person' });
    expect(existsSync(join(rig.dataDir, 'drills'))).toBe(false);
    expect(rig.engine.stop.status().stops).toMatchObject([{ id: stop.id, reason: 'a storm' }]);
  });

  test('that cannot publish has failed, which is told until one passes; the folder a crash left is removed', async () => {
    const { rig, deps, lines } = await scene();
    const left = join(rig.dataDir, 'drills', 'drill-left');
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, 'permit'), 'left');
    writeFileSync(join(rig.dataDir, 'ends-at-once.mjs'), '');
    const mute = createDrill({
      ...deps,
      spawn: () => spawnNodePublisher(join(rig.dataDir, 'ends-at-once.mjs')),
    });
    await expect.poll(() => existsSync(left)).toBe(false);
    expect(await outcomeOf(mute.run('Camille'))).toMatchObject({
      kind: 'failed',
      reason: 'nothing-went-out',
    });
    expect(await mute.status()).toMatchObject({ hasFailed: true, running: null });
    expect(lines().at(-1)).toMatchObject({ event: 'drill.failed', by: 'Camille' });
    expect(readdirSync(rig.dataDir)).not.toContain('drills');

    const again = createDrill(deps);
    expect(await again.status()).toMatchObject({ hasFailed: true, drills: [{ by: 'Camille' }] });
  }, 60_000);
});
