import type { OnAdded } from '../core/stores.ts';
import type { Desk } from './desk.ts';

/** Reading and writing files of many rows: one at a time, told as it goes on, and called off by 'import.cancel'. */
export function createLongWork(desk: Desk) {
  let running: AbortController | null = null;
  return {
    /** A new one ends the one before. */
    options() {
      running?.abort();
      running = new AbortController();
      return {
        language: desk.language(),
        signal: running.signal,
        onProgress: (done: number, total: number) => desk.notify('import.progress', { done, total }),
      };
    },
    /** @returns whether there may have been something to call off. */
    cancel(): boolean {
      const wasRunning = running !== null && !running.signal.aborted;
      running?.abort();
      running = null;
      return wasRunning;
    },
  };
}
export type LongWork = ReturnType<typeof createLongWork>;

/** Puts what was added into the journal, as proof of when it was planned. */
export function recordAdded(desk: Desk, how: 'imported' | 'sample'): OnAdded {
  return async (planned) => {
    for await (const posts of planned) desk.engine.recordPlanned(posts, how, desk.settings.read().personName);
  };
}
