import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type JournalEvent, openJournal } from '../../src-main/stop/journal.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { evening, STOP_AT } from '../report/journal-scene.ts';
import { json, workplace } from './workplace.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 180_000 });

const place = workplace();
const { run } = place;

function writeEvening(more: readonly JournalEvent[] = []): void {
  mkdirSync(place.dataDir, { recursive: true });
  const { journal: path, journalHead: headPath } = stopPaths(place.dataDir);
  let now = STOP_AT;
  const journal = openJournal({ path, headPath, now: () => now, monotonic: () => 0 });
  for (const [minutes, event] of evening()) {
    now = STOP_AT + minutes * 60_000;
    journal.append(event);
  }
  for (const event of more) journal.append(event);
  journal.close();
}

test('allstop report writes the document of the newest stop for the brand named, in the language asked for', async () => {
  writeEvening();
  const path = join(place.files, 'maison-lune.html');
  const ran = await run('report', '--brand', 'maison lune', path, '--lang=fr');
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toContain(`Écrit : ${path}.`);
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('lang="fr"');
  expect(page).toContain('Bonjour à tous');
  expect(page).not.toContain('not for this client');
  const other = await run('report', '--brand=Autre', '--stop=s2', join(place.files, 'autre.html'), '--json');
  expect(json(other)).toMatchObject({ stop: 's1', brand: 'Autre', held: 1, isWhole: true, brokenAt: null });
});

test('allstop report takes the newest stop of the brand that somebody pressed, whatever came after it', async () => {
  const engaged = (stop: string, scope: string, control: string): JournalEvent => ({
    event: 'stop.engaged',
    control,
    details: { stop, scope, epoch: 9, reason: '', widenedFrom: '', inFlight: [] },
  });
  writeEvening([engaged('s8', 'brand:99', 'button'), engaged('s9', 'everything', 'start')]);
  const ran = await run('report', '--brand=Maison Lune', join(place.files, 'lune.html'), '--json');
  expect(json(ran)).toMatchObject({ stop: 's1', brand: 'Maison Lune' });
});

test('allstop report refuses what the journal does not know, and writes nothing then', async () => {
  writeEvening();
  const path = join(place.files, 'none.html');
  for (const [args, said] of [
    [['--brand=Nobody', path], 'no such brand'],
    [['--brand=Maison Lune', '--stop=s9', path], 'no such stop'],
    [[path], 'no such brand'],
    [['--brand=Maison Lune'], '…?'],
    [['--brand=Maison Lune', join(place.files, 'not', 'there.html')], 'could not be saved'],
  ] as const) {
    const ran = await run('report', ...args);
    expect(ran.code, said).toBe(2);
    expect(ran.out + ran.err).toContain(said);
  }
  expect(existsSync(path)).toBe(false);
});

test('allstop report says that the journal is broken, in the terminal and in the document', async () => {
  writeEvening();
  const { journal } = stopPaths(place.dataDir);
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('already out', 'already 0ut'));
  const path = join(place.files, 'broken.html');
  const ran = await run('report', '--brand=Maison Lune', path);
  expect(ran.code).toBe(0);
  expect(ran.err).toContain('broken from line 4 on');
  expect(readFileSync(path, 'utf8')).toContain('broken from line 4 on');
});
