import { expect, test } from 'vitest';
import { DAY, makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

test('the calendar shows whose post it is, what a stop covers, and which brand says nothing on a day', async () => {
  const { handlers, storage, addBrand, addAccount } = await openDeskRig();
  const [lune, skerry] = [await addBrand('Maison Lune'), await addBrand('Skerry')];
  const [moon, sun, sea] = [
    await addAccount(lune, 'practice', 'moon', {}),
    await addAccount(lune, 'practice', 'sun', {}),
    await addAccount(skerry, 'practice', 'sea', {}),
  ];
  const now = Date.now();
  await storage.posts.add(
    [
      makePost(moon, { text: 'one\n\ntwo', publishAt: now + 1_000 }),
      makePost(sun, { text: 'three', publishAt: now + DAY + 1_000 }),
      makePost(sea, { text: 'four', publishAt: now + 1_000 }),
    ],
    now,
  );
  await handlers['publishing.start']({});
  await handlers['stop.engage']({ scopes: [{ kind: 'brand', brandId: skerry }] });
  const edges = [now, now + DAY, now + 2 * DAY];
  const states = ['scheduled' as const];
  const read = await handlers['calendar.stretches']({ states, edges, most: 5 });
  expect(read).toMatchObject({
    ok: true,
    value: [
      {
        counts: { scheduled: 2, missed: 0 },
        posts: [
          {
            brand: 'Maison Lune',
            account: 'moon',
            network: 'practice',
            text: 'one two',
            isHeldByStop: false,
          },
          { brand: 'Skerry', account: 'sea', isHeldByStop: true },
        ],
      },
      { counts: { scheduled: 1 }, posts: [{ text: 'three' }] },
    ],
  });
  const range = { from: now - DAY, to: now + 5 * DAY, dayEdges: edges };
  expect(await handlers['calendar.gaps'](range)).toEqual({
    ok: true,
    value: [{ kind: 'brand', id: skerry, name: 'Skerry', emptyDays: [1] }],
  });
  expect(await handlers['calendar.gaps']({ ...range, brandId: lune })).toMatchObject({
    ok: true,
    value: [
      { kind: 'account', id: moon, emptyDays: [1] },
      { kind: 'account', id: sun, emptyDays: [0] },
    ],
  });
});
