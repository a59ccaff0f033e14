import { join } from 'node:path';
import { COUNTDOWN_MS } from '../../../src-main/core/stop-state.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { allOf } from '../../support/sample-stop.ts';
import { answerPart, pause, watchLoop } from '../child.ts';
import { accountIds, makePosts, openOrThrow } from '../fill.ts';
import { createRig } from '../rig.ts';

const OVERDUE = 5_000;

export type ReleaseTask = { readonly folder: string; readonly path: string };
export type ReleaseAnswer = {
  readonly overdue: number;
  /** Of those that fell due under the stop or in the countdown. */
  readonly begunByRelease: number;
  /** Due after the countdown: these must go, or nothing was tried. */
  readonly laterWanted: number;
  readonly laterBegun: number;
  readonly longestBlock: number;
};

/** Stops, lets posts fall due, releases, and turns the clock past the countdown: nothing overdue may go by itself. */
await answerPart(async ({ folder, path }: ReleaseTask): Promise<ReleaseAnswer> => {
  const storage = await openOrThrow(path);
  const accounts = await accountIds(storage);
  const brands = (await storage.brands.list()).map(({ id }) => id);
  const start = Date.now();
  const clock = createFakeClock(start);
  const add = async (count: number, at: number, series: string) =>
    new Set(
      (
        await storage.posts.add(
          makePosts(accounts, { from: 0, to: count }, () => at, series),
          start,
        )
      ).ids,
    );
  const overdue = await add(OVERDUE, start + 5_000, 'overdue');
  const inCountdown = await add(500, start + 70_000, 'in the countdown');
  const later = await add(500, start + 60_000 + COUNTDOWN_MS + 5_000, 'later');
  let begunByRelease = 0;
  let laterBegun = 0;
  const rig = createRig({
    dataDir: join(folder, 'release'),
    storage,
    clock,
    cap: 100,
    publisher: 'here',
    onStart: ({ post }) => {
      if (overdue.has(post.id) || inCountdown.has(post.id)) begunByRelease += 1;
      if (later.has(post.id)) laterBegun += 1;
    },
  });
  const endWatch = watchLoop();
  rig.scheduler.start();
  rig.press();
  for (let second = 0; second < 60; second += 1) await clock.advance(1_000);
  await pause(1_000);
  const released = rig.stop.release({
    brandIds: brands,
    ...allOf(brands),
    by: 'bench',
    pressCount: rig.stop.status().pressCount,
  });
  if (!released.ok) throw new Error(released.error.message);
  for (let second = 0; second < COUNTDOWN_MS / 1_000 + 10; second += 1) {
    await clock.advance(1_000);
    await pause(5);
  }
  await rig.scheduler.runOnce();
  for (let round = 0; laterBegun < later.size && round < 100; round += 1) {
    await pause(20);
    await rig.scheduler.runOnce();
  }
  const longestBlock = await endWatch();
  const closing = rig.close();
  await clock.advance(5_000);
  await closing;
  await storage.close();
  return {
    overdue: overdue.size + inCountdown.size,
    begunByRelease,
    laterWanted: later.size,
    laterBegun,
    longestBlock,
  };
});
