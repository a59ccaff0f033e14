import { expect, test } from 'vitest';
import {
  type CheckResult,
  CONTROLS,
  type ControlName,
  createControls,
} from '../../src-main/desktop/controls.ts';
import type { JournalEvent } from '../../src-main/stop/journal.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function open({ isPublishing = true } = {}) {
  const clock = createFakeClock();
  const found = new Map<ControlName, () => CheckResult | Promise<CheckResult>>();
  const stops: string[] = [];
  const lost: ControlName[] = [];
  const journal: JournalEvent[] = [];
  const controls = createControls({
    clock,
    checks: Object.fromEntries(
      CONTROLS.map((control) => [control, () => (found.has(control) ? found.get(control)?.() : '')]),
    ) as Record<ControlName, () => CheckResult>,
    isPublishing: () => isPublishing,
    stop: (reason) => stops.push(reason),
    record: (event) => journal.push(event),
    onLost: (control) => lost.push(control),
    onChange: () => {},
  });
  controls.start();
  const statusOf = (name: ControlName) => controls.list().find(({ control }) => control === name);
  return { clock, found, stops, lost, journal, controls, statusOf };
}

const MINUTE = 60_000;

test('every control is looked at within the first minute, and then at least once a minute', async () => {
  const { clock, controls, found } = open();
  const looks: number[] = [];
  found.set('button', () => {
    looks.push(clock.monotonic());
    return '';
  });
  await clock.advance(10 * MINUTE);
  expect(controls.list().every(({ works }) => works === true)).toBe(true);
  expect(looks.length).toBeGreaterThanOrEqual(10);
  for (const [index, at] of looks.slice(1).entries())
    expect(at - (looks[index] ?? 0)).toBeLessThanOrEqual(MINUTE);
});

for (const control of CONTROLS) {
  test(`${control} lost is said within 60 s and written down, and so is that it is back`, async () => {
    const { clock, found, lost, journal, stops, statusOf } = open();
    await clock.advance(2 * MINUTE);
    found.set(control, () => 'no-answer');
    await clock.advance(MINUTE);
    expect(statusOf(control)).toMatchObject({ works: false, hasWorked: true, problem: 'no-answer' });
    expect(lost).toEqual([control]);
    expect(journal).toMatchObject([{ event: 'control.lost', control, details: { problem: 'no-answer' } }]);
    // One alone stops nothing.
    expect(stops).toEqual([]);
    found.delete(control);
    await clock.advance(MINUTE);
    expect(statusOf(control)).toMatchObject({ works: true, problem: '' });
    expect(journal.at(-1)).toMatchObject({ event: 'control.back', control });
  });
}

test('with one left of the four that can be pressed everything is stopped, and the reason names the others', async () => {
  const { clock, found, stops } = open();
  for (const control of ['tray', 'button'] as const) found.set(control, () => 'no-answer');
  await clock.advance(2 * MINUTE);
  expect(stops).toEqual([]);
  found.set('command-line', () => 'no-answer');
  await clock.advance(MINUTE);
  expect(stops[0]).toMatch(/^Only the shortcut is left .* tray item, button and command line/u);
  found.set('shortcut', () => 'taken');
  stops.length = 0;
  await clock.advance(MINUTE);
  expect(stops.at(-1)).toMatch(/^No control of the stop works/u);
});

test('the permit that cannot be removed is said, but is not one of the four', async () => {
  const { clock, found, stops } = open();
  for (const control of ['tray', 'file', 'button'] as const) found.set(control, () => 'no-answer');
  await clock.advance(5 * MINUTE);
  expect(stops).toEqual([]);
});

test('nothing is stopped that is not publishing', async () => {
  const { clock, found, stops } = open({ isPublishing: false });
  for (const control of CONTROLS) found.set(control, () => 'no-answer');
  await clock.advance(5 * MINUTE);
  expect(stops).toEqual([]);
});

test('one failed look counts for nothing: a page that starts, or a machine that wakes, trips nothing', async () => {
  const { clock, found, lost, stops, controls } = open();
  await clock.advance(MINUTE);
  const failsOnce = () => {
    let looks = 0;
    return (): CheckResult => (looks++ === 0 ? 'no-answer' : '');
  };
  for (const control of CONTROLS) found.set(control, failsOnce());
  await clock.advance(2 * MINUTE);
  expect(lost).toEqual([]);
  // One before the machine sleeps and one after it are not two in a row.
  let looks = 0;
  const countLook = (): CheckResult => {
    looks += 1;
    return looks <= 2 ? 'no-answer' : '';
  };
  found.set('button', countLook);
  while (looks < 1) await clock.advance(1_000);
  controls.awake();
  while (looks < 2) await clock.advance(1_000);
  controls.awake();
  await clock.advance(2 * MINUTE);
  expect([lost, stops]).toEqual([[], []]);
});

test('a page that is busy for 39 s stops nothing where it is one of two, whenever it begins; one that stays away does within 60 s', async () => {
  for (let second = 0; second < 20; second += 1) {
    const { clock, found, stops, lost } = open();
    found.set('tray', () => 'no-host');
    found.set('shortcut', () => 'unproven');
    await clock.advance(2 * MINUTE + second * 1_000);
    lost.length = 0;
    found.set('button', () => new Promise(() => {}));
    await clock.advance(39_000);
    found.delete('button');
    await clock.advance(MINUTE);
    expect([second, lost, stops]).toEqual([second, [], []]);
    found.set('button', () => new Promise(() => {}));
    await clock.advance(MINUTE);
    expect([second, lost, stops.length > 0]).toEqual([second, ['button'], true]);
  }
});

test('what cannot be said leaves what is known, and what never answers does not work', async () => {
  const { clock, found, statusOf } = open();
  found.set('button', () => null);
  found.set('command-line', () => new Promise(() => {}));
  await clock.advance(MINUTE);
  expect(statusOf('button')?.works).toBe(null);
  expect(statusOf('command-line')).toMatchObject({ works: false, problem: 'no-answer', hasWorked: false });
});

test('a desktop that never showed an icon has lost none: that is no line of the journal', async () => {
  const { clock, found, lost, journal, statusOf } = open();
  found.set('tray', () => 'no-host');
  await clock.advance(3 * MINUTE);
  expect(statusOf('tray')).toMatchObject({ works: false, hasWorked: false });
  expect([lost, journal]).toEqual([[], []]);
});
