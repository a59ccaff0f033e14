import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readLatch, writeLatch } from '../../src-main/stop/latch.ts';
import { writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { makeStop } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const BRAND = { kind: 'brand', brandId: 2 } as const;
const made = makeStop({ id: 'outside', control: 'command-line', reason: 'Attack', inFlight: [4] });

function started() {
  const dir = tempDir();
  const paths = stopPaths(dir);
  const fixture = createStopFixture(dir);
  fixture.stop.open();
  fixture.stop.start('Zoé Martin');
  return {
    ...fixture,
    dir,
    paths,
    /** What the command line does to the permit and the latch. */
    stopFromOutside(epoch: number) {
      rmSync(paths.permit, { force: true });
      writeLatch(paths.latch, { state: 'stopped', epoch, stop: made });
    },
  };
}

const engagedOf = (fixture: Pick<ReturnType<typeof started>, 'records'>) =>
  fixture.records.flatMap(({ event, control, by, details }) =>
    event === 'stop.engaged' ? [{ control, by, ...details }] : [],
  );

const asMade = { stop: made.id, by: made.by, control: 'command-line', engagedAt: made.engagedAt };

describe('a stop of everything made by another process', () => {
  test('while the app hung is one stop by one id and time in status, latch and record', async () => {
    const fixture = started();
    fixture.stopFromOutside(2);
    await fixture.clock.advance(900_000);
    fixture.stop.checkFiles();
    const { id, engagedAt, by } = made;
    expect(fixture.stop.status().stops).toMatchObject([
      { id, engagedAt, by, isDurable: true, inFlight: [4] },
    ]);
    expect(readLatch(fixture.paths.latch).stop).toMatchObject({ id, engagedAt, by });
    expect(engagedOf(fixture)).toMatchObject([{ ...asMade, scope: 'everything', inFlight: [4] }]);
  });

  test('that names nothing in flight is told what is in flight here', () => {
    const fixture = started();
    fixture.publisher.flying = [7];
    rmSync(fixture.paths.permit, { force: true });
    writeLatch(fixture.paths.latch, { state: 'stopped', epoch: 2, stop: { ...made, inFlight: [] } });
    fixture.stop.checkFiles();
    expect(fixture.stop.status().stops).toMatchObject([{ id: made.id, inFlight: [7] }]);
  });

  test('before the start is recorded once as engaged, then as found', () => {
    const { dir, stop, stopFromOutside } = started();
    stop.close();
    stopFromOutside(2);
    const again = createStopFixture(dir);
    again.stop.open();
    expect(again.records.map(({ event }) => event)).toEqual(['stop.engaged', 'stop.found']);
    expect(engagedOf(again)).toMatchObject([{ ...asMade, scope: 'everything' }]);
  });

  test('that left the permit where it was keeps its id and is recorded once', () => {
    const { dir, stop, paths } = started();
    stop.close();
    writeLatch(paths.latch, { state: 'stopped', epoch: 2, stop: made });
    const again = createStopFixture(dir);
    again.stop.open();
    expect(again.stop.status().stops).toMatchObject([{ id: made.id, engagedAt: made.engagedAt }]);
    expect(engagedOf(again)).toMatchObject([asMade]);
  });

  test('is a stop of its own when the latch is an older one that was put back', () => {
    const fixture = started();
    fixture.stopFromOutside(0);
    fixture.stop.checkFiles();
    expect(fixture.stop.status().stops).toMatchObject([{ by: made.by, engagedAt: fixture.clock.now() }]);
    expect(fixture.stop.status().stops[0]?.id).not.toBe(made.id);
  });
});

test('every narrower stop in force at a start is recorded as engaged, the oldest first, and none that was released', () => {
  const { dir, stop, paths } = started();
  stop.close();
  const [first, second, third] = [
    BRAND,
    { kind: 'network', network: 'x' } as const,
    { kind: 'brand', brandId: 9 } as const,
  ].map((scope, index) => makeStop({ scope, id: `narrow-${index}`, engagedAt: made.engagedAt - index }));
  if (!first || !second || !third) throw new Error('three stops');
  writeNarrow(paths.stops, [
    { stop: first, endsAt: null },
    { stop: second, endsAt: null },
    { stop: third, endsAt: made.engagedAt + 1e12 },
  ]);
  const again = createStopFixture(dir);
  again.stop.open();
  expect(engagedOf(again)).toMatchObject([
    {
      stop: second.id,
      scope: 'network:x',
      engagedAt: second.engagedAt,
      by: second.by,
      reason: second.reason,
    },
    { stop: first.id, scope: 'brand:2', engagedAt: first.engagedAt },
  ]);
});
