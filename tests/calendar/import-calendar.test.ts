import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { OUTCOMES } from '../../src-main/calendar/row-log.ts';
import { allPosts, calendar, importFile, NOW, OPTIONS, openDesk, preview, put, row } from './desk-fixture.ts';

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
    expect(await importFile(desk, path)).toMatchObject({
      ok: true,
      value: { added: 4, known: 0, skipped: 0 },
    });
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
    const { preview: seen, rows } = await preview(desk, path);
    expect(seen).toMatchObject({
      fileName: 'a.csv',
      format: 'all-stop',
      rows: 3,
      newRows: 2,
      knownRows: 0,
      badRows: 1,
      planWarning: '',
      notice: '',
    });
    expect(seen.firstAt).toBe(Date.parse('2026-12-01T08:30Z'));
    expect(seen.lastAt).toBe(Date.parse('2026-12-24T18:00Z'));
    expect(rows.page(OUTCOMES, 0, 10).rows.map(({ line, outcome }) => [line, outcome])).toEqual([
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
    expect(await importFile(desk, path, true)).toMatchObject({
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
    expect(skipped).toMatchObject({ ok: true, value: { added: 1, known: 0, skipped: 1 } });
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
    expect(prepared.source.file.encoding).toBe('utf-8');
    setTimeout(() => late.abort(), 20);
    const outcome = await desk.importer.apply(prepared, { ...OPTIONS, skipBad: false, signal: late.signal });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'canceled' } });
    expect(await allPosts(desk.storage)).toEqual([]);
    expect(await importFile(desk, path)).toMatchObject({ value: { added: 3_000 } });
  });
});
