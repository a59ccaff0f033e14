import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { contentHashOf } from '../../src-main/calendar/import-key.ts';
import type { Settlement } from '../../src-main/core/queue.ts';
import type { PostStore, Storage } from '../../src-main/core/stores.ts';
import { DATABASE_RESTORED, isOlderThanJournal, recoverPosts } from '../../src-main/recovery.ts';
import { type Journal, openJournal } from '../../src-main/stop/journal.ts';
import { attemptEvents, settlementEvents } from '../../src-main/stop/journal-events.ts';
import { makeAccount, makeBrand, makePost, NOW, openOrThrow } from '../storage/sample-posts.ts';
import { tempDir } from '../support/temp-dir.ts';

let storage: Storage;
let journal: Journal;

beforeEach(async () => {
  const dir = tempDir();
  storage = await openOrThrow(join(dir, 'queue.sqlite'));
  journal = openJournal({
    path: join(dir, 'journal.jsonl'),
    headPath: join(dir, 'journal.head'),
    now: () => NOW,
    monotonic: () => 0,
  });
  onTestFinished(async () => {
    await storage.close();
    journal.close();
  });
});

let keys = 0;

/** One post, claimed as the engine claims it just before it is killed. */
async function claimOne() {
  const account = await makeAccount(storage, await makeBrand(storage), 'maison');
  await storage.posts.add([makePost(account, { publishAt: NOW })], NOW);
  return await claim();
}

async function claim(now = NOW, tell: Journal['appendSoon'] = journal.appendSoon) {
  const [claimed] = await storage.posts.claimDue({
    now,
    limit: 4,
    perAccount: 1,
    epoch: 1,
    stopped: [],
    floors: [],
    newKey: () => `key${++keys}`,
  });
  if (!claimed) throw new Error('nothing was due');
  tell(attemptEvents([claimed], 1, contentHashOf));
  return claimed;
}

const published = (postId: number, key: string, attempt = 1): Settlement => ({
  postId,
  attempt,
  key,
  state: 'published',
  reason: '',
  detail: '',
  refs: [{ id: '77', url: 'https://example.org/77' }],
  retryAt: null,
  at: NOW,
});

describe('recovery after a crash', () => {
  test('what was being published becomes unconfirmed, in the database and in the journal', async () => {
    const { post } = await claimOne();
    expect(await recoverPosts(storage.posts, journal, NOW + 5)).toMatchObject([
      { postId: post.id, attempt: 1, state: 'unconfirmed', reason: 'crash' },
    ]);
    expect(await storage.posts.read(post.id)).toMatchObject({ state: 'unconfirmed', reason: 'crash' });
    expect(journal.tail().map(({ event }) => event)).toEqual(['post.attempt', 'post.unconfirmed']);
  });

  test('an outcome the journal already has is kept, and told nobody anew', async () => {
    const { post, key } = await claimOne();
    journal.appendSoon(settlementEvents([published(post.id, key)]));
    expect(await recoverPosts(storage.posts, journal, NOW + 5)).toEqual([]);
    expect(await storage.posts.read(post.id)).toMatchObject({
      state: 'published',
      refs: [{ id: '77', url: 'https://example.org/77' }],
    });
    expect(journal.tail()).toHaveLength(2);
  });

  test('the journal is told first: a kill in between leaves both in agreement after the next start', async () => {
    const { post } = await claimOne();
    const failing: PostStore = {
      ...storage.posts,
      settle: () => Promise.reject(new Error('killed here')),
      recover: () => Promise.reject(new Error('killed here')),
    };
    await expect(recoverPosts(failing, journal, NOW + 5)).rejects.toThrow('killed here');
    await recoverPosts(storage.posts, journal, NOW + 9);
    expect(await storage.posts.read(post.id)).toMatchObject({ state: 'unconfirmed', reason: 'crash' });
    expect(journal.tail().map(({ event }) => event)).toEqual(['post.attempt', 'post.unconfirmed']);
  });

  test('an outcome of an earlier approval says nothing of an attempt with the same number', async () => {
    const { post, key } = await claimOne();
    journal.appendSoon(
      settlementEvents([
        {
          ...published(post.id, key),
          state: 'unconfirmed',
          reason: 'no-answer',
          detail: 'of before',
          refs: [],
        },
      ]),
    );
    await recoverPosts(storage.posts, journal, NOW);
    await storage.posts.move([post.id], 'missed', 'looked-up', '', NOW);
    const later = { publishAt: NOW + 60_000, localTime: '2027-01-15T09:01', timeZone: 'Europe/Paris' };
    await storage.posts.reschedule([{ postId: post.id, ...later }], NOW);
    expect(await claim(NOW + 60_000)).toMatchObject({ attempt: 1 });
    await recoverPosts(storage.posts, journal, NOW + 60_005);
    expect(await storage.posts.read(post.id)).toMatchObject({ reason: 'crash', detail: '' });
  });

  test('nor does it when the journal could not be told of the later attempt', async () => {
    const { post, key } = await claimOne();
    journal.appendSoon(settlementEvents([published(post.id, key)]));
    await storage.posts.settle([{ ...published(post.id, key), state: 'missed', reason: 'late', refs: [] }]);
    const later = { publishAt: NOW + 60_000, localTime: '2027-01-15T09:01', timeZone: 'Europe/Paris' };
    await storage.posts.reschedule([{ postId: post.id, ...later }], NOW);
    expect(await claim(NOW + 60_000, () => false)).toMatchObject({ attempt: 1 });
    await recoverPosts(storage.posts, journal, NOW + 60_005);
    expect(await storage.posts.read(post.id)).toMatchObject({ state: 'unconfirmed', reason: 'crash' });
  });

  test('a settlement of an earlier approval that comes late settles no later attempt', async () => {
    const { post, key } = await claimOne();
    await storage.posts.move([post.id], 'unconfirmed', 'no-answer', '', NOW);
    await storage.posts.move([post.id], 'missed', 'by-person', '', NOW);
    const later = { publishAt: NOW + 60_000, localTime: '2027-01-15T09:01', timeZone: 'Europe/Paris' };
    await storage.posts.reschedule([{ postId: post.id, ...later }], NOW);
    const second = await claim(NOW + 60_000);
    expect(await storage.posts.settle([published(post.id, key)])).toEqual([post.id]);
    expect(await storage.posts.read(post.id)).toMatchObject({ state: 'publishing' });
    expect(await storage.posts.settle([published(post.id, second.key)])).toEqual([]);
  });
});

describe('a database older than the journal', () => {
  const retry = (postId: number, key: string): Settlement => ({
    ...published(postId, key),
    state: 'scheduled',
    refs: [],
    retryAt: NOW + 10_000,
  });

  test('is told by an attempt it lacks, of a post it never claimed or under a later number', async () => {
    const { post, key } = await claimOne();
    expect(await isOlderThanJournal(storage.posts, journal)).toBe(false);
    await storage.posts.settle([retry(post.id, key)]);
    expect(await isOlderThanJournal(storage.posts, journal)).toBe(false);
    journal.appendSoon([{ event: 'post.attempt', details: { post: post.id, attempt: 2, key } }]);
    expect(await isOlderThanJournal(storage.posts, journal)).toBe(true);
    journal.appendSoon([{ event: DATABASE_RESTORED }]);
    expect(await isOlderThanJournal(storage.posts, journal)).toBe(false);
    journal.appendSoon(settlementEvents([published(post.id, 'another approval')]));
    expect(await isOlderThanJournal(storage.posts, journal)).toBe(true);
  });

  test('is not told by stops, misses and the outcomes of what it has', async () => {
    const { post, key } = await claimOne();
    journal.appendSoon([
      { event: 'stop.engaged', details: { epoch: 2 } },
      { event: 'posts.missed', details: { reason: 'late', count: 3 } },
      ...settlementEvents([published(post.id, key)]),
    ]);
    await storage.posts.settle([published(post.id, key)]);
    expect(await isOlderThanJournal(storage.posts, journal)).toBe(false);
  });
});
