import { fork } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const MOST_MS = 20 * 60_000;

/**
 * Runs `parts/<part>.ts` in a process of its own, so that one measurement does not weigh on the next, and returns its answer.
 * Rejects when it ends without one. The process is gone when this settles.
 */
export async function runPart<Task, Answer>(
  part: string,
  task: Task,
  nodeOptions: readonly string[] = [],
): Promise<Answer> {
  const path = fileURLToPath(new URL(`parts/${part}.ts`, import.meta.url));
  const child = fork(path, [JSON.stringify(task)], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning', ...nodeOptions],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), MOST_MS);
  let answer: { readonly value: Answer } | null = null;
  child.on('message', (message) => {
    answer = message as { value: Answer };
  });
  const code = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (exitCode, signal) => resolve(exitCode ?? signal ?? 'unknown'));
  });
  clearTimeout(timer);
  if (answer === null) throw new Error(`${part} ended with ${code} before it had an answer`);
  return (answer as { value: Answer }).value;
}

/** In a part: does the work it was started for, answers and ends. */
export async function answerPart<Task, Answer>(work: (task: Task) => Promise<Answer>): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? 'null') as Task;
  const value = await work(task);
  await new Promise<void>((resolve) => process.send?.({ value }, () => resolve()));
  process.exit(0);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Watches the event loop; the function returned ends it and says the longest block in milliseconds, to about one. */
export function watchLoop(): () => Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  return async () => {
    await pause(10);
    delay.disable();
    return delay.max / 1e6;
  };
}

/** Resident bytes after everything that can be collected was. */
export async function settledMemory(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await pause(50);
  }
  return process.memoryUsage().rss;
}
