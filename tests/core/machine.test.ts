import { describe, expect, test } from 'vitest';
import { createClockWatch, judgeStart, type LastRun } from '../../src-main/core/machine.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const NOW = Date.UTC(2026, 11, 1, 8);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function open() {
  const clock = createFakeClock(NOW);
  const jumps: string[] = [];
  const beats: number[] = [];
  let asleep = 0;
  const watch = createClockWatch({
    clock,
    elapsed: () => clock.monotonic() + asleep,
    onJump: (trouble) => jumps.push(trouble),
    onBeat: (at) => beats.push(at),
  });
  watch.start();
  return {
    clock,
    watch,
    jumps,
    beats,
    /** The wall clock and the uptime go on, the monotonic clock stands. */
    sleep(ms: number) {
      asleep += ms;
      clock.setWall(clock.now() + ms);
    },
  };
}

describe('a watched clock', () => {
  test.each([
    ['an hour on', 60 * MINUTE, 'clock-jumped'],
    ['a year on', 365 * DAY, 'clock-jumped'],
    ['an hour back', -60 * MINUTE, 'clock-behind'],
    ['a year back', -365 * DAY, 'clock-behind'],
    ['just over two minutes on', 120_001, 'clock-jumped'],
  ])('that is set %s is a jump, told once', async (_, by, trouble) => {
    const { clock, jumps } = open();
    await clock.advance(30_000);
    clock.setWall(clock.now() + by);
    await clock.advance(5_000);
    expect(jumps).toEqual([trouble]);
    await clock.advance(DAY);
    expect(jumps).toEqual([trouble]);
  });

  test.each([
    ['on', 1],
    ['back', -1],
  ])('that is corrected by a minute %s is none', async (_, sign) => {
    const { clock, jumps } = open();
    clock.setWall(clock.now() + sign * MINUTE);
    await clock.advance(DAY);
    expect(jumps).toEqual([]);
  });

  test('that a network corrects by a second every hour for a month never jumps', async () => {
    const { clock, jumps } = open();
    for (let hour = 0; hour < 30 * 24; hour += 1) {
      clock.setWall(clock.now() + 1_000);
      await clock.advance(60 * MINUTE);
    }
    expect(jumps).toEqual([]);
  }, 60_000);

  test.each([1_000, 60 * MINUTE, 10 * DAY])('does not jump when the machine sleeps %i ms', async (ms) => {
    const { clock, jumps, sleep, watch } = open();
    await clock.advance(30_000);
    sleep(ms);
    watch.look();
    await clock.advance(MINUTE);
    expect(jumps).toEqual([]);
  });

  test('set while the machine slept is a jump', async () => {
    const { clock, jumps, sleep, watch } = open();
    sleep(DAY);
    clock.setWall(clock.now() + 3 * 60 * MINUTE);
    watch.look();
    expect(jumps).toEqual(['clock-jumped']);
  });

  test('leaves its highest at most each minute', async () => {
    const { clock, beats } = open();
    await clock.advance(10 * MINUTE);
    expect(beats.length).toBeGreaterThanOrEqual(10);
    expect(beats.length).toBeLessThanOrEqual(11);
    expect(beats.at(-1)).toBeLessThanOrEqual(clock.now());
    expect(beats.at(-1)).toBeGreaterThan(clock.now() - 2 * MINUTE);
  });
});

describe('a start', () => {
  const last = (change: Partial<LastRun> = {}): LastRun => ({
    isRunning: false,
    aliveAt: NOW - MINUTE,
    kernel: 1,
    uncleanEnds: [],
    untold: [],
    ...change,
  });
  const troubles = (found: LastRun | null, now = NOW, kernel = 1) =>
    judgeStart(found, now, kernel).troubles.map(({ trouble }) => trouble);

  test('is not held when nothing is known, or all was well', () => {
    expect(troubles(null)).toEqual([]);
    expect(troubles(last())).toEqual([]);
    expect(troubles(last({ aliveAt: NOW - 90 * DAY }))).toEqual([]);
  });

  test('with the clock below its mark is held, and the one after it is not held again', () => {
    const { troubles: found, run } = judgeStart(last({ aliveAt: NOW + 120_001 }), NOW, 1);
    expect(found).toEqual([{ trouble: 'clock-behind', shiftMs: -120_001 }]);
    expect(troubles({ ...run, isRunning: false }, NOW + 1_000)).toEqual([]);
    expect(troubles(last({ aliveAt: NOW + 119_000 }))).toEqual([]);
  });

  test('after one unclean end is not held, after a second within ten minutes it is', () => {
    const first = judgeStart(last({ isRunning: true }), NOW, 1);
    expect(first.troubles).toEqual([]);
    const soon = { ...first.run, aliveAt: NOW + 8 * MINUTE };
    expect(troubles(soon, NOW + 9 * MINUTE)).toEqual(['unclean-ends']);
    expect(troubles(soon, NOW + 5 * DAY)).toEqual(['unclean-ends']);
    const late = { ...first.run, aliveAt: NOW + 30 * MINUTE };
    expect(troubles(late, NOW + 31 * MINUTE)).toEqual([]);
  });

  test('is held for unclean ends once: a clean end after it holds nothing', () => {
    const { run } = judgeStart(last({ isRunning: true, uncleanEnds: [NOW - 2 * MINUTE] }), NOW, 1);
    expect(troubles({ ...run, isRunning: false }, NOW + MINUTE)).toEqual([]);
  });

  test('with another stop than the one before is held', () => {
    expect(troubles(last(), NOW, 2)).toEqual(['stop-changed']);
  });
});
