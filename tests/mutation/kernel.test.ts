import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { JUSTIFIED, KERNEL } from './kernel.ts';
import { countCode, listMutants } from './mutants.ts';

test('the stop of everything, and what is asked before each send, is under 400 lines of code', () => {
  const files = KERNEL.filter(({ part }) => part === 'everything');
  const lines = files.map(({ path }) => countCode(readFileSync(path, 'utf8')));
  expect(Math.min(...lines), 'every file was read').toBeGreaterThan(10);
  expect(lines.reduce((sum, each) => sum + each, 0)).toBeLessThan(400);
});

test('every mutant that is called no mistake is still there', () => {
  for (const { path, where, what } of JUSTIFIED) {
    const source = readFileSync(path, 'utf8');
    const lines = source.split('\n');
    const found = listMutants(source).filter(
      (mutant) => mutant.what === what && lines[mutant.line - 1]?.includes(where),
    );
    expect(found.length, `${path}: ${where}`).toBeGreaterThan(0);
  }
});
