import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { answerPart } from '../child.ts';
import { type Spread, spreadOf } from '../figures.ts';
import { openOrThrow } from '../fill.ts';
import { PUBLISHER } from '../rig.ts';

const READY = fileURLToPath(new URL('ready.ts', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

export type StartTask = {
  readonly folder: string;
  /** Databases by the number of their posts. */
  readonly queues: readonly { readonly posts: number; readonly path: string }[];
  readonly tries: number;
};
export type StartFigures = {
  readonly posts: number;
  /** Bundled as the app is; nothing started, so that no publisher is. */
  readonly ready: Spread;
  /** The same with a permit, so that the publisher's process is started beside. */
  readonly readyArmed: Spread;
  /** TypeScript as it lies there, kysely and all in their own files. */
  readonly readyUnbundled: Spread;
  readonly longestBlock: Spread;
  readonly longestBlockArmed: Spread;
  readonly memory: Spread;
};
export type StartAnswer = {
  readonly bare: Spread;
  readonly emptyMemory: Spread;
  readonly sizes: readonly StartFigures[];
};

type Run = { readonly ready: number; readonly longestBlock: number; readonly rss: number };

/** Cold starts, each in a new process, taken in turn so that what else the machine does falls on all alike. */
await answerPart(async ({ folder, queues, tries }: StartTask): Promise<StartAnswer> => {
  const bare = join(folder, 'bare.cjs');
  await writeFile(bare, `process.stdout.write('ready\\n'); process.stdout.write('{}\\n');`);
  const bundled = await bundle(folder);
  const empty = join(folder, 'empty.sqlite');
  await (await openOrThrow(empty)).close();

  const bareTimes: number[] = [];
  const emptyMemory: number[] = [];
  const runs = queues.map(({ posts, path }) => ({
    posts,
    path,
    plain: [] as Run[],
    armed: [] as Run[],
    unbundled: [] as Run[],
  }));
  for (let number = 0; number <= tries; number += 1) {
    const isCounted = number > 0; // The first round warms the caches of the disk.
    const bareRun = await run(bare, []);
    const emptyRun = await run(bundled, [join(folder, 'start-plain'), empty, PUBLISHER]);
    if (isCounted) {
      bareTimes.push(bareRun.ready);
      emptyMemory.push(emptyRun.rss);
    }
    for (const { path, plain, armed, unbundled } of runs) {
      const one = await run(bundled, [join(folder, 'start-plain'), path, PUBLISHER]);
      const two = await run(bundled, [join(folder, 'start-armed'), path, PUBLISHER, 'start']);
      const three = await run(READY, [join(folder, 'start-plain'), path, PUBLISHER]);
      if (!isCounted) continue;
      plain.push(one);
      armed.push(two);
      unbundled.push(three);
    }
  }
  return {
    bare: spreadOf(bareTimes),
    emptyMemory: spreadOf(emptyMemory),
    sizes: runs.map(({ posts, plain, armed, unbundled }) => ({
      posts,
      ready: spreadOf(plain.map(({ ready }) => ready)),
      readyArmed: spreadOf(armed.map(({ ready }) => ready)),
      readyUnbundled: spreadOf(unbundled.map(({ ready }) => ready)),
      longestBlock: spreadOf(plain.map(({ longestBlock }) => longestBlock)),
      longestBlockArmed: spreadOf(armed.map(({ longestBlock }) => longestBlock)),
      memory: spreadOf(plain.map(({ rss }) => rss)),
    })),
  };
});

/** One file, as the app's build makes it: all but the native module inside. */
async function bundle(folder: string): Promise<string> {
  const outDir = join(folder, 'bundle');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: READY,
      outDir,
      target: 'node18',
      rolldownOptions: {
        external: ['sqlite3'],
        output: { format: 'cjs', entryFileNames: 'ready.cjs' },
      },
    },
    ssr: { noExternal: true, external: ['sqlite3'] },
  });
  return join(outDir, 'ready.cjs');
}

/** Milliseconds from the start of the process to its word. Rejects when it ends without. */
async function run(entry: string, args: readonly string[]): Promise<Run> {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--disable-warning=ExperimentalWarning', entry, ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_PATH: MODULES },
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let ready = Number.NaN;
  let rest: Partial<Run> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') ready = performance.now() - begun;
    else rest = JSON.parse(line) as Partial<Run>;
  }
  await ended;
  if (Number.isNaN(ready)) throw new Error(`${entry} was never ready`);
  return { ready, longestBlock: rest.longestBlock ?? Number.NaN, rss: rest.rss ?? Number.NaN };
}
