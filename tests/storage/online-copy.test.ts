import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkCopy } from '../../src-main/storage/online-copy.ts';
import { freshStorage } from './fresh-storage.ts';
import { makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

it('copies the whole database while others write to it, and holds what it held in the end', async () => {
  const { storage, folder } = await freshStorage();
  const accountId = await makeAccount(storage, await makeBrand(storage), 'maison');
  const text = 'A long text, so that the copy takes several steps. '.repeat(60);
  const posts = Array.from({ length: 1_500 }, (_, n) => makePost(accountId, { text: `${n} ${text}` }));
  const { ids } = await storage.posts.add(posts, NOW);
  let isDone = false;
  let asked = 0;
  const longest = { ms: 0 };
  // Claims and holds of others, all the time: each waits for a step at most, and each is in the copy.
  const others = (async () => {
    while (!isDone) {
      const began = performance.now();
      await storage.posts.move(ids.slice(asked, asked + 5), 'held', 'by-person', '', NOW);
      longest.ms = Math.max(longest.ms, performance.now() - began);
      asked += 5;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const path = `${folder}/copy.sqlite`;
  const counts = await storage.copyTo(path, () => false);
  isDone = true;
  await others;
  expect(asked).toBeGreaterThan(10);
  expect(counts?.posts.held).toBeGreaterThan(0);
  expect((counts?.posts.held ?? 0) + (counts?.posts.scheduled ?? 0)).toBe(1_500);
  expect(await checkCopy(path)).toEqual(counts);
  expect(existsSync(`${path}-wal`)).toBe(false);
});

it('leaves nothing when it is given up, and the database can be closed', async () => {
  const { storage, folder } = await freshStorage();
  await makeAccount(storage, await makeBrand(storage), 'maison');
  expect(await storage.copyTo(`${folder}/copy.sqlite`, () => true)).toBeNull();
  expect(existsSync(`${folder}/copy.sqlite`)).toBe(false);
  await storage.close();
});

it('rejects with what is wrong, and leaves nothing, where no file can be made', async () => {
  const { storage, folder } = await freshStorage();
  await makeBrand(storage);
  await expect(storage.copyTo(`${folder}/none/copy.sqlite`, () => false)).rejects.toMatchObject({
    code: 'database-unreadable',
  });
  expect(await storage.brands.list()).toHaveLength(1);
});
