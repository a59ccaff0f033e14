import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { PostState } from '../../src-main/core/post.ts';
import { readStartTime } from '../../src-main/stop/publisher-pid.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import type { Bridge } from '../../src-preload/contract.ts';
import { type DeskFolder, letMinutesPass, makeDeskFolder, type RunningApp } from '../support/app.ts';
import { type Scene, testOnDesktop } from '../support/e2e-scene.ts';
import { auditEngine } from '../support/engine-audit.ts';
import { type EngineServer, startEngineServer } from '../support/engine-server.ts';
import { createRandom } from '../support/engine-traffic.ts';
import { startPublishing } from '../support/window-steps.ts';

/** ALLSTOP_WINDOW_CYCLES for a longer run, ALLSTOP_SEED to have one again. */
const CYCLES = Number(process.env.ALLSTOP_WINDOW_CYCLES ?? '20');
const SEED = Number(process.env.ALLSTOP_SEED ?? Math.floor(Math.random() * 1e9));
/** From a press to the last first byte; wide against a busy machine. */
const PRESS_MS = 1_000;
/** Posts are due for so long per cycle, one every 100 ms. */
const CYCLE_MS = 10_000;

type Ground = {
  readonly folder: DeskFolder;
  readonly server: EngineServer;
  readonly byPerson: Map<number, PostState>;
  stoppedAt: number | null;
};

const test = testOnDesktop();

test(`${CYCLES} cycles through the window with kill -9: nothing lost, nothing twice (seed ${SEED})`, {
  timeout: 120_000 + CYCLES * 20_000,
}, async ({ scene }) => {
  const random = createRandom(SEED);
  const killed = { main: 0, publisher: 0, page: 0, stops: 0 };
  let ground = await newGround(scene, CYCLES);
  let first = true;
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const app = await scene.start(ground.folder);
    if (first) await startPublishing(app);
    first = false;
    await app.expectState('publishing');
    await settleUnconfirmed(ground, app);
    await flowing(ground.server, 3);
    // The last cycle stops in any case, so that every run has seen one.
    const stops = cycle === CYCLES - 1 || random.chance(0.1);
    if (stops) {
      killed.stops += 1;
      await pressAndCrash(scene, ground, app, random.int(0, 300));
      await audit(ground);
      if (cycle < CYCLES - 1) ground = await newGround(scene, CYCLES - cycle);
      first = true;
      continue;
    }
    await sleep(random.int(0, 400));
    const victim = random.pick(['main', 'main', 'publisher', 'page'] as const);
    killed[victim] += 1;
    await kill(app, victim);
    if (victim !== 'main') {
      await flowing(ground.server, 3);
      if (random.chance(0.5)) await kill(app, 'main');
      else await app.close();
    }
    await gone(app);
    letMinutesPass(ground.folder.dataDir);
  }
  expect(Object.values(killed).reduce((all, one) => all + one, 0)).toBe(CYCLES);
  process.stderr.write(`crash cycles, seed ${SEED}: ${JSON.stringify(killed)}\n`);
});

/** 20 accounts of 5 brands, a post due every 100 ms for as long as `cycles` may take. */
async function newGround(scene: Scene, cycles: number): Promise<Ground> {
  const server = await startEngineServer(() => ({ how: 'yes', afterMs: Math.random() * 60 }));
  scene.later(() => server.close());
  const folder = await makeDeskFolder({
    url: server.url(1, 1),
    brands: 5,
    accountsPerBrand: 4,
    dueIn: Array.from({ length: (cycles * CYCLE_MS) / 100 }, (_, index) => 1_000 + index * 100),
  });
  scene.later(folder.remove);
  return { folder, server, byPerson: new Map(), stoppedAt: null };
}

/** What a person does with what a crash left: looks at the network, and says what is there. Until then its account waits. */
async function settleUnconfirmed({ server, byPerson }: Ground, app: RunningApp): Promise<void> {
  // The window is there before the database is open.
  await expect.poll(() => countPublishing(app), { timeout: 10_000, interval: 50 }).not.toBeNull();
  const received = server.arrivals.map(({ postId }) => postId);
  const settled = await app.page.evaluate(async (onNetwork) => {
    const { request } = (window as unknown as { allStop: Bridge }).allStop;
    const read = await request('queue.page', {
      states: ['unconfirmed'],
      order: 'soonest',
      offset: 0,
      limit: 500,
    });
    const all = [];
    for (const { id } of read.ok ? read.value.posts : []) {
      const reply = await request('post.settle', {
        postId: id,
        as: onNetwork.includes(id) ? 'published' : 'missed',
      });
      if (reply.ok) all.push({ id, state: reply.value.state });
    }
    return all;
  }, received);
  for (const { id, state } of settled) byPerson.set(id, state);
}

/** Posts that the app believes to be on their way; null while it cannot say. */
const countPublishing = ({ page }: RunningApp) =>
  page.evaluate(async () => {
    const { request } = (window as unknown as { allStop: Bridge }).allStop;
    const read = await request('queue.page', {
      states: ['publishing'],
      order: 'soonest',
      offset: 0,
      limit: 1,
    });
    return read.ok ? read.value.total : null;
  });

/** Waits until so many more posts have arrived. */
async function flowing(server: EngineServer, more: number): Promise<void> {
  const before = server.arrivals.length;
  await expect
    .poll(() => server.arrivals.length, { timeout: 20_000, interval: 20 })
    .toBeGreaterThan(before + more);
}

async function kill(app: RunningApp, victim: 'main' | 'publisher' | 'page'): Promise<void> {
  const pid =
    victim === 'main'
      ? app.pid
      : victim === 'publisher'
        ? app.publisherPid()
        : await app.app.evaluate(({ BrowserWindow }) =>
            BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
          );
  expect(pid, `the process of ${victim}`).toBeGreaterThan(1);
  process.kill(pid ?? 0, 'SIGKILL');
}

/** Waits until neither the app nor its publisher is alive any more. */
async function gone(app: RunningApp): Promise<void> {
  await expect
    .poll(() => [readStartTime(app.pid), app.publisherPid()], { timeout: 10_000, interval: 20 })
    .toEqual([null, null]);
}

/** The real shortcut, the app killed a moment later, and started again: it is stopped, whenever that was. */
async function pressAndCrash(scene: Scene, ground: Ground, app: RunningApp, afterMs: number): Promise<void> {
  ground.stoppedAt = performance.now() + PRESS_MS;
  await scene.desktop.press('ctrl+alt+shift+s');
  await sleep(afterMs);
  const wasTold = app.journal().some(({ event }) => event === 'stop.engaged');
  if (!wasTold) await app.expectState('stopped');
  await kill(app, 'main');
  await gone(app);
  const again = await scene.start(ground.folder);
  await again.expectState('stopped');
  await expect.poll(() => countPublishing(again), { timeout: 10_000, interval: 50 }).toBe(0);
  await again.close();
  await gone(again);
}

/** Database, journal and the server's own log agree on every post. */
async function audit({ folder, server, byPerson, stoppedAt }: Ground): Promise<void> {
  const { broken, counts } = await auditEngine({
    paths: stopPaths(folder.dataDir),
    arrivals: server.arrivals,
    texts: folder.postIds.map((_, index) => `Post number ${index + 1} of this test`),
    byPerson,
    silences: stoppedAt === null ? [] : [{ brand: null, from: stoppedAt, to: Number.POSITIVE_INFINITY }],
  });
  expect(broken.join('\n'), `seed ${SEED}, ${JSON.stringify(counts)}`).toBe('');
  expect(counts.published).toBeGreaterThan(0);
}
