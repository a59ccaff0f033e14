import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** The calls by which a folder is changed or read: what is counted, and made to fail. */
const CALLS = [
  'openat',
  'unlink',
  'unlinkat',
  'rename',
  'renameat',
  'renameat2',
  'mkdir',
  'mkdirat',
  'fsync',
  'fdatasync',
  'write',
  'pwrite64',
  'ftruncate',
  'close',
  'pread64',
  'statx',
  'getdents64',
] as const;
export type Call = (typeof CALLS)[number];

export const ERRORS = ['EIO', 'ENOSPC', 'EROFS', 'EBUSY'] as const;

/** What is done to which call, counted from 1 within its own name. */
export type Injection = {
  readonly call: Call;
  readonly nth: number;
  /** A failure that `lasts` is that of every later call of the name too. */
  readonly lasts: boolean;
};

export type Fault = (typeof ERRORS)[number] | 'SIGKILL';

export type Seen = {
  readonly call: Call;
  /** False for what only wakes another thread, which no file system can refuse. */
  readonly isFile: boolean;
};

export type Tracer = {
  /** Resolves with the calls in their order, and how many were made to fail, when the tracer is gone. */
  detach(): Promise<{ readonly calls: readonly Seen[]; readonly injected: number }>;
};

/** Why system calls cannot be made to fail here; '' when they can. */
export function whyNoStrace(): string {
  if (process.platform !== 'linux') return 'only Linux has strace';
  const probe = spawnSync('strace', [
    '-f',
    '-e',
    'trace=none',
    '-e',
    'inject=fsync:error=EIO:when=1',
    'true',
  ]);
  if (probe.error) return 'strace is not installed';
  if (probe.status !== 0) return `strace cannot run: ${probe.stderr.toString().trim().split('\n')[0]}`;
  const sleeper = spawn('sleep', ['20'], { stdio: 'ignore' });
  try {
    const attached = spawnSync('timeout', ['-s', 'INT', '1', 'strace', '-p', String(sleeper.pid)]);
    const said = attached.stderr.toString();
    return said.includes('attached') && !said.includes('not permitted')
      ? ''
      : `strace may not attach: ${said.trim()}`;
  } finally {
    sleeper.kill('SIGKILL');
  }
}

/** Attaches to one thread, and resolves when from now on each of its calls is seen. */
export async function attach(
  thread: number,
  fault: Fault | null,
  injections: readonly Injection[],
): Promise<Tracer> {
  const what = fault === 'SIGKILL' ? 'signal=SIGKILL' : `error=${fault}`;
  const args = [
    ...['-p', String(thread), '-e', `trace=${CALLS.join(',')}`, '-e', 'signal=none', '-y', '-s', '0'],
    ...injections.flatMap(({ call, nth, lasts }) => [
      '-e',
      `inject=${call}:${what}:when=${nth}${lasts ? '+' : ''}`,
    ]),
  ];
  const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(tracer, 'close');
  const said = await readUntil(tracer, /attached/u);
  return {
    async detach() {
      tracer.kill('SIGINT');
      await gone;
      const lines = said().split('\n');
      return {
        calls: lines.flatMap((line) => {
          const call = CALLS.find((name) => line.startsWith(`${name}(`));
          return call ? [{ call, isFile: !/^\w+\(\d+<(anon_inode|pipe|socket):/u.test(line) }] : [];
        }),
        injected: lines.filter((line) => /\(INJECTED\)|killed by SIGKILL/u.test(line)).length,
      };
    },
  };
}

async function readUntil(tracer: ChildProcess, sign: RegExp): Promise<() => string> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    tracer.stderr?.on('data', (piece: Buffer) => {
      text += piece.toString();
      if (sign.test(text)) resolve();
    });
    tracer.once('error', reject);
    tracer.once('close', () => reject(new Error(`strace ended: ${text}`)));
  });
  return () => text;
}
