import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { databasePath } from '../src-main/data-folder.ts';

test('the database has its name in one place, so that the app and the command line open the same', () => {
  const name = basename(databasePath('/data'));
  const spelled = readdirSync('src-main', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => readFileSync(join('src-main', path), 'utf8').includes(`'${name}`));
  expect(spelled).toEqual(['data-folder.ts']);
});
