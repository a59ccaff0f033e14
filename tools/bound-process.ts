import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of a program on PATH, or null. */
export function findProgram(name: string, path = process.env.PATH ?? ''): string | null {
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

type Bound = SpawnOptions & {
  /** What the kernel sends the child when this process is gone, SIGKILL included. */
  readonly whenOrphaned?: 'TERM' | 'KILL';
};

/**
 * Starts a process that cannot outlive this one. On Linux the kernel sees to it (`setpriv --pdeathsig`), so it holds when this
 * process is killed with SIGKILL too. Elsewhere it is an ordinary child.
 *
 * Call it from the main thread only: the kernel watches the thread that started the child.
 */
export function spawnBound(command: string, args: readonly string[], options: Bound = {}): ChildProcess {
  const { whenOrphaned = 'TERM', ...spawnOptions } = options;
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : null;
  return setpriv === null
    ? spawn(command, [...args], spawnOptions)
    : spawn(setpriv, ['--pdeathsig', whenOrphaned, '--', command, ...args], spawnOptions);
}

export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** Resolves when the child has ended, at once when it already has; rejects when it could not be started. */
export function ended(child: ChildProcess): Promise<Ending> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve({ code: child.exitCode, signal: child.signalCode });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** Asks the child to end, and kills it when it has not within `graceMs`. */
export async function endProcess(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid === undefined) return;
  const over = ended(child);
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await over;
  clearTimeout(killer);
}

type Run = Bound & {
  /** After this many milliseconds the process is killed and counts as failed. */
  readonly timeoutMs?: number;
};

/** Runs a program to its end. `output` is what it wrote, both streams together, unless `stdio` says otherwise. */
export async function run(
  command: string,
  args: readonly string[],
  options: Run = {},
): Promise<{ ok: boolean; output: string }> {
  const { timeoutMs, ...bound } = options;
  const child = spawnBound(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...bound });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const killer = timeoutMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  try {
    const { code } = await new Promise<Ending>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode, signal) => resolve({ code: exitCode, signal }));
    });
    return { ok: code === 0, output };
  } catch (fault) {
    return { ok: false, output: String(fault) };
  } finally {
    if (killer !== null) clearTimeout(killer);
  }
}
