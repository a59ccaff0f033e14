import type { CancelWake, Clock } from '../core/clock.ts';
import type { ChildProcess } from './handle.ts';

export type LendDeps = {
  readonly clock: Clock;
  /** What is sealed for an account now; null when nothing is. */
  readonly sealedOf: (accountId: number) => Promise<string | null>;
  /** Replaces it durably, only while it still is `seen`. @returns whether it was written. */
  readonly replace: (accountId: number, sealed: string, seen: string) => Promise<boolean>;
};

type Loan = {
  readonly child: ChildProcess;
  readonly loan: number;
  readonly accountId: number;
  sealed: string | null;
  cancelLimit: CancelWake;
};

/** Longer than any trade takes; a process that does not give back loses its turn. */
const MOST_LOAN_MS = 45_000;

/**
 * Main's side of secrets that wear out: each account's are lent to one process at a time, so that a refresh token that can be used once is
 * used once, and what comes back is written down before the process hears that it may use it.
 */
export function createLender(deps: LendDeps) {
  const queues = new Map<number, Loan[]>();

  async function lend(next: Loan): Promise<void> {
    next.cancelLimit = deps.clock.after(MOST_LOAN_MS, () => end(next));
    try {
      next.sealed = await deps.sealedOf(next.accountId);
    } catch {
      next.sealed = null;
    }
    next.child.post({ type: 'lent', loan: next.loan, sealed: next.sealed });
  }

  function end(done: Loan): void {
    done.cancelLimit();
    const queue = queues.get(done.accountId) ?? [];
    const wasFirst = queue[0] === done;
    const rest = queue.filter((one) => one !== done);
    if (rest.length === 0) queues.delete(done.accountId);
    else queues.set(done.accountId, rest);
    const [next] = rest;
    if (wasFirst && next) void lend(next);
  }

  async function takeBack(child: ChildProcess, loan: number, sealed: string | null): Promise<void> {
    const mine = [...queues.values()].flat().find((one) => one.child === child && one.loan === loan);
    if (sealed === null) {
      if (mine) end(mine);
      return;
    }
    let isKept = false;
    try {
      isKept =
        mine !== undefined &&
        mine.sealed !== null &&
        (await deps.replace(mine.accountId, sealed, mine.sealed));
    } catch {
      // A disk that is full: the process is told, and uses nothing that is not written down.
    }
    child.post({ type: 'kept', loan, isKept });
    if (mine) end(mine);
  }

  return {
    /** Lets this process borrow for as long as it lives. */
    serve(child: ChildProcess): ChildProcess {
      child.onMessage((message) => {
        if (message.type === 'give-back') void takeBack(child, message.loan, message.sealed);
        if (message.type !== 'borrow') return;
        const { loan, accountId } = message;
        const next: Loan = { child, loan, accountId, sealed: null, cancelLimit: () => {} };
        const queue = queues.get(accountId) ?? [];
        queues.set(accountId, [...queue, next]);
        if (queue.length === 0) void lend(next);
      });
      child.onExit(() => {
        for (const one of [...queues.values()].flat()) if (one.child === child) end(one);
      });
      return child;
    },
  };
}
