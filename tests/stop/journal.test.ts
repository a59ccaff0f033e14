import { execFile, spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Journal, type JournalRecord, openJournal } from '../../src-main/stop/journal.ts';
import { verifyJournal } from '../../src-main/stop/journal-check.ts';
import { tempDir } from '../support/temp-dir.ts';

const WRITER = resolve('tests/support/engine-journal-writer.ts');

function folder(dir = tempDir()) {
  const path = join(dir, 'journal.jsonl');
  const headPath = join(dir, 'journal.head');
  const open = (): Journal => {
    const journal = openJournal({ path, headPath, now: Date.now, monotonic: () => performance.now() });
    onTestFinished(() => journal.close());
    return journal;
  };
  const lines = () => readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const records = () => lines().map((line) => JSON.parse(line) as JournalRecord);
  return { dir, path, headPath, open, lines, records, verify: () => verifyJournal(path, headPath) };
}

/** Closed, with `count` records of all kinds of texts. */
function written(count = 4) {
  const made = folder();
  const journal = made.open();
  for (let number = 1; number <= count; number += 1) {
    journal.append({
      event: 'stop.engaged',
      control: 'button',
      by: 'Zoé Martin',
      details: { number, reason: `\u001b “attentat” 🕯 ${number}`, inFlight: [1, 2] },
    });
  }
  journal.close();
  return made;
}

describe('the journal', () => {
  test('is whole as it is written, and goes on where it was after it was opened again', async () => {
    const { open, verify, records } = written(3);
    open().append({ event: 'app.started' });
    expect(await verify()).toEqual({ isWhole: true, records: 4, brokenAt: null, problem: '' });
    expect(records().map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(records()[3]?.prev).toBe(records()[2]?.hash);
  });

  test('is whole before anything was written', async () => {
    expect(await folder().verify()).toMatchObject({ isWhole: true, records: 0 });
  });

  test('keeps whatever a person types, also what other programs take for the end of a line', async () => {
    const { open, verify, records } = folder();
    const journal = open();
    const reason = 'one\u2028two\u2029three\r\nfour\u0085\u0000\ud800 "five" \\ \ufffd';
    journal.append({ event: 'stop.explained', by: reason, details: { reason } });
    journal.appendSoon([{ event: 'app.ended' }]);
    await journal.flush();
    expect(await verify()).toMatchObject({ isWhole: true, records: 2 });
    expect(records()[0]?.details.reason).toBe(reason);
    expect(journal.tail()).toEqual(records());
  });

  test('any byte of it changed is noticed, and the record named', async () => {
    const { path, verify } = written(3);
    const bytes = readFileSync(path);
    let line = 1;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      for (const mask of [0x01, 0x20, 0x80]) {
        bytes[at] = byte ^ mask;
        writeFileSync(path, bytes);
        const check = await verify();
        expect([at, mask, check.isWhole, check.brokenAt]).toEqual([at, mask, false, line]);
      }
      bytes[at] = byte;
      if (byte === 0x0a) line += 1;
    }
    writeFileSync(path, bytes);
    expect(await verify()).toMatchObject({ isWhole: true });
  });

  test.each([
    ['taken out', (lines: string[]) => lines.toSpliced(1, 1), 2],
    ['put in twice', (lines: string[]) => lines.toSpliced(1, 0, lines[1] ?? ''), 3],
    ['moved', (lines: string[]) => [lines[0], lines[2], lines[1], lines[3]] as string[], 2],
    ['left empty', (lines: string[]) => lines.toSpliced(2, 1, ''), 3],
    [
      'given members it had not',
      (lines: string[]) => lines.with(0, (lines[0] ?? '').replace('{', '{"by":"x",')),
      1,
    ],
  ])('a record that was %s is noticed', async (_, change, brokenAt) => {
    const { path, lines, verify } = written();
    writeFileSync(path, `${change(lines()).join('\n')}\n`);
    expect(await verify()).toMatchObject({ isWhole: false, brokenAt });
  });

  test('a chain forged from some record on is noticed by the head', async () => {
    const made = written(4);
    const other = folder();
    const journal = other.open();
    for (let number = 0; number < 4; number += 1) journal.append({ event: 'forged.record' });
    journal.close();
    writeFileSync(made.path, readFileSync(other.path));
    expect(await made.verify()).toMatchObject({ isWhole: false });
  });

  test('a record in the middle that is whole in itself, but of another journal, is noticed', async () => {
    const made = written(4);
    const other = folder();
    const journal = other.open();
    for (let number = 0; number < 4; number += 1) journal.append({ event: 'forged.record' });
    journal.close();
    const forged = readFileSync(other.path, 'utf8').split('\n')[1] ?? '';
    writeFileSync(made.path, `${made.lines().with(1, forged).join('\n')}\n`);
    expect(await made.verify()).toMatchObject({ isWhole: false, brokenAt: 2 });
  });

  test('the last records taken away are noticed, and how many', async () => {
    const { path, lines, verify } = written(5);
    writeFileSync(path, `${lines().slice(0, 3).join('\n')}\n`);
    expect(await verify()).toMatchObject({
      isWhole: false,
      records: 3,
      brokenAt: 4,
      problem: '2 records are missing at the end.',
    });
    rmSync(path);
    expect(await verify()).toMatchObject({ isWhole: false, problem: '5 records are missing at the end.' });
  });

  test('a tail torn by a power cut, at any byte, is cut off and recorded', async () => {
    const { path, lines, open, verify, headPath } = written(2);
    const whole = readFileSync(path);
    const start = Buffer.byteLength(`${lines()[0]}\n`);
    for (let size = start + 1; size < whole.length; size += 37) {
      writeFileSync(path, whole.subarray(0, size));
      rmSync(headPath, { force: true });
      expect(await verify()).toMatchObject({ isWhole: false, brokenAt: 2 });
      open().close();
      expect(await verify()).toMatchObject({ isWhole: true, records: 2 });
      expect(JSON.parse(lines()[1] ?? '')).toMatchObject({
        event: 'journal.mended',
        details: { bytesCut: size - start },
      });
    }
  });

  test('its end is read without the rest, newest last', () => {
    const { open } = written(40);
    const journal = open();
    expect(journal.tail()).toHaveLength(40);
    const end = journal.tail(2_000);
    expect(end.length).toBeGreaterThan(2);
    expect(end.length).toBeLessThan(10);
    expect(end.map(({ seq }) => seq)).toEqual(end.map((_, index) => 41 - end.length + index));
  });

  test.each([
    ['before the app wrote anything', 0],
    ['between two records of the app', 3],
  ])('takes up what the command line recorded %s, also more than once', async (_, before) => {
    const { open, verify, records } = folder();
    const app = open();
    for (let number = 0; number < before; number += 1) app.append({ event: 'app.record' });
    for (const event of ['calendar.imported', 'accounts.imported']) {
      const commandLine = open();
      commandLine.append({ event });
      commandLine.append({ event });
      commandLine.close();
      app.append({ event: 'stop.engaged' });
      app.appendSoon([{ event: 'post.attempt' }, { event: 'post.published' }]);
    }
    await app.flush();
    app.close();
    expect(await verify()).toEqual({ isWhole: true, records: before + 10, brokenAt: null, problem: '' });
    expect(records().map(({ seq }) => seq)).toEqual(records().map((_, index) => index + 1));
  });

  test('what was cut off or put in its place while it is open stays a break', async () => {
    const cut = folder();
    const journal = cut.open();
    for (let number = 0; number < 4; number += 1) journal.append({ event: 'stop.engaged' });
    writeFileSync(cut.path, `${cut.lines().slice(0, 2).join('\n')}\n`);
    journal.append({ event: 'stop.confirmed' });
    expect(await cut.verify()).toMatchObject({ isWhole: false, brokenAt: 3 });

    const replaced = folder();
    const other = replaced.open();
    other.append({ event: 'stop.engaged' });
    writeFileSync(replaced.path, readFileSync(written(6).path));
    other.append({ event: 'stop.confirmed' });
    expect(await replaced.verify()).toMatchObject({ isWhole: false, brokenAt: 7 });
  });

  test('half a line another process left is cut off before the next record, and that is recorded', async () => {
    const { open, path, verify, records } = folder();
    const journal = open();
    journal.append({ event: 'app.started' });
    appendFileSync(path, '{"seq":2,"at":');
    journal.append({ event: 'stop.engaged' });
    expect(await verify()).toMatchObject({ isWhole: true, records: 3 });
    expect(records().map(({ event, details }) => [event, details.bytesCut])).toEqual([
      ['app.started', undefined],
      ['journal.mended', 14],
      ['stop.engaged', undefined],
    ]);
  });

  test('says no after it was closed, and throws nothing', () => {
    const { open } = written(1);
    const journal = open();
    journal.close();
    expect(journal.append({ event: 'too.late' })).toBe(false);
    expect(journal.appendSoon([{ event: 'too.late' }])).toBe(false);
  });

  test('cannot be opened where there is no folder, and says so by throwing', () => {
    const dir = join(tempDir(), 'nowhere');
    expect(() => folder(dir).open()).toThrow('ENOENT');
    expect(existsSync(dir)).toBe(false);
  });
});

describe('the journal of a process that is killed', () => {
  test('has everything that was appended, also what was to be synced soon', async () => {
    const made = folder();
    const child = spawn(process.execPath, [WRITER, made.dir, 'for ever'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise((done) => child.once('exit', done));
    let told = '';
    await new Promise<void>((done) => {
      child.stdout.on('data', (chunk: Buffer) => {
        told += chunk.toString();
        if (told.split('\n').length > 200) done();
      });
    });
    child.kill('SIGKILL');
    await ended;
    const said = told.split('\n').slice(0, -1).length;
    // A kill in the middle of a write may tear the very last line; opening mends it.
    made.open().close();
    expect(await made.verify()).toMatchObject({ isWhole: true });
    const numbers = made.records().flatMap(({ details }) => (details.number ? [Number(details.number)] : []));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeGreaterThanOrEqual(said);
  });
});

describe.skipIf(!existsSync('/usr/bin/prlimit'))('the journal on a disk that takes no more', () => {
  test('says so, keeps the chain where it was, and goes on when there is room again', async () => {
    const made = folder();
    const run = promisify(execFile);
    const { stdout } = await run('/usr/bin/prlimit', [
      '--fsize=4096:unlimited',
      process.execPath,
      WRITER,
      made.dir,
      'until full',
    ]);
    const told = JSON.parse(stdout) as { written: number; refused: number; afterwards: boolean };
    expect(told).toMatchObject({ refused: 3, afterwards: true });
    expect(told.written).toBeGreaterThan(5);
    expect(await made.verify()).toMatchObject({ isWhole: true, records: told.written + 1 });
  });
});

test('a head that lags behind, as after a kill, breaks nothing; one that is no head checks nothing', async () => {
  const { headPath, verify } = written(4);
  const before = readFileSync(headPath);
  const shorter = written(2);
  expect(await verify()).toMatchObject({ isWhole: true });
  writeFileSync(headPath, readFileSync(shorter.headPath));
  expect(await verify()).toMatchObject({ isWhole: false, problem: expect.stringContaining('last record') });
  writeFileSync(headPath, before);
  truncateSync(headPath, 10);
  expect(await verify()).toMatchObject({ isWhole: true });
});

test('is looked through backwards over many blocks, the newest first, with turns for others, and ends when it is closed', () => {
  const journal = folder().open();
  const filler = 'x'.repeat(4_000);
  for (let n = 0; n < 300; n += 1)
    journal.appendSoon([
      { event: 'wanted.line', details: { n } },
      { event: 'other.line', details: { filler, quoted: '"event":"wanted.line"' } },
    ]);
  const found = [...journal.back(['wanted.line'], 64 * 1024 * 1024)];
  const numbers = found.flatMap((record) => (record ? [Number(record.details.n)] : []));
  expect(numbers).toEqual(Array.from({ length: 300 }, (_, n) => 299 - n));
  expect(found.filter((record) => record === null).length).toBeGreaterThan(3);
  const some = [...journal.back(['wanted.line'], 100_000)].filter((record) => record !== null);
  expect(some.length).toBeGreaterThan(10);
  expect(some.length).toBeLessThan(30);
  const left = journal.back(['wanted.line'], 64 * 1024 * 1024)[Symbol.iterator]();
  while (left.next().value !== null);
  journal.close();
  expect(left.next().done).toBe(true);
});

test('more than a megabyte that another process added is taken up, and the chain stays whole', async () => {
  const { path, headPath, open, verify } = folder();
  const journal = open();
  journal.append({ event: 'app.line' });
  const other = openJournal({ path, headPath, now: Date.now, monotonic: () => 0 });
  for (let n = 0; n < 40; n += 1)
    other.appendSoon([{ event: 'other.line', details: { filler: 'y'.repeat(60_000), n } }]);
  other.close();
  journal.append({ event: 'app.again' });
  journal.close();
  expect(await verify()).toMatchObject({ isWhole: true, records: 42 });
});
