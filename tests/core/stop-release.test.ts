import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import type { ReleaseOrder } from '../../src-main/core/stop-types.ts';
import { readLatch, writeLatch } from '../../src-main/stop/latch.ts';
import { allOf } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const BRANDS = [1, 2, 3];
const second = { kind: 'brand', brandId: 2 } as const;
const HOUR = 3_600_000;

/** Started and stopped, confirmed, and a release as a person would decide it now. */
async function stopped(scope: { kind: 'everything' } | typeof second = { kind: 'everything' }) {
  const dir = tempDir();
  const fixture = createStopFixture(dir);
  fixture.stop.open();
  fixture.stop.start('Zoé Martin');
  const { id } = fixture.stop.engage(fixture.order({ scope }));
  await fixture.clock.advance(10);
  const decide = (brandIds: readonly number[] = BRANDS): ReleaseOrder => ({
    brandIds,
    ...allOf(BRANDS),
    by: 'Zoé Martin',
    pressCount: fixture.stop.status().pressCount,
  });
  return { ...fixture, dir, id, decide, latch: join(dir, 'latch') };
}

describe('a press while a release is being decided', () => {
  test('wins: the release is refused and everything stays stopped', async () => {
    const { stop, order, clock, decide } = await stopped();
    const decided = decide();
    stop.engage(order({ control: 'tray' }));
    await clock.advance(10);
    expect(stop.release(decided)).toMatchObject({ ok: false, error: { code: 'pressed-since' } });
    expect(stop.status().state).toBe('stopped');
    expect(stop.release(decide()).ok).toBe(true);
  });

  test('wins also for a brand that was stopped already', async () => {
    const { stop, order, decide } = await stopped(second);
    const decided = decide([2]);
    stop.engage(order({ scope: second }));
    expect(stop.release(decided)).toMatchObject({ error: { code: 'pressed-since' } });
    expect(stop.status().stops).toMatchObject([{ scope: second }]);
  });

  test('wins when it came from another process, over the files', async () => {
    const { stop, decide, latch, records } = await stopped();
    const decided = decide();
    const { epoch, stop: kept } = readLatch(latch);
    writeLatch(latch, { state: 'stopped', epoch: epoch + 1, stop: kept });
    expect(stop.release(decided)).toMatchObject({ error: { code: 'pressed-since' } });
    expect(records.map(({ event }) => event)).toContain('stop.pressed-again');
    expect(stop.release(decide()).ok).toBe(true);
    expect(stop.status().epoch).toBe(epoch + 2);
  });
});

test('a latch another process wrote at the last moment is not written over', async () => {
  let meanwhile = () => {};
  const dir = tempDir();
  const fixture = createStopFixture(dir, (disk) => ({
    ...disk,
    arm(...order) {
      meanwhile();
      return disk.arm(...order);
    },
  }));
  fixture.stop.open();
  const latch = join(dir, 'latch');
  meanwhile = () => {
    writeLatch(latch, { state: 'stopped', epoch: 1, stop: null });
  };
  expect(fixture.stop.start('Zoé Martin').ok).toBe(false);
  expect(readLatch(latch).state).toBe('stopped');
  expect(existsSync(join(dir, 'permit'))).toBe(false);
});

test('a release that fails half-way leaves the latch saying stopped', async () => {
  let isFull = false;
  const dir = tempDir();
  const fixture = createStopFixture(dir, (disk) => ({
    ...disk,
    arm(epoch, from, by) {
      if (!isFull) return disk.arm(epoch, from, by);
      writeLatch(join(dir, 'latch'), { state: 'armed', epoch, stop: null });
      return false;
    },
  }));
  fixture.stop.open();
  fixture.stop.start('');
  fixture.stop.engage(fixture.order());
  await fixture.clock.advance(10);
  isFull = true;
  const { pressCount } = fixture.stop.status();
  const order = { brandIds: BRANDS, ...allOf(BRANDS), by: 'Zoé Martin', pressCount };
  expect(fixture.stop.release(order)).toMatchObject({ error: { code: 'not-durable' } });
  expect(readLatch(join(dir, 'latch'))).toMatchObject({ state: 'stopped', stop: { control: 'shortcut' } });
});

test('brands of which none is stopped are not released', async () => {
  const { stop, decide } = await stopped(second);
  expect(stop.release(decide([1, 3]))).toMatchObject({ error: { code: 'not-stopped' } });
});

describe('what fell due under a stop or its countdown', () => {
  test('stays below a floor after both are over, also through a restart', async () => {
    const { stop, clock, decide, dir } = await stopped();
    expect(stop.gate.floors()).toEqual([]);
    const releasedAt = clock.now();
    stop.release(decide());
    const below = (reason: string, before: number) => ({ scope: { kind: 'everything' }, reason, before });
    expect(stop.gate.floors()).toEqual([below('stopped', releasedAt)]);
    await clock.advance(COUNTDOWN_MS);
    const floors = [below('stopped', releasedAt), below('countdown', releasedAt + COUNTDOWN_MS)];
    expect(stop.gate.floors()).toEqual(floors);
    stop.gate.swept(clock.now());
    const again = createStopFixture(dir, undefined, clock);
    again.stop.open();
    expect(again.stop.gate.floors()).toEqual(floors);
  });

  test('of one brand keeps its floor, and its file, until the queue was looked at', async () => {
    const { stop, clock, decide, dir } = await stopped(second);
    const endsAt = clock.now() + COUNTDOWN_MS;
    stop.release(decide([2]));
    await clock.advance(COUNTDOWN_MS + 1);
    const again = createStopFixture(dir, undefined, clock);
    again.stop.open();
    for (const { gate } of [stop, again.stop]) {
      expect(gate.covered()).toEqual([]);
      expect(gate.floors()).toContainEqual({ scope: second, reason: 'countdown', before: endsAt });
    }
    stop.gate.swept(endsAt - 1);
    expect(readdirSync(join(dir, 'stops'))).toHaveLength(1);
    stop.gate.swept(endsAt);
    expect(stop.gate.floors()).toEqual([]);
    expect(readdirSync(join(dir, 'stops'))).toEqual([]);
  });
});

test('setting the clock ahead does not shorten the countdown of a brand, nor leave it without an end', async () => {
  const { stop, clock, decide } = await stopped(second);
  stop.release(decide([2]));
  clock.setWall(clock.now() + HOUR);
  expect(stop.gate.covered()).toEqual([{ scope: second, reason: 'countdown' }]);
  expect(stop.status().countdowns).toMatchObject([{ scope: second }]);
  let isTold = false;
  stop.onChange(() => {
    isTold = stop.gate.covered().length === 0;
  });
  await clock.advance(COUNTDOWN_MS);
  expect(isTold).toBe(true);
});

describe('explaining a stop', () => {
  test('does not end or begin a countdown', async () => {
    const { stop, clock, decide, id, dir } = await stopped(second);
    stop.release(decide([2]));
    expect(stop.explain(id, 'Attack in the city', 'Zoé Martin').ok).toBe(true);
    expect(stop.status()).toMatchObject({ stops: [], countdowns: [{ scope: second }] });
    const again = createStopFixture(dir, undefined, clock);
    expect(again.stop.open()).toMatchObject({ stops: [], countdowns: [{ scope: second }] });
  });

  test('names nobody as the one who pressed', () => {
    const fixture = createStopFixture(tempDir());
    fixture.stop.open();
    const { id } = fixture.stop.engage({ ...fixture.order(), by: '' });
    expect(fixture.stop.explain(id, 'Attack in the city', 'Zoé Martin')).toMatchObject({
      ok: true,
      value: { by: '', reason: 'Attack in the city' },
    });
  });

  test('is refused when it cannot be kept', async () => {
    let isFull = false;
    const fixture = createStopFixture(tempDir(), (disk) => ({
      ...disk,
      latchStop: (...order) => !isFull && disk.latchStop(...order),
    }));
    fixture.stop.open();
    const { id } = fixture.stop.engage(fixture.order());
    isFull = true;
    expect(fixture.stop.explain(id, 'Attack', '')).toMatchObject({ error: { code: 'not-durable' } });
    expect(fixture.stop.status().stops).toMatchObject([{ reason: '' }]);
  });
});

test.each([{ kind: 'everything' } as const, second])(
  'with no publisher running the record of a stop of %o comes first, and its end once',
  async (scope) => {
    const fixture = createStopFixture(tempDir());
    fixture.stop.open();
    fixture.stop.start('');
    fixture.publisher.behaviour = 'absent';
    fixture.stop.engage(fixture.order({ scope }));
    fixture.stop.engage(fixture.order({ scope }));
    await fixture.clock.advance(2_000);
    expect(fixture.records.map(({ event }) => event)).toEqual([
      'publishing.started',
      'stop.engaged',
      'stop.confirmed',
      'stop.pressed-again',
    ]);
  },
);
