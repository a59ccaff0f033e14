import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StopDisk } from '../../src-main/core/stop-ports.ts';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import { armFiles } from '../../src-main/stop/arming.ts';
import { readHostId } from '../../src-main/stop/host.ts';
import { readNarrowStops } from '../../src-main/stop/narrow-stops.ts';
import { writeNames } from '../../src-main/stop/scope-names.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { readPublishingFiles, stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { allOf } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const BRANDS = [1, 2, 3];

const stopOutside = (dataDir: string, scopes: readonly string[] = []) =>
  stopFromOutside({ dataDir, scopes, control: 'command-line', by: 'Ana', reason: 'again' });

/** Publishing; `meanwhile` is run once, at the next writing of a release or its arming. */
function started(wrap: (disk: StopDisk, act: () => void) => StopDisk) {
  const dir = tempDir();
  let meanwhile = () => {};
  const act = () => {
    const now = meanwhile;
    meanwhile = () => {};
    now();
  };
  const fixture = createStopFixture(dir, (disk) => wrap(disk, act));
  fixture.stop.open();
  fixture.stop.start('Zoé Martin');
  const names = BRANDS.map((id) => ({ id, name: `brand ${id}`, market: 'France' }));
  writeNames(stopPaths(dir).names, { brands: names, accounts: [] });
  return {
    ...fixture,
    dir,
    meanwhile(next: () => void) {
      meanwhile = next;
    },
    release: (brandIds: readonly number[]) =>
      fixture.stop.release({
        brandIds,
        ...allOf(BRANDS),
        by: 'Zoé Martin',
        pressCount: fixture.stop.status().pressCount,
      }),
  };
}

test.each([1, 2, 3])(
  'a brand stopped from outside while the release of %i brands is being written stays stopped',
  async (count) => {
    const { stop, order, clock, dir, release, meanwhile } = started((disk, act) => ({
      ...disk,
      writeNarrow(all) {
        if (all.some(({ endsAt }) => endsAt !== null)) act();
        return disk.writeNarrow(all);
      },
    }));
    const brands = BRANDS.slice(0, count);
    stop.engageAll(brands.map((brandId) => order({ scope: { kind: 'brand', brandId } })));
    await clock.advance(1_000);
    meanwhile(() => expect(stopOutside(dir, [`brand:brand ${count}`]).isDurable).toBe(true));
    expect(release(brands).ok).toBe(false);
    stop.checkFiles();
    await clock.advance(COUNTDOWN_MS + 10_000);
    stop.gate.swept(clock.now());
    stop.checkFiles();
    expect(stop.status().stops).toHaveLength(count);
    expect(stop.status().stops.find(({ by }) => by === 'Ana')).toMatchObject({ scope: { brandId: count } });
    const found = readNarrowStops(stopPaths(dir).stops);
    expect(found.ok && found.stops.filter(({ endsAt }) => endsAt === null)).toHaveLength(count);
    expect(release(brands).ok).toBe(true);
  },
);

test('everything stopped from outside while a release keeps the other brands stays stopped', async () => {
  const { stop, order, clock, dir, release, meanwhile } = started((disk, act) => ({
    ...disk,
    arm(...given) {
      act();
      return disk.arm(...given);
    },
  }));
  stop.engage(order());
  await clock.advance(1_000);
  meanwhile(() => expect(stopOutside(dir).isDurable).toBe(true));
  expect(release([1]).ok).toBe(false);
  stop.checkFiles();
  await clock.advance(COUNTDOWN_MS + 10_000);
  stop.checkFiles();
  expect(stop.status().state).toBe('stopped');
});

/** Everything stopped, and armed once more while `meanwhile` comes between. */
function arming(at: 'reserve' | 'permit') {
  const dir = tempDir();
  stopOutside(dir);
  const epoch = readPublishingFiles(dir).epoch + 1;
  const act = (step: typeof at) => {
    if (step === at) expect(stopOutside(dir).isDurable).toBe(true);
    return true;
  };
  const permit = {
    epoch,
    host: readHostId(),
    sendsFrom: 0,
    // Read when the permit is written, behind the latch.
    get by() {
      act('permit');
      return '';
    },
  };
  return { dir, isArmed: armFiles(stopPaths(dir), permit, () => act('reserve')) };
}

test.each(['reserve', 'permit'] as const)(
  'everything stopped from outside while an arming writes its %s stays stopped',
  (step) => {
    const { dir, isArmed } = arming(step);
    expect(isArmed).toBe(false);
    expect(readPublishingFiles(dir).state).toBe('stopped');
    expect(existsSync(stopPaths(dir).permit)).toBe(false);
  },
);
