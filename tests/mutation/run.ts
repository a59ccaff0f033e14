import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { JUSTIFIED, KERNEL, type Part } from './kernel.ts';
import { countCode, listMutants, type Mutant } from './mutants.ts';

/*
 * `npm run mutate [-- part of a path]`: each mutant of the stop kernel, in a copy of the project, against the tests that are there to notice
 * it. What no test notices survives; it is listed in `results.md`, with the reason where `kernel.ts` has one.
 */

const WORKERS = 2;
/** A mutant that makes a test wait for ever was noticed. */
const MOST_MS = 90_000;
const TEMPORARY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const COPIED = ['src-main', 'src-preload', 'tests', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

type Result = { readonly path: string; readonly mutant: Mutant; readonly isKilled: boolean };

const wanted = process.argv[2] ?? '';
const files = KERNEL.filter(({ path }) => path.includes(wanted));
const waiting = files.flatMap(({ path, tests }) =>
  listMutants(readFileSync(path, 'utf8')).map((mutant) => ({ path, tests, mutant })),
);
const total = waiting.length;
const results: Result[] = [];

await Promise.all(Array.from({ length: WORKERS }, work));
report();

async function work(): Promise<void> {
  const folder = mkdtempSync(join(TEMPORARY, 'all-stop-mutants-'));
  try {
    for (const name of COPIED) cpSync(resolve(name), join(folder, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { path, tests, mutant } = next;
      const source = readFileSync(path);
      const changed = [source.subarray(0, mutant.start), mutant.text, source.subarray(mutant.end)];
      writeFileSync(join(folder, path), changed.map(String).join(''));
      const isKilled = await fails(folder, tests);
      writeFileSync(join(folder, path), source);
      results.push({ path, mutant, isKilled });
      if (!isKilled) process.stdout.write(`survived: ${nameOf(path, mutant)}\n`);
      if (results.length % 20 === 0) process.stdout.write(`${results.length} of ${total}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fails(folder: string, tests: readonly string[]): Promise<boolean> {
  const runner = join(folder, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [runner, 'run', '--project', 'unit', '--bail', '1', ...tests], {
    cwd: folder,
    stdio: 'ignore',
    // Thousands of syncs that no mutant is found by; a disk of memory answers them at once.
    env: { ...process.env, TMPDIR: TEMPORARY },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), MOST_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  return code !== 0;
}

function nameOf(path: string, { line, what }: Mutant): string {
  return `${path}:${line}: ${what}`;
}

function report(): void {
  const lines = KERNEL.map(({ path, part }) => ({ path, part, code: countCode(readFileSync(path, 'utf8')) }));
  const codeOf = (wantedPart: Part) =>
    lines.filter(({ part }) => part === wantedPart).reduce((sum, { code }) => sum + code, 0);
  const survivors = results.filter(({ isKilled }) => !isKilled);
  const reasonOf = ({ path, mutant }: Result) => {
    const source = readFileSync(path, 'utf8').split('\n')[mutant.line - 1]?.trim() ?? '';
    return JUSTIFIED.find(
      (each) => each.path === path && each.what === mutant.what && source.includes(each.where),
    )?.reason;
  };
  const text = [
    '# Mutants of the stop kernel',
    '',
    'Written by `npm run mutate`: what engages a stop, and what is asked before each send.',
    `${codeOf('everything')} lines of code (no comments, blanks, imports or types) for the stop of everything, ${codeOf('narrower')} more for narrower ones and their files.`,
    '',
    `${new Date().toISOString().slice(0, 10)}: ${results.length} mutants, ${results.length - survivors.length} killed, ${survivors.length} survived, ${survivors.filter((each) => reasonOf(each) === undefined).length} of them without a reason.`,
    '',
    '| file | lines | mutants | killed |',
    '|---|---:|---:|---:|',
    ...lines.map(({ path, code }) => {
      const mine = results.filter((each) => each.path === path);
      return `| ${path} | ${code} | ${mine.length} | ${mine.filter(({ isKilled }) => isKilled).length} |`;
    }),
    '',
    ...survivors.map(
      (each) => `- ${nameOf(each.path, each.mutant)}: ${reasonOf(each) ?? '**no reason yet**'}`,
    ),
    '',
  ].join('\n');
  // Part of it is no result of the whole.
  if (wanted === '') writeFileSync(join(import.meta.dirname, 'results.md'), text);
  process.stdout.write(text);
}
