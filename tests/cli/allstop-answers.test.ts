import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { deskIdOf } from '../../src-main/yes/desk-id.ts';
import { yesCode } from '../../src-main/yes/yes-code.ts';
import { GOOD, json, workplace } from './workplace.ts';

vi.setConfig({ testTimeout: 180_000 });

const place = workplace();

test('allstop answers says what each line changes, refuses lines that are none, and takes up the rest', async () => {
  await place.connect();
  const storage = async () => {
    const opened = await openStorage({ path: join(place.dataDir, 'queue.sqlite'), now: Date.now });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  const before = await storage();
  await before.yes.setBrand(1, 'Camille Roux');
  await before.close();
  const path = place.calendar(GOOD, GOOD.replace('09:30', '10:30'));
  const looked = await place.run('import', path, '--dry-run');
  expect(looked.out).toContain('Held until there is a yes: 2.');
  expect((await place.run('import', path)).code).toBe(0);
  const asked = await storage();
  const desk = await deskIdOf(asked.facts, (n) => new Uint8Array(n).fill(7));
  const posts = await asked.posts.readMany([1, 2]);
  await asked.yes.keepAsked('a1b2c3d4e5f60718', [1, 2]);
  await asked.close();
  const [first = ''] = posts.map((post) => yesCode(post, desk).slice(0, 10));
  const mail = (more: string, name = 'Camille Roux') =>
    place.put('mail.txt', `All Stop ${desk}-a1b2c3d4e5f60718\nName: ${name}\n#1-${first} YES\n${more}`);

  const bad = await place.run('answers', mail('#2-3f2a9c0b1d fine by me\n'));
  expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('Line 4')]);
  const other = await place.run('answers', mail('', 'Jean Petit'), '--json');
  expect(json(other)).toMatchObject({ yes: 0, left: 1, open: 2, rows: [{ effect: 'other-person' }] });
  const counted = await place.run('answers', mail('', 'Jean Petit'), '--json', '--dry-run', '--other-person');
  expect(json(counted)).toMatchObject({ yes: 1, left: 0, open: 1 });
  expect((await place.status()).counts).toMatchObject({ held: 2, scheduled: 0 });

  const done = await place.run('answers', mail(''), '--by', 'Zoé');
  expect([done.code, done.out]).toEqual([
    0,
    expect.stringContaining('#1 practice/Lune, 2099-12-01 08:30:00 UTC: yes. Scheduled for its time.'),
  ]);
  expect(done.out).toContain('1 post of this page still waits');
  expect((await place.status()).counts).toMatchObject({ held: 1, scheduled: 1 });
  const journal = readFileSync(join(place.dataDir, 'journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(journal.find(({ event }) => event === 'yes.given')).toMatchObject({
    by: 'Zoé',
    control: 'command-line',
    details: { who: 'Camille Roux', posts: [1], file: 'mail.txt' },
  });
  expect(done.err).toBe('');
  const journalPath = join(place.dataDir, 'journal.jsonl');
  rmSync(journalPath);
  mkdirSync(journalPath);
  const unrecorded = await place.run('answers', mail(''));
  expect([unrecorded.code, unrecorded.err]).toEqual([
    0,
    expect.stringContaining('The journal cannot be written'),
  ]);
});
