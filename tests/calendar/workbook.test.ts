import { describe, expect, test } from 'vitest';
import type { ReadingChoices } from '../../src-main/calendar/reading-choices.ts';
import { OUTCOMES } from '../../src-main/calendar/row-log.ts';
import { createSheetReader } from '../../src-main/calendar/sheet-reader.ts';
import { kindOfFormat, writtenSerial } from '../../src-main/calendar/workbook-dates.ts';
import { makeZip, workbookParts } from '../support/make-xlsx.ts';
import { type Desk, HEADER, OPTIONS, openDesk, put } from './desk-fixture.ts';

const text = (cell: string, words: string) => `<c r="${cell}" t="inlineStr"><is><t>${words}</t></is></c>`;

const read = async (desk: Desk, bytes: Uint8Array, choices: ReadingChoices = {}) => {
  const looked = await desk.importer.preview(put(desk, 'a.xlsx', bytes), { ...OPTIONS, choices });
  if (!looked.ok) return `${looked.error.code}: ${looked.error.message}`;
  return looked.value.rows.page(OUTCOMES, 0, 100).rows.map((row) => ({
    line: row.line,
    at: row.publishAt === 0 ? '' : new Date(row.publishAt).toISOString(),
    text: row.text,
    problems: row.problems.map(({ column, reason }) => `${column}: ${reason}`),
  }));
};

describe('a workbook', () => {
  test('is read as a table: its days by their formats, its texts wherever they are kept', async () => {
    const desk = await openDesk();
    const ids = (await desk.storage.accounts.list()).map(({ id }) => id);
    const strings = [
      '<si><t>Text</t></si>',
      '<si><t>Posting Time</t></si>',
      '<si><r><t>Bon</t></r><r><rPr><b/></rPr><t xml:space="preserve">jour &amp; co</t></r><rPh><t>ボン</t></rPh></si>',
      '<si><t>two_x000D_\nlines</t></si>',
    ];
    const rows = [
      '<row r="1"/>',
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>',
      // 46480.39583… is 3 April 2027, 9:30; the last seconds are lost in such numbers.
      '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="2"><v>46480.395833333336</v></c></row>',
      '<row r="4"><c r="A4" t="s"><v>3</v></c><c r="B4" s="4"><f>A1+1</f><v>46480.39583</v></c><c r="C4" t="s"/></row>',
      '<row r="6"><c r="A6"><v>42</v></c><c r="B6" t="str"><f>TEXT(1)</f><v>2027-04-03 09:30</v></c></row>',
      `<row>${text('A7', 'no time')}<c r="B7" s="1"><v>46480</v></c></row>`,
      '<row r="8"><c r="B8" s="2"/></row>',
    ].join('');
    const bytes = makeZip(workbookParts({ Empty: '', Plan: rows }, { strings }));
    const choices = { timeZone: 'Europe/Paris', accounts: { '': ids.slice(0, 1) } };
    const looked = await desk.importer.look(put(desk, 'a.xlsx', bytes), {}, OPTIONS);
    expect(looked.ok && looked.value).toMatchObject({
      format: 'buffer',
      sheets: ['Empty', 'Plan'],
      sheet: 'Plan',
      rows: 4,
    });
    const at = '2027-04-03T07:30:00.000Z';
    expect(await read(desk, bytes, choices)).toEqual([
      { line: 3, at, text: 'Bonjour & co', problems: [] },
      { line: 4, at, text: 'two\nlines', problems: [] },
      { line: 6, at, text: '42', problems: [] },
      { line: 7, at: '', text: 'no time', problems: ['Posting Time: “2027-04-03” has no time of day.'] },
    ]);
    expect(await read(desk, bytes, { ...choices, sheet: 'Gone' })).toMatch(/^no-sheet: /u);
  });

  test('may hold All Stop’s own calendar, day and time apart, and days counted from 1904', async () => {
    const desk = await openDesk();
    const header = HEADER.split(',').map((name, n) => text(`${'ABCDEFGHIJ'[n]}1`, name));
    const cells = ['Maison Lune', 'practice', 'Lune', '2027-04-03 09:30', '', 'Bonjour'];
    const own = cells.map((words, n) => text(`${'ABCDEF'[n]}2`, words));
    const calendar = makeZip(
      workbookParts({ Sheet1: `<row r="1">${header.join('')}</row><row r="2">${own.join('')}</row>` }),
    );
    expect(await read(desk, calendar)).toEqual([
      { line: 2, at: '2027-04-03T07:30:00.000Z', text: 'Bonjour', problems: [] },
    ]);
    const ids = (await desk.storage.accounts.list()).map(({ id }) => id);
    const sprout = `<row r="1">${['date', 'time_24hr', 'message_text'].map((name, n) => text(`${'ABC'[n]}1`, name)).join('')}</row><row r="2"><c r="A2" s="1"><v>45018</v></c><c r="B2" s="3"><v>0.3958333333</v></c>${text('C2', 'Salut')}</row>`;
    const old = makeZip(workbookParts({ Feuil1: sprout }, { is1904: true }));
    const choices = { timeZone: 'Europe/Paris', accounts: { '': ids.slice(0, 1) } };
    expect(await read(desk, old, choices)).toMatchObject([{ at: '2027-04-03T07:30:00.000Z' }]);
  });

  test('that is a trap, damaged, or of another kind is refused in a sentence', async () => {
    const desk = await openDesk();
    const good = workbookParts({ A: `<row r="1">${text('A1', 'Text')}${text('B1', 'Posting Time')}</row>` });
    const sheet = 'xl/worksheets/sheet1.xml';
    expect(await read(desk, makeZip({ 'a.txt': 'x' }))).toMatch(/^workbook: /u);
    expect(await read(desk, Buffer.from('PK\u0003\u0004rest'))).toMatch(/^workbook: /u);
    expect(await read(desk, makeZip(good).subarray(0, 700))).toMatch(/^workbook: /u);
    expect(await read(desk, makeZip({ ...good, [sheet]: '<a><b></a>' }))).toMatch(/^workbook: /u);
    const entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>';
    expect(await read(desk, makeZip({ ...good, [sheet]: entities }))).toMatch(/^workbook: /u);
    expect(await read(desk, makeZip(good, { [sheet]: 2 ** 31 }))).toMatch(/^workbook-too-big: /u);
    // What says it is small and is not is not read to its end.
    const strings = `<sst>${'<si><t></t></si>'.repeat(200_000)}</sst>`;
    const liar = makeZip({ ...good, 'xl/sharedStrings.xml': strings }, { 'xl/sharedStrings.xml': 10 });
    expect(await read(desk, liar)).toMatch(/^workbook: /u);
    const wide = `<row r="1"><c r="ZZZ1" t="str"><v>x</v></c></row>`;
    expect(await read(desk, makeZip({ ...good, [sheet]: `<w>${wide}</w>` }))).toMatch(/^too-many-columns: /u);
    const endless = `<sst><si><t>${'a'.repeat(100_001)}</t></si></sst>`;
    expect(await read(desk, makeZip({ ...good, 'xl/sharedStrings.xml': endless }))).toMatch(
      /^cell-too-long: /u,
    );
    const inCell = `<row r="1">${text('A1', 'a'.repeat(100_001))}</row>`;
    expect(await read(desk, makeZip({ ...good, [sheet]: `<w>${inCell}</w>` }))).toMatch(/^cell-too-long: /u);
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
    expect(await read(desk, old)).toMatch(/^old-workbook: .*\.xls kind/u);
  });

  test('has no more rows than a spreadsheet has', () => {
    const { listener } = createSheetReader({ strings: [], kinds: [], is1904: false });
    for (let row = 0; row < 1_048_576; row += 1) listener.open?.('row', {});
    expect(() => listener.open?.('row', {})).toThrow(/1048576|too-many-rows/u);
  });

  test('knows a day from a time and from an amount by its format', () => {
    const kinds = ['dd/mm/yyyy', 'd mmm yy', 'hh:mm', '[h]:mm:ss', 'yyyy-mm-dd hh:mm', 'h:mm AM/PM', 'mmm'];
    expect(kinds.map(kindOfFormat)).toEqual(['date', 'date', 'time', 'time', 'date-time', 'time', 'date']);
    const numbers = ['General', '0.00', '#,##0 "days"', '[Red]0', '@', '0%', '_-* #,##0.00\\ "€"_-'];
    expect(new Set(numbers.map(kindOfFormat))).toEqual(new Set(['number']));
    expect(kindOfFormat('[$-40C]dddd d mmmm yyyy;@')).toBe('date');
    expect(writtenSerial(46480.999_999_99, 'date-time', false)).toBe('2027-04-04 00:00:00');
    expect(writtenSerial(0.5, 'time', true)).toBe('12:00:00');
  });
});
