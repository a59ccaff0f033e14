import { writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { type Report, runFaults } from './run-cases.ts';
import { whyNoStrace } from './strace.ts';

/*
 * `npm run faults`: every fault at every system call, and `results.md` with what came of it. Takes some minutes. A word keeps to the
 * operations whose name holds it, and then only prints: `npm run faults -- network`.
 */

const whyNot = whyNoStrace();
if (whyNot) {
  process.stderr.write(`No system call can be made to fail here: ${whyNot}.\n`);
  process.exit(1);
}
const named = process.argv[2] ?? '';
const began = performance.now();
const report = await runFaults({
  isAll: true,
  seed: 0,
  workers: 3,
  named,
  onBegin: (operation) => process.stdout.write(`${operation}\n`),
});
const seconds = Math.round((performance.now() - began) / 1_000);
const text = describe(report);
if (named === '') writeFileSync(join(import.meta.dirname, 'results.md'), text);
process.stdout.write(text);
process.exitCode = report.broken.length === 0 ? 0 : 1;

function describe({ tallies, broken }: Report): string {
  const columns = ['calls', 'cases', 'kills', 'errors', 'unreached'] as const;
  const sum = (column: (typeof columns)[number]) =>
    tallies.reduce((total, tally) => total + tally[column], 0);
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    '# Every system call made to fail',
    '',
    'Written by `npm run faults`. Each call that touches a file, of each operation, met by SIGKILL and by EIO, ENOSPC, EROFS and EBUSY: once,',
    'and from there on for good. After each the next start is made on the folder, and held against what was said.',
    '',
    `${new Date().toISOString().slice(0, 10)}, Linux ${release()}, ${cpus().length} cores, Node ${process.version}, ${seconds} s.`,
    `**${sum('cases')} cases, ${broken.length} broken promises.** Unreached: the operation was over before that call came.`,
    '',
    line(['operation', 'calls', 'cases', 'killed', 'failed', 'unreached']),
    '|---|---:|---:|---:|---:|---:|',
    ...tallies.map((tally) => line([tally.operation, ...columns.map((column) => tally[column])])),
    line(['**all**', ...columns.map(sum)]),
    '',
    ...broken.map((promise) => `- ${promise}`),
    '',
  ].join('\n');
}
