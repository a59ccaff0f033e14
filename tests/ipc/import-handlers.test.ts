import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Result } from '../../src-main/core/result.ts';
import type { ImportOutcome } from '../../src-preload/import-views.ts';
import { openDeskRig } from './desk-rig.ts';

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

const ALL: ImportOutcome[] = ['new', 'duplicate', 'known', 'bad', 'past', 'clock'];

async function openRig() {
  const rig = await openDeskRig();
  const brand = await rig.addBrand('Maison Lune');
  const lune = await rig.addAccount(brand, 'practice', 'Lune', {});
  const atelier = await rig.addAccount(brand, 'practice', 'Atelier', {});
  const offer = async (name: string, text: string) => {
    const path = join(rig.dir, name);
    writeFileSync(path, text);
    return need(await rig.handlers['file.offer']({ purpose: 'calendar', path })).token;
  };
  return { ...rig, lune, atelier, offer };
}

test('a file of another tool is looked at, read as chosen, shown row by row, imported, and not twice', async () => {
  const { handlers, storage, lune, offer } = await openRig();
  const token = await offer(
    'sprout.csv',
    '\ufeffdate,time_24hr,message_text\n03/04/2027,10:00,Bonjour\n13/04/2027,10:00,Salut\n,,Later\n',
  );
  const look = need(await handlers['import.look']({ token }));
  expect(look).toMatchObject({ format: 'sprout-social', zoneless: 2, remembered: {} });
  expect(look.formats).toContainEqual({ id: 'hootsuite', name: 'Hootsuite' });
  expect(await handlers['import.preview']({ token })).toMatchObject({ error: { code: 'needs-date-order' } });
  const choices = { dateOrder: 'dmy' as const, timeZone: 'brand', accounts: { '': [lune] } };
  const preview = need(await handlers['import.preview']({ token, choices }));
  expect(preview).toMatchObject({ rows: 3, newRows: 2, badRows: 1, format: 'sprout-social' });
  const { previewId } = preview;
  const bad = need(await handlers['import.rows']({ previewId, outcomes: ['bad'], offset: 0, limit: 10 }));
  expect(bad).toMatchObject({ total: 1, rows: [{ line: 4, problems: [{ column: 'date' }] }] });
  const second = need(await handlers['import.rows']({ previewId, outcomes: ALL, offset: 1, limit: 1 }));
  expect(second).toMatchObject({ total: 3, rows: [{ line: 3, text: 'Salut', outcome: 'new' }] });
  expect(need(await handlers['import.apply']({ previewId, skipBad: true }))).toMatchObject({ added: 2 });
  expect(await handlers['import.rows']({ previewId, outcomes: ALL, offset: 0, limit: 1 })).toMatchObject({
    error: { code: 'no-preview' },
  });
  const again = need(await handlers['import.preview']({ token, choices }));
  expect(again).toMatchObject({ newRows: 0, knownRows: 2 });
  expect((await storage.posts.counts()).scheduled).toBe(2);
  const { lines } = need(await handlers['journal.page']({ offset: 0, limit: 20 }));
  const imported = lines.find(({ event }) => event === 'calendar.imported');
  expect(imported?.details).toMatchObject({ file: 'sprout.csv', format: 'sprout-social', added: 2 });
});

test('what was chosen is there for the next file of the same header, but never whose rows name nobody', async () => {
  const { handlers, lune, atelier, offer } = await openRig();
  const header = 'When,Message,Profile\n';
  const choices = {
    format: 'columns',
    columns: { publish_at: [0], text: [1], account: [2] },
    dateOrder: 'mdy' as const,
    timeZone: 'Europe/London',
    accounts: { moon: [lune, atelier], '': [lune] },
  };
  const token = await offer('a.csv', `${header}04/03/2027 10:00,Hello,moon\n04/03/2027 11:00,Nobody,\n`);
  expect(need(await handlers['import.look']({ token })).format).toBe('columns');
  // What was meant by these times that the clocks skip says nothing of others.
  const chosen = { ...choices, clockChange: 'later' as const };
  const { previewId } = need(await handlers['import.preview']({ token, choices: chosen }));
  expect(need(await handlers['import.apply']({ previewId, skipBad: false })).added).toBe(3);
  const next = need(
    await handlers['import.look']({ token: await offer('b.csv', `${header}05/03/2027 10:00,Hi,moon\n`) }),
  );
  expect(next.remembered).toEqual({ ...choices, accounts: { moon: [lune, atelier] } });
  expect(next.fields).toEqual(choices.columns);
  expect(next.missing).toEqual([]);
});

test('a mere network means nobody the next time', async () => {
  const { handlers, lune, offer } = await openRig();
  const file = 'post,platforms,scheduleDate\nBonjour,twitter,2027-04-03T07:30:00Z\n';
  const token = await offer('a.csv', file);
  const choices = { accounts: { twitter: [lune] } };
  const { previewId } = need(await handlers['import.preview']({ token, choices }));
  need(await handlers['import.apply']({ previewId, skipBad: false }));
  const next = need(await handlers['import.look']({ token: await offer('b.csv', file) }));
  expect(next.remembered.accounts).toEqual({});
});

test('an import is undone as far as nobody has touched its posts, and can then be imported anew', async () => {
  const { handlers, storage, lune, offer } = await openRig();
  const rows = Array.from({ length: 1_203 }, (_, n) => `Post ${n},2099-04-03 ${10 + (n % 8)}:00`);
  const token = await offer('buffer.csv', `Text,Posting Time\n${rows.join('\n')}\n`);
  const choices = { timeZone: 'UTC', accounts: { '': [lune] } };
  const bring = async () => {
    const { previewId } = need(await handlers['import.preview']({ token, choices }));
    return need(await handlers['import.apply']({ previewId, skipBad: false }));
  };
  const { importId } = await bring();
  expect(need(await handlers['import.list']({}))).toMatchObject([
    { id: importId, fileName: 'buffer.csv', format: 'buffer', posts: 1_203, by: 'Camille', undoneAt: null },
  ]);
  const { posts } = await storage.posts.page({}, 'soonest', 0, 4);
  const [moved, held, canceled, resumed] = posts.map(({ id }) => id) as [number, number, number, number];
  const wanted = { localTime: '2099-05-01T10:00', timeZone: 'UTC', spacingMinutes: 0 };
  need(await handlers['post.reschedule']({ postIds: [moved], ...wanted }));
  const touch = async (postIds: number[], kind: 'hold' | 'resume' | 'cancel') => {
    const seen = need(await handlers['bulk.preview']({ target: { postIds }, change: { kind } }));
    expect(need(await handlers['bulk.apply']({ previewId: seen.previewId }))).toMatchObject({ left: 0 });
  };
  await touch([held, resumed], 'hold');
  await touch([resumed], 'resume');
  await touch([canceled], 'cancel');
  const other = await storage.posts.add(
    [
      {
        accountId: lune,
        content: { parts: ['By hand'], link: '', media: [] },
        label: '',
        publishAt: Date.parse('2099-04-03T10:00Z'),
        localTime: '2099-04-03T10:00',
        timeZone: 'UTC',
        contentHash: 'x',
        importKey: null,
      },
    ],
    Date.now(),
  );
  const id = importId ?? 0;
  expect(need(await handlers['import.undoEffect']({ importId: id }))).toEqual({
    toCancel: 1_199,
    out: 0,
    canceled: 1,
    changed: 3,
  });
  expect(need(await handlers['import.undo']({ importId: id }))).toEqual({ canceled: 1_199, left: 4 });
  const counts = await storage.posts.counts();
  expect([counts.scheduled, counts.held, counts.canceled]).toEqual([3, 1, 1_200]);
  expect((await storage.posts.read(other.ids[0] ?? 0))?.state).toBe('scheduled');
  expect(need(await handlers['import.list']({}))[0]?.undoneAt).toBeGreaterThan(0);
  // What was left is known, the rest is new.
  expect(await bring()).toMatchObject({ added: 1_199, known: 4 });
  expect(await handlers['import.undo']({ importId: 99 })).toMatchObject({
    error: { code: 'no-such-import' },
  });
});
