import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkStopFiles } from '../../src-main/stop/check-file.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { tempDir } from '../support/temp-dir.ts';

const isRoot = process.getuid?.() === 0;

test('a folder in which files can be made and removed is fine, and nothing is left in it', () => {
  const dir = tempDir();
  const paths = stopPaths(dir);
  expect(checkStopFiles(dir, paths)).toBe('');
  writeFileSync(paths.latch, 'x');
  expect(checkStopFiles(dir, paths)).toBe('');
  expect(readdirSync(dir)).toEqual(['latch']);
});

test('a folder that is gone, or in which nothing can be removed, is told', () => {
  const dir = tempDir();
  rmSync(dir, { recursive: true });
  expect(checkStopFiles(dir, stopPaths(dir))).toBe('not-removable');
});

test.skipIf(isRoot)('a folder that may only be read is told', () => {
  const dir = tempDir();
  chmodSync(dir, 0o500);
  expect(checkStopFiles(dir, stopPaths(dir))).toBe('not-removable');
  chmodSync(dir, 0o700);
});

test('a latch that cannot be written is told', () => {
  const dir = tempDir();
  mkdirSync(stopPaths(dir).latch);
  expect(checkStopFiles(dir, stopPaths(dir))).toBe('latch-not-writable');
  expect(existsSync(join(dir, 'permit.check'))).toBe(false);
});
