import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { none, readTotals, sum, totalsLine } from '../../tools/test-totals.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'all-stop-totals-test-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the real runner over one test file and reads its report. */
function totalsOf(text: string) {
  mkdirSync(join(folder, 'tests'), { recursive: true });
  writeFileSync(
    join(folder, 'tests/one.test.ts'),
    `import { beforeAll, expect, test } from 'vitest';\n${text}`,
  );
  writeFileSync(join(folder, 'vitest.config.ts'), `export default { test: { pool: 'forks' } };\n`);
  const report = join(folder, 'report.json');
  const { VITEST, VITEST_WORKER_ID, VITEST_POOL_ID, ...env } = process.env;
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: folder, env, stdio: 'ignore' },
  );
  return readTotals(report, status === 0);
}

test('passed, failed and skipped tests are counted', () => {
  const totals = totalsOf(`
    test('good', () => {});
    test('bad', () => expect(1).toBe(2));
    test.skip('later', () => {});
  `);
  expect(totals).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
  expect(totals.failures).toEqual([
    expect.stringMatching(/one\.test\.ts > bad: AssertionError: expected 1 to be 2/u),
  ]);
});

test.each([
  ['a file that does not load', `import './missing.ts';\ntest('never', () => {});`],
  ['a hook that breaks', `beforeAll(() => { throw new Error('broken'); });\ntest('never', () => {});`],
  [
    'an error that no test catches',
    `test('leaks', async () => { setTimeout(() => { throw new Error('late'); }, 1); await new Promise((wake) => setTimeout(wake, 100)); });`,
  ],
  [
    'a runner process that dies',
    `test('dies', async () => { process.kill(process.pid, 'SIGKILL'); await new Promise((wake) => setTimeout(wake, 5000)); });`,
  ],
])('%s is a failure', (what, text) => {
  const totals = totalsOf(text);
  expect(totals.failed).toBe(1);
  if (what === 'a hook that breaks') expect(totals.failures[0]).toMatch(/one\.test\.ts.*broken/u);
});

test('a runner that left no report has failed', () => {
  expect(readTotals(join(folder, 'none.json'), true)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
});

test('a report cut short is a failure', () => {
  writeFileSync(join(folder, 'cut.json'), '{"numPassedTests": 3,');
  expect(readTotals(join(folder, 'cut.json'), true).failed).toBe(1);
});

test('all runs are summed in one line, the skipped only where there are any', () => {
  const one = { ...none, passed: 3 };
  expect(totalsLine(sum([one, one]))).toBe('6 passed, 0 failed');
  expect(totalsLine(sum([one, { ...none, passed: 1, failed: 2, skipped: 4 }]))).toBe(
    '4 passed, 2 failed, 4 skipped',
  );
});
