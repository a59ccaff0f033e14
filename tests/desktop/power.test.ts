import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createPower } from '../../src-main/desktop/power.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function setUp() {
  const monitor = new EventEmitter();
  const clock = createFakeClock();
  const seen: string[] = [];
  const awake = { ms: 15 * 60_000 };
  const blockers = new Set<number>();
  const power = createPower({
    powerMonitor: monitor as unknown as Parameters<typeof createPower>[0]['powerMonitor'],
    powerSaveBlocker: {
      start: () => {
        blockers.add(7);
        return 7;
      },
      stop: (id) => blockers.delete(id),
    },
    clock,
    awakeMs: () => awake.ms,
    onSleep: () => seen.push('sleep'),
    onWake: (gapMs) => seen.push(`wake ${gapMs}`),
    onShutdown: () => seen.push('shutdown'),
  });
  power.start();
  power.start();
  return { monitor, clock, seen, power, blockers, awake };
}

test('sleep, wake and shutdown are told once each though the system says them twice', () => {
  const { monitor, seen } = setUp();
  for (const name of ['suspend', 'suspend', 'resume', 'resume', 'shutdown', 'shutdown']) monitor.emit(name);
  expect(seen).toEqual(['sleep', 'wake 0', 'shutdown']);
});

test('a sleep the system did not tell of is seen by the gap it leaves', async () => {
  const { clock, seen } = setUp();
  await clock.advance(20_000);
  expect(seen).toEqual([]);
  clock.setWall(clock.now() + 3_600_000);
  await clock.advance(2_000);
  expect(seen).toEqual(['wake 3600000']);
  await clock.advance(60_000);
  expect(seen).toHaveLength(1);
});

test('a wall clock set back counts as a wake too', async () => {
  const { clock, seen } = setUp();
  clock.setWall(clock.now() - 60_000);
  await clock.advance(2_000);
  expect(seen).toEqual(['wake -60000']);
});

test('ten seconds are not a gap', async () => {
  const { clock, seen } = setUp();
  clock.setWall(clock.now() + 9_000);
  await clock.advance(2_000);
  expect(seen).toEqual([]);
});

test('one sleep is told as one wake, whether the event or the gap comes first', async () => {
  const first = setUp();
  first.monitor.emit('suspend');
  first.clock.setWall(first.clock.now() + 600_000);
  first.monitor.emit('resume');
  await first.clock.advance(4_000);
  expect(first.seen).toEqual(['sleep', 'wake 600000']);
  const second = setUp();
  second.monitor.emit('suspend');
  second.clock.setWall(second.clock.now() + 600_000);
  await second.clock.advance(2_000);
  second.monitor.emit('resume');
  expect(second.seen).toEqual(['sleep', 'wake 600000']);
});

test('keeps the machine awake only around the time a post is due', async () => {
  const { power, blockers, clock } = setUp();
  power.expect(clock.now() + 3_600_000);
  await clock.advance(44 * 60_000);
  expect(blockers.size).toBe(0);
  await clock.advance(2 * 60_000);
  expect(blockers.size).toBe(1);
  await clock.advance(30 * 60_000);
  expect(blockers.size).toBe(0);
  power.expect(clock.now() + 60_000);
  expect(blockers.size).toBe(1);
  power.expect(null);
  expect(blockers.size).toBe(0);
  power.expect(clock.now());
  power.stop();
  expect(blockers.size).toBe(0);
});

test('keeps it awake all the night before a post where that is wanted, and never where it is not', async () => {
  const { power, blockers, clock, awake } = setUp();
  awake.ms = 12 * 3_600_000;
  power.expect(clock.now() + 11 * 3_600_000);
  expect(blockers.size).toBe(1);
  awake.ms = 0;
  await clock.advance(4_000);
  expect(blockers.size).toBe(0);
  power.expect(clock.now());
  expect(blockers.size).toBe(0);
});

test('stopped, it hears nothing and waits for nothing', () => {
  const { power, monitor, clock, seen } = setUp();
  power.stop();
  power.stop();
  monitor.emit('suspend');
  expect(seen).toEqual([]);
  expect(clock.pending()).toBe(0);
  expect(monitor.eventNames()).toEqual([]);
});
