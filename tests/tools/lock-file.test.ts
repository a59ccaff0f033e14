import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

type Entry = {
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Record<string, string>;
};

const file = join(import.meta.dirname, '../../package-lock.json');
const { packages }: { packages: Record<string, Entry> } = JSON.parse(readFileSync(file, 'utf8'));

/** Whether a package asked for by `owner` is in the lock file, in its own node_modules or in one further up. */
function isLocked(owner: string, name: string): boolean {
  for (let folder = owner; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
  }
}

test('the lock file names the optional packages of every platform: npm ci refuses one that does not', () => {
  const lacking = Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(owner, name))
      .map((name) => `${owner} wants ${name}`),
  );
  expect(lacking).toEqual([]);
});

test('everything that Linux installs is locked by its content', () => {
  const loose = Object.entries(packages).filter(
    ([path, { integrity, optional, os }]) =>
      path !== '' && integrity === undefined && !(optional === true && os !== undefined),
  );
  expect(Object.keys(packages).length).toBeGreaterThan(300);
  expect(loose.map(([path]) => path)).toEqual([]);
});
