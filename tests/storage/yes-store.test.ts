import { expect, test } from 'vitest';
import type { NewPost } from '../../src-main/core/queue.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import type { YesAnswer } from '../../src-main/core/yes.ts';
import { freshStorage } from './fresh-storage.ts';
import { DAY, MINUTE, makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

const LATER = NOW + DAY;

async function deskWith(who: string) {
  const fresh = await freshStorage();
  const { storage } = fresh;
  const brandId = await makeBrand(storage);
  const accountId = await makeAccount(storage, brandId, 'roux');
  if (who !== '') await storage.yes.setBrand(brandId, who);
  return { ...fresh, brandId, accountId };
}

async function addOne(storage: Storage, post: NewPost): Promise<number> {
  const { ids } = await storage.posts.add([post], NOW);
  return ids[0] ?? 0;
}

function answerTo(postId: number, more: Partial<YesAnswer> = {}): YesAnswer {
  const said = { answer: 'yes', by: 'Camille Roux', remark: '', answeredAt: NOW } as const;
  return { postId, publishAt: LATER, ...said, ...more };
}

const claim = (storage: Storage, now: number) =>
  storage.posts.claimDue({
    now,
    limit: 10,
    perAccount: 1,
    epoch: 1,
    stopped: [],
    floors: [],
    newKey: () => `key-${Math.random()}`,
  });

test('a post of a brand that asks for a yes begins as held, is never due, and is missed when its time comes without one', async () => {
  const { storage, accountId } = await deskWith('Camille Roux');
  const id = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  expect(await storage.posts.read(id)).toMatchObject({
    state: 'held',
    reason: 'needs-yes',
    yes: { from: 'Camille Roux', for: null },
  });
  expect(await claim(storage, LATER)).toEqual([]);
  expect(await storage.posts.nextDueAt(NOW)).toBe(LATER);
  const early = await storage.posts.sweepMissed(LATER - 1, [], []);
  expect(early.counts).toEqual([]);
  const swept = await storage.posts.sweepMissed(LATER, [], []);
  expect(swept.counts).toEqual([{ reason: 'no-yes', count: 1 }]);
  expect(await storage.posts.read(id)).toMatchObject({ state: 'missed', reason: 'no-yes' });
  expect(await storage.yes.answer([answerTo(id)], 'Paul', LATER + 1)).toEqual([]);
  expect(await storage.posts.read(id)).toMatchObject({ state: 'missed' });
});

test('a yes in time makes a post scheduled, and it goes out like any other', async () => {
  const { storage, accountId } = await deskWith('Camille Roux');
  const id = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  expect(await storage.yes.answer([answerTo(id, { remark: 'Good.' })], 'Paul', NOW + MINUTE)).toEqual([id]);
  expect(await storage.posts.read(id)).toMatchObject({ state: 'scheduled', yes: { for: LATER } });
  expect(await storage.yes.answersTo(id)).toMatchObject([
    { answer: 'yes', by: 'Camille Roux', remark: 'Good.', readBy: 'Paul', readAt: NOW + MINUTE },
  ]);
  expect(await claim(storage, LATER)).toHaveLength(1);
});

test('a yes that comes after the time lets nothing go out, also within the grace', async () => {
  const { storage, accountId } = await deskWith('Camille Roux');
  const id = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  expect(await storage.yes.answer([answerTo(id)], 'Paul', LATER)).toEqual([]);
  expect(await storage.yes.letGo([id], 'Paul', LATER)).toEqual([]);
  expect(await claim(storage, LATER + 1)).toEqual([]);
});

test('a no keeps a post held with the remark, and only the first answer counts', async () => {
  const { storage, accountId } = await deskWith('Camille Roux');
  const id = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  const no = answerTo(id, { answer: 'no', remark: 'Not this week.' });
  expect(await storage.yes.answer([no], 'Paul', NOW)).toEqual([id]);
  expect(await storage.posts.read(id)).toMatchObject({
    state: 'held',
    reason: 'said-no',
    detail: 'Not this week.',
  });
  expect(await storage.yes.answer([answerTo(id)], 'Paul', NOW)).toEqual([]);
});

test('a yes is for one time: at another the post waits again, and back at the first it has its yes', async () => {
  const { storage, accountId } = await deskWith('Camille Roux');
  const id = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  expect(await storage.yes.answer([answerTo(id, { publishAt: LATER + 1 })], 'Paul', NOW)).toEqual([]);
  await storage.yes.answer([answerTo(id)], 'Paul', NOW);
  const move = async (publishAt: number) => {
    const to = { postId: id, publishAt, localTime: '2027-01-17T09:00', timeZone: 'Europe/Paris' };
    await storage.posts.reschedule([to], NOW);
    return storage.posts.read(id);
  };
  expect(await move(LATER + MINUTE)).toMatchObject({ state: 'held', reason: 'needs-yes' });
  expect(await move(LATER)).toMatchObject({ state: 'scheduled' });
});

test('nothing but a yes, or a person who says so, schedules what waits: not a resume, not a step over many, not plain SQL', async () => {
  const { storage, accountId, lookInto } = await deskWith('Camille Roux');
  const id = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  expect(await storage.posts.move([id], 'scheduled', '', '', NOW)).toEqual({ moved: [], refused: [id] });
  const seen = { id, state: 'held', publishAt: LATER, changedAt: NOW } as const;
  await storage.posts.change([{ seen, state: 'scheduled', reason: '', time: null }], NOW);
  expect(await storage.posts.read(id)).toMatchObject({ state: 'held', reason: 'needs-yes' });
  await lookInto(async (sqlite) => {
    for (const set of [`state = 'scheduled'`, `state = 'scheduled', yes_for = 7`])
      await expect(sqlite.run(`UPDATE post SET ${set} WHERE id = ${id}`)).rejects.toMatchObject({
        said: expect.stringContaining('without the yes'),
      });
  });
});

test('a person can let posts go without a yes, by name, and hold scheduled ones until there is one', async () => {
  const { storage, accountId } = await deskWith('');
  const id = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  expect(await storage.posts.read(id)).not.toHaveProperty('yes');
  expect(await storage.yes.require([id], 'Camille Roux', NOW)).toEqual([id]);
  expect(await storage.posts.read(id)).toMatchObject({ state: 'held', reason: 'needs-yes' });
  expect(await storage.yes.letGo([id], 'Paul Martin', NOW)).toEqual([id]);
  expect(await storage.posts.read(id)).toMatchObject({ state: 'scheduled', yes: { for: LATER } });
  expect(await storage.yes.answersTo(id)).toMatchObject([{ answer: 'without', by: 'Paul Martin' }]);
  expect(await claim(storage, LATER)).toHaveLength(1);
});

test('what a person held keeps being held through a new time, and then waits for the yes', async () => {
  const { storage, accountId } = await deskWith('Camille Roux');
  const id = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  await storage.yes.answer([answerTo(id)], 'Paul', NOW);
  await storage.posts.move([id], 'held', 'by-person', '', NOW);
  const seen = { id, state: 'held', publishAt: LATER, changedAt: NOW } as const;
  const time = { publishAt: LATER + MINUTE, localTime: '2027-01-16T09:01', timeZone: 'Europe/Paris' };
  await storage.posts.change([{ seen, state: 'held', reason: 'by-person', time }], NOW);
  expect(await storage.posts.read(id)).toMatchObject({ state: 'held', reason: 'by-person' });
  await storage.posts.move([id], 'scheduled', '', '', NOW);
  expect(await storage.posts.read(id)).toMatchObject({ state: 'held', reason: 'needs-yes' });
});

test('an answer can be taken back while the post is as it left it', async () => {
  const { storage, accountId } = await deskWith('Camille Roux');
  const first = await addOne(storage, makePost(accountId, { publishAt: LATER }));
  const second = await addOne(storage, makePost(accountId, { publishAt: LATER, text: 'two' }));
  const said = NOW + MINUTE;
  await storage.yes.answer([answerTo(first), answerTo(second, { answer: 'no' })], 'Paul', said);
  await storage.posts.move([first], 'held', 'by-person', '', said + 1);
  expect(await storage.yes.undo([first, second], said, said + 2)).toEqual([second]);
  expect(await storage.posts.read(second)).toMatchObject({ state: 'held', reason: 'needs-yes' });
});

test('an import and a recurring post wait for the yes of their brand; unseen ones are counted nowhere', async () => {
  const { storage, accountId, brandId } = await deskWith('Camille Roux');
  const seen: number[] = [];
  async function* chunks() {
    yield [1, 2, 3].map((n) =>
      makePost(accountId, { text: `${n}`, publishAt: LATER + n, importKey: `k${n}` }),
    );
    const counts = await storage.posts.counts();
    const page = await storage.posts.page({ states: ['held'] }, 'soonest', 0, 10);
    seen.push(counts.held, counts.scheduled, page.total, (await storage.yes.waiting()).length);
  }
  const done = await storage.posts.importAll(chunks(), NOW, () => {});
  expect(done).toMatchObject({ added: 3, known: 0 });
  expect(seen).toEqual([0, 0, 0, 0]);
  expect(await storage.posts.counts()).toMatchObject({ held: 3, scheduled: 0 });
  expect(await storage.yes.waiting()).toEqual([
    { brandId, from: 'Camille Roux', posts: 3, firstAt: LATER + 1 },
  ]);
  expect(await storage.yes.waiting(LATER + 2)).toMatchObject([{ posts: 1 }]);
  const waiting = await storage.posts.page({ yes: 'waiting' }, 'soonest', 0, 10);
  expect(waiting.total).toBe(3);
  await storage.yes.answer(
    [answerTo(waiting.posts[0]?.id ?? 0, { publishAt: LATER + 1, answer: 'no' })],
    '',
    NOW,
  );
  expect(await storage.posts.page({ yes: 'refused' }, 'soonest', 0, 10)).toMatchObject({ total: 1 });
});

test('whom a person names goes before whom the brand asks, and a brand that asks nobody schedules at once', async () => {
  const { storage, accountId, brandId } = await deskWith('Camille Roux');
  const named = await addOne(storage, makePost(accountId, { publishAt: LATER, yesFrom: 'Ines Alba' }));
  expect((await storage.posts.read(named))?.yes?.from).toBe('Ines Alba');
  await storage.yes.setBrand(brandId, '');
  const free = await addOne(storage, makePost(accountId, { publishAt: LATER, text: 'free' }));
  expect(await storage.posts.read(free)).toMatchObject({ state: 'scheduled' });
  expect(await storage.posts.read(named)).toMatchObject({ state: 'held' });
});

test('answering many posts costs by the answers, however many others wait', async () => {
  const { storage, accountId } = await deskWith('Camille Roux');
  async function* chunks() {
    for (let from = 0; from < 20_000; from += 5_000)
      yield Array.from({ length: 5_000 }, (_, n) =>
        makePost(accountId, {
          text: `${from + n}`,
          publishAt: LATER + from + n,
          importKey: `k${from + n}`,
        }),
      );
  }
  await storage.posts.importAll(chunks(), NOW, () => {});
  const { posts } = await storage.posts.page({ yes: 'waiting' }, 'soonest', 0, 2_000);
  const answers = posts.map(({ id, publishAt }) => answerTo(id, { publishAt }));
  expect(await storage.yes.answer(answers, 'Paul', NOW)).toHaveLength(2_000);
  expect(await storage.posts.counts()).toMatchObject({ held: 18_000, scheduled: 2_000 });
}, 20_000);
