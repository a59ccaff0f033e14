import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StopOrder } from '../src-main/core/stop-types.ts';
import { createMachineWatch } from '../src-main/machine-watch.ts';
import type { JournalEvent } from '../src-main/stop/journal.ts';
import { createFakeClock } from './support/fake-clock.ts';
import { tempDir } from './support/temp-dir.ts';

const MINUTE = 60_000;

/** One run after the other on one folder, with the stop written down instead of engaged. */
function folder() {
  const dataDir = tempDir();
  const clock = createFakeClock();
  const failures: unknown[] = [];
  const run = (kernel = 1, state = 'publishing', on = clock) => {
    const stops: StopOrder[] = [];
    const journal: JournalEvent[] = [];
    let changed = () => {};
    const stop = {
      status: () => ({ state }),
      engage: (order: StopOrder) => stops.push(order),
      onChange(listener: () => void) {
        changed = listener;
        return () => {};
      },
    };
    const release = () => {
      state = 'publishing';
      changed();
    };
    const watch = createMachineWatch({
      dataDir,
      clock: on,
      elapsed: on.monotonic,
      kernel,
      engine: { stop, record: (event: JournalEvent) => journal.push(event) } as never,
      onFailed: (error) => failures.push(error),
    });
    watch.start();
    return { watch, stops, journal, release };
  };
  return { dataDir, clock, run, failures };
}

test('a folder that was quit starts again, and a file that cannot be read holds nothing', async () => {
  const { run, dataDir } = folder();
  const first = run();
  await first.watch.stop();
  expect(JSON.parse(readFileSync(join(dataDir, 'last-run.json'), 'utf8'))).toMatchObject({
    isRunning: false,
  });
  const second = run();
  await second.watch.stop();
  writeFileSync(join(dataDir, 'last-run.json'), '{"isRunning":tr');
  expect([first, second, run()].flatMap(({ stops }) => stops)).toEqual([]);
});

test('two unclean ends within ten minutes hold the second start, in words', async () => {
  const { run, clock } = folder();
  // Each on a clock of its own: one that was killed beats no more.
  const after = (minutes: number) => run(1, 'publishing', createFakeClock(clock.now() + minutes * MINUTE));
  run();
  expect(after(3).stops).toEqual([]);
  expect(after(6).stops).toMatchObject([
    { control: 'start', scope: { kind: 'everything' }, reason: expect.stringMatching(/ended twice/u) },
  ]);
});

test('a changed stop holds one start, and a clock that jumps while running is a trip', async () => {
  const { run, clock, dataDir, failures } = folder();
  await run(1).watch.stop();
  const changed = run(2);
  expect(changed.stops).toMatchObject([{ control: 'start', reason: expect.stringMatching(/update/u) }]);
  await changed.watch.stop();
  const { watch, stops } = run(2);
  expect(stops).toEqual([]);
  clock.setWall(clock.now() + 60 * MINUTE);
  await clock.advance(5_000);
  expect(stops).toMatchObject([{ control: 'trip', reason: expect.stringMatching(/set by more than two/u) }]);
  await watch.stop();
  expect(existsSync(join(dataDir, 'last-run.json.new'))).toBe(false);
  expect(failures).toEqual([]);
});

test('what is found while stopped is not stopped once more, is written down, and holds the release, once', () => {
  const { run } = folder();
  run(1, 'stopped');
  const changed = run(2, 'stopped');
  expect(changed.stops).toEqual([]);
  expect(changed.journal).toMatchObject([
    { event: 'machine.trouble', details: { trouble: 'stop-changed', shiftMs: 0 } },
  ]);
  changed.release();
  expect(changed.stops).toMatchObject([{ control: 'trip', reason: expect.stringMatching(/update/u) }]);
  changed.release();
  expect(changed.stops).toHaveLength(1);
});

test('a clock that is found behind while stopped holds the release of a later run, unless it was put right', async () => {
  const { run, clock } = folder();
  const first = run(1, 'stopped');
  clock.setWall(clock.now() - 365 * 24 * 60 * MINUTE);
  first.watch.awake();
  expect(first.stops).toEqual([]);
  await first.watch.stop();
  const second = run(1, 'stopped');
  second.release();
  expect(second.stops).toMatchObject([{ reason: expect.stringMatching(/is behind/u) }]);
  await second.watch.stop();

  const third = run(1, 'stopped');
  clock.setWall(clock.now() - 60 * MINUTE);
  await clock.advance(5_000);
  expect(third.journal).toHaveLength(1);
  clock.setWall(clock.now() + 60 * MINUTE);
  third.release();
  expect(third.stops).toEqual([]);
});
