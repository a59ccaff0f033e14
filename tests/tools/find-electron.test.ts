import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeElectron, findElectron } from '../../tools/find-electron.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'all-stop-find-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const find = () => findElectron({ env: { ELECTRON_OVERRIDE_DIST_PATH: folder }, say: () => undefined });

test.runIf(process.platform === 'linux')(
  'the folder that was named is used, whatever else there is',
  async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'electron'), '');
    writeFileSync(join(folder, 'version'), 'v45.0.0\n');
    const electron = await find();
    expect(electron).toMatchObject({ path: join(folder, 'electron'), version: '45.0.0', source: 'override' });
    expect(describeElectron(electron)).toBe(`All Stop runs on Electron 45.0.0, ${join(folder, 'electron')}`);
  },
);

test.runIf(process.platform === 'linux')(
  'an unsupported Electron is named with a warning in the same line',
  async () => {
    writeFileSync(join(folder, 'electron'), '');
    writeFileSync(join(folder, 'version'), '25.1.1');
    const line = describeElectron(await find());
    expect(line).toMatch(
      /^All Stop runs on Electron 25\.1\.1, .* WARNING: it is old and has known security holes/u,
    );
    expect(line).not.toContain('\n');
  },
);

test('a named folder without Electron is refused with its name', async () => {
  await expect(find()).rejects.toThrow(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no`);
});

test('the runtime of the npm registry is named with its Chromium and the warning', () => {
  const line = describeElectron({
    path: '/somewhere/electron',
    version: '25.1.1',
    source: 'npm-runtime',
    prepare: () => Promise.resolve(),
  });
  expect(line).toContain('Electron 25.1.1 (Chromium 114), /somewhere/electron. WARNING');
});
