import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OUTCOMES, type RowLog } from '../../src-main/calendar/row-log.ts';
import {
  allPosts,
  calendar,
  HEADER,
  importFile,
  OPTIONS,
  openDesk,
  preview,
  put,
  row,
} from './desk-fixture.ts';

const shown = (rows: RowLog) => rows.page(OUTCOMES, 0, 500).rows;

describe('the file', () => {
  const asLatin1 = (text: string) => Buffer.from(text, 'latin1');

  test('may have a byte order mark, semicolons, any line ends, line breaks in cells and columns in any order', async () => {
    const desk = await openDesk();
    const text = [
      '\ufeffLabel; TEXT ;Brand;network;ACCOUNT;publish_at',
      'l;"Bonjour ; ""toi""\r\nà demain\nou après";Maison Lune;Practice;Lune;2026-12-01 09:30',
      ';;;;;',
      '',
      'm;simple;Maison Lune;practice;Lune;2026-12-01 10:30',
      'bad;simple;Maison Lune;practice;Lune;never',
    ].join('\r\n');
    const path = put(desk, 'a.csv', text);
    const { preview: seen, rows } = await preview(desk, path);
    expect(seen.problems.map(({ line, column }) => [line, column])).toEqual([[8, 'publish_at']]);
    expect(shown(rows).map(({ line }) => line)).toEqual([2, 7, 8]);
    await importFile(desk, path, true);
    const [first] = await allPosts(desk.storage);
    expect(first?.content.parts).toEqual(['Bonjour ; "toi"\nà demain\nou après']);
    expect(first?.label).toBe('l');
  });

  test.each([
    ['\n', 3],
    ['\r\n', 3],
    ['\r', 3],
  ])('counts lines as an editor does with line ends %j', async (end, line) => {
    const desk = await openDesk();
    const rows = [row({ text: 'a\nb\nc' }), row({ text: 'x', publish_at: 'bad' })].map((one) =>
      one.replaceAll('\n', end),
    );
    const { preview: seen } = await preview(desk, put(desk, 'a.csv', [HEADER, ...rows].join(end)));
    expect(seen.problems.map((problem) => problem.line)).toEqual([line + 2]);
  });

  test('in Windows-1252 is read as such, and that is said', async () => {
    const desk = await openDesk();
    const path = put(
      desk,
      'a.csv',
      Buffer.concat([asLatin1(`${HEADER}\n${row({ text: 'Été à Noël ' })}`), Buffer.from([0x0a])]),
    );
    const { preview: seen, rows } = await preview(desk, path);
    expect(seen.notice).toContain('Windows-1252');
    expect(shown(rows)[0]?.text).toBe('Été à Noël ');
    const euro = put(
      desk,
      'b.csv',
      Buffer.concat([asLatin1(`${HEADER}\n`), asLatin1(row({ text: 'a\u0080b' })), Buffer.from('\n')]),
    );
    expect(shown((await preview(desk, euro)).rows)[0]?.text).toBe('a€b');
  });

  test('whose header is wrong is refused by the names of the columns', async () => {
    const desk = await openDesk();
    const refusal = async (text: string | Uint8Array) => {
      const looked = await desk.importer.preview(put(desk, 'a.csv', text), OPTIONS);
      return looked.ok ? 'taken' : `${looked.error.code}: ${looked.error.message}`;
    };
    expect(await refusal('brand,network,acount,publish_at,text\n')).toBe(
      'bad-header: Line 1: unknown column “acount”. Did you mean “account”? Also: column “account” is missing.',
    );
    expect(await refusal('brand,network,account,publish_at,text,text\n')).toContain('“text” is there twice');
    expect(await refusal('Nom;Date;Message\n1;2;3\n')).toMatch(/^no-header: /u);
    expect(await refusal('brand\tnetwork\taccount\tpublish_at\ttext\n')).toBe('taken');
    expect(await refusal('')).toMatch(/^empty: /u);
    expect(await refusal(Buffer.from('PK\u0003\u0004rest'))).toMatch(/^workbook: /u);
    expect(await refusal(Buffer.from(`\ufeff${HEADER}`, 'utf16le'))).toMatch(/^utf-16: /u);
    expect(await refusal(`${HEADER}\n\u0000`)).toMatch(/^not-text: /u);
    expect((await desk.importer.preview(join(desk.dir, 'none.csv'), OPTIONS)).ok).toBe(false);
    expect((await desk.importer.preview(desk.dir, OPTIONS)).ok).toBe(false);
    expect(await refusal(HEADER)).toBe('taken');
  });

  test('with too many or too few cells in a row names the row', async () => {
    const desk = await openDesk();
    const path = put(
      desk,
      'a.csv',
      `${HEADER}\n${row()},more\nMaison Lune,practice\n${row({ text: 'fine' })}\n`,
    );
    const { preview: seen } = await preview(desk, path);
    expect(seen.problems).toEqual([
      {
        line: 2,
        column: '',
        reason: 'The row has 11 cells, the header 10. Is a cell with a separator in it not quoted?',
      },
      { line: 3, column: '', reason: 'The row has 2 cells, the header 10.' },
    ]);
    expect(seen.newRows).toBe(1);
  });

  test('with a quote that is never closed, or closed in the middle, is refused at its line', async () => {
    const desk = await openDesk();
    const open = put(
      desk,
      'a.csv',
      `${HEADER}\n${row()}\n${row({ text: 'x' }).replace(',x,', ',"x,')}\n${row()}\n`,
    );
    expect(await desk.importer.preview(open, OPTIONS)).toMatchObject({
      ok: false,
      error: { code: 'open-quote', message: expect.stringContaining('Line 3:') },
    });
    const middle = put(
      desk,
      'b.csv',
      `${HEADER}\n${row()}\n${row({ text: 'x' }).replace(',x,', ',"x"y,')}\n${row()}\n`,
    );
    expect(await desk.importer.preview(middle, OPTIONS)).toMatchObject({
      ok: false,
      error: { code: 'bad-quote', message: expect.stringContaining('Line 3:') },
    });
  });

  test('with a stray quote in a cell loses that row only', async () => {
    const desk = await openDesk();
    const stray = row({ text: 'x' }).replace(',x,', ',a 5" screen and 6" one,');
    const { preview: seen } = await preview(
      desk,
      put(desk, 'a.csv', `${HEADER}\n${row()}\n${stray}\n${row({ text: 'z' })}\n`),
    );
    expect(seen.problems).toMatchObject([{ line: 3, column: 'text' }]);
    expect([seen.rows, seen.newRows, seen.badRows]).toEqual([3, 2, 1]);
  });

  test('of any bytes gives a sentence or a preview, and adds nothing by itself', async () => {
    const desk = await openDesk();
    const garbage = fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes));
    const pieces = fc
      .array(
        fc.constantFrom(
          '"',
          ',',
          ';',
          '\n',
          '\r',
          '\r\n',
          '---',
          'Maison Lune',
          'practice',
          'Lune',
          '2026-12-01 09:30',
          '|',
          '\\',
          "'",
          '=1+1',
          '\ufeff',
          'é',
          '😀',
          '\u0000',
        ),
        { maxLength: 120 },
      )
      .map((texts) => Buffer.from(`${HEADER}\n${texts.join('')}`));
    await fc.assert(
      fc.asyncProperty(fc.oneof(garbage, pieces), async (bytes) => {
        const looked = await desk.importer.preview(put(desk, 'g.csv', bytes), OPTIONS);
        if (!looked.ok) {
          expect(looked.error.message.length).toBeGreaterThan(10);
          return;
        }
        const { rows, newRows, knownRows, badRows } = looked.value.preview;
        expect(newRows + knownRows + badRows).toBe(rows);
      }),
      { numRuns: 300 },
    );
    expect(await allPosts(desk.storage)).toEqual([]);
  });

  test('is spoken about in French when asked', async () => {
    const desk = await openDesk();
    const path = put(desk, 'a.csv', calendar(row({ brand: 'Maison Lunne' })));
    expect((await preview(desk, path, { language: 'fr' })).preview.problems).toEqual([
      {
        line: 2,
        column: 'brand',
        reason: 'La marque « Maison Lunne » n’existe pas. Vouliez-vous dire « Maison Lune » ?',
      },
    ]);
  });
});
