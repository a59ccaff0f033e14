import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PublishingStatus } from '../../src-main/core/stop-types.ts';
import { newKeyPair } from '../../src-main/secrets/seal.ts';
import { readStartTime } from '../../src-main/stop/publisher-pid.ts';
import { type StopPaths, stopPaths } from '../../src-main/stop/stop-files.ts';
import type { FromEngine, OrderName, Orders, ToEngine } from './engine-process.ts';

/** The engine ended before it answered: whether it did what it was told is not known. */
export class EngineGone extends Error {}

/** Waits until it is so, looking every 10 ms; throws `what` when that takes longer than `mostMs`. */
export async function until(
  what: string,
  mostMs: number,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + mostMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not within ${mostMs} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

export type EngineRig = {
  readonly dataDir: string;
  readonly paths: StopPaths;
  readonly publicKey: string;
  /** Starts the engine's process. `ready` resolves when it has taken up its queue. */
  start(): void;
  ready(): Promise<PublishingStatus>;
  isUp(): boolean;
  pid(): number;
  ask<K extends OrderName>(order: K, data: Orders[K]['in']): Promise<Orders[K]['out']>;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** The publisher started last and every one before, as far as they are still alive. */
  publishers(): number[];
  /** Sets the clocks of engine and publisher on by so many milliseconds, from now on, also after a restart. */
  turnClock(wallMs: number, monotonicMs: number): void;
  /** What the engine's wall clock says now. */
  now(): number;
  /** Ends whatever still runs and removes the folder. */
  close(): Promise<void>;
};

type Running = {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  readonly ready: Promise<PublishingStatus>;
  readonly waiting: Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>;
  hasEnded: boolean;
};

const PROCESS = resolve('tests/support/engine-process.ts');
const CLOCK = resolve('tests/support/engine-clock.ts');

/**
 * One data folder with the real engine and publisher as processes that can be killed. `close` it, also after a failure. A `dataDir` that
 * is given belongs to somebody else and stays.
 */
export function createEngineRig({ cap = 4, dataDir: given = '' } = {}): EngineRig {
  const dir = mkdtempSync(join(tmpdir(), 'all-stop-engine-'));
  const dataDir = given || join(dir, 'data');
  const clockPath = join(dir, 'clock');
  writeFileSync(clockPath, Buffer.alloc(16));
  const clockFile = openSync(clockPath, 'r+');
  const keys = newKeyPair();
  const publishers = new Map<number, string>();
  const offset = { wall: 0, monotonic: 0 };
  let running: Running | null = null;
  let nextId = 1;

  function start(): void {
    if (running && !running.hasEnded) throw new Error('the engine runs already');
    const child = fork(PROCESS, [dataDir, String(cap)], {
      execArgv: ['--import', CLOCK],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        ALLSTOP_TEST_CLOCK: clockPath,
        ALLSTOP_TEST_KEY: keys.privateKey,
        NODE_COMPILE_CACHE: join(dir, 'compiled'),
      },
    });
    const waiting: Running['waiting'] = new Map();
    let isReady: (status: PublishingStatus) => void = () => {};
    let isNot: (error: Error) => void = () => {};
    const ready = new Promise<PublishingStatus>((done, failed) => {
      isReady = done;
      isNot = failed;
    });
    ready.catch(() => {});
    const gone = new Promise<void>((done) => {
      child.once('exit', () => {
        mine.hasEnded = true;
        isNot(new EngineGone('before it was ready'));
        for (const { reject } of waiting.values()) reject(new EngineGone('before it answered'));
        waiting.clear();
        done();
      });
    });
    const mine: Running = { child, gone, ready, waiting, hasEnded: false };
    running = mine;
    child.on('message', (raw) => {
      const message = raw as FromEngine;
      if (message.type === 'ready') isReady(message.status);
      else if (message.type === 'publisher') publishers.set(message.pid, readStartTime(message.pid) ?? '');
      else {
        const asker = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.type === 'answer') asker?.resolve(message.value as never);
        else asker?.reject(new Error(message.message));
      }
    });
    child.on('error', () => {});
  }

  const up = (): Running => {
    if (!running || running.hasEnded) throw new EngineGone('it does not run');
    return running;
  };

  const alive = (): number[] =>
    [...publishers]
      .filter(([pid, startedAt]) => startedAt !== '' && readStartTime(pid) === startedAt)
      .map(([pid]) => pid);

  const rig: EngineRig = {
    dataDir,
    paths: stopPaths(dataDir),
    publicKey: keys.publicKey,
    start,
    ready: () => up().ready,
    isUp: () => running !== null && !running.hasEnded,
    pid: () => up().child.pid ?? 0,

    ask(order, data) {
      const { child, waiting } = up();
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, order, with: data } as ToEngine, () => {});
      });
    },

    signal: (name) => void process.kill(up().child.pid ?? 0, name),

    async kill() {
      const { child, gone } = up();
      child.kill('SIGKILL');
      await gone;
    },

    publishers: alive,

    turnClock(wallMs, monotonicMs) {
      offset.wall += wallMs;
      offset.monotonic += monotonicMs;
      const bytes = Buffer.alloc(16);
      bytes.writeDoubleLE(offset.wall, 0);
      bytes.writeDoubleLE(offset.monotonic, 8);
      writeSync(clockFile, bytes, 0, 16, 0);
    },

    now: () => Date.now() + offset.wall,

    async close() {
      if (running && !running.hasEnded) await rig.kill();
      for (let turn = 0; alive().length > 0 && turn < 200; turn += 1) {
        for (const pid of alive()) process.kill(pid, 'SIGKILL');
        await new Promise((done) => setTimeout(done, 10));
      }
      closeSync(clockFile);
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return rig;
}
