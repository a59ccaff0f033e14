import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLatch, writeLatch } from '../../src-main/stop/latch.ts';
import { makeStop } from '../support/sample-stop.ts';
import { tempDir } from '../support/temp-dir.ts';

/** The size the file is given once and keeps. */
const LATCH_BYTES = 8_192;

const latchPath = () => join(tempDir(), 'latch');

describe('the latch', () => {
  test('keeps the stop in force, and forgets it when it is armed', () => {
    const path = latchPath();
    const stop = makeStop({ inFlight: [4, 5] });
    expect(writeLatch(path, { state: 'stopped', epoch: 2, stop })).toBe(true);
    expect(readLatch(path)).toEqual({ state: 'stopped', epoch: 2, stop });
    expect(writeLatch(path, { state: 'armed', epoch: 3, stop: null })).toBe(true);
    expect(readLatch(path)).toEqual({ state: 'armed', epoch: 3, stop: null });
  });

  test('keeps its size and its inode whatever it says, so that writing it needs no room', () => {
    const path = latchPath();
    writeLatch(path, { state: 'armed', epoch: 1, stop: null });
    const { ino } = statSync(path);
    for (const reason of ['', 'é'.repeat(1_000), '\u0000'.repeat(1_000)]) {
      expect(writeLatch(path, { state: 'stopped', epoch: 2, stop: makeStop({ reason }) })).toBe(true);
      expect(statSync(path).size).toBe(LATCH_BYTES);
      expect(statSync(path).ino).toBe(ino);
      expect(readLatch(path).stop?.reason).toBe(reason);
    }
  });

  test('takes a stop without its words rather than none', () => {
    const path = latchPath();
    writeLatch(path, { state: 'armed', epoch: 1, stop: null });
    const stop = makeStop({ widenedFrom: `brand:${'x'.repeat(20_000)}`, inFlight: [1, 2, 3] });
    expect(writeLatch(path, { state: 'stopped', epoch: 2, stop })).toBe(true);
    expect(readLatch(path)).toMatchObject({
      state: 'stopped',
      epoch: 2,
      stop: { id: stop.id, control: 'button', inFlight: [1, 2, 3], widenedFrom: '' },
    });
  });

  test('a shorter text leaves nothing of a longer one behind', () => {
    const path = latchPath();
    writeLatch(path, { state: 'stopped', epoch: 2, stop: makeStop({ reason: 'z'.repeat(900) }) });
    writeLatch(path, { state: 'armed', epoch: 3, stop: null });
    expect(readFileSync(path, 'utf8')).not.toContain('zz');
  });

  test.each([
    ['no file', () => {}, 'absent'],
    ['an empty file', (path: string) => writeFileSync(path, ''), 'unreadable'],
    ['blanks', (path: string) => writeFileSync(path, ' '.repeat(LATCH_BYTES)), 'unreadable'],
    [
      'zeros, as a power cut may leave',
      (path: string) => writeFileSync(path, Buffer.alloc(LATCH_BYTES)),
      'unreadable',
    ],
    [
      'another version',
      (path: string) => writeFileSync(path, '{"version":2,"state":"armed","epoch":1}'),
      'unreadable',
    ],
    ['no epoch', (path: string) => writeFileSync(path, '{"version":1,"state":"armed"}'), 'unreadable'],
    [
      'another state',
      (path: string) => writeFileSync(path, '{"version":1,"state":"open","epoch":1}'),
      'unreadable',
    ],
    ['null', (path: string) => writeFileSync(path, 'null'), 'unreadable'],
    ['a folder', (path: string) => mkdirSync(path), 'unreadable'],
  ])('%s never allows', (_, put, state) => {
    const path = latchPath();
    put(path);
    expect(readLatch(path)).toEqual({ state, epoch: 0, stop: null });
  });

  test('torn at any byte while it was armed, it is never armed', () => {
    const path = latchPath();
    writeLatch(path, { state: 'armed', epoch: 12, stop: null });
    const { length } = JSON.stringify({ version: 1, state: 'armed', epoch: 12, stop: null });
    for (let size = 0; size < length; size += 1) {
      writeLatch(path, { state: 'armed', epoch: 12, stop: null });
      truncateSync(path, size);
      expect(readLatch(path).state).toBe('unreadable');
    }
  });

  test('cannot be written where there is a folder, and says so', () => {
    const path = latchPath();
    mkdirSync(path);
    expect(writeLatch(path, { state: 'stopped', epoch: 2, stop: makeStop() })).toBe(false);
  });

  test('any stop comes back as it was, or without its words', () => {
    const path = latchPath();
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 1_000 }),
        fc.string({ maxLength: 200 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 10_000_000 }), { maxLength: 32 }),
        (reason, by, inFlight) => {
          const stop = makeStop({ reason, by, inFlight });
          expect(writeLatch(path, { state: 'stopped', epoch: 5, stop })).toBe(true);
          const back = readLatch(path).stop;
          expect(back?.inFlight).toEqual(inFlight);
          expect([reason, '']).toContain(back?.reason);
        },
      ),
      { numRuns: 40 },
    );
  });
});
