import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Scope, scopeKey } from '../../src-main/core/scope.ts';
import type { NarrowStop, StopDisk, StopParts } from '../../src-main/core/stop-ports.ts';
import { readNarrowStops, writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { allOf } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const brand = (brandId: number): Scope => ({ kind: 'brand', brandId });
const FRANCE: Scope = { kind: 'market', market: 'France' };
const BLUESKY: Scope = { kind: 'network', network: 'bluesky' };
const ACCOUNT: Scope = { kind: 'account', accountId: 11 };
const EVERYTHING: Scope = { kind: 'everything' };
const SEVERAL = [FRANCE, brand(2), BLUESKY, ACCOUNT];
const keys = (scopes: readonly { readonly scope: Scope }[]) => scopes.map(({ scope }) => scopeKey(scope));

/** Publishing, on a disk of which each call can be watched, and which can refuse to write. */
function started() {
  const dir = tempDir();
  const calls: string[] = [];
  const watched = { isFull: false, writes: 0, onWrite: (_: readonly NarrowStop[]) => {} };
  const wrap = (disk: StopDisk): StopDisk => ({
    ...disk,
    removePermit(unlinked) {
      calls.push('remove the permit');
      return disk.removePermit(unlinked);
    },
    writeNarrow(all) {
      calls.push(`write ${all.length}`);
      watched.writes += 1;
      watched.onWrite(all);
      return !watched.isFull && disk.writeNarrow(all);
    },
  });
  const fixture = createStopFixture(dir, wrap);
  fixture.stop.open();
  fixture.stop.start('Zoé Martin');
  calls.length = 0;
  fixture.publisher.log.length = 0;
  return {
    ...fixture,
    dir,
    stops: join(dir, 'stops'),
    calls,
    watched,
    engageAll: (scopes: readonly Scope[], words: { reason?: string } = {}) =>
      fixture.stop.engageAll(scopes.map((scope) => fixture.order({ scope, ...words }))),
    /** As the engine looks at the files while the app runs. */
    async look(times: number) {
      for (let left = times; left > 0; left -= 1) {
        fixture.stop.checkFiles();
        await fixture.clock.advance(500);
      }
    },
    decide: (brandIds: readonly number[], stopIds: readonly string[] = []) => ({
      ...allOf([1, 2, 3]),
      brandIds,
      stopIds,
      by: 'Zoé Martin',
      pressCount: fixture.stop.status().pressCount,
    }),
  };
}

const inFiles = (dir: string) => {
  const reading = readNarrowStops(dir);
  if (!reading.ok) throw new Error(`${reading.file} cannot be read`);
  return reading.stops.flatMap(({ stop, endsAt }) => (endsAt === null ? [scopeKey(stop.scope)] : [])).sort();
};

describe('several scopes stopped at once', () => {
  test('are all blocked, and the publisher told of each, before one of them is written', () => {
    const { engageAll, stop, watched, publisher, calls } = started();
    let before: unknown;
    watched.onWrite = () => {
      before = { covered: keys(stop.gate.covered()), told: publisher.log.length };
    };
    engageAll(SEVERAL);
    expect(before).toEqual({ covered: SEVERAL.map(scopeKey), told: SEVERAL.length });
    expect(calls).toEqual([`write ${SEVERAL.length}`]);
  });

  test('are each a stop of its own, told in the order of the orders, and one press', async () => {
    const { engageAll, stop, clock, records, stops } = started();
    const made = engageAll([...SEVERAL, FRANCE]);
    await clock.advance(10);
    expect(keys(made)).toEqual([...SEVERAL, FRANCE].map(scopeKey));
    expect(new Set(made.map(({ id }) => id)).size).toBe(SEVERAL.length);
    expect(stop.status()).toMatchObject({ state: 'publishing', pressCount: 1 });
    expect(
      stop.status().stops.every(({ isDurable, isSilent, todo }) => isDurable && isSilent && todo === ''),
    ).toBe(true);
    const told = (event: string) => records.filter((record) => record.event === event).length;
    expect([told('stop.engaged'), told('stop.confirmed')]).toEqual([SEVERAL.length, SEVERAL.length]);
    expect(inFiles(stops)).toEqual(SEVERAL.map(scopeKey).sort());
  });

  test('with everything among them everything is stopped first, and the others stay when it is released', async () => {
    const { engageAll, stop, clock, calls, decide } = started();
    const [france, everything] = engageAll([FRANCE, EVERYTHING]);
    expect(calls).toEqual(['remove the permit', 'write 1']);
    expect([france?.scope, everything?.scope]).toEqual([FRANCE, EVERYTHING]);
    await clock.advance(10);
    expect(keys(stop.status().stops)).toEqual(['everything', 'market:france']);
    expect(stop.release({ ...decide([3]), allBrands: [{ brandId: 3, market: 'Spain' }] }).ok).toBe(true);
    expect(keys(stop.status().stops)).toEqual(['market:france']);
  });

  test('of which one was stopped before: that one is pressed again and keeps its id, the others are new', async () => {
    const { engageAll, stop, clock, records } = started();
    const [first] = engageAll([BLUESKY]);
    await clock.advance(10);
    const [again, fresh] = engageAll([BLUESKY, FRANCE], { reason: 'Attack in the city' });
    expect(again?.id).toBe(first?.id);
    expect(fresh?.id).not.toBe(first?.id);
    expect(records.map(({ event }) => event)).toEqual([
      'publishing.started',
      'stop.engaged',
      'stop.confirmed',
      'stop.pressed-again',
      'stop.engaged',
    ]);
    expect(stop.status().stops.map(({ reason }) => reason)).toEqual([
      'Attack in the city',
      'Attack in the city',
    ]);
  });

  test('that cannot be written stop everything, which says what was asked for', async () => {
    const { engageAll, stop, clock, watched } = started();
    watched.isFull = true;
    const made = engageAll(SEVERAL);
    await clock.advance(10);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(stop.status()).toMatchObject({
      state: 'stopped',
      stops: [{ scope: EVERYTHING, widenedFrom: SEVERAL.map(scopeKey).join(', ') }],
    });
  });

  test('that cannot be written while everything is stopped are answered by that stop', async () => {
    const { engageAll, stop, clock, watched } = started();
    const [everything] = engageAll([EVERYTHING]);
    await clock.advance(10);
    watched.isFull = true;
    const made = engageAll(SEVERAL);
    expect(made.map(({ id, scope }) => [id, scope])).toEqual(SEVERAL.map(() => [everything?.id, EVERYTHING]));
    expect(stop.status()).toMatchObject({ state: 'stopped', stops: [{ id: everything?.id }] });
  });

  test('a thousand pressed a thousand times are a thousand stops', async () => {
    const { engageAll, stop, clock, calls, records, stops } = started();
    const brands = Array.from({ length: 1_000 }, (_, index) => brand(index + 1));
    const first = engageAll(brands).map(({ id }) => id);
    for (let press = 0; press < 20; press += 1) engageAll(brands);
    expect(engageAll(brands).map(({ id }) => id)).toEqual(first);
    await clock.advance(10);
    expect(calls).toEqual(['write 1000']);
    expect(stop.status().stops).toHaveLength(1_000);
    expect(readdirSync(stops)).toHaveLength(1_000);
    expect(records.filter(({ event }) => event === 'stop.engaged')).toHaveLength(1_000);
  });
});

describe('a stop whose file is gone while the app runs', () => {
  test.each(SEVERAL)('is written once more, as it was: only a release ends %o', async (scope) => {
    const { engageAll, stop, clock, stops, records, watched, look } = started();
    engageAll([scope], { reason: 'Attack in the city' });
    await clock.advance(10);
    const before = { stops: stop.status().stops, records: records.length };
    const [name = ''] = readdirSync(stops);
    rmSync(join(stops, name));
    await look(4);
    expect(readNarrowStops(stops)).toEqual({
      ok: true,
      stops: [{ stop: expect.objectContaining({ scope }), endsAt: null }],
    });
    expect({ stops: stop.status().stops, records: records.length }).toEqual(before);
    expect(watched.writes).toBe(2);
  });

  test('and that cannot be written any more stops everything, once, and does not hold up the app for ever', async () => {
    const { engageAll, stop, clock, stops, records, watched, look } = started();
    engageAll([FRANCE]);
    await clock.advance(10);
    rmSync(stops, { recursive: true });
    [watched.isFull, watched.writes] = [true, 0];
    // Ten minutes of looking twice a second.
    await look(1_200);
    expect(stop.status()).toMatchObject({
      state: 'stopped',
      stops: [{ control: 'trip' }, { isDurable: false }],
    });
    expect(records.filter(({ details }) => details.scope === 'everything')).toHaveLength(1);
    expect(watched.writes).toBeGreaterThan(10);
    expect(watched.writes).toBeLessThan(20);
    watched.isFull = false;
    await look(121);
    expect(inFiles(stops)).toEqual(['market:france']);
    expect(stop.status().stops).toMatchObject([{}, { isDurable: true }]);
  });

  test('is written before a release, however soon after the disk refused it', async () => {
    const { engageAll, stop, stops, watched, look, decide } = started();
    engageAll([BLUESKY]);
    rmSync(stops, { recursive: true });
    watched.isFull = true;
    await look(200);
    watched.isFull = false;
    const { writes } = watched;
    expect(stop.release(decide([1, 2, 3])).ok).toBe(true);
    expect(watched.writes).toBe(writes + 1);
    expect(inFiles(stops)).toEqual(['network:bluesky']);
    expect(stop.status().stops).toMatchObject([{ scope: BLUESKY, isDurable: true }]);
  });
});

test('what a failed release left counting down in its file is in force again before anything else is released', async () => {
  const { engageAll, stop, clock, stops, watched, dir, decide, look } = started();
  const [bluesky] = engageAll([BLUESKY]);
  await clock.advance(10);
  // The countdown is written and cannot be read back; neither can it be taken back.
  const real = readNarrowStops(stops);
  const kept = real.ok ? real.stops : [];
  watched.isFull = true;
  watched.onWrite = (all) => {
    if (all.some(({ endsAt }) => endsAt !== null)) writeNarrow(stops, all);
  };
  expect(stop.release(decide([], [bluesky?.id ?? ''])).ok).toBe(false);
  expect(kept).toHaveLength(1);
  expect(inFiles(stops)).toEqual([]);
  await look(4);
  expect(stop.status()).toMatchObject({ state: 'stopped', stops: [{ control: 'trip' }, { scope: BLUESKY }] });
  // Nothing can be written beside the permit: nothing is said to be released that a restart would bring back.
  expect(stop.release(decide([1, 2, 3])).ok).toBe(false);
  await clock.advance(10);
  expect(stop.status().state).toBe('stopped');
  expect(reopened(dir).status().state).toBe('stopped');
  watched.isFull = false;
  expect(stop.release(decide([1, 2, 3])).ok).toBe(true);
  expect(keys(reopened(dir).status().stops)).toEqual(['network:bluesky']);
});

test('many stopped in one press while no publisher runs are told of once, when all of them hold', () => {
  const { stop, publisher, order } = createStopFixture(tempDir());
  stop.open();
  stop.start('Zoé Martin');
  publisher.behaviour = 'absent';
  const told: number[] = [];
  stop.onChange(() => told.push(stop.status().stops.filter(({ isSilent }) => isSilent).length));
  stop.engageAll(Array.from({ length: 30 }, (_, id) => order({ scope: brand(id + 1) })));
  expect(told).toEqual([30]);
});

function reopened(dir: string): StopParts {
  const { stop } = createStopFixture(dir);
  stop.open();
  return stop;
}
