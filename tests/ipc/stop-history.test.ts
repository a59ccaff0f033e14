import { expect, test } from 'vitest';
import { createStopHistory } from '../../src-main/ipc/stop-history.ts';
import { openDeskRig } from './desk-rig.ts';

const MEGABYTE = 1024 * 1024;

/** A rig whose stops lie under `megabytes` of other records, with a history made anew, as at the next start. */
async function laterStart(megabytes: number) {
  const rig = await openDeskRig();
  const { engine } = rig;
  const brandId = await rig.addBrand('Maison Lune');
  await rig.handlers['desk.read']({});
  await rig.handlers['stop.engage']({ scopes: [{ kind: 'everything' }], reason: 'a drill' });
  await engine.stop.settled(engine.stop.status().stops[0]?.id ?? '');
  const { pressCount } = engine.stop.status();
  const order = { brandIds: [brandId], stopIds: [], by: 'Zoé Martin', pressCount };
  expect(await rig.handlers['release.confirm'](order)).toMatchObject({ ok: true });
  await rig.handlers['stop.engage']({ scopes: [{ kind: 'brand', brandId }] });
  await rig.handlers['stop.list']({ limit: 10 });
  await expect.poll(heldLines).toBe(2);
  const words = 'x'.repeat(MEGABYTE / 16);
  for (let i = 0; i < megabytes * 16; i++)
    engine.journal.appendSoon([{ event: 'posts.planned', details: { words } }]);
  await engine.journal.flush();

  function heldLines(): number {
    return [...engine.journal.back(['stop.held'], 64 * MEGABYTE)].filter((line) => line !== null).length;
  }

  let blocks = 0;
  let read = 0;
  const history = createStopHistory({
    engine: {
      ...engine,
      journal: {
        ...engine.journal,
        *back(events, most) {
          for (const record of engine.journal.back(events, most)) {
            if (record === null) blocks += 1;
            yield record;
          }
        },
      },
    },
    posts: () => rig.storage.posts,
    directory: () => null,
    now: Date.now,
    onRead: () => {
      read += 1;
    },
  });
  return { rig, history, brandId, heldLines, blocksAtOnce: blocks, read: () => read, blocks: () => blocks };
}

test('of a long journal only the end is read at once, and stops of before are known a moment later', async () => {
  const { history, brandId, heldLines, blocksAtOnce, read, blocks } = await laterStart(3);
  expect(blocksAtOnce).toBeLessThan(6);
  expect(await history.lastOfEverything()).toBeNull();
  const stops = await history.list(10);
  expect(blocks()).toBeGreaterThan(10);
  expect(stops).toMatchObject([
    { scope: { kind: 'brand', brandId }, isInForce: true, releasedAt: null },
    { scope: { kind: 'everything' }, reason: 'a drill', isInForce: false, releasedBy: 'Zoé Martin' },
  ]);
  expect(read()).toBe(1);
  expect(await history.lastOfEverything()).toMatchObject({ reason: 'a drill' });
  // What an earlier run counted is not counted and told once more.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(heldLines()).toBe(2);
  history.close();
});

test('a short journal is read whole at once, and one that is closed meanwhile is read no further', async () => {
  const short = await laterStart(0);
  expect(await short.history.lastOfEverything()).toMatchObject({ reason: 'a drill' });
  expect(short.read()).toBe(0);
  short.history.close();
  const long = await laterStart(3);
  long.history.close();
  expect((await long.history.list(10)).map(({ scope }) => scope.kind)).toEqual(['brand']);
  expect([long.blocks(), long.read()]).toEqual([long.blocksAtOnce, 0]);
});
