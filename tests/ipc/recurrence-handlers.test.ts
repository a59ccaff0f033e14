import { expect, test } from 'vitest';
import { localTimeOf } from '../../src-main/calendar/local-time.ts';
import { timeOnDate } from '../../src-main/calendar/recurrence-times.ts';
import { plusDays } from '../../src-main/core/recurrence.ts';
import type { Handlers } from '../../src-main/ipc/serve.ts';
import { openDeskRig } from './desk-rig.ts';

const ZONE = 'Europe/Paris';
type Asked = Parameters<Handlers['recurrence.create']>[0];

async function openScene() {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Lune');
  const accounts = [
    await rig.addAccount(brandId, 'practice', 'lune', {}),
    await rig.addAccount(brandId, 'practice', 'soleil', {}),
  ];
  const draft = await rig.storage.drafts.save(
    {
      content: { parts: ['Open from nine.'], link: '', media: [] },
      variants: [],
      label: 'hours',
      accountIds: accounts,
      localTime: '',
      timeZone: '',
    },
    null,
    Date.now(),
  );
  const today = localTimeOf(Date.now(), ZONE).slice(0, 10);
  const asked: Asked = {
    draftId: draft.id,
    rule: { kind: 'day' },
    time: '09:00',
    timeZone: ZONE,
    from: plusDays(today, 1),
    until: null,
    most: 5,
    gap: 'after',
    twice: 'first',
  };
  const list = async () => {
    const read = await rig.handlers['recurrence.list']({});
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  };
  const coming = async (accountId?: number) =>
    (
      await rig.storage.posts.page(
        { states: ['scheduled'], ...(accountId !== undefined && { accountId }) },
        'soonest',
        0,
        500,
      )
    ).posts;
  const stop = (accountId: number) =>
    rig.engine.stop.engage({
      scope: { kind: 'account', accountId },
      control: 'button',
      by: 'Camille',
      reason: '',
      widenedFrom: '',
    });
  return { ...rig, accounts, asked, today, list, coming, stop, draftId: draft.id };
}

test('a draft recurs as ordinary posts on its accounts, once however often it is looked at, and the draft stays', async () => {
  const { handlers, asked, coming, desk, accounts, list, storage, today } = await openScene();
  expect(await handlers['recurrence.preview'](asked)).toMatchObject({
    ok: true,
    value: { dates: 5, posts: 10, stopped: 0 },
  });
  expect(await coming()).toEqual([]);
  expect(await handlers['recurrence.create'](asked)).toEqual({ ok: true, value: { made: 10 } });
  expect(await desk.open()?.recurrences.topUp()).toBe(0);
  expect((await coming(accounts[0])).map(({ localTime }) => localTime)).toEqual(
    [1, 2, 3, 4, 5].map((days) => `${plusDays(today, days)}T09:00`),
  );
  expect(await list()).toMatchObject([{ postsToCome: 10, isOver: true, text: 'Open from nine.' }]);
  expect(await storage.drafts.list()).toHaveLength(1);
});

test('an account that says it in its own words does so every time', async () => {
  const { handlers, asked, coming, accounts, storage, draftId } = await openScene();
  const [draft] = await storage.drafts.list();
  if (!draft) throw new Error('no draft');
  const [first = 0, second = 0] = accounts;
  await storage.drafts.save(
    { ...draft, variants: [{ accountIds: [second], parts: ['Doors open', 'at nine.'], link: '' }] },
    draftId,
    Date.now(),
  );
  expect(await handlers['recurrence.create'](asked)).toEqual({ ok: true, value: { made: 10 } });
  const said = async (accountId: number) =>
    new Set((await coming(accountId)).map(({ content }) => content.parts.join('|')));
  expect(await said(first)).toEqual(new Set(['Open from nine.']));
  expect(await said(second)).toEqual(new Set(['Doors open|at nine.']));
});

test('a time of today that has passed is not counted', async () => {
  const { handlers, asked, today } = await openScene();
  const past = { ...asked, from: today, time: '00:00', most: 2 };
  expect(await handlers['recurrence.create'](past)).toMatchObject({ value: { made: 4 } });
});

test('no more than sixty days ahead are made', async () => {
  const { handlers, asked, coming, accounts, today } = await openScene();
  await handlers['recurrence.create']({ ...asked, most: null });
  const mine = await coming(accounts[0]);
  expect(mine).toHaveLength(60);
  expect(mine.at(-1)?.localTime.slice(0, 10)).toBe(plusDays(today, 60));
});

test('nothing is made for an account under a stop; its posts are made once it comes back', async () => {
  const { handlers, asked, coming, accounts, stop, desk, engine } = await openScene();
  stop(accounts[0] as number);
  expect(await handlers['recurrence.preview'](asked)).toMatchObject({ value: { posts: 5, stopped: 1 } });
  expect(await handlers['recurrence.create'](asked)).toMatchObject({ value: { made: 5 } });
  expect(await coming(accounts[0])).toEqual([]);
  Object.assign(engine.stop.gate, { covered: () => [] });
  expect(await desk.open()?.recurrences.topUp()).toBe(5);
  expect(await coming(accounts[0])).toHaveLength(5);
});

test('ended, it makes no more; its posts to come are kept, or canceled', async () => {
  const { handlers, asked, coming, list, desk } = await openScene();
  await handlers['recurrence.create']({ ...asked, most: null });
  await handlers['recurrence.create']({ ...asked, time: '15:00', most: 3 });
  const [daily, other] = await list();
  expect(await handlers['recurrence.end']({ recurrenceId: daily?.id ?? 0, posts: 'cancel' })).toMatchObject({
    value: { canceled: 120 },
  });
  expect(await handlers['recurrence.end']({ recurrenceId: other?.id ?? 0, posts: 'keep' })).toMatchObject({
    value: { canceled: 0 },
  });
  expect(await coming()).toHaveLength(6);
  expect(await list()).toEqual([]);
  expect(await desk.open()?.recurrences.topUp()).toBe(0);
  expect(await handlers['recurrence.end']({ recurrenceId: 1, posts: 'keep' })).toMatchObject({
    error: { code: 'no-such-recurrence' },
  });
});

test('what cannot recur is refused by name, and nothing is kept', async () => {
  const { handlers, asked, list, storage, draftId } = await openScene();
  const code = async (change: Partial<Asked>) => {
    const answer = await handlers['recurrence.create']({ ...asked, ...change });
    return answer.ok ? 'made' : answer.error.code;
  };
  expect(await code({ draftId: 999 })).toBe('no-such-draft');
  expect(await code({ timeZone: 'Mars/Base' })).toBe('no-such-zone');
  expect(await code({ time: '24:00' })).toBe('recurrence-time');
  expect(await code({ until: '2020-01-01' })).toBe('recurrence-empty');
  const [draft] = await storage.drafts.list();
  if (!draft) throw new Error('no draft');
  await storage.drafts.save({ ...draft, accountIds: [] }, draftId, Date.now());
  expect(await code({})).toBe('draft-no-accounts');
  expect(await list()).toEqual([]);
});

test('where the clocks skip the time or show it twice, the choice made at entry is followed', () => {
  const one = { time: '02:30', timeZone: ZONE, gap: 'after', twice: 'second' } as const;
  expect(timeOnDate(one, '2027-03-28')).toMatchObject({
    clock: 'gap',
    time: { localTime: '2027-03-28T03:30' },
  });
  expect(timeOnDate({ ...one, gap: 'before' }, '2027-03-28').time?.localTime).toBe('2027-03-28T01:30');
  expect(timeOnDate({ ...one, gap: 'skip' }, '2027-03-28').time).toBeNull();
  const late = timeOnDate(one, '2026-10-25').time?.publishAt ?? 0;
  expect(late - (timeOnDate({ ...one, twice: 'first' }, '2026-10-25').time?.publishAt ?? 0)).toBe(3_600_000);
});
