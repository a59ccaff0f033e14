import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import type { Stop } from '../../src-main/core/stop-types.ts';
import { allOf } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const brands = (stop: Stop, released: number[], all = [1, 2, 3]) => ({
  brandIds: released,
  ...allOf(all),
  pressCount: stop.status().pressCount,
  by: 'Zoé Martin',
});

/** Started, and ready to be stopped. */
function started(dir = tempDir()) {
  const fixture = createStopFixture(dir);
  fixture.stop.open();
  fixture.stop.start('Zoé Martin');
  return { ...fixture, dir, permit: join(dir, 'permit') };
}

describe('starting', () => {
  test('a fresh data folder has not started, and Start arms it with a permit', () => {
    const { stop, publisher, permit } = started();
    expect(stop.status()).toMatchObject({ state: 'publishing', epoch: 1, stops: [], countdowns: [] });
    expect(existsSync(permit)).toBe(true);
    expect(publisher.log).toEqual(['arm 1']);
    expect(stop.gate.isOpen()).toBe(true);
  });

  test('a valid permit lets publishing go on after a restart', () => {
    const { dir } = started();
    const again = createStopFixture(dir);
    expect(again.stop.open().state).toBe('publishing');
    expect(again.publisher.log).toEqual(['arm 1']);
  });

  test('Start is refused while a stop is in force', async () => {
    const { stop, order, clock } = started();
    stop.engage(order());
    await clock.advance(10);
    expect(stop.start('Zoé Martin')).toMatchObject({ ok: false, error: { code: 'not-startable' } });
  });
});

describe('engaging the stop of everything', () => {
  test('blocks, cancels timers, removes the permit and aborts before it returns', () => {
    const fixture = createStopFixture(tempDir());
    fixture.stop.open();
    fixture.stop.start('');
    const engaged = fixture.stop.engage(fixture.order());
    expect(fixture.stop.gate.isOpen()).toBe(false);
    expect(fixture.timersCanceled).toBe(1);
    expect(fixture.publisher.log).toEqual(['arm 1', 'silence']);
    expect(engaged).toMatchObject({ isDurable: true, isSilent: false, control: 'shortcut' });
    expect(fixture.stop.status().state).toBe('stopping');
  });

  test('is stopped only when the publisher confirmed', async () => {
    const { stop, order, clock, publisher } = started();
    publisher.behaviour = 'slow';
    const { id } = stop.engage(order());
    await clock.advance(150);
    expect(stop.status().state).toBe('stopping');
    await clock.advance(60);
    expect(stop.status().state).toBe('stopped');
    expect(await stop.settled(id)).toMatchObject({ isDurable: true, isSilent: true, todo: '' });
  });

  test('a publisher that does not confirm in 250 ms is killed', async () => {
    const { stop, order, clock, publisher } = started();
    publisher.behaviour = 'deaf';
    stop.engage(order());
    await clock.advance(249);
    expect(publisher.log).not.toContain('kill');
    await clock.advance(10);
    expect(publisher.log).toContain('kill');
    expect(stop.status().state).toBe('stopped');
  });

  test('says NOT CONFIRMED, with what to do by hand, when the publisher cannot be ended', async () => {
    const { stop, order, clock, publisher } = started();
    publisher.behaviour = 'immortal';
    stop.engage(order());
    await clock.advance(2_000);
    expect(stop.status().state).toBe('not-confirmed');
    expect(stop.status().stops[0]?.todo).toContain('permit');
    expect(stop.release(brands(stop, [1]))).toMatchObject({ ok: false, error: { code: 'not-confirmed' } });
  });

  test('a thousand presses are one stop', async () => {
    const { stop, order, clock, records } = started();
    for (let i = 0; i < 1_000; i += 1) stop.engage(order());
    await clock.advance(10);
    expect(stop.status().stops).toHaveLength(1);
    expect(stop.status().epoch).toBe(2);
    expect(records.filter(({ event }) => event === 'stop.engaged')).toHaveLength(1);
  });

  test('a press while it is confirmed removes a permit that came back', async () => {
    const { stop, order, clock, permit } = started();
    stop.engage(order());
    await clock.advance(10);
    writeFileSync(permit, 'put there by hand');
    stop.engage(order({ control: 'tray' }));
    expect(existsSync(permit)).toBe(false);
  });

  test('a reason given with a later press is kept where there was none, and in the record either way', () => {
    for (const scope of [{ kind: 'everything' }, { kind: 'brand', brandId: 2 }] as const) {
      const { stop, order, records, dir } = started();
      stop.engage(order({ scope }));
      stop.engage(order({ scope, control: 'command-line', reason: 'The client called' }));
      stop.engage(order({ scope, reason: 'Another' }));
      expect(stop.status().stops).toMatchObject([{ reason: 'The client called' }]);
      expect(createStopFixture(dir).stop.open().stops).toMatchObject([{ reason: 'The client called' }]);
      expect(
        records.filter(({ event }) => event === 'stop.pressed-again').map(({ details }) => details.reason),
      ).toEqual(['The client called', 'Another']);
    }
  });

  test('lists what was in flight', () => {
    const { stop, order, publisher } = started();
    publisher.flying = [11, 12];
    expect(stop.engage(order()).inFlight).toEqual([11, 12]);
  });

  test('works before anything was ever started', async () => {
    const fixture = createStopFixture(tempDir());
    fixture.stop.open();
    fixture.stop.engage(fixture.order());
    await fixture.clock.advance(10);
    expect(fixture.stop.status().state).toBe('stopped');
  });

  test('counts as durable when only the latch could be written, and as not confirmed when nothing could', async () => {
    for (const [isGone, isLatched, state] of [
      [false, true, 'stopped'],
      [true, false, 'stopped'],
      [false, false, 'not-confirmed'],
    ] as const) {
      const fixture = createStopFixture(tempDir(), (disk) => ({
        ...disk,
        removePermit(unlinked) {
          unlinked();
          return isGone;
        },
        latchStop: () => isLatched,
      }));
      fixture.stop.open();
      fixture.stop.start('');
      fixture.stop.engage(fixture.order());
      await fixture.clock.advance(10);
      expect(fixture.stop.status().state).toBe(state);
      expect(fixture.stop.gate.isOpen()).toBe(false);
    }
  });
});

describe('staying stopped', () => {
  test('through a restart, with who and when', async () => {
    const { stop, order, clock, dir } = started();
    stop.engage(order({ control: 'tray', reason: 'Attack in the city' }));
    await clock.advance(10);
    const again = createStopFixture(dir);
    expect(again.stop.open()).toMatchObject({
      state: 'stopped',
      epoch: 2,
      stops: [{ control: 'tray', reason: 'Attack in the city' }],
    });
    expect(again.publisher.log).toEqual([]);
  });

  test('for thirty days: nothing but a release ends it', async () => {
    const { stop, order, clock } = started();
    stop.engage(order());
    await clock.advance(30 * 24 * 3_600_000);
    expect(stop.status().state).toBe('stopped');
  });

  test.each([
    ['removed by hand', (permit: string) => rmSync(permit)],
    ['overwritten with nonsense', (permit: string) => writeFileSync(permit, 'garbage')],
    ['emptied', (permit: string) => writeFileSync(permit, '')],
    [
      'replaced by a copy of itself, as a restored backup would',
      (permit: string) => {
        const text = readFileSync(permit);
        rmSync(permit);
        writeFileSync(`${permit}.placeholder`, '');
        writeFileSync(permit, text);
      },
    ],
    [
      'changed to another machine',
      (permit: string) =>
        writeFileSync(permit, readFileSync(permit, 'utf8').replace('host-of-this-test', 'another-host')),
    ],
    [
      'changed to another epoch',
      (permit: string) =>
        writeFileSync(permit, readFileSync(permit, 'utf8').replace('"epoch":1', '"epoch":9')),
    ],
  ])('a permit %s while the app is closed reads as stopped', (_, change) => {
    const { permit, dir } = started();
    change(permit);
    const again = createStopFixture(dir);
    expect(again.stop.open().state).not.toBe('publishing');
    expect(again.stop.gate.isOpen()).toBe(false);
    expect(existsSync(permit)).toBe(false);
  });

  test('a copied data folder is never armed', () => {
    const { dir } = started();
    const copy = join(tempDir(), 'copy');
    cpSync(dir, copy, { recursive: true, preserveTimestamps: true });
    expect(createStopFixture(copy).stop.open().state).not.toBe('publishing');
  });

  test('a torn latch reads as stopped', () => {
    const { dir } = started();
    writeFileSync(join(dir, 'latch'), '{"version":1,"sta');
    expect(createStopFixture(dir).stop.open().state).not.toBe('publishing');
  });

  test('a folder of stops that cannot be understood stops everything', () => {
    const { dir } = started();
    mkdirSync(join(dir, 'stops'), { recursive: true });
    writeFileSync(join(dir, 'stops', 'brand-1.json'), 'garbage');
    expect(createStopFixture(dir).stop.open().state).not.toBe('publishing');
  });

  test('a permit removed by anybody while the app runs engages the stop in full', async () => {
    const { stop, clock, permit, publisher } = started();
    rmSync(permit);
    stop.checkFiles();
    await clock.advance(10);
    expect(stop.status()).toMatchObject({ state: 'stopped', stops: [{ control: 'file-removed' }] });
    expect(publisher.log).toContain('silence');
  });
});

describe('releasing', () => {
  test('permits, starts a countdown and opens the gate only when it is over', async () => {
    const { stop, order, clock } = started();
    stop.engage(order());
    await clock.advance(10);
    expect(stop.release(brands(stop, [1, 2, 3])).ok).toBe(true);
    expect(stop.status()).toMatchObject({ state: 'publishing', epoch: 3, stops: [] });
    expect(stop.gate.isOpen()).toBe(false);
    expect(stop.gate.covered()).toEqual([{ scope: { kind: 'everything' }, reason: 'countdown' }]);
    await clock.advance(COUNTDOWN_MS - 1);
    expect(stop.gate.isOpen()).toBe(false);
    await clock.advance(1);
    expect(stop.gate.isOpen()).toBe(true);
  });

  test('setting the clock ahead does not shorten the countdown', async () => {
    const { stop, order, clock } = started();
    stop.engage(order());
    await clock.advance(10);
    stop.release(brands(stop, [1]));
    clock.setWall(clock.now() + 24 * 3_600_000);
    expect(stop.gate.isOpen()).toBe(false);
  });

  test('brings back only the brands that were named; the others stay stopped by a stop of their own', async () => {
    const { stop, order, clock, dir } = started();
    stop.engage(order());
    await clock.advance(10);
    stop.release(brands(stop, [2]));
    const scopes = stop.status().stops.map(({ scope }) => scope);
    expect(scopes).toEqual([
      { kind: 'brand', brandId: 1 },
      { kind: 'brand', brandId: 3 },
    ]);
    expect(stop.gate.covered(), 'those that stay are stopped, not counted down').toEqual([
      ...scopes.map((scope) => ({ scope, reason: 'stopped' })),
      { scope: { kind: 'everything' }, reason: 'countdown' },
    ]);
    const again = createStopFixture(dir, undefined, clock);
    again.stop.open();
    expect(again.stop.status().stops.map(({ scope }) => scope)).toEqual(scopes);
  });

  test('a brand that comes back later has a countdown of its own', async () => {
    const { stop, order, clock } = started();
    stop.engage(order());
    await clock.advance(10);
    stop.release(brands(stop, [2]));
    await clock.advance(COUNTDOWN_MS);
    stop.release(brands(stop, [3]));
    expect(stop.gate.covered()).toContainEqual({ scope: { kind: 'brand', brandId: 3 }, reason: 'countdown' });
    expect(stop.gate.isOpen()).toBe(true);
    await clock.advance(COUNTDOWN_MS);
    expect(stop.gate.covered()).toEqual([{ scope: { kind: 'brand', brandId: 1 }, reason: 'stopped' }]);
  });

  test('needs a person and at least one brand', async () => {
    const { stop, order, clock } = started();
    stop.engage(order());
    await clock.advance(10);
    expect(stop.release({ ...brands(stop, [1]), by: ' ' })).toMatchObject({
      error: { code: 'name-missing' },
    });
    expect(stop.release(brands(stop, []))).toMatchObject({ error: { code: 'no-brand' } });
    expect(stop.status().state).toBe('stopped');
  });

  test('a press during the countdown wins', async () => {
    const { stop, order, clock, permit } = started();
    stop.engage(order());
    await clock.advance(10);
    stop.release(brands(stop, [1, 2, 3]));
    await clock.advance(60_000);
    stop.engage(order());
    await clock.advance(COUNTDOWN_MS);
    expect(stop.status().state).toBe('stopped');
    expect(existsSync(permit)).toBe(false);
  });

  test('that cannot be made durable leaves everything stopped', async () => {
    let isFull = false;
    const fixture = createStopFixture(tempDir(), (disk) => ({
      ...disk,
      arm: (...order) => !isFull && disk.arm(...order),
    }));
    fixture.stop.open();
    fixture.stop.start('');
    fixture.stop.engage(fixture.order());
    await fixture.clock.advance(10);
    isFull = true;
    expect(fixture.stop.release(brands(fixture.stop, [1]))).toMatchObject({ error: { code: 'not-durable' } });
    expect(fixture.stop.status().state).toBe('stopped');
    expect(fixture.stop.gate.isOpen()).toBe(false);
  });
});

describe('a narrower stop', () => {
  const brand = { kind: 'brand', brandId: 2 } as const;

  test('covers its brand and leaves the rest publishing, also after a restart', async () => {
    const { stop, order, clock, dir } = started();
    stop.engage(order({ scope: brand }));
    await clock.advance(10);
    expect(stop.status()).toMatchObject({ state: 'publishing', stops: [{ scope: brand, isSilent: true }] });
    expect(stop.gate.covered()).toEqual([{ scope: brand, reason: 'stopped' }]);
    const again = createStopFixture(dir);
    expect(again.stop.open().stops).toMatchObject([{ scope: brand }]);
  });

  test('that cannot be made durable becomes a stop of everything, and says so', async () => {
    const fixture = createStopFixture(tempDir(), (disk) => ({ ...disk, writeNarrow: () => false }));
    fixture.stop.open();
    fixture.stop.start('');
    fixture.stop.engage(fixture.order({ scope: brand }));
    await fixture.clock.advance(10);
    expect(fixture.stop.status()).toMatchObject({
      state: 'stopped',
      stops: [{ scope: { kind: 'everything' }, widenedFrom: 'brand:2' }],
    });
  });

  test('releasing it never weakens the stop of everything', async () => {
    const { stop, order, clock } = started();
    stop.engage(order({ scope: brand }));
    stop.engage(order());
    await clock.advance(10);
    stop.release(brands(stop, [1]));
    expect(stop.status().stops.map(({ scope }) => scope)).toContainEqual(brand);
  });
});
