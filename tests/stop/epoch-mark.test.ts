import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readReserved, reserveEpochs } from '../../src-main/stop/epoch-mark.ts';
import { readLatch } from '../../src-main/stop/latch.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { readPublishingFiles, stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { makeStop } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const marksIn = (dir: string) => readdirSync(dir).filter((name) => name.startsWith('epoch-'));

describe('the mark of reserved epochs', () => {
  test('is one empty file, well ahead, and never falls', () => {
    const dir = tempDir();
    expect(readReserved(dir)).toBe(0);
    expect(reserveEpochs(dir, 1)).toBe(1_001);
    expect(reserveEpochs(dir, 900)).toBe(2_001);
    expect(reserveEpochs(dir, 5)).toBe(3_001);
    expect([marksIn(dir), readReserved(dir)]).toEqual([['epoch-3001'], 3_001]);
  });

  test('counts by the highest where a kill left two, and by nothing else in the folder', () => {
    const dir = tempDir();
    for (const name of [
      'epoch-7',
      'epoch-1001',
      'epoch-x',
      'epoch-0',
      'epoch-09999',
      'epoch-5000.bak',
      'latch',
    ])
      writeFileSync(join(dir, name), '');
    expect(readReserved(dir)).toBe(1_001);
    expect(reserveEpochs(dir, 2)).toBe(2_001);
    expect(readReserved(join(dir, 'not there'))).toBe(0);
  });

  test('is not made with every stop: the stop path waits for it seldom', () => {
    const paths = stopPaths(tempDir());
    const disk = createStopDisk(paths, 'host');
    disk.arm(1, 0, 'Zoé Martin');
    const [first] = marksIn(paths.dir);
    for (let epoch = 2; epoch < 800; epoch += 1) expect(disk.latchStop(epoch, makeStop())).toBe(true);
    expect(marksIn(paths.dir)).toEqual([first]);
    for (let epoch = 800; epoch < 1_100; epoch += 1) disk.latchStop(epoch, makeStop());
    expect(readReserved(paths.dir)).toBeGreaterThan(1_100);
  });

  test.skipIf(process.getuid?.() === 0)(
    'that cannot be made lets nothing be armed, and a stop all the same',
    () => {
      const paths = stopPaths(tempDir());
      const disk = createStopDisk(paths, 'host');
      expect(disk.latchStop(1, makeStop())).toBe(true);
      for (const mark of marksIn(paths.dir)) rmSync(join(paths.dir, mark));
      chmodSync(paths.dir, 0o500);
      onTestFinished(() => chmodSync(paths.dir, 0o700));
      const again = createStopDisk(paths, 'host');
      expect(again.arm(2, 0, 'Zoé Martin')).toBe(false);
      expect(again.latchStop(2, makeStop())).toBe(true);
      expect(readLatch(paths.latch)).toMatchObject({ state: 'stopped', epoch: 2 });
    },
  );
});

test('whatever happens to the latch and the clock between two starts, no epoch is used twice', async () => {
  const step = fc.record({
    spoil: fc.constantFrom('', 'torn', 'gone', 'a folder'),
    clock: fc.constantFrom(0, 1_000, Date.UTC(2026, 11, 1), Date.UTC(2100, 0, 1)),
    press: fc.constantFrom('app', 'outside', 'release'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const dir = tempDir();
      const { latch } = stopPaths(dir);
      const first = createStopFixture(dir);
      first.stop.open();
      first.stop.start('Zoé Martin');
      let epoch = first.stop.status().epoch;
      for (const { spoil, clock: at, press } of steps) {
        if (spoil !== '') rmSync(latch, { recursive: true, force: true });
        if (spoil === 'torn') writeFileSync(latch, '{"state":"arm');
        if (spoil === 'a folder') mkdirSync(latch);
        if (press === 'outside') {
          const stopped = stopFromOutside({
            dataDir: dir,
            scopes: [],
            control: 'command-line',
            by: '',
            reason: '',
          });
          expect(stopped.isDurable).toBe(true);
        }
        const { stop, clock, order } = createStopFixture(dir, undefined, createFakeClock(at));
        stop.open();
        const opened = stop.status().epoch;
        // A latch that was spoiled, or a stop from outside, is a new stop: an epoch that was never there before.
        if (spoil !== '' || press === 'outside') expect(opened).toBeGreaterThan(epoch);
        else expect(opened).toBeGreaterThanOrEqual(epoch);
        epoch = opened;
        if (press !== 'outside') stop.engage(order());
        await clock.advance(10);
        if (press === 'release' && stop.status().state === 'stopped') {
          const { pressCount } = stop.status();
          const allBrands = [{ brandId: 1, market: '' }];
          const released = stop.release({
            brandIds: [1],
            stopIds: [],
            allBrands,
            by: 'Zoé Martin',
            pressCount,
          });
          if (released.ok) expect(stop.status().epoch).toBeGreaterThan(opened);
        }
        expect(stop.status().epoch).toBeGreaterThanOrEqual(epoch);
        epoch = stop.status().epoch;
        stop.close();
      }
    }),
    { numRuns: 60 },
  );
});

test('a folder whose permit and latch are both lost is stopped, not fresh', () => {
  const dir = tempDir();
  const first = createStopFixture(dir);
  expect(first.stop.open().state).toBe('not-started');
  expect(readPublishingFiles(dir).state).toBe('not-started');
  first.stop.start('Zoé Martin');
  first.stop.close();
  const { latch, permit } = stopPaths(dir);
  for (const path of [latch, permit]) rmSync(path);
  expect(readPublishingFiles(dir).state).toBe('stopped');
  const again = createStopFixture(dir);
  again.stop.open();
  expect(again.stop.status().stops).toMatchObject([
    { scope: { kind: 'everything' }, control: 'file-removed' },
  ]);
  expect(again.stop.start('Zoé Martin')).toMatchObject({ ok: false });
});
