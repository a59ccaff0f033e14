import { expect, test } from 'vitest';
import { makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

test('missed posts given a new time in bulk follow each other on an account by a minute at least, whatever is asked', async () => {
  const { handlers, storage, addBrand, addAccount } = await openDeskRig();
  const brandId = await addBrand('Maison Lune');
  const accountIds = [
    await addAccount(brandId, 'practice', 'lune', {}),
    await addAccount(brandId, 'practice', 'soleil', {}),
  ];
  const now = Date.now();
  const { ids } = await storage.posts.add(
    Array.from({ length: 6 }, (_, index) =>
      makePost(accountIds[index % 2] ?? 0, { text: `${index}`, publishAt: now + 60_000 }),
    ),
    now,
  );
  await storage.posts.move(ids, 'missed', 'stopped', '', now);
  const year = new Date(now).getUTCFullYear() + 1;
  const answer = await handlers['post.reschedule']({
    postIds: [...ids],
    localTime: `${year}-03-01T09:00`,
    timeZone: 'UTC',
    spacingMinutes: 0,
  });
  expect(answer).toMatchObject({ ok: true, value: { changed: 6 } });
  const first = Date.UTC(year, 2, 1, 9);
  for (const accountId of accountIds) {
    const mine = (await storage.posts.readMany(ids)).filter((post) => post.accountId === accountId);
    expect(mine.map(({ publishAt }) => publishAt - first).sort((a, b) => a - b)).toEqual([
      0, 60_000, 120_000,
    ]);
  }
});
