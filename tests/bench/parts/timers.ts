import { answerPart, settledMemory, watchLoop } from '../child.ts';
import { type Spread, spreadOf } from '../figures.ts';

const DAY = 86_400_000;
/** A longer timeout than this fires at once: the peer cannot do the rest of the 30 days. */
const LONGEST_MS = 2 ** 31 - 1;

export type TimersTask = { readonly posts: number; readonly due: number };
export type TimersAnswer = {
  readonly load: number;
  readonly clear: number;
  readonly memory: number;
  readonly lateness: Spread;
  readonly longestBlock: number;
  /** Of 30 days, the share a timer cannot wait for. */
  readonly beyondReach: number;
};

/** A peer: one `setTimeout` per post, and `clearTimeout` of all of them as the stop. */
await answerPart(async ({ posts, due }: TimersTask): Promise<TimersAnswer> => {
  const lateness: number[] = [];
  const before = await settledMemory();
  const at = Date.now() + 1_000;
  await new Promise<void>((resolve) => {
    for (let index = 0; index < due; index += 1) {
      setTimeout(() => {
        lateness.push(Date.now() - at);
        if (lateness.length === due) resolve();
      }, at - Date.now());
    }
  });
  const endWatch = watchLoop();
  const loadBegun = performance.now();
  const timers: NodeJS.Timeout[] = [];
  let beyond = 0;
  for (let index = 0; index < posts; index += 1) {
    const wait = (index * 7_919_017) % (30 * DAY);
    if (wait > LONGEST_MS) beyond += 1;
    timers.push(setTimeout(() => lateness.push(index), Math.min(LONGEST_MS, wait + 3_600_000)));
  }
  const load = performance.now() - loadBegun;
  const memory = (await settledMemory()) - before;
  const clearBegun = performance.now();
  for (const timer of timers) clearTimeout(timer);
  const clear = performance.now() - clearBegun;
  return {
    load,
    clear,
    memory,
    lateness: spreadOf(lateness),
    longestBlock: await endWatch(),
    beyondReach: beyond / posts,
  };
});
