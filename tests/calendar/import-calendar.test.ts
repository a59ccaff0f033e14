import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PNG, PNG_SHA256 } from '../support/sample-content.ts';
import { allPosts, HEADER, importFile, NOW, OPTIONS, openDesk, preview, put } from './desk-fixture.ts';

const row = (changes: Partial<Record<string, string>> = {}) => {
  const cells: Record<string, string> = {
    brand: 'Maison Lune',
    network: 'practice',
    account: 'Lune',
    publish_at: '2026-12-01 09:30',
    time_zone: '',
    text: 'Bonjour',
    link: '',
    media: '',
    alt_text: '',
    label: '',
    ...changes,
  };
  return HEADER.split(',')
    .map((column) =>
      /[",\n;]/u.test(cells[column] ?? '') ? `"${cells[column]?.replaceAll('"', '""')}"` : cells[column],
    )
    .join(',');
};
const calendar = (...rows: string[]) => [HEADER, ...rows, ''].join('\r\n');

describe('importing a calendar', () => {
  test('adds each row as a scheduled post at its time', async () => {
    const desk = await openDesk();
    const path = put(
      desk,
      'a.csv',
      calendar(
        row({ text: 'Paris', label: 'noël' }),
        row({
          brand: ' harbour & CO ',
          account: 'HARBOUR',
          text: 'London',
          link: 'https://example.org/a?b=1',
        }),
        row({ text: 'New York', time_zone: 'america/new_york' }),
        row({ text: 'Offset', publish_at: '2026-12-01T09:30:15+05:30' }),
      ),
    );
    expect(await importFile(desk, path)).toEqual({ ok: true, value: { added: 4, known: 0, skipped: 0 } });
    const posts = await allPosts(desk.storage);
    expect(
      posts.map((post) => [
        post.content.parts[0],
        new Date(post.publishAt).toISOString(),
        post.localTime,
        post.timeZone,
      ]),
    ).toEqual([
      ['Offset', '2026-12-01T04:00:15.000Z', '2026-12-01T05:00', 'Europe/Paris'],
      ['Paris', '2026-12-01T08:30:00.000Z', '2026-12-01T09:30', 'Europe/Paris'],
      ['London', '2026-12-01T09:30:00.000Z', '2026-12-01T09:30', 'Europe/London'],
      ['New York', '2026-12-01T14:30:00.000Z', '2026-12-01T09:30', 'America/New_York'],
    ]);
    expect(new Set(posts.map((post) => post.state))).toEqual(new Set(['scheduled']));
    expect(posts.find((post) => post.content.parts[0] === 'Paris')?.label).toBe('noël');
    expect(posts.find((post) => post.content.parts[0] === 'London')?.content.link).toBe(
      'https://example.org/a?b=1',
    );
  });

  test('tells first what it would do and writes nothing', async () => {
    const desk = await openDesk();
    const path = put(
      desk,
      'a.csv',
      calendar(
        row(),
        row({ account: 'Lun', text: 'x' }),
        row({ text: 'later', publish_at: '2026-12-24T18:00Z' }),
      ),
    );
    const { preview: seen } = await preview(desk, path);
    expect(seen).toMatchObject({
      fileName: 'a.csv',
      rows: 3,
      newRows: 2,
      knownRows: 0,
      badRows: 1,
      planWarning: '',
      notice: '',
    });
    expect(seen.firstAt).toBe(Date.parse('2026-12-01T08:30Z'));
    expect(seen.lastAt).toBe(Date.parse('2026-12-24T18:00Z'));
    expect(seen.sample.map(({ line, status }) => [line, status])).toEqual([
      [2, 'new'],
      [3, 'bad'],
      [4, 'new'],
    ]);
    expect(seen.problems).toEqual([
      {
        line: 3,
        column: 'account',
        reason: 'Maison Lune has no account “Lun” on Practice. Did you mean “Lune”?',
      },
    ]);
    expect(await allPosts(desk.storage)).toEqual([]);
  });

  test('adds nothing when one row is bad, and all others when bad rows are to be skipped', async () => {
    const desk = await openDesk();
    const path = put(desk, 'a.csv', calendar(row(), row({ publish_at: 'tomorrow' }), row({ text: 'third' })));
    expect(await importFile(desk, path)).toMatchObject({ ok: false, error: { code: 'bad-rows' } });
    expect(await allPosts(desk.storage)).toEqual([]);
    expect(await importFile(desk, path, true)).toEqual({
      ok: true,
      value: { added: 2, known: 0, skipped: 1 },
    });
    expect((await allPosts(desk.storage)).map((post) => post.content.parts[0])).toEqual(['Bonjour', 'third']);
  });

  test('adds nothing a second time, nor from another file, even when its time has passed since', async () => {
    const desk = await openDesk();
    const path = put(desk, 'a.csv', calendar(row(), row(), row({ text: 'other' })));
    expect(await importFile(desk, path)).toMatchObject({ value: { added: 3, known: 0 } });
    expect(await importFile(desk, path)).toMatchObject({ value: { added: 0, known: 3 } });
    const copy = put(
      desk,
      'b.csv',
      calendar(row({ text: 'new' }), row({ label: 'now with a label', time_zone: 'Europe/Paris' })),
    );
    expect(await importFile(desk, copy)).toMatchObject({ value: { added: 1, known: 1 } });
    desk.clock.set(Date.parse('2026-12-02T00:00Z'));
    expect(await importFile(desk, path)).toMatchObject({ ok: true, value: { added: 0, known: 3 } });
    expect(await allPosts(desk.storage)).toHaveLength(4);
  });

  test('a row already imported is known although the same row stands twice in a later file', async () => {
    const desk = await openDesk();
    expect(await importFile(desk, put(desk, 'a.csv', calendar(row())))).toMatchObject({
      value: { added: 1 },
    });
    expect(await importFile(desk, put(desk, 'b.csv', calendar(row(), row())))).toMatchObject({
      value: { added: 1, known: 1 },
    });
  });

  test('refuses a time in the past, also one that passed since the preview', async () => {
    const desk = await openDesk();
    const past = put(desk, 'past.csv', calendar(row({ publish_at: '2026-11-20T12:00Z' })));
    expect((await preview(desk, past)).preview.problems).toEqual([
      { line: 2, column: 'publish_at', reason: 'This time has passed.' },
    ]);
    const path = put(desk, 'a.csv', calendar(row({ publish_at: '2026-11-20T12:05Z' }), row()));
    const prepared = await preview(desk, path);
    desk.clock.set(NOW + 10 * 60_000);
    const refused = await desk.importer.apply(prepared, { ...OPTIONS, skipBad: false });
    expect(refused).toMatchObject({ ok: false, error: { code: 'rows-changed' } });
    expect(await allPosts(desk.storage)).toEqual([]);
    const skipped = await desk.importer.apply(prepared, { ...OPTIONS, skipBad: true });
    expect(skipped).toEqual({ ok: true, value: { added: 1, known: 0, skipped: 1 } });
  });

  test('refuses a file that changed since the preview', async () => {
    const desk = await openDesk();
    const path = put(desk, 'a.csv', calendar(row()));
    const prepared = await preview(desk, path);
    writeFileSync(path, calendar(row({ text: 'something else' })));
    expect(await desk.importer.apply(prepared, { ...OPTIONS, skipBad: false })).toMatchObject({
      ok: false,
      error: { code: 'file-changed' },
    });
    expect(await allPosts(desk.storage)).toEqual([]);
  });

  test('can be called off in the middle, and then nothing was added', async () => {
    const desk = await openDesk();
    const rows = Array.from({ length: 3_000 }, (_, n) => row({ text: `post ${n}` }));
    const path = put(desk, 'a.csv', calendar(...rows));
    const early = new AbortController();
    early.abort();
    expect(await desk.importer.preview(path, { ...OPTIONS, signal: early.signal })).toMatchObject({
      ok: false,
      error: { code: 'canceled' },
    });
    const prepared = await preview(desk, path);
    const late = new AbortController();
    const reader = prepared.file;
    expect(reader.encoding).toBe('utf-8');
    setTimeout(() => late.abort(), 20);
    const outcome = await desk.importer.apply(prepared, { ...OPTIONS, skipBad: false, signal: late.signal });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'canceled' } });
    expect(await allPosts(desk.storage)).toEqual([]);
    expect(await importFile(desk, path)).toMatchObject({ value: { added: 3_000 } });
  });
});

describe('what stands in a row', () => {
  const problemsOf = async (changes: Record<string, string>) => {
    const desk = await openDesk();
    const { preview: seen } = await preview(desk, put(desk, 'a.csv', calendar(row(changes))));
    return seen.problems.map(({ column, reason }) => `${column}: ${reason}`);
  };

  test('an hour that spring jumps over, or autumn repeats, names both choices', async () => {
    expect(await problemsOf({ publish_at: '2027-03-28 02:30' })).toEqual([
      'publish_at: 2027-03-28 02:30 does not exist in Europe/Paris: the clocks go forward over it. Write 2027-03-28 01:30 or 2027-03-28 03:30.',
    ]);
    expect(await problemsOf({ publish_at: '2027-10-31T02:30' })).toEqual([
      'publish_at: 2027-10-31 02:30 exists twice in Europe/Paris: the clocks go back over it. Write 2027-10-31T02:30:00+02:00 for the first or 2027-10-31T02:30:00+01:00 for the second.',
    ]);
    expect(await problemsOf({ publish_at: '2027-10-31T02:30:00+01:00' })).toEqual([]);
  });

  test('no time is guessed', async () => {
    for (const written of [
      '01/12/2026 09:30',
      '2026-12-01',
      '2026-12-01 9:30',
      '9:30',
      '1764577800',
      '2026-12-01 09:30 CET',
      '2026-02-30 09:30',
      '2026-12-01 25:00',
      '2026-12-01T09:30+25:00',
      '',
    ]) {
      const problems = await problemsOf({ publish_at: written });
      expect(problems.join(), written).toMatch(/^publish_at: /u);
    }
  });

  test('unknown zones, brands, networks and accounts are refused with the nearest name', async () => {
    expect(await problemsOf({ time_zone: 'Europe/Pariss' })).toEqual([
      'time_zone: There is no time zone “Europe/Pariss”. Did you mean “Europe/Paris”?',
    ]);
    expect(await problemsOf({ time_zone: '+01:00' })).toEqual([
      'time_zone: There is no time zone “+01:00”. Write for instance Europe/Paris.',
    ]);
    expect(await problemsOf({ brand: 'Maison Lunne' })).toEqual([
      'brand: There is no brand “Maison Lunne”. Did you mean “Maison Lune”?',
    ]);
    expect(await problemsOf({ network: 'practise' })).toEqual([
      'network: There is no network “practise”. Did you mean “practice”?',
    ]);
    expect(await problemsOf({ brand: 'Nobody at all', account: '', publish_at: 'x' })).toEqual([
      'brand: There is no brand “Nobody at all”.',
    ]);
    expect(await problemsOf({ account: 'lune.atelier' })).toEqual([]);
    expect(await problemsOf({ account: 'Harbour' })).toEqual([
      'account: Maison Lune has no account “Harbour” on Practice.',
    ]);
  });

  test('a text the network does not take is refused with its length', async () => {
    expect(await problemsOf({ text: 'x'.repeat(501) })).toEqual([
      'text: The text is 501 characters long; 500 are allowed.',
    ]);
    expect(await problemsOf({ text: ' ' })).toEqual(['text: There is no text.']);
    expect(await problemsOf({ text: 'a\u0007b' })).toHaveLength(1);
    expect(await problemsOf({ text: `${'x'.repeat(400)}\n---\n${'y'.repeat(400)}` })).toEqual([]);
  });

  test('a link must be a web address', async () => {
    expect(await problemsOf({ link: 'javascript:alert(1)' })).toHaveLength(1);
    expect(await problemsOf({ link: 'example.org' })).toHaveLength(1);
    expect(await problemsOf({ link: 'https://example.org/é à' })).toHaveLength(1);
    expect(await problemsOf({ link: 'https://example.org/é' })).toEqual([]);
  });

  test('a line holding only three dashes begins the next part of a thread', async () => {
    const desk = await openDesk();
    const text = 'first\nline\n---\nsecond\n \\---\nstill second\n --- \nthird --- end';
    await importFile(desk, put(desk, 'a.csv', calendar(row({ text }))));
    const [post] = await allPosts(desk.storage);
    expect(post?.content.parts).toEqual(['first\nline', 'second\n ---\nstill second', 'third --- end']);
  });
});

describe('media', () => {
  test('is copied into the media folder under its SHA-256, with its descriptions', async () => {
    const desk = await openDesk();
    put(desk, 'images/é.png', PNG);
    put(desk, 'b.png', Buffer.concat([PNG, Buffer.from('more')]));
    const path = put(
      desk,
      'a.csv',
      calendar(
        row({ media: 'images\\é.png | b.png', alt_text: 'Un pixel gris|a \\| b' }),
        row({ text: 'second', media: 'images/é.png' }),
      ),
    );
    expect(await importFile(desk, path)).toMatchObject({ value: { added: 2 } });
    const [first, second] = await allPosts(desk.storage);
    expect(
      first?.content.media.map(({ name, mime, bytes, altText }) => [name, mime, bytes, altText]),
    ).toEqual([
      ['é.png', 'image/png', PNG.length, 'Un pixel gris'],
      ['b.png', 'image/png', PNG.length + 4, 'a | b'],
    ]);
    expect(second?.content.media).toMatchObject([{ sha256: PNG_SHA256, altText: '' }]);
    expect(readdirSync(desk.mediaDir)).toHaveLength(2);
    expect(readFileSync(join(desk.mediaDir, PNG_SHA256))).toEqual(PNG);
    expect(statSync(join(desk.mediaDir, PNG_SHA256)).mode & 0o777).toBe(0o600);
    expect(statSync(desk.mediaDir).mode & 0o777).toBe(0o700);
  });

  test('that is missing, a folder, empty, elsewhere, of a wrong type, too big or too many is refused by name', async () => {
    const desk = await openDesk();
    put(desk, 'ok.png', PNG);
    put(desk, 'empty.png', '');
    put(desk, 'words.png', 'just words');
    put(desk, 'folder/x.png', PNG);
    put(desk, 'big.png', Buffer.concat([PNG, Buffer.alloc(9 * 1024 * 1024)]));
    const cases: [string, string][] = [
      ['gone.png', '“gone.png”: there is no such file.'],
      ['folder', '“folder”: it is not an ordinary file.'],
      ['empty.png', '“empty.png”: the file is empty.'],
      ['/etc/hostname', '“/etc/hostname”: write its path relative to this file.'],
      ['C:\\a.png', '“C:\\a.png”: write its path relative to this file.'],
      ['https://example.org/a.png', '“https://example.org/a.png”: it is a web address, not a file.'],
      ['words.png', 'words.png: this network does not take application/octet-stream.'],
      ['big.png', 'big.png is 9.44 MB; 8.39 MB are allowed.'],
      ['ok.png|ok.png|ok.png|ok.png|ok.png', 'There are 5 media; 4 are allowed.'],
    ];
    const rows = cases.map(([media], n) => row({ text: `post ${n}`, media }));
    const { preview: seen } = await preview(desk, put(desk, 'a.csv', calendar(...rows)));
    expect(seen.problems.map(({ column, reason }) => [column, reason])).toEqual(
      cases.map(([, reason]) => ['media', reason]),
    );
    const texts = put(desk, 'b.csv', calendar(row({ media: 'ok.png', alt_text: 'one|two' })));
    expect((await preview(desk, texts)).preview.problems).toMatchObject([{ column: 'alt_text', line: 2 }]);
  });

  test('that went away after the preview keeps every row out and leaves nothing in the media folder', async () => {
    const desk = await openDesk();
    put(desk, 'a.png', PNG);
    const gone = put(desk, 'b.png', Buffer.concat([PNG, Buffer.from('b')]));
    const path = put(desk, 'a.csv', calendar(row({ media: 'a.png' }), row({ text: 'b', media: 'b.png' })));
    const prepared = await preview(desk, path);
    rmSync(gone);
    expect(await desk.importer.apply(prepared, { ...OPTIONS, skipBad: true })).toMatchObject({
      ok: false,
      error: { code: 'storage' },
    });
    expect(await allPosts(desk.storage)).toEqual([]);
    expect(readdirSync(desk.mediaDir)).toEqual([]);
  });
});

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
    const { preview: seen } = await preview(desk, path);
    expect(seen.problems.map(({ line, column }) => [line, column])).toEqual([[8, 'publish_at']]);
    expect(seen.sample.map(({ line }) => line)).toEqual([2, 7, 8]);
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
    const { preview: seen } = await preview(desk, path);
    expect(seen.notice).toContain('Windows-1252');
    expect(seen.sample[0]?.text).toBe('Été à Noël ');
    const euro = put(
      desk,
      'b.csv',
      Buffer.concat([asLatin1(`${HEADER}\n`), asLatin1(row({ text: 'a\u0080b' })), Buffer.from('\n')]),
    );
    expect((await preview(desk, euro)).preview.sample[0]?.text).toBe('a€b');
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
    expect(await refusal('brand\tnetwork\taccount\tpublish_at\ttext\n')).toMatch(/^tabs: /u);
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
