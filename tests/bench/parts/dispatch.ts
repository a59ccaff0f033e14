import { join } from 'node:path';
import { createSystemClock } from '../../../src-main/desktop/system-clock.ts';
import { answerPart, pause, settledMemory, watchLoop } from '../child.ts';
import { type Spread, spreadOf } from '../figures.ts';
import { accountIds, makePosts, openOrThrow } from '../fill.ts';
import { createRig } from '../rig.ts';

export type DispatchTask = {
  readonly folder: string;
  readonly path: string;
  readonly due: number;
  readonly cap: number;
  readonly series: string;
};
export type DispatchAnswer = {
  /** Milliseconds from the instant at which all were due to the start of each. */
  readonly lateness: Spread;
  /** The earliest; negative when before its time. */
  readonly first: number;
  readonly perSecond: number;
  readonly twice: number;
  /** Milliseconds until the last was settled durably. */
  readonly allSettled: number;
  readonly longestBlock: number;
  readonly memoryAfter: number;
};

/** `due` posts at one instant, claimed durably through the real scheduler, with nobody at the other end. */
await answerPart(async ({ folder, path, due, cap, series }: DispatchTask): Promise<DispatchAnswer> => {
  const clock = createSystemClock();
  const storage = await openOrThrow(path);
  const accounts = await accountIds(storage);
  const at = Date.now() + 2_500;
  const { ids } = await storage.posts.add(
    makePosts(accounts, { from: 0, to: due }, () => at, series),
    Date.now(),
  );
  const wanted = new Set(ids);
  const starts = new Map<number, number>();
  let twice = 0;
  let settled = 0;
  let settledAt = 0;
  const rig = createRig({
    dataDir: join(folder, 'dispatch'),
    storage,
    clock,
    cap,
    publisher: 'here',
    onStart: ({ post }) => {
      if (!wanted.has(post.id)) return;
      if (starts.has(post.id)) twice += 1;
      starts.set(post.id, Date.now() - at);
    },
    onSettled: (settlements) => {
      settled += settlements.filter(({ postId }) => wanted.has(postId)).length;
      if (settled === due) settledAt = Date.now() - at;
    },
  });
  rig.scheduler.start();
  await pause(Math.max(0, at - Date.now() - 300));
  if (Date.now() > at) throw new Error('the posts were due before the scheduler was ready');
  const endWatch = watchLoop();
  const giveUp = Date.now() + 120_000;
  while (settled < due && Date.now() < giveUp) await pause(20);
  const longestBlock = await endWatch();
  const lateness = [...starts.values()];
  await rig.close();
  const memoryAfter = await settledMemory();
  await storage.close();
  return {
    lateness: spreadOf(lateness),
    first: Math.min(...lateness),
    perSecond: (lateness.length / Math.max(...lateness)) * 1_000,
    twice,
    allSettled: settledAt,
    longestBlock,
    memoryAfter,
  };
});
