import { readFileSync, rmSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { EVERYTHING, type Scope } from '../../src-main/core/scope.ts';
import { createStopHistory } from '../../src-main/ipc/stop-history.ts';
import { readReport, readTold } from '../../src-main/report/read-report.ts';
import type { JournalRecord } from '../../src-main/stop/journal.ts';
import { writeLatch } from '../../src-main/stop/latch.ts';
import { writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { makeAccount, makeBrand } from '../storage/sample-posts.ts';
import { type EngineHere, openEngine } from '../support/engine-here.ts';
import { makeStop } from '../support/sample-stop.ts';

vi.setConfig({ testTimeout: 60_000 });

const engagedIn = ({ engine }: EngineHere) =>
  readFileSync(engine.paths.journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalRecord)
    .filter(({ event }) => event === 'stop.engaged');

/** An app that published, and is closed: with a brand of one account. */
async function closedApp() {
  const here = await openEngine();
  const brandId = await makeBrand(here.storage, { name: 'Lune', market: 'France' });
  await makeAccount(here.storage, brandId, '@lune');
  await here.engine.attach(here.storage);
  here.engine.stop.start('Zoé');
  return { here, brandId, dataDir: here.dataDir, paths: here.engine.paths };
}

test.each([
  ['everything', () => EVERYTHING],
  ['one brand', (brandId: number): Scope => ({ kind: 'brand', brandId })],
] as const)(
  'a stop of %s that no line tells of is in the journal, the report and the history with its own id and time',
  async (_, scopeOf) => {
    const { here, brandId, dataDir, paths } = await closedApp();
    await here.close();
    const stop = makeStop({
      scope: scopeOf(brandId),
      control: 'command-line',
      engagedAt: Date.now() - 3_600_000,
    });
    if (stop.scope.kind === 'everything') {
      rmSync(paths.permit);
      writeLatch(paths.latch, { state: 'stopped', epoch: 2, stop });
    } else writeNarrow(paths.stops, [{ stop, endsAt: null }]);
    let again = await openEngine({ dataDir });
    await again.close();
    again = await openEngine({ dataDir });
    await again.engine.attach(again.storage);
    expect(engagedIn(again)).toMatchObject([
      { control: 'command-line', by: stop.by, details: { stop: stop.id, engagedAt: stop.engagedAt } },
    ]);
    const { id, engagedAt, by } = stop;
    expect((await readTold(paths.journal)).stop('last')).toMatchObject({ id, engagedAt });
    const from = { path: paths.journal, headPath: paths.journalHead, now: Date.now() };
    const names = { brands: [{ id: brandId, name: 'Lune', market: 'France' }], accounts: [] };
    expect(await readReport({ ...from, names }, id, brandId)).toMatchObject({
      value: { stop: { at: engagedAt, by } },
    });
    // As the next start reads it, when the stop is no longer in force.
    rmSync(paths.stops, { recursive: true, force: true });
    const engine = {
      ...again.engine,
      stop: { ...again.engine.stop, status: () => ({ ...again.engine.stop.status(), stops: [] }) },
    };
    const history = createStopHistory({
      engine,
      posts: () => null,
      directory: () => null,
      now: Date.now,
      onRead: () => {},
    });
    expect(await history.list(5)).toMatchObject([{ id, engagedAt, by }]);
    history.close();
  },
);

test('what a release left in force is not told as a stop of its own at the next start', async () => {
  const { here, brandId, dataDir } = await closedApp();
  const other = await makeBrand(here.storage, { name: 'Sol', market: 'France' });
  const { stop } = here.engine;
  const { id } = stop.engage({
    scope: EVERYTHING,
    control: 'button',
    by: 'Zoé',
    reason: '',
    widenedFrom: '',
  });
  await stop.settled(id);
  const allBrands = [brandId, other].map((each) => ({ brandId: each, market: 'France' }));
  const { pressCount } = stop.status();
  expect(stop.release({ brandIds: [other], stopIds: [], allBrands, by: 'Zoé', pressCount }).ok).toBe(true);
  await here.close();
  const again = await openEngine({ dataDir });
  expect(again.engine.stop.status().stops).toMatchObject([{ scope: { kind: 'brand', brandId } }]);
  expect(engagedIn(again).map(({ details }) => details.stop)).toEqual([id]);
});
