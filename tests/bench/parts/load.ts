import { stat } from 'node:fs/promises';
import { answerPart, watchLoop } from '../child.ts';
import { accountIds, makeDesk, makePosts, openOrThrow, pendingAt } from '../fill.ts';

const AT_ONCE = 100_000;

export type LoadTask = { readonly path: string; readonly posts: number };
export type LoadAnswer = {
  /** Milliseconds of every call of `add`, taken by 100,000 posts. */
  readonly perHundredThousand: readonly number[];
  readonly total: number;
  readonly fileBytes: number;
  readonly longestBlock: number;
};

/** Makes the desk and adds the posts, each 100,000 of them in one durable transaction. Making them up is not timed. */
await answerPart(async ({ path, posts }: LoadTask): Promise<LoadAnswer> => {
  const storage = await openOrThrow(path);
  await makeDesk(storage);
  const accounts = await accountIds(storage);
  const publishAt = pendingAt(Date.now());
  const perHundredThousand: number[] = [];
  let total = 0;
  let longestBlock = 0;
  for (let from = 0; from < posts; from += AT_ONCE) {
    const made = makePosts(accounts, { from, to: Math.min(posts, from + AT_ONCE) }, publishAt);
    const endWatch = watchLoop();
    const begun = performance.now();
    await storage.posts.add(made, Date.now());
    const taken = performance.now() - begun;
    longestBlock = Math.max(longestBlock, await endWatch());
    total += taken;
    perHundredThousand.push((taken * AT_ONCE) / made.length);
  }
  await storage.close();
  return { perHundredThousand, total, fileBytes: (await stat(path)).size, longestBlock };
});
