import { expect, test } from 'vitest';
import { renderReport } from '../../src-main/report/html.ts';
import { writeMessage } from '../../src-main/report/message.ts';
import { readReport } from '../../src-main/report/read-report.ts';
import type { JournalEvent } from '../../src-main/stop/journal.ts';
import { evening, STOP_AT, writeJournal } from './journal-scene.ts';

const HOUR = 3_600_000;

const found = (stop = 's1'): JournalEvent => ({
  event: 'elsewhere.found',
  details: {
    stop,
    source: 'service:1',
    account: 'Agence',
    where: 'Postiz',
    items: ['a', 'b', 'c', 'x', 'nobody'],
    channels: ['Lune (instagram)', 'Lune (instagram)', 'Lune (instagram)', 'Autre (instagram)', 'new'],
    brandIds: [1, 1, 1, 2, 0],
    brands: ['Maison Lune', 'Maison Lune', 'Maison Lune', 'Autre', ''],
    texts: ['soldes <b>', 'recette', 'annonce', 'secret of another client', 'nobody’s words'],
    planAt: [2, 1, 3, 1, 1].map((hours) => STOP_AT + hours * HOUR),
    urls: ['https://example.org/a', 'https://example.org/b', '', '', ''],
  },
});
const about = (event: string, item: string, more: object = {}, by = 'Zoé'): JournalEvent => ({
  event,
  by,
  details: { source: 'service:1', item, brandId: 1, account: 'Agence', where: 'Postiz', ...more },
});

async function read(lines: readonly [number, JournalEvent][]) {
  const all = [...evening(), ...lines].sort(([one], [other]) => one - other);
  const model = await readReport(writeJournal(all), 's1', 1);
  if (!model.ok) throw new Error(model.error.message);
  return model.value;
}

test('a client is told what waited elsewhere and what became of it, and nothing of anybody else’s', async () => {
  const model = await read([
    [2, found()],
    [3, about('elsewhere.cancel', 'a')],
    [3, about('elsewhere.outcome', 'a', { outcome: 'canceled', detail: '' }, '')],
    [4, about('elsewhere.outcome', 'b', { outcome: 'still-there', detail: 'HTTP 200' })],
    [4, about('elsewhere.outcome', 'x', { outcome: 'canceled' })],
    [
      5,
      {
        event: 'elsewhere.unread',
        details: {
          stop: 's1',
          source: 'account:3',
          account: '@lune',
          where: 'Mastodon',
          brandIds: [1],
          brands: [],
          why: 'unclear',
          detail: '',
        },
      },
    ],
    [
      5,
      {
        event: 'elsewhere.unread',
        details: {
          stop: 's1',
          source: 'account:4',
          account: '@autre',
          where: 'Mastodon',
          brandIds: [2],
          brands: [],
          why: 'unclear',
          detail: '',
        },
      },
    ],
  ]);
  expect(model.elsewhere.map(({ text, state, by }) => [text, state, by])).toEqual([
    ['recette', 'still-there', 'Zoé'],
    ['soldes <b>', 'canceled', ''],
    ['annonce', 'waiting', ''],
  ]);
  expect(model.elsewhereUnread).toEqual([{ account: '@lune', where: 'Mastodon' }]);
  for (const language of ['en', 'fr'] as const) {
    const page = renderReport(model, language);
    expect(page).toContain('https://example.org/b');
    expect(page).toContain('soldes &lt;b&gt;');
    for (const other of ['secret of another client', 'nobody’s words', '@autre']) {
      expect(page).not.toContain(other);
    }
  }
  expect(renderReport(model, 'en')).toContain('Still live there');
  const message = writeMessage(model, 'en');
  expect(message).toContain('1 post found waiting there was cancelled there.');
  expect(message).toContain('2 posts found waiting there may still go out');
  expect(writeMessage(model, 'fr')).toContain('1 publication trouvée là a été annulée sur place.');
});

test('what a person has dealt with is said to be, and what came back is live again', async () => {
  const model = await read([
    [2, found()],
    [3, about('elsewhere.outcome', 'a', { outcome: 'canceled' })],
    [4, about('elsewhere.ticked', 'b', {}, 'Noé')],
    [5, about('elsewhere.ticked', 'c', {}, 'Noé')],
    [6, about('elsewhere.unticked', 'c', {}, 'Noé')],
    [7, found()],
  ]);
  expect(model.elsewhere.map(({ text, state, tickedBy }) => [text, state, tickedBy])).toEqual([
    ['recette', 'waiting', 'Noé'],
    ['soldes <b>', 'waiting', ''],
    ['annonce', 'waiting', ''],
  ]);
  expect(renderReport(model, 'en')).toContain('dealt with, as Noé said');
});

test('what another stop found is that stop’s, and without any of it the document says nothing of it', async () => {
  expect((await read([[2, found('another')]])).elsewhere).toEqual([]);
  const page = renderReport(await read([]), 'en');
  expect(page).not.toContain('Scheduled outside All Stop');
});
