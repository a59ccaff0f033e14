import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('a post that was held since it was seen is not set free by moving it, nor by taking a move back', async () => {
  const { handlers, storage, addBrand, addAccount, engine, dataDir } = await openDeskRig();
  const accountId = await addAccount(await addBrand('Maison Lune'), 'practice', 'lune', {});
  const now = Date.now();
  const publishAt = Math.ceil(now / 86_400_000) * 86_400_000 + 86_400_000;
  const { ids } = await storage.posts.add([makePost(accountId, { publishAt })], now);
  const localTime = new Date(publishAt + 3_600_000).toISOString().slice(0, 16);
  const ask = async (seen: { state: 'scheduled' | 'held'; publishAt: number }, hold = false) => {
    const to = { localTime, timeZone: 'UTC', spacingMinutes: 0 };
    const answer = await handlers['post.reschedule']({ postIds: [...ids], ...to, seen, hold });
    return answer.ok && answer.value.changed;
  };
  const post = async () => (await storage.posts.readMany(ids))[0];
  await storage.posts.move(ids, 'held', 'by-person', '', now);
  expect(await ask({ state: 'scheduled', publishAt })).toBe(0);
  expect(await ask({ state: 'held', publishAt: publishAt + 1 })).toBe(0);
  expect(await post()).toMatchObject({ state: 'held', publishAt });
  expect(await ask({ state: 'held', publishAt })).toBe(1);
  expect(await post()).toMatchObject({ state: 'scheduled', publishAt: publishAt + 3_600_000 });
  expect(await ask({ state: 'scheduled', publishAt: publishAt + 3_600_000 }, true)).toBe(1);
  expect(await post()).toMatchObject({ state: 'held', reason: 'by-person' });
  await engine.close();
  const lines = readFileSync(join(dataDir, 'journal.jsonl'), 'utf8').split('\n');
  expect(lines.filter((line) => line.includes('"posts.planned"'))).toHaveLength(2);
});

test('taken back, what a person held is held by a person again, also where it lacks a yes', async () => {
  const { handlers, storage, addBrand, addAccount } = await openDeskRig();
  const brandId = await addBrand('Maison Lune');
  const accountId = await addAccount(brandId, 'practice', 'lune', {});
  await handlers['yes.setBrand']({ brandId, from: 'Camille Roux' });
  const now = Date.now();
  const publishAt = Math.ceil(now / 86_400_000) * 86_400_000 + 86_400_000;
  const { ids } = await storage.posts.add(
    [1, 2].map((n) => makePost(accountId, { text: `${n}`, publishAt })),
    now,
  );
  const [byPerson = 0, waiting = 0] = ids;
  await storage.posts.move([byPerson], 'held', 'by-person', '', now);
  const later = publishAt + 3_600_000;
  const move = async (id: number, to: number, seenAt: number, hold: boolean) => {
    const localTime = new Date(to).toISOString().slice(0, 16);
    const seen = { state: 'held' as const, publishAt: seenAt };
    const asked = { postIds: [id], localTime, timeZone: 'UTC', spacingMinutes: 0, seen, hold };
    return handlers['post.reschedule'](asked);
  };
  // Held by no person: what it needs at its new time is said before the move is taken back.
  expect(await move(waiting, later, publishAt, false)).toMatchObject({
    value: { waiting: 1, heldOtherwise: 0 },
  });
  expect(await move(waiting, publishAt, later, false)).toMatchObject({ value: { changed: 1 } });
  await storage.posts.change(
    (await storage.posts.readMany([byPerson])).map((seen) => ({
      seen,
      state: 'held',
      reason: 'by-person',
      time: null,
    })),
    now,
  );
  expect(await move(byPerson, later, publishAt, false)).toMatchObject({
    value: { waiting: 1, heldOtherwise: 1 },
  });
  expect(await move(byPerson, publishAt, later, true)).toMatchObject({ value: { changed: 1 } });
  expect(await storage.posts.readMany(ids)).toMatchObject([
    { state: 'held', reason: 'by-person', publishAt },
    { state: 'held', reason: 'needs-yes', publishAt },
  ]);
});
