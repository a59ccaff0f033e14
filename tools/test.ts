import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ended, spawnBound } from './bound-process.ts';
import { ensureBuilt } from './bundle.ts';
import { describeElectron, findElectron } from './find-electron.ts';
import { failWith, packageFolder, projectRoot } from './project.ts';
import { ensureSystemLibraries } from './system-libraries.ts';
import { none, oneFailure, readTotals, sum, type Totals, totalsLine } from './test-totals.ts';

const say = (line: string) => console.log(line);

/**
 * `npm test`: unit tests, then the built app end to end. `--only=unit` or `--only=e2e` runs one of them; everything else goes to
 * vitest as it is, a word being part of a test file's path.
 */
async function test(args: readonly string[]): Promise<Totals> {
  const only = args.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
  const rest = args.filter((argument) => !argument.startsWith('--only='));
  const withUnit = only !== 'e2e';
  const withWindow = only !== 'unit' && process.platform === 'linux' && mayConcern('tests/**/*.e2e.ts', rest);
  const electron = await findElectron({ env: process.env, say });
  say(describeElectron(electron));
  if (process.platform !== 'linux') say('The end-to-end tests need Linux; they are left out here.');
  const folder = await mkdtemp(join(tmpdir(), 'all-stop-test-'));
  const vitest = (project: 'unit' | 'e2e', env: NodeJS.ProcessEnv = process.env) =>
    runVitest({ project: `${project}*`, args: rest, report: join(folder, `${project}.json`), env });
  try {
    if (withWindow) {
      await electron.prepare();
      await ensureSystemLibraries({ purpose: 'e2e', binary: electron.path, say });
    }
    const unit = withUnit ? await vitest('unit') : none;
    const window = withWindow
      ? await testWindow(() => vitest('e2e', { ...process.env, ...overrideFor(electron.path) }))
      : none;
    return sum([unit, window]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function testWindow(runTests: () => Promise<Totals>): Promise<Totals> {
  try {
    await ensureBuilt({ say });
  } catch (fault) {
    failWith(fault);
    return oneFailure;
  }
  return runTests();
}

/** So that the tests run on the very Electron that was named at the top. */
function overrideFor(binary: string): NodeJS.ProcessEnv {
  return { ELECTRON_OVERRIDE_DIST_PATH: dirname(binary) };
}

type VitestRun = {
  readonly project: string;
  readonly args: readonly string[];
  readonly report: string;
  readonly env: NodeJS.ProcessEnv;
};

async function runVitest({ project, args, report, env }: VitestRun): Promise<Totals> {
  const runner = join(packageFolder('vitest'), 'vitest.mjs');
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawnBound(
    process.execPath,
    [runner, 'run', '--project', project, '--passWithNoTests', ...reporting, ...args],
    { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'], env },
  );
  const { code } = await ended(child);
  return readTotals(report, code === 0);
}

/** False only where plain words were given and none is part of the path of such a test file. */
function mayConcern(pattern: string, args: readonly string[]): boolean {
  if (args.length === 0 || args.some((argument) => argument.startsWith('-'))) return true;
  const files = globSync(pattern, { cwd: projectRoot });
  return files.some((file) => args.some((word) => file.includes(word)));
}

let totals = oneFailure;
try {
  totals = await test(process.argv.slice(2));
  if (totals.passed + totals.failed === 0) {
    console.error('No test was run.');
    totals = sum([totals, oneFailure]);
  }
} catch (fault) {
  failWith(fault);
}
for (const failure of totals.failures) say(`Failed: ${failure}`);
say(totalsLine(totals));
process.exitCode = totals.failed === 0 ? 0 : 1;
