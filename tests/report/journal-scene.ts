import { join } from 'node:path';
import { type JournalEvent, openJournal } from '../../src-main/stop/journal.ts';
import { plannedEvents } from '../../src-main/stop/journal-events.ts';
import { tempDir } from '../support/temp-dir.ts';

export const STOP_AT = Date.parse('2026-11-20T20:30:05.000Z');
const MINUTE = 60_000;
export const HASH = 'ab'.repeat(32);

/** The lines of one evening, in order, each with its time before or after the stop in minutes. */
export function evening(text = 'Bonjour à tous', brand = 'Maison Lune'): [number, JournalEvent][] {
  const at = STOP_AT + 60 * MINUTE;
  const attempt = (post: number, words: string): JournalEvent => ({
    event: 'post.attempt',
    details: {
      post,
      attempt: 1,
      key: `k${post}`,
      brandId: 1,
      brand,
      account: 'Lune',
      network: 'mastodon',
      text: words,
    },
  });
  const settled = (post: number, state: string, urls: string[] = []): JournalEvent => ({
    event: `post.${state}`,
    details: { post, attempt: 1, key: `k${post}`, refs: urls, urls },
  });
  const row = {
    brandIds: [1, 2],
    brands: [brand, 'Autre'],
    accounts: ['Lune', 'Autre'],
    networks: ['mastodon', 'bluesky'],
    texts: [text, 'not for this client'],
    media: [2, 0],
    localTimes: ['2026-11-20T22:30', '2026-11-20T22:30'],
    timeZones: ['Europe/Paris', 'Europe/Paris'],
    publishAt: [at, at],
    hashes: [HASH, HASH],
  };
  return [
    [
      -300,
      plannedEvents([{ id: 7, publishAt: at, contentHash: HASH }], 'imported', 'Zoé')[0] as JournalEvent,
    ],
    [-3_000, attempt(3, 'two days ago')],
    [-3_000, settled(3, 'published', ['https://example.org/3'])],
    [-60, attempt(4, 'already out')],
    [-60, settled(4, 'published', ['https://example.org/4'])],
    [-30, attempt(5, 'nobody knows')],
    [-30, settled(5, 'unconfirmed')],
    [0, attempt(6, 'on its way')],
    [
      0,
      {
        event: 'stop.engaged',
        control: 'shortcut',
        by: 'Zoé',
        details: { stop: 's1', scope: 'everything', reason: 'accident', inFlight: [6] },
      },
    ],
    [0, { event: 'stop.confirmed', control: 'shortcut', details: { stop: 's1' } }],
    [1, settled(6, 'published', ['https://example.org/6'])],
    [
      1,
      {
        event: 'stop.inventory-begun',
        details: {
          stop: 's1',
          scheduled: 12,
          within: 2,
          dueBefore: STOP_AT + 7 * 86_400_000,
          brandIds: [1, 2],
          brands: [brand, 'Autre'],
          timeZones: ['Europe/Paris', 'Europe/Paris'],
          perBrand: [3, 9],
        },
      },
    ],
    [1, { event: 'stop.inventory', details: { stop: 's1', part: 1, posts: [7, 8], ...row } }],
    [1, { event: 'stop.inventory-done', details: { stop: 's1', parts: 1, named: 2, name: '' } }],
    [
      5,
      {
        event: 'tool.ticked',
        by: 'Zoé',
        details: {
          stop: 's1',
          brand: 1,
          name: brand,
          key: '3 1',
          text: 'Autre outil',
          account: 'Lune',
          done: true,
        },
      },
    ],
    [
      61,
      {
        event: 'posts.kept-back',
        details: { posts: [7, 8], ...row, reasons: ['stopped', 'stopped'], missedAt: [at, at] },
      },
    ],
    [
      90,
      {
        event: 'stop.released',
        control: 'button',
        by: 'Bao',
        details: { stop: 's1', brands: [1], brandNames: [brand], kept: ['brand:2=s2'] },
      },
    ],
    [
      95,
      plannedEvents(
        [{ id: 7, publishAt: at + 86_400_000, contentHash: HASH }],
        'rescheduled',
        'Bao',
      )[0] as JournalEvent,
    ],
  ];
}

/** Writes the lines as the app does, and says where. */
export function writeJournal(lines: readonly [number, JournalEvent][]) {
  const dir = tempDir();
  const from = { path: join(dir, 'journal.jsonl'), headPath: join(dir, 'journal.head') };
  let now = STOP_AT;
  const journal = openJournal({ ...from, now: () => now, monotonic: () => 0 });
  for (const [minutes, event] of lines) {
    now = STOP_AT + minutes * MINUTE;
    journal.append(event);
  }
  journal.close();
  return { ...from, now: STOP_AT + 120 * MINUTE, dir };
}
