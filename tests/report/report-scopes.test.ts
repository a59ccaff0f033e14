import { expect, test } from 'vitest';
import { renderReport } from '../../src-main/report/html.ts';
import { writeMessage } from '../../src-main/report/message.ts';
import { readReport, readTold } from '../../src-main/report/read-report.ts';
import type { ReportModel } from '../../src-main/report/report-model.ts';
import type { JournalEvent } from '../../src-main/stop/journal.ts';
import { HASH, STOP_AT, writeJournal } from './journal-scene.ts';

type Lines = [number, JournalEvent][];
const MINUTE = 60_000;
const BRANDS = [
  { id: 1, name: 'Lune', market: 'France' },
  { id: 2, name: 'Soleil', market: 'France' },
];
const NAMES = {
  brands: BRANDS,
  accounts: [
    { id: 11, brandId: 1, network: 'mastodon', name: '@lune' },
    { id: 12, brandId: 2, network: 'mastodon', name: '@soleil' },
    { id: 13, brandId: 1, network: 'bluesky', name: 'lune.example' },
  ],
};

const engaged = (stop: string, scope: string, minutes = 0): Lines[number] => [
  minutes,
  { event: 'stop.engaged', control: 'button', by: 'Zoé', details: { stop, scope, reason: '', inFlight: [] } },
];
const begun = (stop: string, brandIds: number[], scopeName = ''): Lines[number] => [
  1,
  {
    event: 'stop.inventory-begun',
    details: {
      stop,
      scopeName,
      dueBefore: STOP_AT,
      brandIds,
      brands: brandIds.map((id) => BRANDS.find((brand) => brand.id === id)?.name ?? ''),
      timeZones: brandIds.map(() => 'Europe/Paris'),
      perBrand: brandIds.map(() => 1),
    },
  },
];
const released = (
  minutes: number,
  details: { stop?: string; brands?: number[]; stops?: string[]; scopes?: string[]; kept?: string[] },
  by = 'Bao',
): Lines[number] => [
  minutes,
  {
    event: 'stop.released',
    by,
    details: {
      stop: '',
      brands: [],
      stops: [],
      scopes: [],
      kept: [],
      ...details,
      sendsFrom: STOP_AT + (minutes + 2) * MINUTE,
    },
  },
];
const ticked = (stop: string, key: string, done = true): Lines[number] => [
  6,
  {
    event: 'plan.ticked',
    by: 'Zoé',
    details: { stop, brand: 1, name: 'Lune', key, text: `Step ${key}`, who: 'Bao', done },
  },
];
/** Posts of brand 1 on two networks, missed so many minutes after the stop. */
const keptBack = (minutes: number, texts = ['toot', 'skeet'], missed = minutes): Lines[number] => [
  minutes,
  {
    event: 'posts.kept-back',
    details: {
      posts: [7, 8],
      brandIds: [1, 1],
      brands: ['Lune', 'Lune'],
      accountIds: [11, 13],
      accounts: ['@lune', 'lune.example'],
      networks: ['mastodon', 'bluesky'],
      texts,
      media: [0, 0],
      localTimes: ['', ''],
      timeZones: ['Europe/Paris', 'Europe/Paris'],
      publishAt: [STOP_AT, STOP_AT],
      hashes: [HASH, HASH],
      reasons: ['stopped', 'stopped'],
      missedAt: [STOP_AT + missed * MINUTE, STOP_AT + missed * MINUTE],
    },
  },
];

async function read(lines: Lines, stop: string, brand: number, names = true): Promise<ReportModel> {
  const from = { ...writeJournal(lines), names: names ? NAMES : null };
  const model = await readReport(from, stop, brand);
  if (!model.ok) throw new Error(model.error.code);
  return model.value;
}

test('a brand that comes back from its market is released, the other is not until it is named itself', async () => {
  const lines = [
    engaged('m', 'market:france'),
    begun('m', [1, 2], 'France'),
    released(10, { brands: [1], stops: ['m'], scopes: ['market:france'], kept: ['brand:2=k.brand:2'] }),
  ];
  expect(await read(lines, 'm', 1)).toMatchObject({ release: { by: 'Bao' }, alsoStopped: [] });
  const left = await read(lines, 'm', 2);
  expect(left.release).toBeNull();
  expect(renderReport(left, 'fr')).toContain('Le marché «\u202fFrance\u202f»');
  const told = await readTold(writeJournal(lines).path);
  expect(told.stop('k.brand:2')?.id).toBe('m');
  const later = [...lines, released(20, { brands: [2] }, 'Inès')];
  expect(await read(later, 'k.brand:2', 2)).toMatchObject({ release: { by: 'Inès' } });
  expect(await read(later, 'm', 1)).toMatchObject({ release: { by: 'Bao' } });
});

test('a market that comes back as a whole is released for each of its brands', async () => {
  const lines = [
    engaged('m', 'market:france'),
    begun('m', [1, 2]),
    released(9, { stops: ['m'], scopes: ['market:france'] }),
  ];
  for (const brand of [1, 2]) expect((await read(lines, 'm', brand)).release).not.toBeNull();
});

test('the release of a brand does not release a network, nor that of a network a brand', async () => {
  const lines = [
    engaged('b', 'brand:1'),
    engaged('n', 'network:mastodon'),
    begun('b', [1]),
    begun('n', [1, 2]),
    released(10, { brands: [1], kept: ['network:mastodon=n'] }),
  ];
  const brand = await read(lines, 'b', 1);
  expect(brand).toMatchObject({ release: { by: 'Bao' }, alsoStopped: ['network:mastodon'] });
  expect(renderReport(brand, 'en')).toContain('The network Mastodon');
  expect(writeMessage(brand, 'en')).toContain('Another stop still keeps back part or all of it.');
  const network = await read(lines, 'n', 1);
  expect(network.release).toBeNull();
  expect(writeMessage(network, 'fr')).toContain('pour Lune sur Mastodon');
  const back = [...lines, released(20, { stops: ['n'], scopes: ['network:mastodon'] }, 'Inès')];
  expect(await read(back, 'n', 2)).toMatchObject({ release: { by: 'Inès' } });
  expect(await read(back, 'b', 1)).toMatchObject({ release: { by: 'Bao' }, alsoStopped: [] });
});

test('everything that comes back for one brand leaves a network stopped, and the document says so', async () => {
  const lines = [
    engaged('n', 'network:mastodon', -5),
    engaged('e', 'everything'),
    begun('n', [1, 2]),
    begun('e', [1, 2]),
    released(10, { stop: 'e', brands: [1], kept: ['network:mastodon=n', 'brand:2=k'] }),
  ];
  expect(await read(lines, 'e', 1)).toMatchObject({
    release: { by: 'Bao' },
    alsoStopped: ['network:mastodon'],
  });
  expect(await read(lines, 'k', 2)).toMatchObject({ release: null });
});

test('only what this stop covered counts as missed during it, and what fell due in its countdown does', async () => {
  const lines = [engaged('n', 'network:mastodon'), begun('n', [1, 2]), keptBack(5)];
  expect((await read(lines, 'n', 1)).missed.map(({ text }) => text)).toEqual(['toot']);
  const account = [engaged('a', 'account:13'), begun('a', [1], 'lune.example'), keptBack(5)];
  const model = await read(account, 'a', 1);
  expect(model.missed.map(({ text }) => text)).toEqual(['skeet']);
  expect(renderReport(model, 'fr')).toContain('Le compte «\u202flune.example\u202f»');
  const end = released(10, { stops: ['n'], scopes: ['network:mastodon'] });
  const start = [engaged('n', 'network:mastodon'), begun('n', [1, 2])];
  expect((await read([...start, end, keptBack(12, ['', ''], 11)], 'n', 1)).missed).toHaveLength(1);
  expect((await read([...start, end, keptBack(20, ['', ''], 20)], 'n', 1)).missed).toEqual([]);
});

test('the text of a missed post is found with the stop that first had it', async () => {
  const [minutes, line] = keptBack(1);
  const lines: Lines = [
    engaged('first', 'everything', -30),
    [minutes - 30, { event: 'stop.inventory', details: { ...line.details, stop: 'first', part: 1 } }],
    engaged('second', 'brand:1'),
    keptBack(5, ['', '']),
  ];
  expect((await read(lines, 'second', 1)).missed.map(({ text }) => text)).toEqual(['toot', 'skeet']);
});

test('what was ticked off during this stop is told, with what the brand kept of it; not that of another', async () => {
  const lines = [
    engaged('e', 'everything'),
    begun('e', [1, 2]),
    ticked('e', 'one'),
    ticked('other', 'two'),
    ticked('e', 'three'),
    ticked('e', 'three', false),
    released(5, { stop: 'e', brands: [2], kept: ['brand:1=k'] }),
    ticked('k', 'four'),
  ];
  const { ticks } = await read(lines, 'e', 1);
  expect(ticks.map(({ what, isDone }) => [what, isDone])).toEqual([
    ['Step one', true],
    ['Step three', false],
    ['Step four', true],
  ]);
  expect(renderReport(await read(lines, 'e', 1), 'fr')).toContain('à faire par Bao');
});

test('a stop whose list is not in the journal yet is known to cover a brand by the names there are', async () => {
  for (const scope of ['market:france', 'network:mastodon', 'account:12']) {
    const lines = [engaged('x', scope)];
    expect(await read(lines, 'x', 2)).toMatchObject({ brand: { name: 'Soleil' }, heldInAll: null });
    await expect(read(lines, 'x', 2, false)).rejects.toThrow('report-no-brand');
  }
  await expect(read([engaged('x', 'account:12')], 'x', 1)).rejects.toThrow('report-no-brand');
});
