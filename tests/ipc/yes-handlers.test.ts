import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

const DAY = 86_400_000;

async function rigWithPost() {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Lune');
  const accountId = await rig.addAccount(brandId, 'practice', 'lune', {});
  const publishAt = Math.ceil(Date.now() / DAY) * DAY + DAY;
  const localTime = new Date(publishAt).toISOString().slice(0, 16);
  const schedule = (text: string, yesFrom?: string) =>
    rig.handlers['post.schedule']({
      accountIds: [accountId],
      variants: [],
      parts: [text],
      link: '',
      media: [],
      label: '',
      localTime,
      timeZone: 'UTC',
      ...(yesFrom !== undefined && { yesFrom }),
    });
  return { ...rig, brandId, accountId, publishAt, schedule };
}

function linesOf(dataDir: string): { event: string; by: string; details: Record<string, unknown> }[] {
  return readFileSync(join(dataDir, 'journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('a brand that asks for a yes has what is scheduled held, and only a person who says so by name sends it without', async () => {
  const { handlers, storage, engine, dataDir, brandId, publishAt, schedule } = await rigWithPost();
  expect(await handlers['yes.setBrand']({ brandId, from: 'Camille Roux' })).toMatchObject({ ok: true });
  const scheduled = await schedule('Spring is here.');
  if (!scheduled.ok) throw new Error(scheduled.error.message);
  expect(scheduled.value.waiting).toBe(1);
  const [postId = 0] = scheduled.value.postIds;
  expect(await handlers['yes.read']({})).toMatchObject({
    value: { posts: 1, waiting: [{ brandId, from: 'Camille Roux', posts: 1, firstAt: publishAt }] },
  });

  const preview = await handlers['bulk.preview']({
    target: { postIds: [postId] },
    change: { kind: 'resume' },
  });
  expect(preview).toMatchObject({
    value: { affected: 0, leftOut: [{ reason: 'needs-yes', count: 1 }] },
  });

  const gone = await handlers['yes.letGo']({ postIds: [postId], by: 'Paul Martin' });
  expect(gone).toMatchObject({ value: { changed: 1, left: 0 } });
  const read = await handlers['post.read']({ postId });
  expect(read).toMatchObject({
    value: {
      state: 'scheduled',
      yes: { from: 'Camille Roux', isGiven: true },
      answers: [{ answer: 'without', by: 'Paul Martin' }],
    },
  });
  await engine.close();
  const line = linesOf(dataDir).find(({ event }) => event === 'posts.without-yes');
  expect(line).toMatchObject({ by: 'Paul Martin', details: { posts: [postId], publishAt: [publishAt] } });
  expect(line?.details.hashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/u)]);
  await storage.close();
});

test('a post that has its yes waits again at another time, and its move taken back brings the yes back', async () => {
  const { handlers, storage, publishAt, schedule } = await rigWithPost();
  const scheduled = await schedule('Spring is here.', 'Camille Roux');
  if (!scheduled.ok) throw new Error(scheduled.error.message);
  const [postId = 0] = scheduled.value.postIds;
  await handlers['yes.letGo']({ postIds: [postId], by: 'Paul Martin' });
  const change = { kind: 'hours', hours: 2 } as const;
  const preview = await handlers['bulk.preview']({ target: { postIds: [postId] }, change });
  if (!preview.ok) throw new Error(preview.error.message);
  expect(preview.value).toMatchObject({ affected: 1, waits: 1 });
  await handlers['bulk.apply']({ previewId: preview.value.previewId });
  expect(await storage.posts.read(postId)).toMatchObject({ state: 'held', reason: 'needs-yes' });
  expect(await handlers['bulk.undo']({})).toMatchObject({ value: { restored: 1, left: [] } });
  expect(await storage.posts.read(postId)).toMatchObject({ state: 'scheduled', publishAt });
});

test('given to another account a post waits for a yes there', async () => {
  const { handlers, storage, accountId, addAccount, brandId, publishAt } = await rigWithPost();
  const other = await addAccount(brandId, 'practice', 'soleil', {});
  const { ids } = await storage.posts.add(
    [makePost(accountId, { publishAt, yesFrom: 'Camille Roux' })],
    Date.now(),
  );
  await handlers['yes.letGo']({ postIds: [...ids], by: 'Paul Martin' });
  const change = { kind: 'account', accountId: other } as const;
  const preview = await handlers['bulk.preview']({ target: { postIds: [...ids] }, change });
  if (!preview.ok) throw new Error(preview.error.message);
  await handlers['bulk.apply']({ previewId: preview.value.previewId });
  const { posts } = await storage.posts.page({ accountId: other }, 'soonest', 0, 10);
  expect(posts).toMatchObject([
    { state: 'held', reason: 'needs-yes', yes: { from: 'Camille Roux', for: null } },
  ]);
});

test('given to an account whose brand asks for a yes a post waits for it, what a person held stays held, and back again nobody else is asked', async () => {
  const { handlers, storage, accountId, addBrand, addAccount, publishAt } = await rigWithPost();
  const asking = await addBrand('Maison Soleil');
  await handlers['yes.setBrand']({ brandId: asking, from: 'Ada Berg' });
  const other = await addAccount(asking, 'practice', 'soleil', {});
  const texts = ['Spring is here.', 'Summer is here.'];
  const { ids } = await storage.posts.add(
    texts.map((text) =>
      makePost(accountId, { publishAt, content: { parts: [text], link: '', media: [] }, contentHash: text }),
    ),
    Date.now(),
  );
  await storage.posts.move(ids.slice(1), 'held', 'by-person', '', Date.now());
  const change = { kind: 'account', accountId: other } as const;
  const preview = await handlers['bulk.preview']({ target: { postIds: [...ids] }, change });
  if (!preview.ok) throw new Error(preview.error.message);
  expect(preview.value).toMatchObject({ affected: 2, waits: 1, staysHeld: 1 });
  await handlers['bulk.apply']({ previewId: preview.value.previewId });
  const there = await storage.posts.page({ accountId: other }, 'soonest', 0, 10);
  expect(there.posts).toMatchObject([
    { state: 'held', reason: 'needs-yes', yes: { from: 'Ada Berg' } },
    { state: 'held', reason: 'by-person', yes: { from: 'Ada Berg' } },
  ]);
  expect(await handlers['bulk.undo']({})).toMatchObject({ value: { restored: 2, left: [] } });
  const { posts } = await storage.posts.page({ accountId, states: ['scheduled', 'held'] }, 'soonest', 0, 10);
  expect(posts.map(({ state, reason, yes }) => ({ state, reason, yes }))).toEqual([
    { state: 'scheduled', reason: '', yes: undefined },
    { state: 'held', reason: 'by-person', yes: undefined },
  ]);
});
