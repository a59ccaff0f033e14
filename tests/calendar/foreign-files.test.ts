import { describe, expect, test } from 'vitest';
import type { ReadingChoices } from '../../src-main/calendar/reading-choices.ts';
import { OUTCOMES } from '../../src-main/calendar/row-log.ts';
import { PNG } from '../support/sample-content.ts';
import { type Desk, OPTIONS, openDesk, put } from './desk-fixture.ts';

/** Everything that a file leaves open, said; each test changes what it is about. */
const SAID: ReadingChoices = { dateOrder: 'dmy', timeZone: 'brand', webMedia: 'leave' };

const look = async (desk: Desk, path: string, choices: ReadingChoices = {}) => {
  const looked = await desk.importer.look(path, choices, OPTIONS);
  if (!looked.ok) throw new Error(`${looked.error.code}: ${looked.error.message}`);
  return looked.value;
};

const read = async (desk: Desk, path: string, choices: ReadingChoices) => {
  const looked = await desk.importer.preview(path, { ...OPTIONS, choices });
  if (!looked.ok) return `${looked.error.code}: ${looked.error.message}`;
  return looked.value.rows.page(OUTCOMES, 0, 100).rows.map((row) => ({
    line: row.line,
    account: row.account,
    at: row.publishAt === 0 ? '' : new Date(row.publishAt).toISOString(),
    text: row.text,
    outcome: row.outcome,
    problems: row.problems.map(({ column, reason }) => `${column}: ${reason}`),
  }));
};

/** Lune, lune.atelier and Harbour. */
async function accountIds(desk: Desk): Promise<readonly number[]> {
  return (await desk.storage.accounts.list()).map(({ id }) => id).sort((a, b) => a - b);
}

/** A file of each tool, with oddities its users meet. All say the same: "Bonjour" on 3 April 2027 at 9:30 in Paris. */
const FILES: readonly { format: string; file: string; choices?: ReadingChoices; named?: string }[] = [
  {
    format: 'buffer',
    file: '\ufefftext,IMAGE URL,Tags,posting time\r\n"Bonjour",https://example.org/a.png,"noël, hiver",2027-04-03 09:30\r\n,,,\r\n',
  },
  { format: 'hootsuite', file: '03/04/2027 09:30,Bonjour,https://example.org\n' },
  {
    format: 'sprout-social',
    file: 'Date;Time_24hr;Message_Text;public_image_url\n3/4/2027;9:30;Bonjour;\n',
  },
  {
    format: 'publer',
    file: 'Date,Text,Link(s),Media URL(s),Title,Label(s),Alt text(s),Comment(s),Pin board,Sub-type,,\n2027-04-03 09:30,Bonjour,,,,,,,,,,\n',
  },
  {
    format: 'publer-old',
    file: 'Date,Message,Link,Media URL,Title,Labels\n2027/04/03 09:30,Bonjour,,,,\n',
  },
  {
    format: 'agorapulse',
    file: 'post_content,post_link,video_url,image_url,when\nBonjour,,,,03.04.2027 09h30\n',
    choices: { columns: { text: [0], publish_at: [4] } },
  },
  {
    format: 'statusbrew',
    file: '03/04/27 09:30,Bonjour,https://example.org/a.png\n',
  },
  {
    format: 'ayrshare',
    file: 'post,platforms,mediaUrls,scheduleDate\nBonjour,practice,,2027-04-03T07:30:00Z\n',
    named: 'practice',
  },
  {
    format: 'go-high-level',
    file: 'postAtSpecificTime (YYYY-MM-DD HH:mm:ss),content,link (OGmetaUrl),imageUrls,gifUrl,videoUrls\n2027-04-03 09:30:00,Bonjour,,"https://e.org/1.png, https://e.org/2.png",,\n',
  },
  {
    format: 'socialbee',
    file: 'text,link,imageUrls,gifUrls,videoUrls,postAtSpecificTime\nBonjour,,,,,3 April 2027 9:30 AM\n',
  },
  {
    format: 'postfast',
    file: 'scheduled_at,account_id,content,media_urls\n2027-04-03T09:30:00+02:00,acc_1,Bonjour,\n',
    named: 'acc_1',
  },
  {
    format: 'schedulin',
    file: 'Channel,Caption,Media_URL,Scheduled_At,Placement\nlune,Bonjour,,2027-04-03T07:30:00.000Z,feed\n',
    named: 'lune',
  },
  {
    format: 'magicsync',
    file: 'content,image_url,scheduled_time,comments\nBonjour,,2027-04-03T09:30:00+0200,one;two\n',
  },
];

describe('a file of another tool', () => {
  test.each(FILES)(
    '$format is recognised by its first row and read',
    async ({ format, file, choices, named }) => {
      const desk = await openDesk();
      const [lune = 0] = await accountIds(desk);
      const path = put(desk, 'export.csv', file);
      const seen = await look(desk, path);
      expect([seen.format, seen.candidates[0], seen.rows]).toEqual([format, format, 1]);
      expect(seen.accounts.map(({ name }) => name)).toEqual([named ?? '']);
      const rows = await read(desk, path, {
        ...SAID,
        format,
        ...choices,
        accounts: { [named ?? '']: [lune] },
      });
      expect(rows).toEqual([
        expect.objectContaining({
          account: 'Lune',
          at: '2027-04-03T07:30:00.000Z',
          text: 'Bonjour',
          outcome: 'new',
          problems: [],
        }),
      ]);
    },
  );

  test('without a header may be of two tools, and that is not decided for a person', async () => {
    const desk = await openDesk();
    const seen = await look(desk, put(desk, 'a.csv', '12/31/2027 9:30 PM,Hello,https://example.org/a.jpg\n'));
    expect([seen.candidates, seen.isSure, seen.hasHeader]).toEqual([
      ['statusbrew', 'hootsuite'],
      false,
      false,
    ]);
  });

  test('the order of day and month, and the zone, are never assumed', async () => {
    const desk = await openDesk();
    const [lune = 0] = await accountIds(desk);
    const path = put(desk, 'a.csv', 'date,time_24hr,message_text\n03/04/2027,10:00,a\n13/04/2027,10:00,b\n');
    const accounts = { '': [lune] };
    expect(await read(desk, path, { timeZone: 'brand', accounts })).toMatch(/^needs-date-order: /u);
    expect(await read(desk, path, { dateOrder: 'dmy', accounts })).toMatch(/^needs-time-zone: /u);
    const { dates, zoneless } = await look(desk, path);
    expect(zoneless).toBe(2);
    expect(dates).toEqual({
      open: 2,
      impossible: { dmy: 0, mdy: 1, ymd: 2 },
      usual: null,
      samples: [
        {
          line: 2,
          written: '03/04/2027 10:00',
          readings: { dmy: '2027-04-03T10:00', mdy: '2027-03-04T10:00', ymd: '' },
        },
        { line: 3, written: '13/04/2027 10:00', readings: { dmy: '2027-04-13T10:00', mdy: '', ymd: '' } },
      ],
    });
    const asDmy = await read(desk, path, { dateOrder: 'dmy', timeZone: 'America/New_York', accounts });
    expect(asDmy).toMatchObject([{ at: '2027-04-03T14:00:00.000Z' }, { at: '2027-04-13T14:00:00.000Z' }]);
    expect(await read(desk, path, { dateOrder: 'mdy', timeZone: 'brand', accounts })).toMatchObject([
      { at: '2027-03-04T09:00:00.000Z' },
      { problems: ['date: There is no such day as “13/04/2027 10:00”, read in the order chosen.'] },
    ]);
  });

  test('what another tool would decide is refused by line, column and reason', async () => {
    const desk = await openDesk();
    const [lune = 0] = await accountIds(desk);
    const path = put(
      desk,
      'a.csv',
      [
        'Date,Text,Link(s),Media URL(s)',
        ',in the queue,,',
        'next Friday at 2 PM,a phrase,,',
        'Post at optimal time,another,,',
        '2027-04-03,no time of day,,',
        '2027-04-03 13:30 PM,thirteen in the afternoon,,',
        '2027-04-03 12:30 am,half past midnight,,',
        '2027-04-03 09:30,one || two,,',
        '2027-04-03 09:30,carousel,"https://a.example, https://b.example",',
        '2027-04-03 09:30,picture,,https://a.example/a.png',
        '2027-04-03 09:30,"two',
        'lines",,,,,',
        '2027-04-03 09:30,spilt,,,x',
      ].join('\r\n'),
    );
    const rows = await read(desk, path, { timeZone: 'Europe/Paris', accounts: { '': [lune] } });
    expect(Array.isArray(rows) && rows.map(({ line, problems }) => [line, ...problems])).toEqual([
      [2, 'Date: There is no time. Another tool may choose one; here it must be written.'],
      [3, expect.stringMatching(/^Date: “next Friday at 2 PM” is not a day and time/u)],
      [4, expect.stringMatching(/^Date: “Post at optimal time” is not a day and time/u)],
      [5, 'Date: “2027-04-03” has no time of day.'],
      [6, expect.stringMatching(/^Date: .*is not a day and time/u)],
      [7],
      [8, 'Text: “||” stands between several texts. Give each a row of its own.'],
      [9, 'Link(s): There are several links; a post has one.'],
      [10, expect.stringMatching(/^Media URL\(s\): .*fetches no pictures/u)],
      [11],
      [13, expect.stringContaining('The row has 5 cells, the table 4 columns.')],
    ]);
  });

  test('goes to several accounts a row, each named or chosen once, and to none that was not chosen', async () => {
    const desk = await openDesk();
    const [lune = 0, atelier = 0, harbour = 0] = await accountIds(desk);
    const path = put(
      desk,
      'a.csv',
      'post,platforms,mediaUrls,scheduleDate\nboth,"twitter, facebook",,2027-04-03T07:30:00Z\none,facebook,,2027-04-03T07:31:00Z\nnone,,,2027-04-03T07:32:00Z\n',
    );
    const choices = { accounts: { twitter: [lune, harbour], facebook: [atelier, lune] } };
    expect((await look(desk, path)).accounts).toEqual([
      { name: 'facebook', rows: 2, suggested: [] },
      { name: 'twitter', rows: 1, suggested: [] },
      { name: '', rows: 1, suggested: [] },
    ]);
    expect(await read(desk, path, choices)).toMatchObject([
      { line: 2, account: 'Lune', outcome: 'new' },
      { line: 2, account: 'Harbour', outcome: 'new' },
      { line: 2, account: '@lune.atelier', outcome: 'new' },
      { line: 3, account: '@lune.atelier', outcome: 'new' },
      { line: 3, account: 'Lune', outcome: 'new' },
      { line: 4, outcome: 'bad', problems: [expect.stringContaining('names no account')] },
    ]);
  });

  test('any table is read by its columns, its names taken for what they can only mean', async () => {
    const desk = await openDesk();
    put(desk, 'images/pixel.png', PNG);
    const path = put(
      desk,
      'plan.tsv',
      [
        'Quand\tClient\tTexte\tVisuel\tFuseau\tNotes',
        '3 avril 2027 à 9h30\tHarbour & Co\tBonjour\timages/pixel.png\t\tà relire',
        'samedi 3 avr. 2027 09:30\tHarbour & Co\tHello\t\tEurope/Paris\t',
        '03/04/2027 09:30\tNobody\tx\t\tEurope/Parys\t',
      ].join('\n'),
    );
    const choices: ReadingChoices = {
      format: 'columns',
      dateOrder: 'dmy',
      timeZone: 'brand',
      columns: { publish_at: [0], brand: [1], text: [2], media: [3], time_zone: [4] },
    };
    const seen = await look(desk, path, choices);
    const [, , harbour = 0] = await accountIds(desk);
    expect(seen.accounts).toEqual([
      { name: 'Harbour & Co', rows: 2, suggested: [harbour] },
      { name: 'Nobody', rows: 1, suggested: [] },
    ]);
    expect([seen.leftOut, seen.columns[2]]).toEqual([
      ['Notes'],
      { name: 'Texte', samples: ['Bonjour', 'Hello', 'x'] },
    ]);
    expect(await read(desk, path, { ...choices, accounts: { 'Harbour & Co': [harbour] } })).toMatchObject([
      { at: '2027-04-03T08:30:00.000Z', account: 'Harbour', outcome: 'new' },
      { at: '2027-04-03T07:30:00.000Z', outcome: 'new' },
      {
        outcome: 'bad',
        problems: [
          'Fuseau: There is no time zone “Europe/Parys”. Did you mean “Europe/Paris”?',
          'Client: No account was chosen for “Nobody”.',
        ],
      },
    ]);
    expect(await read(desk, put(desk, 'b.csv', 'a,b\n1,2\n'), {})).toMatch(/^no-header: /u);
    expect(await read(desk, put(desk, 'b.csv', 'a,b\n1,2\n'), { format: 'columns' })).toMatch(
      /^needs-columns: /u,
    );
  });
});

describe('what becomes of a row', () => {
  test('is told: new, likely duplicate, known, bad, past, or a question of the clocks', async () => {
    const desk = await openDesk();
    const [lune = 0] = await accountIds(desk);
    const accounts = { '': [lune] };
    const header = 'Text,Image URL,Tags,Posting Time\n';
    const first = put(desk, 'first.csv', `${header}Said before,,,2027-04-03 09:30\n`);
    const choices: ReadingChoices = { timeZone: 'Europe/Paris', accounts };
    const prepared = await desk.importer.preview(first, { ...OPTIONS, choices });
    if (!prepared.ok) throw new Error(prepared.error.message);
    await desk.importer.apply(prepared.value, { ...OPTIONS, skipBad: false });
    const path = put(
      desk,
      'a.csv',
      `${header}${[
        'Said before,,,2027-04-03 09:30',
        ' said  BEFORE,,,2027-04-04 09:00',
        'Said before,,,2027-04-04 09:30',
        'Twice,,,2027-05-01 10:00',
        'Twice,,,2027-05-01 09:00',
        'Old,,,2020-01-01 09:00',
        'Skipped,,,2027-03-28 02:30',
        'Doubled,,,2027-10-31 02:30',
        'Broken,,,soon',
      ].join('\n')}\n`,
    );
    const rows = await read(desk, path, choices);
    expect(Array.isArray(rows) && rows.map(({ outcome }) => outcome)).toEqual([
      'known',
      'duplicate',
      'new',
      'duplicate',
      'new',
      'past',
      'clock',
      'clock',
      'bad',
    ]);
    const looked = await desk.importer.preview(path, { ...OPTIONS, choices });
    expect(looked.ok && looked.value.preview).toMatchObject({
      rows: 9,
      newRows: 4,
      duplicateRows: 2,
      knownRows: 1,
      badRows: 4,
      pastRows: 1,
      clockRows: 2,
    });
    const earlier = await read(desk, path, { ...choices, clockChange: 'earlier' });
    const later = await read(desk, path, { ...choices, clockChange: 'later' });
    expect([earlier, later]).toMatchObject([
      { 6: { at: '2027-03-28T00:30:00.000Z' }, 7: { at: '2027-10-31T00:30:00.000Z' } },
      { 6: { at: '2027-03-28T01:30:00.000Z' }, 7: { at: '2027-10-31T01:30:00.000Z' } },
    ]);
  });
});
