import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { Result } from '../../src-main/core/result.ts';
import { renderReport } from '../../src-main/report/html.ts';
import { writeMessage } from '../../src-main/report/message.ts';
import { readReport, readTold } from '../../src-main/report/read-report.ts';
import { openJournal } from '../../src-main/stop/journal.ts';
import { plannedEvents } from '../../src-main/stop/journal-events.ts';
import { evening, HASH, STOP_AT, writeJournal } from './journal-scene.ts';

vi.setConfig({ testTimeout: 60_000 });

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const read = async (lines: ReturnType<typeof evening>, stop = 's1', brand = 1) =>
  need(await readReport(writeJournal(lines), stop, brand));

test('tells of one brand what was stopped, held, out, in flight, unconfirmed, ticked off, released, and what became of it', async () => {
  const model = await read(evening());
  expect(model.chain.isWhole).toBe(true);
  expect(model.brand).toEqual({ id: 1, name: 'Maison Lune', timeZone: 'Europe/Paris' });
  expect(model.stop).toMatchObject({
    at: STOP_AT,
    control: 'shortcut',
    by: 'Zoé',
    confirmedAt: STOP_AT,
    seq: 9,
  });
  expect(model.release).toMatchObject({ by: 'Bao', at: STOP_AT + 90 * 60_000 });
  expect(model.held.map(({ id }) => id)).toEqual([7]);
  expect(model.heldInAll).toBe(3);
  expect(model.held[0]).toMatchObject({
    text: 'Bonjour à tous',
    proof: { seq: 1, how: 'imported' },
    fate: { kind: 'rescheduled', publishAt: STOP_AT + 86_400_000 + 3_600_000, by: 'Bao' },
  });
  expect(model.missed).toEqual([]);
  expect(model.out).toMatchObject([
    { id: 4, text: 'already out', fate: { urls: ['https://example.org/4'] } },
  ]);
  expect(model.inFlight).toMatchObject([{ id: 6, fate: { kind: 'published' } }]);
  expect(model.unconfirmed).toMatchObject([{ id: 5, fate: { kind: 'unconfirmed' } }]);
  expect(model.ticks).toMatchObject([
    { kind: 'tool', what: 'Autre outil', account: 'Lune', by: 'Zoé', isDone: true },
  ]);
});

test('what a missing line would have told is not claimed', async () => {
  const without = (event: string, nth = 0) => {
    let met = 0;
    return evening().filter(([, line]) => line.event !== event || met++ !== nth);
  };
  expect((await read(without('posts.planned'))).held[0]?.proof).toBeNull();
  expect((await read(without('posts.planned', 1))).held[0]?.fate.kind).toBe('missed');
  expect((await read(without('stop.confirmed'))).stop.confirmedAt).toBeNull();
  expect(await read(without('stop.released'))).toMatchObject({ release: null });
  expect((await read(without('stop.inventory-done'))).isInventoryWhole).toBe(false);
  expect((await read(without('post.published', 2))).inFlight[0]?.fate.kind).toBe('unknown');
  expect((await read(without('post.published', 1))).out).toEqual([]);
  expect((await read(without('tool.ticked'))).ticks).toEqual([]);
  const bare = await read(
    without('stop.inventory-begun').filter(([, { event }]) => event !== 'stop.inventory'),
  );
  expect(bare).toMatchObject({ heldInAll: null, held: [], missed: [{ id: 7, text: 'Bonjour à tous' }] });
  expect(renderReport(bare, 'en')).toContain('is not known from it');
});

test('a plan after the stop, of another time or of other words is no proof', async () => {
  const plan = (at: number, hash: string) =>
    plannedEvents([{ id: 7, publishAt: at, contentHash: hash }], 'scheduled', '')[0];
  const due = STOP_AT + 3_600_000;
  for (const other of [plan(due, 'cd'.repeat(32)), plan(due + 1, HASH)]) {
    const lines = evening();
    lines.splice(1, 0, [-200, other as never]);
    expect((await read(lines)).held[0]?.proof).toBeNull();
  }
  const late = evening();
  late.push(...late.splice(0, 1));
  expect((await read(late)).held[0]?.proof).toBeNull();
});

test('a stop is found by its id, as the last one, and by what a brand kept of it; a brand by its name', async () => {
  const from = writeJournal(evening());
  const told = await readTold(from.path);
  expect(told.stop('last')?.id).toBe('s1');
  expect(told.stop('s2')?.id).toBe('s1');
  expect(told.stop('s3')).toBeNull();
  expect(told.brandId('  maison lune')).toBe(1);
  expect(told.brandId('Nobody')).toBeNull();
  expect(await readReport(from, 's3', 1)).toMatchObject({ ok: false, error: { code: 'report-no-stop' } });
  expect(await readReport(from, 's1', 99)).toMatchObject({ ok: false, error: { code: 'report-no-brand' } });
  const kept = need(await readReport(from, 's2', 2));
  expect(kept).toMatchObject({ brand: { name: 'Autre' }, release: null, held: [{ id: 8 }] });
});

test('after a byte was flipped the document says from which line on the chain is broken, and goes on telling', async () => {
  const from = writeJournal(evening());
  const bytes = readFileSync(from.path);
  const third = bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1;
  const flipped = bytes.indexOf('published', third);
  bytes[flipped] = (bytes[flipped] ?? 0) ^ 1;
  writeFileSync(from.path, bytes);
  const model = need(await readReport(from, 's1', 1));
  expect(model.chain).toMatchObject({ isWhole: false, brokenAt: 3 });
  expect(model.held).toHaveLength(1);
  expect(renderReport(model, 'en')).toContain('broken from line 3 on');
  expect(renderReport(model, 'fr')).toContain('rompue à partir de la ligne 3');
});

test('whatever a post, a name or an address holds is text in the page', async () => {
  const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&\u202e</td>`;
  const lines = evening(hostile, hostile);
  lines.splice(4, 1, [
    -60,
    { event: 'post.published', details: { post: 4, urls: ['javascript:alert(3)', `https://a/"><b>`] } },
  ]);
  for (const language of ['en', 'fr'] as const) {
    const page = renderReport(await read(lines), language);
    expect(page).not.toMatch(/<script|<img|<b>|href="javascript|\u202e/u);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain(`default-src 'none'`);
  }
});

test('both languages say the same facts, in French with its plurals and spaces', async () => {
  const model = await read(evening());
  const [en, fr] = [renderReport(model, 'en'), renderReport(model, 'fr')];
  for (const page of [en, fr]) {
    for (const fact of [
      'Bonjour à tous',
      'already out',
      'on its way',
      'nobody knows',
      'https://example.org/4',
      model.stop.hash,
      model.last.hash,
      '2026-11-20 20:30:05 UTC',
      '2026-11-20 21:30:05 UTC',
      'Bao',
    ])
      expect(page).toContain(fact);
    expect(page).not.toContain('not for this client');
    expect(page).not.toContain('two days ago');
  }
  expect(en).toContain('20 November 2026 at 21:30:05 (Paris)');
  expect(fr).toContain('20 novembre 2026 à 21:30:05 (Paris)');
  expect(fr).toContain('Arrêt d’urgence\u00a0: Maison Lune');
  expect(fr).not.toMatch(/ [:;?!»]/u);
  expect(writeMessage(model, 'en')).toContain('3 posts were kept back');
  expect(writeMessage(model, 'fr')).toContain('3 publications ont été bloquées');
  expect(writeMessage(model, 'fr')).toContain('1 publication était déjà en ligne');
  expect(writeMessage(model, 'fr')).not.toMatch(/ [:;?!»]/u);
});

/** Megabytes of journal. With 100 the whole of this test, writing the journal included, took 14 s on two busy cores. */
const MEGABYTES = Number(process.env.ALLSTOP_REPORT_MB ?? 24);

test('a huge journal is read in little memory', async () => {
  const from = writeJournal(evening());
  const journal = openJournal({ ...from, now: () => STOP_AT + 7_000_000, monotonic: () => 0 });
  const hash = 'ef'.repeat(32);
  for (let id = 1_000; statSync(from.path).size < MEGABYTES * 1024 * 1024; id += 5_000) {
    const posts = Array.from({ length: 5_000 }, (_, n) => ({
      id: id + n,
      publishAt: STOP_AT,
      contentHash: hash,
    }));
    journal.appendSoon(plannedEvents(posts, 'imported', ''));
  }
  journal.close();
  let most = 0;
  const before = process.memoryUsage().rss;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - before);
  }, 10);
  const model = need(await readReport(from, 's1', 1));
  clearInterval(timer);
  expect(model.chain.isWhole).toBe(true);
  expect(model.held).toHaveLength(1);
  expect(most).toBeLessThan(160 * 1024 * 1024);
});

test('who said yes or no, or did without, is told with its line, of exactly that time and content and while it stands', async () => {
  const due = STOP_AT + 3_600_000;
  const said = (event: string, more: object = {}, by = 'Zoé') => ({
    event,
    by,
    details: {
      who: 'Camille <Roux>',
      answeredAt: '2026-11-20T16:00:00.000Z',
      posts: [4, 7],
      publishAt: [due, due],
      hashes: [HASH, HASH],
      ...more,
    },
  });
  const model = await read([[-250, said('yes.given')], ...evening()]);
  expect(model.held[0]?.yes).toMatchObject({ kind: 'yes', who: 'Camille <Roux>', seq: 1 });
  expect(model.out[0]?.yes).toMatchObject({ kind: 'yes', answeredAt: Date.parse('2026-11-20T16:00:00Z') });
  const page = renderReport(model, 'fr');
  expect(page).toContain(
    'Accord de Camille &lt;Roux&gt;, 20 novembre 2026 à 17:00 (Paris), Ligne 1 du journal',
  );
  expect(page).toContain(model.held[0]?.yes?.hash);
  const later = await read([
    [-250, said('yes.refused')],
    [-249, said('posts.without-yes', {}, 'Bao')],
    ...evening(),
  ]);
  expect(later.held[0]?.yes).toMatchObject({ kind: 'without', who: 'Bao' });
  for (const stale of [
    [said('yes.given', { publishAt: [due, due + 1] })],
    [said('yes.given', { hashes: [HASH, 'cd'.repeat(32)] })],
    [said('yes.given'), said('yes.taken-back')],
    [said('yes.given'), said('posts.need-yes')],
  ]) {
    const lines = stale.map((line, index): [number, typeof line] => [-250 + index, line]);
    expect((await read([...lines, ...evening()])).held[0]?.yes).toBeNull();
  }
});
