import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localTimeOf } from '../../src-main/calendar/local-time.ts';
import type { Handlers } from '../../src-main/ipc/serve.ts';
import type { BulkPreview } from '../../src-preload/queue-views.ts';
import { makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
type Change = Parameters<Handlers['bulk.preview']>[0]['change'];
type Target = Parameters<Handlers['bulk.preview']>[0]['target'];

async function openScene(count = 6) {
  const rig = await openDeskRig();
  const lune = await rig.addBrand('Maison Lune');
  const terre = await rig.addBrand('Maison Terre');
  const accounts = [
    await rig.addAccount(lune, 'practice', 'lune', {}),
    await rig.addAccount(lune, 'practice', 'soleil', {}),
    await rig.addAccount(terre, 'practice', 'terre', {}),
  ] as const;
  const start = Math.ceil(Date.now() / HOUR) * HOUR + 3 * DAY;
  const { ids } = await rig.storage.posts.add(
    Array.from({ length: count }, (_, index) => {
      const publishAt = start + index * HOUR;
      return makePost(accounts[index % 2] as number, {
        text: `Text ${index}`,
        publishAt,
        localTime: localTimeOf(publishAt, 'Europe/Paris'),
        timeZone: 'Europe/Paris',
      });
    }),
    Date.now(),
  );
  const preview = async (change: Change, target: Target = { postIds: [...ids] }) => {
    const answer = await rig.handlers['bulk.preview']({ target, change });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  };
  const apply = async ({ previewId }: BulkPreview) => {
    const answer = await rig.handlers['bulk.apply']({ previewId });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  };
  const undo = async () => {
    const answer = await rig.handlers['bulk.undo']({});
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  };
  const posts = () => rig.storage.posts.readMany(ids);
  return { ...rig, ids, accounts, start, preview, apply, undo, posts };
}

test('posts shifted by hours go exactly as much later, held ones stay held, and an undo puts back what nobody touched', async () => {
  const { preview, apply, undo, posts, ids, storage } = await openScene();
  await storage.posts.move([ids[1] as number], 'held', 'by-person', '', Date.now());
  await storage.posts.move([ids[5] as number], 'canceled', 'by-person', '', Date.now());
  const before = await posts();
  const seen = await preview({ kind: 'hours', hours: 5 });
  expect(seen).toMatchObject({
    asked: 6,
    affected: 5,
    staysHeld: 1,
    leftOut: [{ reason: 'canceled', count: 1 }],
  });
  expect(await posts()).toEqual(before);
  expect(await apply(seen)).toMatchObject({ changed: 5, left: 0, canUndo: true });
  const after = await posts();
  expect(after.map(({ publishAt }, index) => publishAt - (before[index]?.publishAt ?? 0))).toEqual([
    5 * HOUR,
    5 * HOUR,
    5 * HOUR,
    5 * HOUR,
    5 * HOUR,
    0,
  ]);
  expect(after.map(({ state }) => state)).toEqual(before.map(({ state }) => state));
  await storage.posts.move([ids[2] as number], 'held', 'by-person', '', Date.now() + 1);
  expect(await undo()).toEqual({ restored: 4, left: [{ reason: 'changed', count: 1 }] });
  const back = await posts();
  expect(back.map(({ publishAt, localTime }) => [publishAt, localTime])).toEqual(
    before.map(({ publishAt, localTime }, index) =>
      index === 2 ? [publishAt + 5 * HOUR, after[2]?.localTime] : [publishAt, localTime],
    ),
  );
});

test('what would land in the past is left out, and nothing is done twice with one preview', async () => {
  const { preview, apply, handlers, posts } = await openScene();
  const before = await posts();
  const seen = await preview({ kind: 'days', days: -3, gap: 'ask', twice: 'ask' });
  // Three days earlier may also lie in the hour the clocks skip.
  const leftOut = seen.leftOut.reduce((sum, { count }) => sum + count, 0);
  expect(leftOut + seen.affected).toBe(6);
  const gone = await preview({ kind: 'days', days: -30, gap: 'ask', twice: 'ask' });
  expect(gone).toMatchObject({ affected: 0, leftOut: [{ reason: 'past', count: 6 }] });
  expect(await handlers['bulk.apply']({ previewId: seen.previewId })).toMatchObject({
    ok: false,
    error: { code: 'bulk-no-preview' },
  });
  await apply(gone);
  expect(await posts()).toEqual(before);
});

test('a step reaches everything that matches, far beyond a page, and an undo as well, without keeping the loop', async () => {
  const { preview, apply, undo, storage } = await openScene(3_000);
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  try {
    const seen = await preview({ kind: 'hold' }, { filter: { search: 'text' } });
    expect(seen).toMatchObject({ asked: 3_000, affected: 3_000 });
    expect(await apply(seen)).toMatchObject({ changed: 3_000 });
    expect((await storage.posts.counts()).held).toBe(3_000);
    expect(await undo()).toEqual({ restored: 3_000, left: [] });
    expect((await storage.posts.counts()).scheduled).toBe(3_000);
  } finally {
    clearInterval(watch);
  }
  expect(longest).toBeLessThan(1_000);
});

test('a step that is broken off says so, and what it did can be taken back', async () => {
  const scene = await openScene(1_200);
  const { preview, apply, undo, handlers, desk, storage } = scene;
  const seen = await preview({ kind: 'hold' }, { filter: {} });
  Object.assign(desk, {
    notify: (event: string) => {
      if (event === 'bulk.progress') void handlers['bulk.stop']({});
    },
  });
  expect(await apply(seen)).toMatchObject({ changed: 250, isBrokenOff: true, canUndo: true });
  expect(await undo()).toEqual({ restored: 250, left: [] });
  expect((await storage.posts.counts()).held).toBe(0);
});

test('an undo that is broken off stops as well, and the rest can still be taken back', async () => {
  const { preview, apply, undo, handlers, desk, storage } = await openScene(1_200);
  await apply(await preview({ kind: 'hold' }, { filter: {} }));
  Object.assign(desk, {
    notify: (event: string) => {
      if (event === 'bulk.progress') void handlers['bulk.stop']({});
    },
  });
  expect(await undo()).toEqual({ restored: 250, left: [] });
  expect((await storage.posts.counts()).held).toBe(950);
  expect(await handlers['bulk.last']({})).toMatchObject({ value: { kind: 'hold', changed: 950 } });
  Object.assign(desk, { notify: () => {} });
  expect(await undo()).toEqual({ restored: 950, left: [] });
  expect((await storage.posts.counts()).scheduled).toBe(1_200);
  expect(await handlers['bulk.last']({})).toEqual({ ok: true, value: null });
});

test('an undo that fails half-way is in the journal as far as it came, and the rest can still be taken back', async () => {
  const { preview, apply, undo, handlers, desk, storage, engine, dataDir, ids } = await openScene(600);
  await apply(await preview({ kind: 'hold' }));
  const { now } = desk.clock;
  let isBroken = false;
  const broken = () => {
    if (isBroken) throw new Error('broken');
    return now();
  };
  Object.assign(desk, { clock: { ...desk.clock, now: broken }, notify: () => (isBroken = true) });
  await expect(handlers['bulk.undo']({})).rejects.toThrow('broken');
  expect((await storage.posts.counts()).scheduled).toBe(250);
  expect(await handlers['bulk.last']({})).toMatchObject({ value: { kind: 'hold', changed: 350 } });
  isBroken = false;
  Object.assign(desk, { notify: () => {} });
  expect(await undo()).toEqual({ restored: 350, left: [] });
  expect((await storage.posts.counts()).scheduled).toBe(600);
  await engine.close();
  const lines = readFileSync(join(dataDir, 'journal.jsonl'), 'utf8').split('\n');
  const resumed = lines.filter((line) => line.includes('"posts.resumed"'));
  expect(resumed.map((line) => JSON.parse(line).details.posts)).toEqual([ids.slice(0, 250), ids.slice(250)]);
});

test('a missed post given a new time is missed again after an undo; canceled ones have none', async () => {
  const { preview, apply, undo, handlers, posts, ids, storage } = await openScene();
  await storage.posts.move(ids, 'missed', 'stopped', '', Date.now());
  const year = new Date().getUTCFullYear() + 1;
  const to = { localTime: `${year}-03-01T09:00`, timeZone: 'UTC', spacingMinutes: 10 };
  const moved = await apply(await preview({ kind: 'move', ...to }));
  expect(moved).toMatchObject({ changed: 6 });
  expect((await posts()).map(({ state }) => state)).toEqual(Array(6).fill('scheduled'));
  expect(await undo()).toEqual({ restored: 6, left: [] });
  expect((await posts()).map(({ state, reason }) => [state, reason])).toEqual(
    Array(6).fill(['missed', 'stopped']),
  );
  expect(await apply(await preview({ kind: 'cancel' }))).toMatchObject({ changed: 6, canUndo: false });
  expect(await handlers['bulk.last']({})).toEqual({ ok: true, value: null });
  expect(await handlers['bulk.undo']({})).toMatchObject({ ok: false, error: { code: 'bulk-no-undo' } });
});

test('posts go to an account of another brand, what does not fit is named and left, and an undo brings them back', async () => {
  const { preview, apply, undo, posts, accounts, storage, addAccount } = await openScene();
  const [, , terre] = accounts;
  const names = await storage.accounts.read(terre);
  const long = await storage.posts.add(
    [makePost(accounts[0], { text: 'x'.repeat(400), publishAt: Date.now() + 2 * DAY })],
    Date.now(),
  );
  const bluesky = await addAccount(names?.brandId ?? 0, 'bluesky', 'terre.example', {});
  const seen = await preview({ kind: 'account', accountId: bluesky }, { filter: {} });
  expect(seen).toMatchObject({
    asked: 7,
    affected: 6,
    otherBrand: 6,
    leftOut: [{ reason: 'does-not-fit', count: 1, examples: [{ postId: long.ids[0], account: 'lune' }] }],
  });
  expect(seen.leftOut[0]?.examples[0]?.detail).not.toBe('');
  expect(await apply(seen)).toMatchObject({ changed: 6, canUndo: true });
  expect((await posts()).map(({ state, reason }) => [state, reason])).toEqual(
    Array(6).fill(['canceled', 'to-account']),
  );
  const there = (await storage.posts.page({ accountId: bluesky }, 'soonest', 0, 50)).posts;
  expect(there.map(({ content }) => content.parts[0])).toEqual([0, 1, 2, 3, 4, 5].map((n) => `Text ${n}`));
  expect(await undo()).toEqual({ restored: 6, left: [] });
  const back = (await storage.posts.page({ states: ['scheduled'] }, 'soonest', 0, 50)).posts;
  expect(back.map(({ accountId }) => accountId)).toEqual([
    accounts[0],
    ...[0, 1, 2, 3, 4, 5].map((n) => accounts[n % 2]),
  ]);
});

test('no post leaves a stop by going to another account', async () => {
  const { preview, engine, accounts, desk } = await openScene();
  desk.engine.stop.engage({
    scope: { kind: 'account', accountId: accounts[0] },
    control: 'button',
    by: 'Camille',
    reason: '',
    widenedFrom: '',
  });
  expect(engine.stop.gate.covered().length).toBeGreaterThan(0);
  const seen = await preview({ kind: 'account', accountId: accounts[2] });
  expect(seen).toMatchObject({ affected: 3, leftOut: [{ reason: 'stopped', count: 3 }] });
});

test('a stop that comes after the preview keeps its posts, also those of an undo', async () => {
  const { preview, apply, undo, desk, accounts, posts } = await openScene();
  const stop = (accountId: number) =>
    desk.engine.stop.engage({
      scope: { kind: 'account', accountId },
      control: 'button',
      by: 'Camille',
      reason: '',
      widenedFrom: '',
    });
  const seen = await preview({ kind: 'account', accountId: accounts[2] });
  expect(seen).toMatchObject({ affected: 6 });
  stop(accounts[0]);
  expect(await apply(seen)).toMatchObject({ changed: 3, left: 3 });
  const states = (await posts()).map(({ state }) => state);
  expect(states).toEqual(['scheduled', 'canceled', 'scheduled', 'canceled', 'scheduled', 'canceled']);
  stop(accounts[2]);
  expect(await undo()).toEqual({ restored: 0, left: [{ reason: 'stopped', count: 3 }] });
});

test('a preview that was looked at for long makes nothing due at once', async () => {
  const { preview, apply, desk, accounts, start, posts } = await openScene();
  const before = await posts();
  const later = (now: number) => Object.assign(desk, { clock: { ...desk.clock, now: () => now } });
  const { now } = desk.clock;
  const earlier = await preview({ kind: 'hours', hours: -24 });
  expect(earlier).toMatchObject({ affected: 6 });
  later(start - DAY + 2 * HOUR);
  expect(await apply(earlier)).toMatchObject({ changed: 3, left: 3 });
  expect((await posts()).slice(0, 3)).toEqual(before.slice(0, 3));
  later(now());
  const other = await preview({ kind: 'account', accountId: accounts[2] });
  expect(other).toMatchObject({ affected: 6 });
  later(start + 2 * HOUR);
  expect(await apply(other)).toMatchObject({ changed: 0, left: 6 });
});

test('a text said a thousand times is looked for without keeping the loop', async () => {
  const { preview, accounts, storage } = await openScene();
  const publishAt = Date.now() + 4 * DAY;
  const many = 20_000;
  await storage.posts.add(
    Array.from({ length: many }, (_, index) =>
      makePost(accounts[0], { text: 'Same', publishAt: publishAt + (index * DAY) / many }),
    ),
    Date.now(),
  );
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  try {
    const seen = await preview({ kind: 'account', accountId: accounts[2] }, { filter: { search: 'Same' } });
    expect(seen).toMatchObject({ affected: many, duplicates: many - 1 });
  } finally {
    clearInterval(watch);
    longest = Math.max(longest, performance.now() - last);
  }
  expect(longest).toBeLessThan(1_000);
});

test('the same text twice within a day on one account is said beforehand', async () => {
  const { preview, accounts, storage } = await openScene();
  const publishAt = Date.now() + 4 * DAY;
  await storage.posts.add(
    [accounts[0], accounts[1]].map((account) => makePost(account, { text: 'Same', publishAt })),
    Date.now(),
  );
  const seen = await preview({ kind: 'account', accountId: accounts[2] }, { filter: { search: 'Same' } });
  expect(seen).toMatchObject({ affected: 2, duplicates: 1 });
});

test('the journal has the new times and what became of the posts', async () => {
  const { preview, apply, engine, dataDir, ids } = await openScene();
  await apply(await preview({ kind: 'hours', hours: 1 }));
  await engine.close();
  const lines = readFileSync(join(dataDir, 'journal.jsonl'), 'utf8');
  expect(lines).toMatch(/"posts\.rescheduled"/u);
  expect(lines).toMatch(/"posts\.planned".*"how":"rescheduled"/u);
  expect(lines).toContain(`[${ids.join(',')}]`);
});

test('labels are added and taken away as the preview shows, found by each of them, and taken back where nobody touched them', async () => {
  const { preview, apply, undo, posts, ids, storage, handlers, engine, dataDir } = await openScene();
  const [one = 0, two = 0, three = 0] = ids;
  await storage.posts.relabel([
    { id: one, from: '', to: 'Noël\nparis' },
    { id: two, from: '', to: 'spring' },
  ]);
  await storage.posts.move([three], 'canceled', 'by-person', '', Date.now());
  const before = await posts();
  const seen = await preview({ kind: 'labels', add: ['Spring', 'Été'], remove: ['NOËL'] });
  expect(seen).toMatchObject({ asked: 6, affected: 6, leftOut: [] });
  expect(await apply(seen)).toMatchObject({ changed: 6, canUndo: true });
  const after = await posts();
  expect(after.map(({ label }) => label)).toEqual([
    'paris\nSpring\nÉté',
    'spring\nÉté',
    ...Array.from({ length: 4 }, () => 'Spring\nÉté'),
  ]);
  expect(after).toEqual(before.map((post, index) => ({ ...post, label: after[index]?.label })));
  const found = async (label: string) => (await storage.posts.page({ label }, 'soonest', 0, 10)).total;
  expect([await found('Été'), await found('spring'), await found('Noël'), await found('')]).toEqual([
    6, 1, 0, 0,
  ]);
  expect(await handlers['label.list']({})).toEqual({ ok: true, value: ['Spring', 'paris', 'spring', 'Été'] });
  expect(await preview({ kind: 'labels', add: ['été'], remove: [] })).toMatchObject({
    affected: 0,
    leftOut: [{ reason: 'same-labels', count: 6 }],
  });
  const more = Array.from({ length: 20 }, (_, n) => `n${n}`);
  expect(await preview({ kind: 'labels', add: more, remove: [] })).toMatchObject({
    leftOut: [{ reason: 'too-many-labels', count: 6 }],
  });
  await storage.posts.relabel([{ id: two, from: 'spring\nÉté', to: 'mine' }]);
  expect(await undo()).toEqual({ restored: 5, left: [{ reason: 'changed', count: 1 }] });
  expect((await posts()).map(({ label }) => label)).toEqual(['Noël\nparis', 'mine', '', '', '', '']);
  await engine.close();
  const lines = readFileSync(join(dataDir, 'journal.jsonl'), 'utf8').split('\n');
  expect(lines.filter((line) => line.includes('"posts.labelled"'))).toHaveLength(2);
});
