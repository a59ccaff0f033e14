import { expect, test } from 'vitest';
import { isEmptyDigest, readDigest, readHoursAhead } from '../src-main/hours-ahead.ts';
import { freshStorage } from './storage/fresh-storage.ts';
import { DAY, MINUTE, makeAccount, makeBrand, makePost, NOW } from './storage/sample-posts.ts';

const HOUR = 60 * MINUTE;

async function fill(hours: readonly number[]) {
  const { storage } = await freshStorage();
  const accountId = await makeAccount(storage, await makeBrand(storage), 'maison');
  const posts = hours.map((at) => makePost(accountId, { text: `at ${at}`, publishAt: NOW + at * HOUR }));
  const { ids } = await storage.posts.add(posts, NOW - DAY);
  return { storage, ids };
}

test('says how many posts the next twelve hours bring and before which the computer may fall asleep', async () => {
  const { storage } = await fill([2, 3, 11, 13]);
  const read = (awakeMs: number, isPublishing = true) =>
    readHoursAhead(storage.posts, NOW, isPublishing, awakeMs);
  const facts = { hours: 12, posts: 3, firstAt: NOW + 2 * HOUR, lastAt: NOW + 11 * HOUR, isPublishing: true };
  expect(await read(12 * HOUR)).toEqual({ ...facts, mayMissAt: null });
  expect(await read(2 * HOUR)).toEqual({ ...facts, mayMissAt: NOW + 11 * HOUR });
  expect(await read(0)).toEqual({ ...facts, mayMissAt: NOW + 2 * HOUR });
  expect(await read(0, false)).toMatchObject({ posts: 0, isPublishing: false });
});

test('tells the day in numbers', async () => {
  const { storage, ids } = await fill([-30, -3, -2, 20, 30]);
  const tomorrow = { from: NOW + 16 * HOUR, to: NOW + 40 * HOUR };
  await storage.posts.move(ids.slice(0, 2), 'missed', 'late', '', NOW);
  await storage.posts.move(ids.slice(2, 3), 'held', 'by-person', '', NOW);
  const facts = await readDigest(storage.posts, NOW, tomorrow);
  expect(facts).toEqual({
    published: 0,
    failed: 0,
    missed: 1,
    waiting: 3,
    tomorrow: 2,
    tomorrowFirstAt: NOW + 20 * HOUR,
  });
  expect(isEmptyDigest(facts)).toBe(false);
  const none = await fill([]);
  expect(isEmptyDigest(await readDigest(none.storage.posts, NOW, tomorrow))).toBe(true);
});
