import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { PublishingStatus } from '../../src-main/core/stop-types.ts';
import { stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { auditEngine, type Silence } from '../support/engine-audit.ts';
import { createEngineRig, EngineGone, type EngineRig, until } from '../support/engine-rig.ts';
import { type EngineServer, startEngineServer } from '../support/engine-server.ts';
import { createRandom, createTraffic, type Random, type Traffic } from '../support/engine-traffic.ts';
import { allOf } from '../support/sample-stop.ts';

/** With a publisher of its own, over HTTP; most kills are in `kill-many.test.ts`. ALLSTOP_SLOW_KILLS for a longer run, ALLSTOP_SEED to have one again. */
const KILLS = Number(process.env.ALLSTOP_SLOW_KILLS ?? '40');
const SEED = Number(process.env.ALLSTOP_SEED ?? Math.floor(Math.random() * 1e9));
const FOLDERS = 2;
/** From a countdown's begin to its end, and a little. */
const COUNTDOWN_MS = 121_000;
/** What the kernel still holds for the server when a stop is acknowledged has arrived by then. */
const DRAIN_MS = 60;

const closers: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('kill -9 of the real processes', () => {
  test.concurrent.each(Array.from({ length: FOLDERS }, (_, index) => SEED + index))(
    `loses nothing and says nothing twice (${KILLS / FOLDERS} kills from seed %i)`,
    { timeout: 60_000 + KILLS * 8_000 },
    async (seed) => {
      const run = await prepare(seed);
      await run.toTheEnd(KILLS / FOLDERS);
    },
  );
});

/** What has to be true of the next start. 'unsure' when a kill came before a change was acknowledged. */
type Expected = 'publishing' | 'stopped' | 'unsure';

async function prepare(seed: number) {
  const random = createRandom(seed);
  const server = await startEngineServer(() => ({
    how: random.chance(0.04) ? 'reset' : random.chance(0.03) ? 'busy' : 'yes',
    afterMs: random.chance(0.1) ? random.int(200, 500) : random.int(0, 80),
  }));
  closers.push(() => server.close());
  const rig = createEngineRig();
  closers.push(() => rig.close());
  rig.start();
  await rig.ready();
  const traffic = await createTraffic(rig, server, random, (brand) => (brand === 0 ? 300_000 : 20_000));
  expect(await rig.ask('start', null)).toBe('');
  return createRun(rig, server, traffic, random);
}

function createRun(rig: EngineRig, server: EngineServer, traffic: Traffic, random: Random) {
  let expected: Expected = 'publishing';
  let stoppedBrands: ReadonlySet<number> | null = new Set();
  const silences: Silence[] = [];
  const open = new Map<number | null, number>();
  const done = { engine: 0, publisher: 0, booting: 0, stops: 0, releases: 0 };

  /** Nothing of these may arrive from now on. */
  const beginSilence = (brand: number | null) => {
    if (!open.has(brand)) open.set(brand, performance.now());
  };
  const endSilence = (brand: number | null) => {
    const from = open.get(brand);
    if (from !== undefined) silences.push({ brand, from, to: performance.now() });
    open.delete(brand);
  };
  const indexOf = (brandId: number) => traffic.brandIds.indexOf(brandId);
  const everyBrand = () => traffic.brandIds.map((_, index) => index);

  /** Takes over what the engine says; only after an acknowledgement may it be nothing else. */
  function adopt(status: PublishingStatus): void {
    const now = status.state === 'publishing' ? 'publishing' : 'stopped';
    if (expected !== 'unsure') expect(now, 'the state after a restart').toBe(expected);
    const brands = new Set(
      status.stops.flatMap(({ scope }) => (scope.kind === 'brand' ? [indexOf(scope.brandId)] : [])),
    );
    if (expected === 'publishing' && stoppedBrands !== null)
      expect(brands, 'the brands stopped after a restart').toEqual(stoppedBrands);
    expected = now;
    stoppedBrands = brands;
    if (now === 'stopped') beginSilence(null);
    for (const brand of brands) beginSilence(brand);
    for (const { scope } of status.countdowns)
      beginSilence(scope.kind === 'brand' ? indexOf(scope.brandId) : null);
  }

  async function start(): Promise<void> {
    rig.start();
    adopt(await rig.ready());
    await until(
      'the publisher of the engine that was killed ends',
      5_000,
      () => rig.publishers().length <= 1,
    );
    await sleep(DRAIN_MS);
    await traffic.settleUnconfirmed();
  }

  /** Lets the countdowns of a release run out, all at once. */
  async function waitCountdown(): Promise<void> {
    if (random.chance(0.3)) {
      await killEngine();
      await start();
      if (!rig.isUp()) return;
    }
    const status = await rig.ask('status', null);
    if (status.countdowns.length === 0) return;
    await sleep(random.int(20, 150));
    if (expected === 'publishing') endSilence(null);
    for (const brand of everyBrand()) if (!stoppedBrands?.has(brand)) endSilence(brand);
    rig.turnClock(COUNTDOWN_MS, COUNTDOWN_MS);
  }

  async function killEngine(): Promise<void> {
    await rig.kill();
    done.engine += 1;
  }

  async function killPublisher(): Promise<void> {
    const pid = rig.publishers().at(-1);
    if (pid === undefined) return;
    try {
      process.kill(pid, 'SIGKILL');
      done.publisher += 1;
    } catch {
      // It ended by itself in this very moment.
    }
  }

  const isOpen = () =>
    expected === 'publishing' && !open.has(null) && everyBrand().some((brand) => !open.has(brand));

  /** With a permit, publishing goes on after whatever happened. */
  async function progress(): Promise<void> {
    const { length } = server.arrivals;
    const wanted = random.int(1, 4);
    let next = 0;
    await until('publishing goes on', 30_000, async () => {
      if (performance.now() > next) {
        await traffic.settleUnconfirmed();
        await traffic.topUp();
        next = performance.now() + 1_000;
      }
      return server.arrivals.length - length >= wanted;
    });
  }

  /** What a person does, and in three of ten times the engine is killed in the middle of it. */
  async function attempt(change: () => Promise<void>, then: () => void): Promise<void> {
    const isCut = random.chance(0.3);
    const changing = change();
    changing.catch(() => {});
    if (isCut) {
      expected = 'unsure';
      stoppedBrands = null;
      await sleep(random.int(0, 25));
      await killEngine();
    }
    try {
      await changing;
    } catch (error) {
      if (error instanceof EngineGone) return;
      throw error;
    }
    then();
  }

  async function stop(): Promise<void> {
    done.stops += 1;
    const how = random.pick(['press', 'remove', 'outside', 'brand', 'brand outside'] as const);
    const brand = random.int(0, traffic.brandIds.length - 1);
    const before = stoppedBrands ?? new Set();
    const engaged = async () => {
      expected = 'stopped';
      await sleep(DRAIN_MS);
      beginSilence(null);
    };
    if (how === 'press') {
      await attempt(
        async () => {
          const stopped = await rig.ask('engage', { scope: { kind: 'everything' }, control: 'shortcut' });
          expect(stopped).toMatchObject({ isDurable: true, isSilent: true });
        },
        () => {
          expected = 'stopped';
          stoppedBrands = before;
          beginSilence(null);
        },
      );
    } else if (how === 'remove') {
      rmSync(rig.paths.permit);
      await engaged();
    } else if (how === 'outside') {
      const stopped = outside('');
      expect(stopped).toMatchObject({ isDurable: true, problem: '' });
      await engaged();
    } else if (how === 'brand') {
      const brandId = traffic.brandIds[brand] ?? 0;
      await attempt(
        async () => {
          const stopped = await rig.ask('engage', { scope: { kind: 'brand', brandId }, control: 'button' });
          expect(stopped).toMatchObject({ isDurable: true, isSilent: true });
        },
        () => {
          expected = 'publishing';
          stoppedBrands = new Set([...before, brand]);
          beginSilence(brand);
        },
      );
    } else {
      const stopped = outside(`brand:brand ${brand}`);
      expect(stopped).toMatchObject({ isDurable: true, widenedFrom: '', problem: '' });
      stoppedBrands = new Set([...before, brand]);
      await sleep(DRAIN_MS);
      beginSilence(brand);
    }
  }

  const outside = (scope: string) =>
    stopFromOutside({ dataDir: rig.dataDir, scopes: [scope], control: 'command-line', by: '', reason: '' });

  async function release(): Promise<void> {
    done.releases += 1;
    const isAll = expected === 'stopped';
    const before = isAll ? everyBrand() : [...(stoppedBrands ?? [])];
    const some = traffic.brandIds.filter(() => random.chance(0.7));
    // A release of nothing that is stopped is refused.
    const brandIds = some.some((id) => before.includes(indexOf(id))) ? some : traffic.brandIds;
    if (isAll) {
      // A stop by a removed file is taken up within half a second.
      await until(
        'the stop is taken up',
        5_000,
        async () => (await rig.ask('status', null)).state === 'stopped',
      );
    }
    await attempt(
      async () => {
        expect(await rig.ask('release', { brandIds, ...allOf(traffic.brandIds) })).toBe('');
      },
      () => {
        expected = 'publishing';
        const released = new Set(brandIds.map(indexOf));
        stoppedBrands = new Set(before.filter((brand) => !released.has(brand)));
        for (const brand of stoppedBrands) beginSilence(brand);
      },
    );
  }

  async function cycle(): Promise<void> {
    if (!rig.isUp()) {
      if (random.chance(0.12)) {
        rig.start();
        await sleep(random.int(0, 1_000));
        await rig.kill();
        done.booting += 1;
        return;
      }
      await start();
    }
    const isAnyStopped = expected === 'stopped' || (stoppedBrands?.size ?? 0) > 0;
    if (isOpen()) await progress();
    if (random.chance(isAnyStopped ? 0.5 : 0.25)) {
      if (isAnyStopped) await release();
      else await stop();
    } else if (expected === 'publishing' && (await rig.ask('status', null)).countdowns.length > 0) {
      await waitCountdown();
    }
    if (!rig.isUp()) return;
    await sleep(random.int(0, 120));
    if (isOpen() && random.chance(0.55)) {
      await killPublisher();
      await sleep(DRAIN_MS);
      await traffic.settleUnconfirmed();
    } else {
      await killEngine();
    }
  }

  async function audit(): Promise<void> {
    const now = performance.now();
    const still = [...open].map(([brand, from]) => ({ brand, from, to: now }));
    const { broken } = await auditEngine({
      paths: rig.paths,
      arrivals: server.arrivals,
      texts: traffic.texts,
      byPerson: traffic.byPerson,
      silences: [...silences, ...still],
    });
    expect(broken, JSON.stringify({ seed: SEED, ...done })).toEqual([]);
  }

  return {
    async toTheEnd(kills: number): Promise<void> {
      while (done.engine + done.publisher + done.booting < kills) await cycle();
      if (!rig.isUp()) await start();
      if (isOpen()) await progress();
      await rig.ask('close', null);
      await rig.kill();
      await audit();
      expect(done.stops).toBeGreaterThan(0);
    },
  };
}
