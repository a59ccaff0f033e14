import type { CancelWake, Clock } from '../core/clock.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { ChildProcess } from './handle.ts';
import type { Job, JobAnswers, Whereabouts } from './protocol.ts';

export type LookUpDeps = {
  readonly clock: Clock;
  readonly where: Whereabouts;
  readonly spawn: () => ChildProcess;
  readonly key: () => string | null;
};

export type LookUps = {
  /** Refuses 'look-up-failed' when the process or the network fails in a way the connector has no answer for. */
  run<J extends Job>(job: J): Promise<Result<JobAnswers[J['kind']]>>;
  close(): void;
};

/** A process that looked nothing up for so long ends, and with it the last decrypted sign-in. */
const IDLE_MS = 5_000;
const MOST_MS = 75_000;

/** Each call knows its process: one that was told to end may say so only after its successor was asked. */
type Waiting = { readonly child: ChildProcess; readonly settle: (result: Result<never>) => void };

/**
 * Verifying, looking up and taking down, in a process that is never armed: also while everything is stopped, and then with the key. The
 * stop promises that nothing is published, and nothing here can be: `run-job.ts` closes the gate for good.
 */
export function createLookUps(deps: LookUpDeps): LookUps {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | null = null;
  let nextCall = 1;
  let cancelIdle: CancelWake = () => {};

  const failed = (detail: string) => refuse('look-up-failed', detail);

  function start(): ChildProcess {
    const mine = deps.spawn();
    mine.onMessage((message) => {
      if (message.type === 'answer') settle(message.call, ok(message.answer) as Result<never>);
      else if (message.type === 'job-failed') settle(message.call, failed(message.detail));
    });
    mine.onExit(() => {
      if (child === mine) child = null;
      for (const [call, asked] of [...waiting])
        if (asked.child === mine) settle(call, failed('The look-up ended before an answer came.'));
    });
    return mine;
  }

  function settle(call: number, result: Result<never>): void {
    if (!waiting.has(call)) return;
    waiting.get(call)?.settle(result);
    waiting.delete(call);
    if (waiting.size > 0) return;
    cancelIdle();
    cancelIdle = deps.clock.after(IDLE_MS, end);
  }

  function end(): void {
    const mine = child;
    child = null;
    mine?.kill();
  }

  return {
    run(job) {
      cancelIdle();
      child ??= start();
      const call = nextCall++;
      const mine = child;
      return new Promise((resolve) => {
        const cancelLimit = deps.clock.after(MOST_MS, () => settle(call, failed('No answer in time.')));
        waiting.set(call, {
          child: mine,
          settle(result) {
            cancelLimit();
            resolve(result);
          },
        });
        mine.post({ type: 'job', call, where: deps.where, key: deps.key(), job });
      });
    },
    close() {
      cancelIdle();
      end();
    },
  };
}
