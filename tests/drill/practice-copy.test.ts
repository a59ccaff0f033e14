import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type DeskNames, fillPractice, INVENTED } from '../../src-main/drill/practice-copy.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { tempDir } from '../support/temp-dir.ts';

async function fill(desk: DeskNames, cap = 4) {
  const opened = await openStorage({ path: join(tempDir(), 'queue.sqlite'), now: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  const storage = opened.value;
  onTestFinished(() => storage.close());
  const filled = await fillPractice(storage, desk, Date.now(), cap);
  if (!filled.ok) throw new Error(filled.error.message);
  const [brands, accounts, sealed, page] = await Promise.all([
    storage.brands.list(),
    storage.accounts.list(),
    storage.accounts.sealed(),
    storage.posts.page({}, 'soonest', 0, 500),
  ]);
  return { brands, accounts, sealed, posts: page.posts, filled: filled.value };
}

test('every account of the copy is a slow practice account without a secret, and posts are due at once and for minutes', async () => {
  const { brands, accounts, sealed, posts } = await fill([
    { name: 'Cobalt', accounts: ['town', 'Town', 'feed'] },
    { name: 'Empty', accounts: [] },
    { name: 'Harrow', accounts: ['feed'] },
  ]);
  expect(brands.map(({ name }) => name).sort()).toEqual(['Cobalt', 'Harrow']);
  expect(new Set(accounts.map(({ network }) => network))).toEqual(new Set(['practice']));
  expect(accounts.every(({ settings }) => settings.behaviour === 'slow')).toBe(true);
  expect(sealed.size).toBe(0);
  expect(accounts.length).toBeGreaterThanOrEqual(8);
  expect(accounts.map(({ name }) => name)).toEqual(expect.arrayContaining(['town', 'Town (2)', 'feed']));
  expect(posts[0]?.publishAt).toBeLessThanOrEqual(Date.now());
  expect(Math.max(...posts.map(({ publishAt }) => publishAt))).toBeGreaterThan(Date.now() + 4 * 60_000);
});

test('of a large desk some accounts of every brand in turn are taken; of none, invented ones', async () => {
  const large = Array.from({ length: 200 }, (_, n) => ({
    name: `Brand ${n}`,
    accounts: Array.from({ length: 5 }, (_one, a) => `account ${a}`),
  }));
  expect((await fill(large)).filled).toMatchObject({ accounts: 24 });
  expect((await fill(large)).brands).toHaveLength(24);
  expect((await fill(large, 32)).filled).toMatchObject({ accounts: 32 });
  const invented = await fill([]);
  expect(invented.brands).toHaveLength(INVENTED.length);
});
