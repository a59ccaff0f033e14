import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import { allOf } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const release = (brandIds: number[]) => ({ brandIds, ...allOf([1, 2, 3]), by: 'Zoé Martin' });

test('no order of engage, release, restart and time opens the gate for a stopped brand', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('engage' as const), brand: fc.option(fc.integer({ min: 1, max: 3 })) }),
    fc.record({
      do: fc.constant('release' as const),
      brands: fc.uniqueArray(fc.integer({ min: 1, max: 3 })),
    }),
    fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(1, 300, 60_000, 120_000) }),
    fc.record({ do: fc.constant('restart' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const dir = tempDir();
      let fixture = createStopFixture(dir);
      fixture.stop.open();
      fixture.stop.start('');
      // The model: which brands may publish, and from when.
      const openFrom = new Map([1, 2, 3].map((brand) => [brand, 0]));
      let isStopped = false;
      let epoch = fixture.stop.status().epoch;
      for (const action of steps) {
        const { clock } = fixture;
        if (action.do === 'engage') {
          const scope = action.brand
            ? { kind: 'brand' as const, brandId: action.brand }
            : { kind: 'everything' as const };
          fixture.stop.engage(fixture.order({ scope }));
          if (scope.kind === 'everything') isStopped = true;
          for (const brand of scope.kind === 'brand' ? [scope.brandId] : [1, 2, 3])
            openFrom.set(brand, Number.POSITIVE_INFINITY);
          await clock.advance(10);
        } else if (action.do === 'release') {
          if (
            fixture.stop.release({ ...release(action.brands), pressCount: fixture.stop.status().pressCount })
              .ok
          ) {
            for (const brand of action.brands)
              if (isStopped || openFrom.get(brand) === Number.POSITIVE_INFINITY)
                openFrom.set(brand, clock.now() + COUNTDOWN_MS);
            isStopped = false;
          }
        } else if (action.do === 'advance') {
          await clock.advance(action.ms);
        } else {
          fixture.stop.close();
          fixture = createStopFixture(dir, undefined, clock);
          fixture.stop.open();
        }
        const status = fixture.stop.status();
        expect(status.epoch).toBeGreaterThanOrEqual(epoch);
        epoch = status.epoch;
        for (const [brand, from] of openFrom) {
          const isCovered = fixture.stop.gate
            .covered()
            .some(
              ({ scope }) =>
                scope.kind === 'everything' || (scope.kind === 'brand' && scope.brandId === brand),
            );
          const mayPublish = fixture.stop.gate.isOpen() && !isCovered;
          expect(mayPublish && fixture.clock.now() < from).toBe(false);
        }
      }
      fixture.stop.close();
    }),
    { numRuns: 150 },
  );
});
