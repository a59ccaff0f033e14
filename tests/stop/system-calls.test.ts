import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { writePermit } from '../../src-main/stop/arming.ts';
import { reserveEpochs } from '../../src-main/stop/epoch-mark.ts';
import { readLatch, writeLatch } from '../../src-main/stop/latch.ts';
import { readPermit, removePermit } from '../../src-main/stop/permit.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { overwriteSized, readSmall } from '../../src-main/stop/sync-files.ts';
import { syncFile, writeSynced, writeWhole } from '../../src-main/stop/whole-files.ts';
import { makeStop } from '../support/sample-stop.ts';
import { tempDir } from '../support/temp-dir.ts';

/*
 * What is asked of the system, call by call: what a sync does shows only at a power cut, and a file that is never closed only much later.
 * The real calls are carried out; a few are made to lie or to fail.
 */

const seen = vi.hoisted(() => ({
  log: [] as string[],
  open: new Map<number, string>(),
  /** Writes and removals are said to have happened, and did not. */
  isLying: false,
  /** Runs before a call, named as in the log; may throw in its place. */
  before: (_call: string) => {},
  after: (_call: string) => {},
  /** What the file system says of the birth of a folder. */
  folderBirth: null as null | 'none' | 'last-change',
}));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  function noted<T>(call: string, act: () => T): T {
    seen.before(call);
    const result = act();
    seen.log.push(call);
    seen.after(call);
    return result;
  }
  const nameOf = (fd: number) => seen.open.get(fd) ?? '?';
  return {
    ...fs,
    openSync(path: string, ...rest: [string, number]) {
      const fd = noted(`open ${nameIn(path)}${rest[0] === 'r+' ? ' r+' : ''}`, () =>
        fs.openSync(path, ...rest),
      );
      seen.open.set(fd, nameIn(path));
      return fd;
    },
    closeSync(fd: number) {
      noted(`close ${nameOf(fd)}`, () => fs.closeSync(fd));
      seen.open.delete(fd);
    },
    fsyncSync: (fd: number) => noted(`sync ${nameOf(fd)}`, () => fs.fsyncSync(fd)),
    fdatasyncSync: (fd: number) => noted(`sync ${nameOf(fd)}`, () => fs.fdatasyncSync(fd)),
    writeSync: (fd: number, ...rest: [Buffer, number, number, number]) =>
      noted(`write ${nameOf(fd)}`, () => (seen.isLying ? 0 : fs.writeSync(fd, ...rest))),
    unlinkSync: (path: string) =>
      noted(`unlink ${nameIn(path)}`, () => (seen.isLying ? undefined : fs.unlinkSync(path))),
    renameSync: (from: string, to: string) => noted(`rename ${nameIn(to)}`, () => fs.renameSync(from, to)),
    statSync(path: string, options: { bigint: true }) {
      const stat = fs.statSync(path, options);
      if (seen.folderBirth === 'none') stat.birthtimeNs = 0n;
      if (seen.folderBirth === 'last-change') stat.birthtimeNs = stat.ctimeNs;
      return stat;
    },
  };

  function nameIn(path: string): string {
    return (
      path
        .split('/')
        .at(-1)
        ?.replace(/^all-stop-.*/u, 'folder') ?? ''
    );
  }
});

const platform = process.platform;
afterEach(() => {
  expect([...seen.open.values()], 'left open').toEqual([]);
  Object.assign(seen, { isLying: false, before: () => {}, after: () => {}, folderBirth: null });
  Object.defineProperty(process, 'platform', { value: platform });
});

function folder() {
  const dir = join(tempDir(), 'data');
  mkdirSync(dir);
  return dir;
}

/** The calls `act` made. */
function callsOf(act: () => unknown): readonly string[] {
  seen.log.length = 0;
  act();
  return [...seen.log];
}

const HOST = 'this machine';
const permitOf = (dir: string) => join(dir, 'permit');
const arm = (dir: string) => writePermit(permitOf(dir), { epoch: 1, host: HOST, sendsFrom: 0, by: '' });
const bornIn = (dir: string) => JSON.parse(readFileSync(permitOf(dir), 'utf8')).born as string;

describe('the calls, in their order', () => {
  test('of a permit that goes', () => {
    const dir = folder();
    arm(dir);
    expect(callsOf(() => removePermit(permitOf(dir)))).toEqual([
      'unlink permit',
      'open data',
      'sync data',
      'close data',
    ]);
  });

  test('of a permit that is written', () => {
    const dir = folder();
    expect(callsOf(() => arm(dir))).toEqual([
      'open permit.new',
      'write permit.new',
      'sync permit.new',
      'close permit.new',
      'rename permit',
      'open data',
      'sync data',
      'close data',
    ]);
  });

  test('of a latch, with its folder only when the file is new', () => {
    const path = join(folder(), 'latch');
    const written = ['write latch', 'sync latch', 'close latch'];
    const folderSynced = ['open data', 'sync data', 'close data'];
    expect(callsOf(() => overwriteSized(path, 'a', 64))).toEqual(['open latch', ...folderSynced, ...written]);
    expect(callsOf(() => overwriteSized(path, 'b', 64))).toEqual(['open latch r+', ...written]);
  });

  test('of a mark of epochs: the new one is kept before the old one goes', () => {
    const dir = folder();
    const taken = ['close epoch-1001', 'open data', 'sync data', 'close data'];
    expect(callsOf(() => reserveEpochs(dir, 1))).toEqual(['open epoch-1001', ...taken]);
    const next = taken.map((call) => call.replace('1001', '2001'));
    expect(callsOf(() => reserveEpochs(dir, 2))).toEqual(['open epoch-2001', ...next, 'unlink epoch-1001']);
  });

  test('of new files: none but the owner reads what was stopped', () => {
    const dir = folder();
    reserveEpochs(dir, 1);
    overwriteSized(join(dir, 'latch'), 'a', 64);
    for (const name of ['epoch-1001', 'latch']) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  });

  test('of making durable what somebody else wrote; Windows wants it open for writing', () => {
    const path = join(folder(), 'stop');
    writeFileSync(path, '');
    expect(callsOf(() => syncFile(path))).toEqual(['open stop', 'sync stop', 'close stop']);
    Object.defineProperty(process, 'platform', { value: 'win32' });
    expect(callsOf(() => syncFile(path))).toEqual(['open stop r+', 'sync stop', 'close stop']);
  });

  test('of a file that may not be replaced after all: it stays, nothing is left beside it, and that is the answer', () => {
    const dir = folder();
    const path = join(dir, 'stop');
    writeFileSync(path, 'of another');
    let beside = '';
    const asked = () => {
      beside = readFileSync(`${path}.new`, 'utf8');
      return false;
    };
    expect(writeSynced(path, () => 'ours', asked)).toBe(false);
    expect([beside, readFileSync(path, 'utf8'), readdirSync(dir)]).toEqual(['ours', 'of another', ['stop']]);
  });

  test('of what is no file: it is closed again', () => {
    const dir = folder();
    expect(() => readSmall(dir)).toThrow('not a file');
    expect(() => overwriteSized(join(dir, 'absent', 'latch'), 'a', 64)).toThrow('ENOENT');
  });
});

test('no more than 64 kilobytes are read unless asked for', () => {
  const path = join(folder(), 'long');
  writeFileSync(path, 'x'.repeat(70_000));
  expect(readSmall(path).text).toHaveLength(65_536);
});

describe('a file of one size', () => {
  test('is filled with spaces and one end of line, and takes all but one byte', () => {
    const path = join(folder(), 'latch');
    overwriteSized(path, 'abc', 8);
    expect(readFileSync(path, 'utf8')).toBe('abc    \n');
    overwriteSized(path, 'abcdefg', 8);
    expect(readFileSync(path, 'utf8')).toBe('abcdefg\n');
    expect(() => overwriteSized(path, 'abcdefgh', 8)).toThrow('do not fit');
  });

  test('keeps the words of a stop up to the last byte there is, and goes without them at the next', () => {
    const path = join(folder(), 'latch');
    const most = 8_192 - 1;
    const bare = JSON.stringify({
      version: 1,
      state: 'stopped',
      epoch: 2,
      stop: makeStop({ widenedFrom: '' }),
    });
    for (const [length, isKept] of [
      [most, true],
      [most + 1, false],
    ] as const) {
      const widenedFrom = 'w'.repeat(length - Buffer.byteLength(bare));
      const stop = { ...(JSON.parse(bare).stop as ReturnType<typeof makeStop>), widenedFrom };
      expect(writeLatch(path, { state: 'stopped', epoch: 2, stop })).toBe(true);
      expect(readLatch(path).stop?.widenedFrom === widenedFrom, `${length} bytes`).toBe(isKept);
    }
  });
});

describe('a disk that lies', () => {
  test('about a write is caught when the latch is read back: the state and the epoch must both be there', () => {
    const path = join(folder(), 'latch');
    expect(writeLatch(path, { state: 'armed', epoch: 1, stop: null })).toBe(true);
    seen.isLying = true;
    expect(writeLatch(path, { state: 'stopped', epoch: 1, stop: makeStop() })).toBe(false);
    expect(writeLatch(path, { state: 'armed', epoch: 2, stop: null })).toBe(false);
  });

  test('about a removal is caught when the permit is still there', () => {
    const dir = folder();
    arm(dir);
    seen.isLying = true;
    expect(removePermit(permitOf(dir))).toBe(false);
  });

  test('about a removal that failed is not believed, whatever came of it', () => {
    const dir = folder();
    arm(dir);
    seen.after = (call) => {
      if (call === 'unlink permit') throw Object.assign(new Error('EIO'), { code: 'EIO' });
    };
    expect(removePermit(permitOf(dir))).toBe(false);
    expect(readPermit(permitOf(dir), HOST)).toEqual({ ok: false, why: 'missing' });
  });
});

describe('the permit', () => {
  test('longer than four kilobytes is none', () => {
    const dir = folder();
    arm(dir);
    const text = readFileSync(permitOf(dir), 'utf8');
    for (const [length, ok] of [
      [4_096, true],
      [4_097, false],
    ] as const) {
      // In place: it stays the same file.
      writeFileSync(permitOf(dir), `${text.slice(0, -1)}${' '.repeat(length - text.length)}}`);
      expect(readPermit(permitOf(dir), HOST).ok, `${length} bytes`).toBe(ok);
    }
  });

  test('names its birth only where the file system keeps one, and is valid either way', () => {
    const dir = folder();
    for (const birth of ['none', 'last-change'] as const) {
      seen.folderBirth = birth;
      arm(dir);
      expect(bornIn(dir), birth).toBe('');
      expect(readPermit(permitOf(dir), HOST).ok).toBe(true);
    }
    seen.folderBirth = null;
    arm(dir);
    const { birthtimeNs, ctimeNs } = statSync(dir, { bigint: true });
    const isKept = birthtimeNs !== 0n && birthtimeNs !== ctimeNs;
    const file = statSync(permitOf(dir), { bigint: true });
    expect(bornIn(dir)).toBe(isKept ? String(file.birthtimeNs) : '');
    Object.defineProperty(process, 'platform', { value: 'win32' });
    arm(dir);
    expect(bornIn(dir)).toBe('');
  });

  test('brings a folder that is missing, for its owner only', () => {
    const dir = join(folder(), 'new');
    writeWhole(join(dir, 'file'), () => 'x');
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });
});

describe('the epochs that are kept free', () => {
  function opened() {
    const dir = folder();
    const paths = stopPaths(dir);
    const marks = () => readdirSync(dir).filter((name) => name.startsWith('epoch-'));
    return { dir, paths, marks, disk: createStopDisk(paths, HOST), open: () => createStopDisk(paths, HOST) };
  }

  test('are a thousand from the first arming on, and no more are taken while a hundred are left for stops', () => {
    const { disk, marks, open } = opened();
    expect(disk.arm(1, 0, '')).toBe(true);
    expect(marks()).toEqual(['epoch-1001']);
    const again = open();
    expect(again.arm(901, 0, '')).toBe(true);
    expect(marks()).toEqual(['epoch-1001']);
    expect(again.arm(902, 0, '')).toBe(true);
    expect(marks()).toEqual(['epoch-2001']);
    expect(again.reservedEpoch()).toBe(2_001);
  });

  test('serve a stop to the last of them, and are taken anew by the next', () => {
    const { disk, marks, paths } = opened();
    disk.arm(1, 0, '');
    expect(disk.latchStop(1_001, makeStop({ isDurable: false }))).toBe(true);
    expect(marks()).toEqual(['epoch-1001']);
    expect(readLatch(paths.latch).stop).toMatchObject({ isDurable: true });
    disk.latchStop(1_002, makeStop());
    expect(marks()).toEqual(['epoch-2002']);
  });

  test('that cannot be kept hinder an arming and no stop', () => {
    const { disk, paths } = opened();
    seen.before = (call) => {
      if (call.startsWith('open epoch-')) throw new Error('ENOSPC');
    };
    expect(disk.arm(1, 0, '')).toBe(false);
    expect(readLatch(paths.latch).state).toBe('absent');
    expect(readPermit(paths.permit, HOST)).toEqual({ ok: false, why: 'missing' });
    expect(disk.latchStop(1, makeStop())).toBe(true);
  });

  test('arm nothing whose latch or permit cannot be written, nor an epoch that was used', () => {
    const { disk, paths } = opened();
    expect(disk.arm(5, 0, '')).toBe(true);
    expect(disk.arm(5, 0, '')).toBe(false);
    rmSync(paths.permit);
    mkdirSync(paths.permit);
    expect(disk.arm(6, 0, '')).toBe(false);
    rmSync(paths.permit, { recursive: true });
    rmSync(paths.latch);
    mkdirSync(paths.latch);
    expect(disk.arm(7, 0, '')).toBe(false);
    expect(readPermit(paths.permit, HOST)).toEqual({ ok: false, why: 'missing' });
  });
});
