import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportCalendar } from '../../src-main/calendar/export-calendar.ts';
import { contentHashOf } from '../../src-main/calendar/import-key.ts';
import { localTimeOf } from '../../src-main/calendar/local-time.ts';
import { keepMediaBytes } from '../../src-main/calendar/media-folder.ts';
import type { ReadingChoices } from '../../src-main/calendar/reading-choices.ts';
import { joinLabels, splitLabels } from '../../src-main/core/labels.ts';
import type { NewPost } from '../../src-main/core/queue.ts';
import { PNG, samplePng } from '../support/sample-content.ts';
import { allPosts, HEADER, NOW, OPTIONS, openDesk } from './desk-fixture.ts';

const ZONES = [
  'Europe/Paris',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'UTC',
];

/** What readers and writers of tables, formulas, threads and directions of writing trip over. */
const piece = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '---',
        '\\---',
        '\n',
        '\n\n',
        '"',
        '""',
        ',',
        ';',
        "'",
        "'=1",
        '=SUM(A1)',
        '+1',
        '-1',
        '@x',
        '|',
        '\\|',
        '\\',
        '\t',
      ],
    ),
  },
  fc.constantFrom(
    '\u202bשלום\u202c',
    'مرحبا بالعالم',
    '\u200f',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈',
    'e\u0301',
    '\uff1d1',
    '\u2028',
    '\u00a0',
    '{{name}}',
    '%s',
    'NULL',
    '00123',
    '1e5',
    'TRUE',
  ),
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: an import refuses control characters
const REFUSED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;
/** With a word in it: the practice network refuses a part that says nothing. */
const words = fc
  .array(piece, { minLength: 1, maxLength: 9 })
  .map((all) => `${all.join('').replace(REFUSED, '')}x`);
const label = words.map((text) => text.slice(0, 40));
/** Near changes of the clocks more often than not, to the second. */
const instant = fc.oneof(
  fc
    .constantFrom('2027-03-28T01:00Z', '2027-10-31T01:00Z', '2027-11-07T06:00Z', '2027-04-03T15:00Z')
    .chain((at) =>
      fc.integer({ min: -7_200, max: 7_200 }).map((seconds) => Date.parse(at) + seconds * 1_000),
    ),
  fc.integer({ min: 1, max: 400 * 86_400 }).map((seconds) => NOW + seconds * 1_000),
);

const written = fc.record({
  account: fc.nat(2),
  parts: fc.array(words, { minLength: 1, maxLength: 4 }),
  link: fc.constantFrom('', 'https://example.org/a?b=c,d;e"', 'https://example.org/é#=1'),
  alts: fc.array(
    fc.oneof(
      fc.constant(''),
      words.map((text) => text.trim()),
    ),
    { maxLength: 4 },
  ),
  labels: fc.array(label, { maxLength: 4 }),
  publishAt: instant,
  timeZone: fc.constantFrom(...ZONES),
});

function toPost(
  one: typeof written extends fc.Arbitrary<infer T> ? T : never,
  accountId: number,
  n: number,
): NewPost {
  const media = one.alts.map((altText, index) => ({ ...samplePng(altText), name: `a,"b" ${index}.png` }));
  // Numbered, so that no two say the same: the second would be known already.
  const content = {
    parts: one.parts.map((part, index) => (index === 0 ? `${part} ${n}` : part)),
    link: one.link,
    media,
  };
  const { publishAt, timeZone } = one;
  return {
    accountId,
    content,
    label: joinLabels(one.labels),
    publishAt,
    localTime: localTimeOf(publishAt, timeZone),
    timeZone,
    contentHash: contentHashOf(content),
    importKey: null,
  };
}

const comparable = (posts: Awaited<ReturnType<typeof allPosts>>) =>
  posts
    .map(({ accountId, content, label: labels, publishAt, localTime, timeZone }) => ({
      accountId,
      parts: content.parts,
      link: content.link,
      media: content.media.map(({ sha256, altText, name }) => ({
        sha256,
        altText,
        name: name.replaceAll('"', '_'),
      })),
      labels: splitLabels(labels),
      publishAt,
      localTime,
      timeZone,
    }))
    .sort((a, b) => a.publishAt - b.publishAt || a.parts.join().localeCompare(b.parts.join()));

async function roundTrip(
  rows: readonly (typeof written extends fc.Arbitrary<infer T> ? T : never)[],
  choices: ReadingChoices = {},
  between: (file: string) => string = (file) => file,
) {
  const from = await openDesk();
  const accounts = await from.storage.accounts.list();
  await keepMediaBytes(from.mediaDir, PNG);
  await from.storage.posts.add(
    rows.map((one, n) => toPost(one, accounts[one.account]?.id ?? 0, n)),
    NOW,
  );
  const path = join(from.dir, 'all.csv');
  expect(
    await exportCalendar({ storage: from.storage, mediaDir: from.mediaDir }, path, OPTIONS),
  ).toMatchObject({
    ok: true,
    value: { rows: rows.length },
  });
  writeFileSync(path, between(readFileSync(path, 'utf8')));
  const to = await openDesk();
  const seen = await to.importer.look(path, choices, OPTIONS);
  if (!seen.ok) throw new Error(seen.error.message);
  const named = Object.fromEntries(seen.value.accounts.map(({ name, suggested }) => [name, suggested]));
  const looked = await to.importer.preview(path, {
    ...OPTIONS,
    choices: choices.format === undefined ? choices : { ...choices, accounts: named },
  });
  if (!looked.ok) throw new Error(looked.error.message);
  expect(looked.value.preview.problems).toEqual([]);
  expect(await to.importer.apply(looked.value, { ...OPTIONS, skipBad: false })).toMatchObject({
    ok: true,
    value: { added: rows.length },
  });
  expect(comparable(await allPosts(to.storage))).toEqual(comparable(await allPosts(from.storage)));
}

const many = fc.array(written, { minLength: 40, maxLength: 80 });

test('what is exported is imported elsewhere as the same posts', async () => {
  await fc.assert(
    fc.asyncProperty(many, (rows) => roundTrip(rows)),
    { numRuns: 6, endOnFailure: true },
  );
}, 60_000);

test('the same by columns that a person names, in any order, of posts that are no thread', async () => {
  const names = HEADER.split(',');
  const fields = [
    'brand',
    'network',
    'account',
    'publish_at',
    'time_zone',
    'text',
    'link',
    'media',
    'alt_text',
    'label',
  ] as const;
  const choices: ReadingChoices = {
    format: 'columns',
    columns: Object.fromEntries(fields.map((field) => [field, [names.indexOf(field)]])),
  };
  await fc.assert(
    fc.asyncProperty(many, (rows) =>
      roundTrip(
        rows.map((one) => ({
          ...one,
          // In such a table a line of dashes is text, and commas stand between labels.
          parts: [(one.parts[0] ?? '').replaceAll('---', '–')],
          labels: one.labels.map((text) => text.replace(/[,;|\\\n]/gu, ' ')),
        })),
        choices,
        (file) => file.replace(HEADER, names.map((_, n) => `column ${n}`).join(',')),
      ),
    ),
    { numRuns: 4, endOnFailure: true },
  );
}, 60_000);
