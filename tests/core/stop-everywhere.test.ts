import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import type { Control, PublishingState } from '../../src-main/core/stop-types.ts';
import { allOf } from '../support/sample-stop.ts';
import { createStopFixture, type StopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

type Situation = (fixture: StopFixture, dir: string) => void | Promise<void>;

const started: Situation = ({ stop }) => {
  stop.open();
  stop.start('Zoé Martin');
};

const stopped: Situation = async (fixture, dir) => {
  await started(fixture, dir);
  fixture.stop.engage(fixture.order({ control: 'trip' }));
  await fixture.clock.advance(10);
};

const release = ({ stop }: StopFixture, brandIds: readonly number[]) =>
  stop.release({
    brandIds,
    ...allOf([1, 2]),
    by: 'Zoé Martin',
    pressCount: stop.status().pressCount,
  });

/** One for each state there is: a new one does not compile until it stands here. */
const STATES: Readonly<Record<PublishingState, Situation>> = {
  'not-started': ({ stop }) => void stop.open(),
  publishing: started,
  stopping: async (fixture, dir) => {
    await started(fixture, dir);
    fixture.publisher.behaviour = 'slow';
    fixture.stop.engage(fixture.order({ control: 'trip' }));
  },
  stopped,
  'not-confirmed': async (fixture, dir) => {
    await started(fixture, dir);
    fixture.publisher.behaviour = 'immortal';
    fixture.stop.engage(fixture.order({ control: 'trip' }));
    await fixture.clock.advance(2_000);
  },
};

/** Moments within or between states. */
const MOMENTS: Readonly<Record<string, Situation>> = {
  'before the files were read': () => {},
  'a countdown': async (fixture, dir) => {
    await stopped(fixture, dir);
    release(fixture, [1, 2]);
    await fixture.clock.advance(COUNTDOWN_MS / 2);
  },
  'the millisecond in which a countdown ends': async (fixture, dir) => {
    await stopped(fixture, dir);
    release(fixture, [1, 2]);
    await fixture.clock.advance(COUNTDOWN_MS);
  },
  'one brand stopped': async (fixture, dir) => {
    await started(fixture, dir);
    fixture.stop.engage(fixture.order({ scope: { kind: 'brand', brandId: 1 } }));
    await fixture.clock.advance(10);
  },
  'a publisher that is not there': async (fixture, dir) => {
    await started(fixture, dir);
    fixture.publisher.behaviour = 'absent';
  },
};

/** One for each control there is, likewise. */
const CONTROLS: Readonly<Record<Control, true>> = {
  shortcut: true,
  tray: true,
  button: true,
  'command-line': true,
  'file-removed': true,
  start: true,
  trip: true,
};

const matrix = Object.entries({ ...STATES, ...MOMENTS }).flatMap(([name, reach]) =>
  (Object.keys(CONTROLS) as Control[]).map((control) => [name, control, reach] as const),
);

test.each(matrix)('in %s, %s stops everything in the step of the press', async (name, control, reach) => {
  const dir = tempDir();
  const fixture = createStopFixture(dir);
  const { stop, clock, records } = fixture;
  await reach(fixture, dir);
  if (name in STATES) expect(stop.status().state).toBe(name);
  stop.engage(fixture.order({ control }));
  expect(stop.gate.isOpen()).toBe(false);
  expect(existsSync(join(dir, 'permit'))).toBe(false);
  expect(['stopping', 'stopped', 'not-confirmed']).toContain(stop.status().state);
  const presses = records.filter(({ event }) => event === 'stop.engaged' || event === 'stop.pressed-again');
  expect(presses.at(-1)?.control).toBe(control);
  await clock.advance(COUNTDOWN_MS * 2);
  expect(stop.gate.isOpen()).toBe(false);
  expect(stop.status().state).toBe(name === 'not-confirmed' ? 'not-confirmed' : 'stopped');
  expect(createStopFixture(dir).stop.open().state).toBe('stopped');
});
