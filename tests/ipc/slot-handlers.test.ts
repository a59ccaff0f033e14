import { expect, test } from 'vitest';
import { localTimeOf, resolveLocalTime } from '../../src-main/calendar/local-time.ts';
import { plusDays } from '../../src-main/core/recurrence.ts';
import type { Handlers } from '../../src-main/ipc/serve.ts';
import { makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

const ZONE = 'Europe/Paris';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** Two accounts of a brand in Paris with a slot at nine every day, and one without slots. `days`: dates from tomorrow on, at nine. */
async function openScene() {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Lune');
  const accounts = [
    await rig.addAccount(brandId, 'practice', 'lune', {}),
    await rig.addAccount(brandId, 'practice', 'soleil', {}),
    await rig.addAccount(brandId, 'practice', 'terre', {}),
  ] as const;
  const slots = EVERY_DAY.map((weekday) => ({ weekday, time: '09:00' }));
  await rig.handlers['slot.set']({ accountIds: [accounts[0], accounts[1]], slots });
  const tomorrow = plusDays(localTimeOf(Date.now(), ZONE).slice(0, 10), 1);
  const nine = (day: number, time = '09:00') => {
    const found = resolveLocalTime(`${plusDays(tomorrow, day)}T${time}`, ZONE);
    if (found.kind !== 'one') throw new Error('not one instant');
    return found.at;
  };
  // Today's nine may still be to come: it is taken, so that the next is tomorrow's whenever this runs.
  const place = (accountId: number, day: number, text = `${accountId} ${day}`) =>
    makePost(accountId, {
      text,
      publishAt: nine(day),
      localTime: localTimeOf(nine(day), ZONE),
      timeZone: ZONE,
    });
  await rig.storage.posts.add([place(accounts[0], -1), place(accounts[1], -1)], Date.now());
  const next = async (accountIds: readonly number[] = accounts) => {
    const answer = await rig.handlers['slot.next']({ accountIds: [...accountIds] });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  };
  type Schedule = Parameters<Handlers['post.schedule']>[0];
  const schedule = (more: Partial<Schedule>) =>
    rig.handlers['post.schedule']({
      accountIds: [accounts[0]],
      parts: ['Open from nine.'],
      link: '',
      media: [],
      label: '',
      localTime: localTimeOf(nine(0), ZONE),
      timeZone: ZONE,
      ...more,
    });
  return { ...rig, accounts, slots, nine, place, next, schedule, tomorrow, brandId };
}

test('slots are kept per account, replaced as a whole, and go with an account that is removed', async () => {
  const { handlers, accounts, storage } = await openScene();
  const list = async () => {
    const read = await handlers['slot.list']({});
    return read.ok ? read.value : [];
  };
  expect((await list()).map(({ accountId, slots }) => [accountId, slots.length])).toEqual([
    [accounts[0], 7],
    [accounts[1], 7],
  ]);
  const mornings = [
    { weekday: 5, time: '12:30' },
    { weekday: 1, time: '09:00' },
    { weekday: 1, time: '09:00' },
  ];
  expect(
    await handlers['slot.set']({ accountIds: [accounts[1], accounts[2], 999], slots: mornings }),
  ).toEqual({
    ok: true,
    value: { changed: 2 },
  });
  expect((await list()).slice(1)).toEqual(
    [accounts[1], accounts[2]].map((accountId) => ({
      accountId,
      slots: [
        { weekday: 1, time: '09:00' },
        { weekday: 5, time: '12:30' },
      ],
    })),
  );
  await handlers['account.remove']({ accountId: accounts[2] });
  expect((await storage.slots.list()).has(accounts[2])).toBe(false);
});

test('the next free slot of each account is told, past what any post there takes, and the first of all', async () => {
  const { accounts, next, nine, place, storage, tomorrow } = await openScene();
  const { ids } = await storage.posts.add(
    [place(accounts[0], 0), place(accounts[0], 1), place(accounts[1], 1), place(accounts[1], 3)],
    Date.now(),
  );
  await storage.posts.move([ids[0] ?? 0], 'held', 'by-person', '', Date.now());
  await storage.posts.move([ids[3] ?? 0], 'canceled', 'by-person', '', Date.now());
  const found = await next();
  expect(found.accounts).toEqual([
    {
      accountId: accounts[0],
      hasSlots: true,
      next: { at: nine(2), localTime: `${plusDays(tomorrow, 2)}T09:00`, timeZone: ZONE },
      skipped: [],
    },
    {
      accountId: accounts[1],
      hasSlots: true,
      next: { at: nine(0), localTime: `${tomorrow}T09:00`, timeZone: ZONE },
      skipped: [],
    },
    { accountId: accounts[2], hasSlots: false, next: null, skipped: [] },
  ]);
  expect(found.common).toBeNull();
  expect((await next([accounts[0], accounts[1]])).common).toBe(nine(2));
});

test('a slot is looked for beyond weeks that are full, and not for ever', async () => {
  const { accounts, next, nine, place, storage } = await openScene();
  const days = Array.from({ length: 70 }, (_, day) => place(accounts[0], day));
  await storage.posts.add(days, Date.now());
  expect((await next()).accounts[0]?.next?.at).toBe(nine(70));
  const year = Array.from({ length: 300 }, (_, day) => place(accounts[0], 70 + day));
  await storage.posts.add(year, Date.now());
  expect((await next()).accounts[0]).toMatchObject({ hasSlots: true, next: null });
});

test('each account’s post is scheduled into the slot shown for it, and into no other', async () => {
  const { accounts, next, nine, place, schedule, storage } = await openScene();
  await storage.posts.add([place(accounts[0], 0)], Date.now());
  const shown = (await next([accounts[0], accounts[1]])).accounts.map(({ accountId, next: slot }) => ({
    accountId,
    at: slot?.at ?? 0,
  }));
  const both = { accountIds: [accounts[0], accounts[1]] };
  const done = await schedule({ ...both, slots: shown });
  const posts = await storage.posts.readMany(done.ok ? done.value.postIds : []);
  expect(posts.map(({ accountId, publishAt, localTime }) => [accountId, publishAt, localTime])).toEqual([
    [accounts[0], nine(1), localTimeOf(nine(1), ZONE)],
    [accounts[1], nine(0), localTimeOf(nine(0), ZONE)],
  ]);
  const code = async (slots: typeof shown) => {
    const answer = await schedule({ ...both, slots });
    return answer.ok ? 'scheduled' : answer.error.code;
  };
  expect(await code(shown)).toBe('slot-taken');
  expect(await code([{ accountId: accounts[0], at: nine(2) }])).toBe('slot-taken');
  expect(
    await code([
      { accountId: accounts[0], at: nine(2) },
      { accountId: accounts[1], at: nine(2, '10:00') },
    ]),
  ).toBe('slot-taken');
  expect((await storage.posts.page({}, 'soonest', 0, 50)).total).toBe(5);
});

test('the free slots of a brand or an account between two instants are told by time', async () => {
  const { accounts, brandId, handlers, nine, place, storage } = await openScene();
  await storage.posts.add([place(accounts[0], 1)], Date.now());
  const free = async (where: Parameters<Handlers['slot.free']>[0]['place']) => {
    const read = await handlers['slot.free']({ place: where, from: nine(0), to: nine(2) });
    return read.ok ? read.value.free.map(({ accountId, at }) => [accountId, at]) : [];
  };
  expect(await free({ brandId })).toEqual([
    [accounts[0], nine(0)],
    [accounts[1], nine(0)],
    [accounts[1], nine(1)],
  ]);
  expect(await free({ accountId: accounts[0] })).toEqual([[accounts[0], nine(0)]]);
});

test('chosen posts are spread over the next free slots of their accounts, in their order, and taken back', async () => {
  const { accounts, handlers, nine, place, storage } = await openScene();
  const { ids } = await storage.posts.add(
    [
      place(accounts[0], 4),
      place(accounts[0], 0),
      place(accounts[0], 9),
      place(accounts[2], 5),
      place(accounts[0], 1),
    ],
    Date.now(),
  );
  await storage.posts.move([ids[2] ?? 0], 'held', 'by-person', '', Date.now());
  await storage.posts.move([ids[4] ?? 0], 'held', 'by-person', '', Date.now());
  // The last one is not chosen: its slot stays taken, whereas the others leave theirs.
  const target = { postIds: ids.slice(0, 4) };
  const preview = await handlers['bulk.preview']({ target, change: { kind: 'slots' } });
  expect(preview).toMatchObject({
    ok: true,
    value: { affected: 3, leftOut: [{ reason: 'no-slots', count: 1 }] },
  });
  const before = await storage.posts.readMany(ids);
  expect(before.map(({ publishAt }) => publishAt)).toEqual([nine(4), nine(0), nine(9), nine(5), nine(1)]);
  const id = preview.ok ? preview.value.previewId : '';
  expect(await handlers['bulk.apply']({ previewId: id })).toMatchObject({ ok: true, value: { changed: 3 } });
  const after = await storage.posts.readMany(ids);
  expect(after.map(({ publishAt, state }) => [publishAt, state])).toEqual([
    [nine(2), 'scheduled'],
    [nine(0), 'scheduled'],
    [nine(3), 'scheduled'],
    [nine(5), 'scheduled'],
    [nine(1), 'held'],
  ]);
  await handlers['bulk.undo']({});
  const undone = await storage.posts.readMany(ids);
  expect(undone.map(({ publishAt, state }) => [publishAt, state])).toEqual(
    before.map(({ publishAt, state }) => [publishAt, state]),
  );
});
