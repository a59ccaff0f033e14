import { StorageError } from './failure.ts';

/** 'urgent': what publishing waits for (claims, outcomes, sweeps). Everything a person waits for is 'ordinary'. */
export type Lane = 'urgent' | 'ordinary';

/** Gives the connection back. Calling it twice does nothing. */
export type Release = () => void;

export type StatementQueue = {
  /**
   * Resolves when the connection is the caller's alone, urgent callers first, otherwise in order of asking. A statement takes it for itself, a
   * transaction from `begin` to `commit`. Rejects with 'database-closed' after `close`.
   */
  take(lane: Lane): Promise<Release>;
  /** Whether anybody waits for the connection: who holds it for long may end early. */
  someoneWaits(): boolean;
  /** Resolves when the statement or transaction under way has ended; all that wait or come later are refused. */
  close(): Promise<void>;
};

type Waiter = { readonly give: (release: Release) => void; readonly refuse: (error: StorageError) => void };

/**
 * One connection has one user at a time. HAZARD: without this, a single statement sent while a transaction is open would
 * become part of that transaction, and be lost with it when it is rolled back. `onFree` is called whenever the connection comes back and
 * nobody waits for it, until `close`.
 */
export function createStatementQueue(onFree: () => void): StatementQueue {
  const lanes: Readonly<Record<Lane, Waiter[]>> = { urgent: [], ordinary: [] };
  let isBusy = false;
  let isClosed = false;
  let onIdle: (() => void) | null = null;

  function lend(): Release {
    isBusy = true;
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      isBusy = false;
      const next = lanes.urgent.shift() ?? lanes.ordinary.shift();
      if (next) next.give(lend());
      else if (onIdle === null) onFree();
      else onIdle();
    };
  }

  return {
    take(lane) {
      if (isClosed) return Promise.reject(new StorageError('database-closed', ''));
      if (!isBusy) return Promise.resolve(lend());
      return new Promise((give, refuse) => lanes[lane].push({ give, refuse }));
    },
    someoneWaits: () => lanes.urgent.length + lanes.ordinary.length > 0,
    close() {
      isClosed = true;
      for (const lane of [lanes.urgent, lanes.ordinary]) {
        for (const waiter of lane.splice(0)) waiter.refuse(new StorageError('database-closed', ''));
      }
      if (!isBusy) return Promise.resolve();
      return new Promise((resolve) => {
        onIdle = resolve;
      });
    },
  };
}
