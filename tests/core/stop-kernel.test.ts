import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../../src-main/core/scope.ts';
import type { StopDisk } from '../../src-main/core/stop-ports.ts';
import { readLatch } from '../../src-main/stop/latch.ts';
import { readNarrowStops } from '../../src-main/stop/narrow-stops.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

/*
 * What a mutant of the stop could change without any other test seeing it: exact times, what is said once and not twice, and who is told.
 */

const BRAND: Scope = { kind: 'brand', brandId: 2 };
const OTHER: Scope = { kind: 'account', accountId: 5 };

function started(wrap: (disk: StopDisk) => StopDisk = (disk) => disk) {
  const dir = tempDir();
  const fixture = createStopFixture(dir, wrap);
  fixture.stop.open();
  fixture.stop.start('Zoé Martin');
  const count = (event: string) => fixture.records.filter((record) => record.event === event).length;
  return { ...fixture, fixture, dir, permit: join(dir, 'permit'), count };
}

describe.each([{ scope: { kind: 'everything' } as Scope }, { scope: BRAND }])(
  'a stop of $scope.kind',
  ({ scope }) => {
    test('kills the publisher after 250 ms and not before, and gives up 500 ms after that', async () => {
      const { stop, order, clock, publisher, count } = started();
      publisher.behaviour = 'immortal';
      stop.engage(order({ scope }));
      await clock.advance(249);
      expect(publisher.log).not.toContain('kill');
      await clock.advance(1);
      expect(publisher.log).toContain('kill');
      await clock.advance(499);
      expect(count('stop.not-confirmed')).toBe(0);
      await clock.advance(1);
      expect(count('stop.not-confirmed')).toBe(1);
    });

    test('that is confirmed kills nobody later, and is concluded once', async () => {
      for (const behaviour of ['slow', 'deaf'] as const) {
        const { stop, order, clock, publisher, count } = started();
        publisher.behaviour = behaviour;
        stop.engage(order({ scope }));
        await clock.advance(2_000);
        expect(publisher.log.filter((line) => line === 'kill')).toHaveLength(behaviour === 'deaf' ? 1 : 0);
        expect(count('stop.confirmed')).toBe(1);
        expect(count('stop.not-confirmed')).toBe(0);
      }
    });

    test('is concluded within the call where no publisher runs', () => {
      const { stop, order, publisher, records } = started();
      publisher.behaviour = 'absent';
      const engaged = stop.engage(order({ scope }));
      expect(engaged).toMatchObject({ isDurable: true, isSilent: true });
      expect(records.slice(-2).map(({ event }) => event)).toEqual(['stop.engaged', 'stop.confirmed']);
    });

    test('tells everyone who waits for it, and whoever watches', async () => {
      const { stop, order, clock, publisher, fixture } = started();
      publisher.behaviour = 'slow';
      let changes = 0;
      stop.onChange(() => {
        changes += 1;
      });
      const woken = fixture.woken;
      const { id } = stop.engage(order({ scope }));
      expect(changes).toBeGreaterThan(0);
      expect(fixture.woken).toBeGreaterThan(woken);
      const waiting = Promise.all([stop.settled(id), stop.settled(id)]);
      const before = changes;
      await clock.advance(300);
      expect((await waiting).map(({ isSilent }) => isSilent)).toEqual([true, true]);
      expect(changes).toBeGreaterThan(before);
      await expect(stop.settled('no such stop')).rejects.toThrow('no such stop');
    });

    test('counts each press once, keeps a thousand characters of its reason, and is durable in what it says', async () => {
      const { stop, order, clock, dir } = started();
      const reason = 'x'.repeat(1_500);
      expect(stop.engage(order({ scope, reason })).isDurable).toBe(true);
      expect(stop.status().pressCount).toBe(1);
      expect(stop.status().stops[0]?.reason).toHaveLength(1_000);
      await clock.advance(10);
      stop.engage(order({ scope }));
      expect(stop.status().pressCount).toBe(2);
      const kept =
        scope.kind === 'everything' ? [readLatch(join(dir, 'latch'))] : readNarrowStops(join(dir, 'stops'));
      expect(JSON.stringify(kept)).toContain('"isDurable":true');
      expect(stop.status().stops).toMatchObject([{ isDurable: true, isSilent: true }]);
    });
  },
);

describe('a stop of everything', () => {
  test('covers everything at once, also when nothing was ever started', () => {
    const { stop, order } = createStopFixture(tempDir());
    stop.open();
    stop.engage(order());
    expect(stop.gate.covered()).toEqual([{ scope: { kind: 'everything' }, reason: 'stopped' }]);
  });

  test('pressed again is confirmed once when it was, and at last when it was not', async () => {
    const { stop, order, clock, publisher, count } = started();
    publisher.behaviour = 'immortal';
    stop.engage(order());
    await clock.advance(2_000);
    expect(stop.status().state).toBe('not-confirmed');
    publisher.behaviour = 'absent';
    stop.engage(order());
    expect(stop.status()).toMatchObject({ state: 'stopped', stops: [{ todo: '' }] });
    stop.engage(order());
    expect(count('stop.confirmed')).toBe(1);
    expect(count('stop.pressed-again')).toBe(2);
  });

  test('whose permit could not go takes its removal by hand for a press, and one that is gone for none', async () => {
    for (const isLeft of [true, false]) {
      let isFailing = false;
      const { stop, order, clock, permit } = started((disk) => ({
        ...disk,
        removePermit(unlinked) {
          if (!isFailing) return disk.removePermit(unlinked);
          if (isLeft) unlinked();
          else disk.removePermit(unlinked);
          return false;
        },
      }));
      isFailing = true;
      stop.engage(order());
      await clock.advance(10);
      isFailing = false;
      const { pressCount } = stop.status();
      rmSync(permit, { force: true });
      stop.checkFiles();
      expect(stop.status().pressCount - pressCount, `left: ${isLeft}`).toBe(isLeft ? 1 : 0);
    }
  });
});

describe('narrower stops', () => {
  /** A disk that counts what is written, and fails when told. */
  function watched() {
    const disk = { writes: 0, fails: false };
    const made = started((real) => ({
      ...real,
      writeNarrow(stops) {
        disk.writes += 1;
        return !disk.fails && real.writeNarrow(stops);
      },
      syncNarrow: (stops) => !disk.fails && real.syncNarrow(stops),
    }));
    return { ...made, disk };
  }

  test('made in one step share the first part of their ids; one alone has its own', () => {
    const { stop, order } = started();
    expect(stop.engage(order({ scope: BRAND })).id).toMatch(/^stop-\d+-\d+$/u);
    const both = stop.engageAll([order({ scope: OTHER }), order({ scope: { kind: 'brand', brandId: 3 } })]);
    const [group] = both[0]?.id.split('.') ?? [];
    expect(both.map(({ id }) => id)).toEqual([`${group}.account:5`, `${group}.brand:3`]);
  });

  test('are written once, and once more for a reason that comes later, and then no more', async () => {
    const { stop, order, clock, disk } = watched();
    stop.engage(order({ scope: BRAND }));
    await clock.advance(10);
    stop.engage(order({ scope: BRAND }));
    expect(disk.writes).toBe(1);
    expect(stop.engage(order({ scope: BRAND, reason: 'The client called' }))).toMatchObject({
      reason: 'The client called',
      isDurable: true,
    });
    expect(disk.writes).toBe(2);
    stop.checkFiles();
    expect(disk.writes).toBe(2);
  });

  test('that cannot be written are none of their own: everything is stopped in their place, and said to be', () => {
    const { stop, order, disk, records } = watched();
    disk.fails = true;
    const engaged = stop.engage(order({ scope: BRAND }));
    expect(engaged).toMatchObject({ scope: { kind: 'everything' }, widenedFrom: 'brand:2', isDurable: true });
    expect(stop.status().stops).toHaveLength(1);
    expect(
      records.filter(({ event }) => event === 'stop.engaged').map(({ details }) => details.scope),
    ).toEqual(['everything']);
  });

  test('left by another process count as one press, and stay also where they cannot be synced', () => {
    const { stop, dir, disk } = watched();
    const outside = createStopFixture(dir);
    outside.stop.open();
    outside.stop.engage(outside.order({ scope: BRAND }));
    disk.fails = true;
    stop.checkFiles();
    const { stops, pressCount } = stop.status();
    expect(stops.map(({ scope }) => scope.kind)).toContain('brand');
    expect(stops.find(({ scope }) => scope.kind === 'brand')?.isDurable).toBe(false);
    expect(stops[0]).toMatchObject({ scope: { kind: 'everything' }, widenedFrom: 'brand:2' });
    expect(pressCount).toBe(1);
  });
});
