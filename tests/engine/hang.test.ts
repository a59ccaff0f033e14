import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findPublisher } from '../../src-main/stop/publisher-pid.ts';
import { stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { auditEngine } from '../support/engine-audit.ts';
import { createEngineRig, type EngineRig, until } from '../support/engine-rig.ts';
import { startEngineServer } from '../support/engine-server.ts';
import { createRandom, createTraffic } from '../support/engine-traffic.ts';

const EVERYTHING = { kind: 'everything' } as const;
/** From a removed permit to the last first byte, as promised at most; from a hung main. */
const MOST_STOP_MS = 250;
const MOST_HANG_MS = 1_200;

/** The real processes, publishing; a post is due every `everyMs` for the next `forMs`. */
async function publishing({ forMs = 8_000, everyMs = 60, graceMs = 20_000, cap = 4 } = {}) {
  const server = await startEngineServer(() => ({ how: 'yes', afterMs: 20 }));
  onTestFinished(() => server.close());
  const rig = createEngineRig({ cap });
  onTestFinished(() => rig.close());
  rig.start();
  await rig.ready();
  const traffic = await createTraffic(rig, server, createRandom(1), () => graceMs);
  expect(await rig.ask('start', null)).toBe('');
  await traffic.topUp(forMs, everyMs);
  await until('the first posts are out', 15_000, () => server.arrivals.length >= 3);
  const arrivedAfter = (from: number) =>
    server.arrivals.filter(({ at }) => at > from).map(({ at }) => at - from);
  const state = async () => (await rig.ask('status', null)).state;
  const goesOn = async () => {
    const { length } = server.arrivals;
    await traffic.topUp();
    await until('publishing goes on', 15_000, () => server.arrivals.length > length);
  };
  const audit = async () => {
    await rig.ask('close', null);
    await rig.kill();
    const { texts, byPerson } = traffic;
    const { broken, counts } = await auditEngine({
      paths: rig.paths,
      arrivals: server.arrivals,
      texts,
      byPerson,
      silences: [],
    });
    expect(broken).toEqual([]);
    return counts;
  };
  return { server, rig, traffic, arrivedAfter, state, goesOn, audit };
}

function publisherOf(rig: EngineRig): number {
  const pid = rig.publishers().at(-1);
  if (pid === undefined) throw new Error('no publisher runs');
  return pid;
}

/** Freezes a process; it is let go when the test ends, whatever happened. */
function freeze(pid: number): () => void {
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(pid, name);
    } catch {
      // Killed meanwhile.
    }
  };
  signal('SIGSTOP');
  onTestFinished(() => signal('SIGCONT'));
  return () => signal('SIGCONT');
}

describe('main hung for five seconds', () => {
  test('sending ends within 1.2 s as the server sees it, and goes on when main does', async () => {
    const { rig, arrivedAfter, goesOn, audit } = await publishing();
    const hung = performance.now();
    const thaw = freeze(rig.pid());
    await sleep(5_000);
    expect(Math.max(0, ...arrivedAfter(hung))).toBeLessThan(MOST_HANG_MS);
    thaw();
    await goesOn();
    await audit();
  });

  test('what was handed over before and not yet sent is not sent any more', async () => {
    const { rig, arrivedAfter, goesOn, audit } = await publishing();
    const thawPublisher = freeze(publisherOf(rig));
    await until('claims wait in the channel', 5_000, async () => {
      return (await rig.ask('posts', { states: ['publishing'] })).length >= 4;
    });
    await sleep(100);
    const thaw = freeze(rig.pid());
    await sleep(MOST_HANG_MS);
    const from = performance.now();
    thawPublisher();
    await sleep(700);
    expect(arrivedAfter(from)).toEqual([]);
    thaw();
    await goesOn();
    await audit();
  });

  test('a stop from outside ends the publisher at once, and main takes the stop up when it comes back', async () => {
    const { rig, arrivedAfter, state } = await publishing();
    const thaw = freeze(rig.pid());
    const stopped = stopFromOutside({
      dataDir: rig.dataDir,
      scopes: [],
      control: 'command-line',
      by: 'Zoé Martin',
      reason: 'Attack in the city',
    });
    expect(stopped).toEqual({ isDurable: true, publisher: 'dead', widenedFrom: '', problem: '' });
    expect(rig.publishers()).toEqual([]);
    await sleep(50);
    const from = performance.now();
    await sleep(500);
    thaw();
    await until('the stop is taken up', 5_000, async () => (await state()) === 'stopped');
    await sleep(500);
    expect(arrivedAfter(from)).toEqual([]);
    expect(await rig.ask('status', null)).toMatchObject({
      stops: [{ control: 'command-line', by: 'Zoé Martin', reason: 'Attack in the city' }],
    });
    expect((await rig.ask('posts', { states: ['publishing'] })).length).toBe(0);
  });
});

describe('a publisher that hangs', () => {
  test('is killed by the stop, which is confirmed all the same', async () => {
    const { rig, arrivedAfter } = await publishing();
    freeze(publisherOf(rig));
    const pressed = performance.now();
    const stop = await rig.ask('engage', { scope: EVERYTHING, control: 'button' });
    expect(stop).toMatchObject({ isDurable: true, isSilent: true, todo: '' });
    expect(performance.now() - pressed).toBeGreaterThan(200);
    expect(rig.publishers()).toEqual([]);
    await sleep(300);
    expect(arrivedAfter(pressed + MOST_STOP_MS)).toEqual([]);
  });

  test('that outlived its engine leaves the name of the new one alone, and says nothing twice', async () => {
    const { rig, traffic, goesOn, audit } = await publishing();
    const old = publisherOf(rig);
    const thaw = freeze(old);
    await sleep(150);
    await rig.kill();
    rig.start();
    expect((await rig.ready()).state).toBe('publishing');
    await until('the new publisher wrote down who it is', 10_000, () => {
      const found = findPublisher(rig.paths.publisherPid);
      return found !== null && found !== 'unknown' && found.pid !== old;
    });
    thaw();
    await until('the old one is gone', 5_000, () => !rig.publishers().includes(old));
    expect(findPublisher(rig.paths.publisherPid)).toMatchObject({ pid: publisherOf(rig) });
    await sleep(100);
    await traffic.settleUnconfirmed();
    await goesOn();
    await audit();
  });
});

describe('the stop as the server sees it', () => {
  test('nothing begins later than 250 ms after the permit was removed by hand', async () => {
    const { rig, arrivedAfter, state, server } = await publishing();
    const removed = performance.now();
    rmSync(rig.paths.permit);
    await until('the stop is taken up', 5_000, async () => (await state()) === 'stopped');
    await sleep(700);
    expect(Math.max(0, ...arrivedAfter(removed))).toBeLessThan(MOST_STOP_MS);
    expect(await rig.ask('status', null)).toMatchObject({ stops: [{ control: 'file-removed' }] });
    const { length } = server.arrivals;
    await rig.kill();
    rig.start();
    expect((await rig.ready()).state).toBe('stopped');
    await sleep(300);
    expect(server.arrivals).toHaveLength(length);
  });

  test('nor after a press, and what was in flight is listed and settled', async () => {
    const { rig, server, arrivedAfter, audit } = await publishing();
    server.hold();
    await until(
      'all slots are taken',
      10_000,
      () => server.arrivals.filter((one) => !one.isOver).length === 4,
    );
    const pressed = performance.now();
    const stop = await rig.ask('engage', { scope: EVERYTHING, control: 'shortcut' });
    expect(stop).toMatchObject({ isDurable: true, isSilent: true });
    expect(stop.inFlight).toHaveLength(4);
    await sleep(400);
    expect(Math.max(0, ...arrivedAfter(pressed))).toBeLessThan(MOST_STOP_MS);
    const settled = await rig.ask('posts', { states: ['unconfirmed'] });
    expect(settled.map(({ id }) => id).sort()).toEqual([...stop.inFlight].sort());
    // What falls due now is missed at once, because of the stop.
    await until('what fell due is missed', 10_000, async () => {
      const missed = await rig.ask('posts', { states: ['missed'] });
      return missed.length > 0 && missed.every(({ reason }) => reason === 'stopped');
    });
    await audit();
  });

  test('no more than four calls at once, one of an account, whatever is due', async () => {
    const { rig, server, audit } = await publishing({ forMs: 500, everyMs: 5 });
    server.hold();
    await until(
      'all slots are taken',
      10_000,
      () => server.arrivals.filter((one) => !one.isOver).length === 4,
    );
    await sleep(300);
    const open = server.arrivals.filter((one) => !one.isOver);
    expect(open).toHaveLength(4);
    expect(new Set(open.map(({ brand, account }) => `${brand}/${account}`)).size).toBe(4);
    expect((await rig.ask('posts', { states: ['publishing'] })).length).toBe(4);
    server.letGo();
    await audit();
  });
});

describe('a wall clock that jumps', () => {
  test('forward an hour: what is overdue is missed, what is due then goes out', async () => {
    const { rig, server, goesOn, audit } = await publishing();
    rig.turnClock(3_600_000, 0);
    await until('what is overdue is missed', 10_000, async () => {
      const missed = await rig.ask('posts', { states: ['missed'] });
      return missed.length > 0 && (await rig.ask('posts', { states: ['scheduled'] })).length === 0;
    });
    const missed = await rig.ask('posts', { states: ['missed'] });
    expect(missed.every(({ reason }) => reason === 'late' || reason === 'offline')).toBe(true);
    const jumped = server.arrivals.length;
    await goesOn();
    const late = server.arrivals.slice(jumped).map(({ wall, publishAt }) => {
      return wall + 3_600_000 - (publishAt ?? 0);
    });
    expect(Math.max(...late)).toBeLessThan(20_000);
    await audit();
  });

  test('back an hour: nothing is said twice, and what is due then goes out', async () => {
    const { rig, goesOn, audit } = await publishing({ forMs: 1_500 });
    rig.turnClock(-3_600_000, 0);
    await sleep(500);
    expect((await rig.ask('status', null)).state).toBe('publishing');
    rig.turnClock(3_600_000, 0);
    await goesOn();
    await audit();
  });

  test('while the app is closed: the late rule decides, the permit holds', async () => {
    const { rig, server, goesOn, audit } = await publishing();
    await rig.kill();
    const { length } = server.arrivals;
    // Longer than the grace, which is a minute at least.
    rig.turnClock(180_000, 0);
    rig.start();
    expect((await rig.ready()).state).toBe('publishing');
    await until('what is overdue is missed', 10_000, async () => {
      return (await rig.ask('posts', { states: ['scheduled'] })).length === 0;
    });
    expect(server.arrivals).toHaveLength(length);
    await goesOn();
    await audit();
  });
});
