import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { bundleProcess } from '../support/bundle-process.ts';
import type { FromDriver, Order } from './driver.ts';
import type { Said } from './stop-operations.ts';
import { attach, type Call, type Fault, type Injection, type Seen } from './strace.ts';

export type Case = {
  readonly operation: Order['operation'];
  /** Which of the driver's threads. */
  readonly thread: number;
  readonly fault: Fault;
  /** The call of the operation at which it happens, counted from 0 over all, and whether it goes on from there. */
  readonly at: number;
  readonly lasts: boolean;
  readonly injections: readonly Injection[];
};

export type Ran = {
  /** False when the operation ended before the call was reached. */
  readonly isHit: boolean;
  readonly wasKilled: boolean;
  /** Null when it was killed, and for what says nothing. */
  readonly said: Said | null;
  /** What left for the network. */
  readonly sent: readonly { readonly postId: number; readonly key: string }[];
};

export const nameOf = ({ operation, thread, fault, at, lasts, injections }: Case): string =>
  `${operation}: ${fault} at call ${at} of thread ${thread} (${injections.map(({ call, nth }) => `${call} ${nth}`).join(', ')})${lasts ? ' and all after' : ''}`;

/** Processes that wait for a folder, one of them used at a time; one that was killed is replaced. */
export async function createDrivers(env: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(join(tmpdir(), 'all-stop-faults-'));
  const entry = await bundleProcess('tests/faults/driver.ts', folder);
  const idle: Driver[] = [];
  const all = new Set<Driver>();
  let folders = 0;

  const start = (): Driver => {
    const driver = createDriver(entry, {
      ...env,
      UV_THREADPOOL_SIZE: '1',
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    });
    all.add(driver);
    return driver;
  };

  /** Runs the operation in a folder of its own, with what is to fail, and hands the folder to `check` afterwards. */
  async function run<T>(
    operation: Order['operation'],
    thread: number,
    fault: Fault | null,
    injections: readonly Injection[],
    check: (dataDir: string, ran: Ran, calls: readonly Seen[]) => Promise<T>,
  ): Promise<T> {
    const driver = idle.pop() ?? start();
    folders += 1;
    const dataDir = join(folder, `data-${folders}`);
    const { ran, calls } = await driver.run({ operation, dataDir }, thread, fault, injections);
    // What has its files open still is no crashed app: only what is synchronous may go on to another folder.
    if (ran.wasKilled || driver.isDirty()) {
      await driver.kill();
      all.delete(driver);
      // The next one starts while what is left of this one is looked at.
      idle.push(start());
    } else idle.push(driver);
    try {
      return await check(dataDir, ran, calls);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }

  return {
    run,
    async close() {
      await Promise.all([...all].map((driver) => driver.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Drivers = Awaited<ReturnType<typeof createDrivers>>;

type Driver = ReturnType<typeof createDriver>;

function createDriver(entry: string, env: NodeJS.ProcessEnv) {
  const child: ChildProcess = spawn(process.execPath, [entry], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  });
  const gone = once(child, 'close');
  const lines: Interface = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const heard: FromDriver[] = [];
  let onLine = () => {};
  let hasEnded = false;
  let isDirty = false;
  lines.on('line', (line) => {
    heard.push(JSON.parse(line) as FromDriver);
    onLine();
  });
  child.stdin?.on('error', () => {});
  child.once('close', () => {
    hasEnded = true;
    onLine();
  });
  const tell = (line: string) => child.stdin?.write(`${line}\n`);
  const until = async (isThere: (message: FromDriver) => boolean): Promise<FromDriver | null> => {
    for (;;) {
      const found = heard.find(isThere);
      if (found) return found;
      if (hasEnded) return null;
      await new Promise<void>((resolve) => {
        onLine = resolve;
      });
    }
  };

  return {
    isDirty: () => isDirty,
    async run(order: Order, thread: number, fault: Fault | null, injections: readonly Injection[]) {
      tell(JSON.stringify(order));
      const ready = await until((message) => 'ready' in message);
      if (ready === null || !('ready' in ready))
        throw new Error(`the driver ended before ${order.operation}`);
      isDirty = order.operation === 'claim' || order.operation === 'settle';
      const tracer = await attach(ready.threads[thread] ?? 0, fault, injections);
      tell('go');
      const done = await until((message) => 'done' in message);
      const { calls, injected } = await tracer.detach();
      const sent = heard.flatMap((message) =>
        'sent' in message ? [{ postId: message.sent, key: message.key }] : [],
      );
      heard.length = 0;
      if (done !== null) tell('');
      const ran: Ran = {
        isHit: injected > 0 || done === null,
        wasKilled: done === null,
        said: done !== null && 'done' in done ? done.said : null,
        sent,
      };
      return { ran, calls };
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Every call of the list once for every fault; one that lasts fails all that touch a file from there on. */
export function casesOf(
  operation: Order['operation'],
  thread: number,
  calls: readonly Seen[],
  faults: readonly { readonly fault: Fault; readonly lasts: boolean }[],
): Case[] {
  const before = (at: number, name: Call) => calls.slice(0, at).filter(({ call }) => call === name).length;
  /** A name that also wakes threads cannot be made to fail for good: the process would end of it. */
  const wakes = new Set(calls.flatMap(({ call, isFile }) => (isFile ? [] : [call])));
  const lasting = [...new Set(calls.map(({ call }) => call))].filter((name) => !wakes.has(name));
  return calls.flatMap(({ call, isFile }, at) =>
    (isFile ? faults : []).map(({ fault, lasts }): Case => {
      const names = lasts ? lasting : [call];
      const injections = names.map((name) => ({ call: name, nth: before(at, name) + 1, lasts }));
      return { operation, thread, fault, at, lasts, injections };
    }),
  );
}
