import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writePermit } from '../../src-main/stop/arming.ts';
import { readPermit, removePermit } from '../../src-main/stop/permit.ts';
import { tempDir } from '../support/temp-dir.ts';

const HOST = 'host-of-this-test';

function permitted(change: { epoch?: number; sendsFrom?: number } = {}) {
  const dir = tempDir();
  const path = join(dir, 'permit');
  writePermit(path, { epoch: 7, sendsFrom: 0, host: HOST, by: 'Zoé Martin', ...change });
  return { dir, path, read: () => readPermit(path, HOST) };
}

/** What a backup keeps of a file: its bytes and its times. */
function restore(path: string, bytes: Buffer, times: { atime: Date; mtime: Date }): void {
  writeFileSync(path, bytes);
  utimesSync(path, times.atime, times.mtime);
}

describe('the permit', () => {
  test('is read back as it was written, and only its owner may read it', () => {
    const { path, read } = permitted({ sendsFrom: 1_800_000_000_000 });
    expect(read()).toEqual({ ok: true, epoch: 7, sendsFrom: 1_800_000_000_000 });
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toContain('Delete it and nothing more goes out');
  });

  test('is of this machine only', () => {
    const { path } = permitted();
    expect(readPermit(path, 'another-host')).toEqual({ ok: false, why: 'foreign' });
  });

  test('written anew replaces the one before', () => {
    const { path, read } = permitted();
    writePermit(path, { epoch: 9, sendsFrom: 5, host: HOST, by: '' });
    expect(read()).toEqual({ ok: true, epoch: 9, sendsFrom: 5 });
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  test('left half written by a kill does not hinder the next one', () => {
    const { path, read } = permitted();
    writeFileSync(`${path}.new`, '{"version":1,');
    writePermit(path, { epoch: 8, sendsFrom: 0, host: HOST, by: '' });
    expect(read()).toMatchObject({ ok: true, epoch: 8 });
  });

  test('copied beside itself and put in its place is foreign', () => {
    const { path, read, dir } = permitted();
    copyFileSync(path, join(dir, 'copy'));
    renameSync(join(dir, 'copy'), path);
    expect(read()).toEqual({ ok: false, why: 'foreign' });
  });

  test('restored from a backup is foreign, also where the file system gives the same inode again', () => {
    const { path, read } = permitted();
    const bytes = readFileSync(path);
    const times = statSync(path);
    const tellsBirth = (JSON.parse(bytes.toString()) as { born: string }).born !== '';
    for (let turn = 0; turn < 20; turn += 1) {
      const { ino } = statSync(path);
      rmSync(path);
      restore(path, bytes, times);
      if (tellsBirth || statSync(path).ino !== ino) expect(read()).toEqual({ ok: false, why: 'foreign' });
    }
  });

  test('rewritten in place keeps its inode, and is believed only as far as it says the same', () => {
    const { path, read } = permitted();
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"version":1', '"version":2'));
    expect(read()).toEqual({ ok: false, why: 'unreadable' });
    writeFileSync(path, text);
    expect(read()).toMatchObject({ ok: true });
  });

  test.each([
    ['no file', () => {}, 'missing'],
    ['an empty file', (path: string) => writeFileSync(path, ''), 'unreadable'],
    ['no JSON', (path: string) => writeFileSync(path, 'yes'), 'unreadable'],
    ['null', (path: string) => writeFileSync(path, 'null'), 'unreadable'],
    ['a list', (path: string) => writeFileSync(path, '[]'), 'unreadable'],
    [
      'a permit without an epoch',
      (path: string) => writeFileSync(path, '{"version":1,"sendsFrom":0,"born":""}'),
      'unreadable',
    ],
    ['a folder', (path: string) => mkdirSync(path), 'unreadable'],
    ['a link that leads nowhere', (path: string) => symlinkSync('/nowhere/at/all', path), 'missing'],
    ['a link to itself', (path: string) => symlinkSync('permit', path), 'unreadable'],
  ])('%s in its place allows nothing', (_, put, why) => {
    const { path, read } = permitted();
    rmSync(path);
    put(path);
    expect(read()).toEqual({ ok: false, why });
  });

  test('cut short at any byte allows nothing', () => {
    const { path, read } = permitted();
    const bytes = readFileSync(path);
    for (let size = 0; size < bytes.length; size += 1) {
      writeFileSync(path, bytes.subarray(0, size));
      expect(read().ok).toBe(false);
    }
  });

  test('through a link to a copy elsewhere is foreign, under a second name of the same file it is the same', () => {
    const { path, read, dir } = permitted();
    copyFileSync(path, join(dir, 'copy'));
    linkSync(path, join(dir, 'second'));
    rmSync(path);
    symlinkSync('copy', path);
    expect(read()).toEqual({ ok: false, why: 'foreign' });
    rmSync(path);
    renameSync(join(dir, 'second'), path);
    expect(read()).toMatchObject({ ok: true });
  });
});

describe('removing the permit', () => {
  test('is told as soon as it is gone, and is true when it is', () => {
    const { path } = permitted();
    let wasThere = true;
    expect(
      removePermit(path, () => {
        wasThere = existsSync(path);
      }),
    ).toBe(true);
    expect(wasThere).toBe(false);
    expect(removePermit(path)).toBe(true);
  });

  test('that fails is no success, and tells all the same so that sending is aborted', () => {
    const { path } = permitted();
    rmSync(path);
    mkdirSync(join(path, 'inside'), { recursive: true });
    let isTold = false;
    expect(
      removePermit(path, () => {
        isTold = true;
      }),
    ).toBe(false);
    expect(isTold).toBe(true);
  });

  test('in a folder that is gone is no success: nothing was read back', () => {
    const { path, dir } = permitted();
    rmSync(dir, { recursive: true });
    expect(removePermit(path)).toBe(false);
  });
});
