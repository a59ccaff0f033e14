import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPlanCopies } from '../../src-main/plan/plan-copies.ts';
import { tempDir } from '../support/temp-dir.ts';

test('each brand has one file, named for it, private, and renamed with it', async () => {
  const dir = join(tempDir(), 'plans');
  const copies = createPlanCopies(dir);
  await copies.write({ id: 1, name: 'Élan & Fils / Nord' }, 'one');
  await copies.write({ id: 11, name: 'Other' }, 'eleven');
  expect(readdirSync(dir).sort()).toEqual(['1-elan-fils-nord.html', '11-other.html']);
  await copies.write({ id: 1, name: '../../../etc/passwd' }, 'two');
  expect(readdirSync(dir).sort()).toEqual(['1-etc-passwd.html', '11-other.html']);
  const path = join(dir, '1-etc-passwd.html');
  expect(readFileSync(path, 'utf8')).toBe('two');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a name without a letter of the alphabet still gives a file, and a long one a short', async () => {
  const dir = tempDir();
  const copies = createPlanCopies(dir);
  await copies.write({ id: 2, name: '日本' }, 'page');
  await copies.write({ id: 3, name: 'x'.repeat(100) }, 'page');
  expect(readdirSync(dir).sort()).toEqual(['2-plan.html', `3-${'x'.repeat(60)}.html`]);
});

test('writes asked for at once end with the last, and one that fails does not stop the next', async () => {
  const dir = tempDir();
  const copies = createPlanCopies(dir);
  await Promise.all(['1', '2', '3'].map((page) => copies.write({ id: 4, name: 'Brand' }, page)));
  expect(readFileSync(join(dir, '4-brand.html'), 'utf8')).toBe('3');
  mkdirSync(join(dir, '5-in-the-way.html'));
  await expect(copies.write({ id: 5, name: 'In the way' }, 'page')).rejects.toThrow();
  writeFileSync(join(dir, '4-brand.html.new'), 'left by a crash');
  await copies.write({ id: 4, name: 'Brand' }, '4');
  expect(readFileSync(join(dir, '4-brand.html'), 'utf8')).toBe('4');
});

test('all of them are put there together, but for those in whose place something lies, or that say they are to be left', async () => {
  const dir = tempDir();
  const copies = createPlanCopies(dir);
  await copies.write({ id: 1, name: 'Before' }, 'one');
  await copies.write({ id: 2, name: 'Same' }, 'two');
  await copies.write({ id: 3, name: 'Newer' }, 'three, newer');
  mkdirSync(join(dir, '4-in-the-way.html'));
  writeFileSync(join(dir, '01-mine.html'), 'of a person');
  const unchanged = statSync(join(dir, '2-same.html')).ino;
  const pages = new Map([
    [1, 'one'],
    [2, 'two'],
    [4, 'four'],
    [5, 'five'],
  ]);
  const names = ['After', 'Same', 'Newer', 'In the way', 'Last'];
  const brands = names.map((name, index) => ({ id: index + 1, name }));
  await copies.writeAll(brands, (id) => pages.get(id) ?? null);
  expect(
    readdirSync(dir)
      .filter((name) => !name.endsWith('.new'))
      .sort(),
  ).toEqual([
    '01-mine.html',
    '1-after.html',
    '2-same.html',
    '3-newer.html',
    '4-in-the-way.html',
    '5-last.html',
  ]);
  expect(statSync(join(dir, '2-same.html')).ino).toBe(unchanged);
  expect(readFileSync(join(dir, '3-newer.html'), 'utf8')).toBe('three, newer');
  expect(readFileSync(join(dir, '5-last.html'), 'utf8')).toBe('five');
});
