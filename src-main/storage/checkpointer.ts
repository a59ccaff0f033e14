import type { Sqlite } from './sqlite-driver.ts';
import type { Release } from './statement-queue.ts';

/** How long nobody must have asked for anything. */
const QUIET_MS = 300;

export type Checkpointer = {
  /** To be called whenever the connection is free. */
  onFree(): void;
  stop(): void;
};

/**
 * Writes the log back into the database when nothing else is going on. Left to itself SQLite does it in the middle of a commit, which then takes
 * fifty times as long: of all moments, in a burst of posts that are due at once.
 */
export function createCheckpointer(sqlite: Sqlite, take: () => Promise<Release>): Checkpointer {
  let isMine = false;
  let timer: NodeJS.Timeout | null = null;

  async function checkpoint(): Promise<void> {
    isMine = true;
    const release = await take();
    try {
      await sqlite.all('PRAGMA wal_checkpoint(PASSIVE)');
    } finally {
      release();
      isMine = false;
    }
  }

  return {
    onFree() {
      if (isMine) return;
      if (timer !== null) {
        timer.refresh();
        return;
      }
      // Failing is no loss: the log only grows until the next time. Who writes next is told what is wrong.
      timer = setTimeout(() => checkpoint().catch(() => undefined), QUIET_MS);
      timer.unref();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
