import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NarrowStop, StopDisk } from '../../src-main/core/stop-ports.ts';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import { readLatch } from '../../src-main/stop/latch.ts';
import { readNarrowStops, writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { allOf, makeStop } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const brand = (brandId: number) => ({ kind: 'brand', brandId }) as const;
const BRANDS = [1, 2, 3];

function started(wrap?: (disk: StopDisk) => StopDisk) {
  const dir = tempDir();
  const fixture = createStopFixture(dir, wrap);
  fixture.stop.open();
  fixture.stop.start('Zoé Martin');
  const stops = join(dir, 'stops');
  return {
    ...fixture,
    dir,
    stops,
    /** What the command line does while the app hangs. */
    stopFromOutside: (brandId: number, id: string) =>
      writeNarrow(stops, [
        { stop: makeStop({ scope: brand(brandId), id, control: 'command-line' }), endsAt: null },
      ]),
    decide: (brandIds: readonly number[]) => ({
      brandIds,
      ...allOf(BRANDS),
      by: 'Zoé Martin',
      pressCount: fixture.stop.status().pressCount,
    }),
  };
}

describe('a stop of one brand that another process left in the files', () => {
  test('is taken up as it is, once, also where nothing can be written', async () => {
    const { stop, clock, records, stopFromOutside } = started((disk) => ({
      ...disk,
      writeNarrow: () => false,
    }));
    stopFromOutside(2, 'outside');
    for (let look = 0; look < 5; look += 1) stop.checkFiles();
    await clock.advance(10);
    expect(stop.status()).toMatchObject({ state: 'publishing', stops: [{ id: 'outside', isSilent: true }] });
    expect(records.map(({ event }) => event)).toEqual([
      'publishing.started',
      'stop.engaged',
      'stop.confirmed',
    ]);
  });

  test('on a brand that is stopped already wins over a release decided before', async () => {
    const { stop, order, clock, stopFromOutside, decide } = started();
    stop.engage(order({ scope: brand(2) }));
    await clock.advance(10);
    const decided = decide([2]);
    stopFromOutside(2, 'outside');
    expect(stop.release(decided)).toMatchObject({ error: { code: 'pressed-since' } });
    expect(stop.release(decide([2])).ok).toBe(true);
  });

  test('is not swept away with the countdown whose file it replaced', async () => {
    const { stop, order, clock, stops, stopFromOutside, decide } = started();
    stop.engage(order({ scope: brand(2) }));
    await clock.advance(10);
    stop.release(decide([2]));
    await clock.advance(COUNTDOWN_MS + 1);
    stopFromOutside(2, 'outside');
    stop.gate.swept(clock.now());
    expect(readNarrowStops(stops)).toMatchObject({ stops: [{ stop: { id: 'outside' } }] });
    stop.checkFiles();
    expect(stop.gate.covered()).toEqual([{ scope: brand(2), reason: 'stopped' }]);
  });

  test('that nobody understands stops everything, is named, and lets nothing be released', async () => {
    const { stop, clock, stops, decide } = started();
    mkdirSync(stops, { recursive: true });
    writeFileSync(join(stops, 'brand-2 (conflicted copy).json'), '{}');
    stop.checkFiles();
    await clock.advance(10);
    expect(stop.status().state).toBe('stopped');
    expect(stop.status().stops[0]?.reason).toContain('brand-2 (conflicted copy).json');
    expect(stop.release(decide(BRANDS))).toMatchObject({ error: { code: 'stops-unreadable' } });
  });
});

describe('a release the disk refuses half-way', () => {
  test('of several brands releases none of them', async () => {
    let isFull = false;
    let second = '';
    const { stop, order, clock, stops, decide } = started((disk) => ({
      ...disk,
      writeNarrow(all) {
        const fails = ({ stop, endsAt }: NarrowStop) => isFull && endsAt !== null && stop.id === second;
        const failing = all.findIndex(fails);
        return failing === -1 ? disk.writeNarrow(all) : disk.writeNarrow(all.slice(0, failing)) && false;
      },
    }));
    for (const brandId of BRANDS) stop.engage(order({ scope: brand(brandId) }));
    second = stop.status().stops[1]?.id ?? '';
    await clock.advance(10);
    isFull = true;
    expect(stop.release(decide(BRANDS))).toMatchObject({ error: { code: 'not-durable' } });
    expect(stop.status()).toMatchObject({
      countdowns: [],
      stops: BRANDS.map((id) => ({ scope: brand(id) })),
    });
    const reading = readNarrowStops(stops);
    expect(reading.ok && reading.stops.map(({ endsAt }) => endsAt)).toEqual([null, null, null]);
  });

  test('and that cannot be taken back either stops everything', async () => {
    let isFull = false;
    const { stop, order, clock, decide } = started((disk) => ({
      ...disk,
      writeNarrow: (all) => !(isFull && disk.writeNarrow(all.slice(0, 1))) && disk.writeNarrow(all),
    }));
    for (const brandId of [1, 2]) stop.engage(order({ scope: brand(brandId) }));
    await clock.advance(10);
    isFull = true;
    expect(stop.release(decide([1, 2])).ok).toBe(false);
    await clock.advance(10);
    expect(stop.status()).toMatchObject({ state: 'stopped', stops: [{ control: 'trip' }, {}, {}] });
  });

  test('leaves a stop that was taken away before everything stopped again in force, as was said', async () => {
    let isFailing = false;
    const { stop, stops, order, clock, decide } = started((disk) => ({
      ...disk,
      // The first is taken away; of the second it is not known, and it is gone.
      removeNarrow: (all) =>
        disk.removeNarrow(all).map((isGone, index) => isGone && !(isFailing && index > 0)),
      writeNarrow: (all) => !isFailing && disk.writeNarrow(all),
    }));
    for (const brandId of [1, 2]) stop.engage(order({ scope: brand(brandId) }));
    stop.engage(order());
    await clock.advance(10);
    isFailing = true;
    expect(stop.release(decide(BRANDS))).toMatchObject({ error: { code: 'not-durable' } });
    await clock.advance(10);
    const scopes = () => stop.status().stops.map(({ scope }) => scope);
    expect(scopes()).toEqual([{ kind: 'everything' }, brand(2), brand(1)]);
    isFailing = false;
    await clock.advance(120_000);
    stop.checkFiles();
    const kept = readNarrowStops(stops);
    expect(kept.ok && kept.stops.map((each) => each.stop.scope)).toEqual([brand(1), brand(2)]);
  });

  test('leaves a brand whose own stop cannot be taken away stopped, and says so', async () => {
    const { stop, order, clock, decide, records } = started((disk) => ({
      ...disk,
      removeNarrow: (stops) => stops.map(() => false),
    }));
    stop.engage(order({ scope: brand(2) }));
    stop.engage(order());
    await clock.advance(10);
    expect(stop.release(decide([1, 2]))).toMatchObject({ error: { code: 'partly-released' } });
    expect(stop.status().stops.map(({ scope }) => scope)).toEqual([brand(2), brand(3)]);
    expect(records.at(-1)).toMatchObject({ event: 'stop.released', details: { brands: [1] } });
  });
});

test('the clock set while a release is being written shortens no countdown', async () => {
  let setClock = () => {};
  const { stop, order, clock, decide } = started((disk) => ({
    ...disk,
    arm(...given) {
      setClock();
      return disk.arm(...given);
    },
  }));
  stop.engage(order());
  await clock.advance(10);
  setClock = () => clock.setWall(clock.now() + 3_600_000);
  stop.release(decide(BRANDS));
  await clock.advance(COUNTDOWN_MS - 1);
  expect(stop.gate.isOpen()).toBe(false);
  await clock.advance(1);
  expect(stop.gate.isOpen()).toBe(true);
});

test('no epoch comes a second time, also when the latch that told them is lost', () => {
  const { stop, order, dir } = started();
  stop.engage(order());
  const { epoch } = stop.status();
  writeFileSync(join(dir, 'latch'), 'torn');
  const again = createStopFixture(dir);
  again.stop.open();
  expect(again.stop.status().epoch).toBeGreaterThan(epoch);
  expect(readLatch(join(dir, 'latch')).epoch).toBe(again.stop.status().epoch);
});
