import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PNG, PNG_SHA256 } from '../support/sample-content.ts';
import { allPosts, calendar, importFile, OPTIONS, openDesk, preview, put, row } from './desk-fixture.ts';

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
