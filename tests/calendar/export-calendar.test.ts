import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guardedCell, plainCell } from '../../src-main/calendar/columns.ts';
import { exportCalendar } from '../../src-main/calendar/export-calendar.ts';
import { localTimeOf } from '../../src-main/calendar/local-time.ts';
import { joinPieces, splitPieces } from '../../src-main/calendar/media-cells.ts';
import { keepMediaBytes } from '../../src-main/calendar/media-folder.ts';
import { readPublishAt, writePublishAt } from '../../src-main/calendar/publish-at.ts';
import { joinParts, splitParts } from '../../src-main/calendar/thread-text.ts';
import { joinLabels } from '../../src-main/core/labels.ts';
import type { Media, Post } from '../../src-main/core/post.ts';
import { PNG, samplePng } from '../support/sample-content.ts';
import { allPosts, type Desk, importFile, NOW, OPTIONS, openDesk } from './desk-fixture.ts';

const ZONES = [
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'UTC',
];

/** Pieces of text that a careless reader or writer of CSV trips over. */
const tricky = fc.constantFrom(
  '---',
  '\\---',
  ' --- ',
  '\n',
  '"',
  '""',
  ',',
  ';',
  "'",
  '=',
  '+',
  '-',
  '@',
  '|',
  '\\',
  '\t',
  'é',
  '😀',
  'à demain',
  "'=x",
  '\uff1d',
);
const words = fc
  .array(fc.oneof({ weight: 3, arbitrary: tricky }, fc.string({ maxLength: 6 })), { maxLength: 12 })
  .map((all) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are refused by the import and so not exported as they are
    all.join('').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu, ''),
  );

describe('cells of a calendar', () => {
  test('keep what they hold when guarded against formulas', () => {
    fc.assert(
      fc.property(fc.oneof(words, fc.string()), (text) => {
        expect(plainCell(guardedCell(text))).toBe(text);
      }),
    );
    for (const formula of ['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1', '\uff1d1']) {
      expect(guardedCell(formula)[0]).toBe("'");
    }
    expect(guardedCell('Bonjour')).toBe('Bonjour');
    expect(plainCell("'tis the season")).toBe("'tis the season");
  });

  test('keep the parts of a thread, whatever lines they have', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(splitParts(joinParts(parts))).toEqual(parts);
      }),
    );
  });

  test('keep descriptions of media', () => {
    const text = words.map((one) => one.trim());
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const back = splitPieces(joinPieces(texts));
        expect(texts.map((_, index) => back[index] ?? '')).toEqual(texts);
      }),
    );
  });

  test('keep an instant, also in the hour that comes twice and with seconds', () => {
    const at = fc.integer({ min: Date.parse('2026-01-01T00:00Z'), max: Date.parse('2030-01-01T00:00Z') });
    const autumn = fc
      .integer({ min: -7_200, max: 7_200 })
      .map((seconds) => Date.parse('2026-10-25T01:00Z') + seconds * 1_000);
    fc.assert(
      fc.property(fc.oneof(at, autumn), fc.constantFrom(...ZONES), (instant, zone) => {
        expect(readPublishAt(writePublishAt(instant, zone), zone)).toEqual({
          ok: true,
          at: instant,
          localTime: localTimeOf(instant, zone),
        });
      }),
      { numRuns: 1_000 },
    );
    expect(writePublishAt(Date.parse('2026-12-01T08:30Z'), 'Europe/Paris')).toBe('2026-12-01 09:30');
  });
});

const kept = ({ content, label, publishAt, localTime, timeZone }: Post) => ({
  parts: content.parts,
  link: content.link,
  media: content.media,
  label,
  publishAt,
  localTime,
  timeZone,
});

async function addPost(
  desk: Desk,
  post: Partial<Post['content']> & { label?: string; publishAt?: number; timeZone?: string },
) {
  const [account] = await desk.storage.accounts.list();
  if (account === undefined) throw new Error('no account');
  const {
    parts = ['Bonjour'],
    link = '',
    media = [],
    label = '',
    publishAt = NOW + 86_400_000,
    timeZone = 'Europe/Paris',
  } = post;
  const { ids } = await desk.storage.posts.add(
    [
      {
        accountId: account.id,
        content: { parts, link, media },
        label,
        publishAt,
        localTime: localTimeOf(publishAt, timeZone),
        timeZone,
        contentHash: `hash ${Math.random()}`,
        importKey: null,
      },
    ],
    NOW,
  );
  return ids[0] as number;
}

const path = (desk: Desk) => join(desk.dir, 'out.csv');
const exported = (desk: Desk, to = path(desk)) =>
  exportCalendar({ storage: desk.storage, mediaDir: desk.mediaDir }, to, OPTIONS);

describe('exporting a calendar', () => {
  test('writes what importing elsewhere reads back as the same posts', async () => {
    const from = await openDesk();
    const { sha256 } = await keepMediaBytes(from.mediaDir, PNG);
    const picture: Media = samplePng('Un pixel | gris');
    expect(sha256).toBe(picture.sha256);
    await addPost(from, { parts: ['=1+1', '---', "'x\n\\---"], link: 'https://example.org', label: '@noël' });
    await addPost(from, {
      media: [
        { ...picture, altText: '' },
        { ...picture, name: 'a|b:é.png' },
      ],
      publishAt: NOW + 1_234_567,
    });
    await addPost(from, {
      parts: ['"quoted", and; not\nmore'],
      publishAt: Date.parse('2027-10-31T01:30Z'),
      timeZone: 'Europe/Paris',
    });
    expect(await exported(from)).toEqual({
      ok: true,
      value: { path: path(from), rows: 3, missingMedia: 0, heldPosts: 0 },
    });

    const to = await openDesk();
    expect(await importFile(to, path(from))).toMatchObject({ ok: true, value: { added: 3 } });
    const before = (await allPosts(from.storage)).map(kept);
    const renamed = before.map((post) => ({
      ...post,
      media: post.media.map((one) => ({ ...one, name: one.name.replace(/[|:]/gu, '_') })),
    }));
    expect((await allPosts(to.storage)).map(kept)).toEqual(renamed);
    expect(readFileSync(join(to.mediaDir, sha256))).toEqual(PNG);
  });

  test('loses nothing of any text', async () => {
    const from = await openDesk();
    const to = await openDesk();
    const texts = fc.sample(words, 400).filter((text) => text.trim() !== '' && !/^[ \t]*$/mu.test(text));
    for (const [n, text] of texts.entries())
      await addPost(from, {
        parts: [text, `n° ${n}`],
        label: joinLabels([text.trim().slice(0, 100), `n° ${n}`]),
        publishAt: NOW + 60_000 * (n + 1),
      });
    expect(await exported(from)).toMatchObject({ ok: true });
    expect(await importFile(to, path(from))).toMatchObject({ ok: true, value: { added: texts.length } });
    expect((await allPosts(to.storage)).map(kept)).toEqual((await allPosts(from.storage)).map(kept));
  });

  test('imported again where it came from adds nothing that was imported', async () => {
    const desk = await openDesk();
    await addPost(desk, { parts: ['one'] });
    await exported(desk);
    const other = await openDesk();
    await importFile(other, path(desk));
    expect(
      await exportCalendar({ storage: other.storage, mediaDir: other.mediaDir }, path(other), OPTIONS),
    ).toMatchObject({ ok: true });
    expect(await importFile(other, path(other))).toMatchObject({ ok: true, value: { added: 0, known: 1 } });
  });

  test('leaves held posts out and says how many', async () => {
    const desk = await openDesk();
    const id = await addPost(desk, {});
    await addPost(desk, { parts: ['two'] });
    await desk.storage.posts.move([id], 'held', 'by-person', '', NOW);
    expect(await exported(desk)).toMatchObject({ ok: true, value: { rows: 1, heldPosts: 1 } });
  });

  test('says which media the data folder lacks', async () => {
    const desk = await openDesk();
    await addPost(desk, { media: [samplePng()] });
    expect(await exported(desk)).toMatchObject({ ok: true, value: { missingMedia: 1 } });
  });

  test('that cannot be written leaves what was there, and no half file', async () => {
    const desk = await openDesk();
    await addPost(desk, {});
    expect(await exported(desk, join(desk.dir, 'no-such-folder', 'out.csv'))).toMatchObject({
      ok: false,
      error: { code: 'cannot-write' },
    });
    mkdirSync(join(desk.dir, 'folder.csv'));
    expect(await exported(desk, join(desk.dir, 'folder.csv'))).toMatchObject({
      ok: false,
      error: { code: 'cannot-write' },
    });
    writeFileSync(path(desk), 'precious');
    const canceled = new AbortController();
    canceled.abort();
    const deps = { storage: desk.storage, mediaDir: desk.mediaDir };
    expect(await exportCalendar(deps, path(desk), { ...OPTIONS, signal: canceled.signal })).toMatchObject({
      ok: false,
      error: { code: 'canceled' },
    });
    expect(readFileSync(path(desk), 'utf8')).toBe('precious');
    expect(readdirSync(desk.dir).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
