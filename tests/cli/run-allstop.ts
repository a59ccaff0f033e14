import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');
const entry = join(root, 'src-main/cli/allstop.ts');

export type Ran = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
};

/** The surroundings of every command: a language, and no data folder or runtime folder of whoever runs the tests. */
export function cleanEnv(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const {
    ALLSTOP_DATA_DIR: _,
    XDG_RUNTIME_DIR: __,
    INIT_CWD: ___,
    npm_lifecycle_event: ____,
    ...env
  } = process.env;
  return { ...env, LC_ALL: 'C.UTF-8', ...more };
}

/** Runs the real command line in a process of its own, as `npm run -s allstop -- …` does. */
export function allstop(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [entry, ...args], { env: cleanEnv(env), cwd: root });
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
