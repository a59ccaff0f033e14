import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultDataDir, prepareDataDir } from '../../src-main/desktop/data-dir.ts';

let dir: string;
let paths: Record<string, string>;
const app = {
  setPath: (name: string, path: string) => {
    paths[name] = path;
  },
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'all-stop-data-dir-'));
  paths = {};
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a folder given is made, made absolute, and only its owner may enter', () => {
  const made = prepareDataDir({ app, wanted: 'deep/data', fallback: '/nonexistent/never', cwd: dir });
  expect(made).toBe(join(dir, 'deep', 'data'));
  expect(statSync(made).mode & 0o777).toBe(0o700);
  expect(paths.userData).toBe(made);
});

test('a folder that was open to others is closed', () => {
  mkdirSync(join(dir, 'open'), { mode: 0o755 });
  prepareDataDir({ app, wanted: join(dir, 'open'), fallback: '/nonexistent/never', cwd: '/' });
  expect(statSync(join(dir, 'open')).mode & 0o777).toBe(0o700);
});

test("Chromium's own files go into a folder of their own", () => {
  prepareDataDir({ app, wanted: null, fallback: join(dir, 'usual'), cwd: '/' });
  expect(paths.sessionData).toBe(join(dir, 'usual', 'window'));
  expect(paths.crashDumps).toBe(join(dir, 'usual', 'window', 'crashes'));
});

test('a folder that cannot be made is an error, not a silent other place', () => {
  writeFileSync(join(dir, 'file'), '');
  expect(() => prepareDataDir({ app, wanted: join(dir, 'file', 'data'), fallback: dir, cwd: '/' })).toThrow();
});

test('the usual place is where each system keeps such things', () => {
  expect(defaultDataDir('linux', {}, '/home/zoe')).toBe('/home/zoe/.config/all-stop');
  expect(defaultDataDir('linux', { XDG_CONFIG_HOME: '/x' }, '/home/zoe')).toBe('/x/all-stop');
  expect(defaultDataDir('linux', { XDG_CONFIG_HOME: 'relative' }, '/home/zoe')).toBe(
    '/home/zoe/.config/all-stop',
  );
  expect(defaultDataDir('darwin', {}, '/Users/zoe')).toBe('/Users/zoe/Library/Application Support/All Stop');
});
