import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readThirdParty } from '../../src-main/third-party.ts';
import { bundledFile, noticesFile, packageOf, writeNotices } from '../../tools/third-party.ts';
import { tempDir } from '../support/temp-dir.ts';

async function install(root: string, path: string, about: object, files: Record<string, string> = {}) {
  await mkdir(join(root, path), { recursive: true });
  await writeFile(join(root, path, 'package.json'), JSON.stringify({ version: '1.0.0', ...about }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, path, name), text);
}

test('every package that is bundled or shipped stands in the file, with the words of its licence', async () => {
  const root = tempDir();
  await mkdir(join(root, 'out'));
  await install(
    root,
    'node_modules/bundled',
    { name: 'bundled', license: 'MPL-2.0', repository: { url: 'git+https://example.org/b' } },
    { license: 'Words\nof MPL', NOTICE: 'And a notice' },
  );
  await install(root, 'node_modules/shipped', { name: 'shipped', license: 'MIT', author: 'Somebody' });
  await install(root, 'node_modules/only-here', { name: 'only-here', license: 'MIT' });
  await writeFile(join(root, bundledFile('main')), JSON.stringify([join(root, 'node_modules/bundled')]));
  const packages = {
    '': {},
    'node_modules/shipped': {},
    'node_modules/only-here': { dev: true },
    'node_modules/absent': { optional: true },
  };
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  await writeNotices(root, ['main', 'preload'], []);
  expect(await readThirdParty(join(root, noticesFile))).toEqual([
    {
      name: 'bundled 1.0.0',
      words: 'Licence: MPL-2.0\nSource: https://example.org/b\n\nAnd a notice\n\nWords\nof MPL',
    },
    { name: 'shipped 1.0.0', words: 'Licence: MIT\n\nCopyright: Somebody' },
  ]);
  await install(root, 'node_modules/silent', { name: 'silent' });
  await expect(writeNotices(root, ['main'], ['silent'])).rejects.toThrow('silent does not say its licence');
  expect(await readFile(join(root, noticesFile), 'utf8')).toContain('bundled 1.0.0');
});

test('a module is known by the innermost package it is in, however it is asked for', () => {
  expect(packageOf('/x/node_modules/a/node_modules/@b/c/lib/d.js?raw')).toBe(
    '/x/node_modules/a/node_modules/@b/c',
  );
  expect(packageOf('\0/x/node_modules/a/index.js?commonjs-es-import')).toBe('/x/node_modules/a');
  expect(packageOf('C:\\x\\node_modules\\a\\i.css')).toBe('C:/x/node_modules/a');
  expect(packageOf('/x/src-main/main.ts')).toBeNull();
});
