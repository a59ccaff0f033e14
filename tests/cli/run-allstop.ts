import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');
const entry = join(root, 'src-main/cli/allstop.ts');

export type Ran = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
};

/** Sockets of processes that are killed stay behind: they lie in a folder of this file's own. */
const runtimeDir = mkdtempSync(join(tmpdir(), 'as-run-'));
afterAll(() => rmSync(runtimeDir, { recursive: true, force: true }));

/** The surroundings of every command: a language, and no data folder or runtime folder of whoever runs the tests. */
export function cleanEnv(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const {
    ALLSTOP_DATA_DIR: _,
    XDG_RUNTIME_DIR: __,
    INIT_CWD: ___,
    npm_lifecycle_event: ____,
    ...env
  } = process.env;
  return { ...env, LC_ALL: 'C.UTF-8', XDG_RUNTIME_DIR: runtimeDir, ...more };
}

/** Runs the real command line in a process of its own, as `npm run -s allstop -- …` does. */
export function allstop(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return watch(spawn(process.execPath, [entry, ...args], { env: cleanEnv(env), cwd: root }));
}

/** The same, and kills it or calls it off after `afterMs`. */
export function allstopUntil(args: readonly string[], afterMs: number, signal: NodeJS.Signals): Promise<Ran> {
  const child = spawn(process.execPath, [entry, ...args], { env: cleanEnv(), cwd: root });
  setTimeout(() => child.kill(signal), afterMs);
  return watch(child);
}

/** The same, where no file may become larger than so many KiB: a disk that is full. */
export function allstopOnSmallDisk(args: readonly string[], mostKiB: number): Promise<Ran> {
  const script = `ulimit -f ${mostKiB * 2}; exec "$@"`;
  const child = spawn('sh', ['-c', script, 'sh', process.execPath, entry, ...args], {
    env: cleanEnv(),
    cwd: root,
  });
  return watch(child);
}

function watch(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err, ms: performance.now() - startedAt }));
  });
}

/** Runs a few lines of our own code in a Node of their own until the test ends; resolves when they say 'ready'. */
export async function inProcess(lines: string): Promise<ChildProcess> {
  const source = lines.replaceAll('@/', `file://${root}/src-main/`);
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: cleanEnv(),
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => text.includes('ready') && resolve());
    child.on('exit', () => reject(new Error('ended before it was ready')));
  });
  return child;
}

/** Resolves when the process has ended. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}
