import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const linter = join(root, 'node_modules/@biomejs/biome/bin/biome');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'all-stop-lint-test-'));
  const { vcs, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined }));
  cpSync(join(root, 'tools/lint'), join(folder, 'tools/lint'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How many errors the project's own rules find in one line of code at this place. */
function errorsIn(file: string, code: string): number {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), code);
  const { stdout, stderr } = spawnSync(process.execPath, [linter, 'lint', '--reporter=json', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report = JSON.parse(stdout || '{}');
  if (report.summary === undefined) throw new Error(`${stdout}${stderr}`);
  return report.summary.errors;
}

test.each([
  'Date.now()',
  'new Date()',
  'Math.random()',
  'performance.now()',
  'globalThis.performance.now()',
  'crypto.randomUUID()',
  'setTimeout(() => {}, 1)',
  'fetch("http://127.0.0.1")',
  'process.env',
])('the core may not write %s', (code) => {
  expect(errorsIn('src-main/core/planted.ts', `export const planted = ${code};\n`)).toBe(1);
});

test('the core may make a date of a number it was given', () => {
  const code = 'export const day = (at: number): Date => new Date(at);\n';
  expect(errorsIn('src-main/core/planted.ts', code)).toBe(0);
});

test('only the publisher may call fetch', () => {
  const code = 'export const asked = fetch("http://127.0.0.1");\n';
  expect(errorsIn('src-main/connectors/planted.ts', code)).toBe(1);
  expect(errorsIn('src-main/publisher/planted.ts', code)).toBe(0);
});
