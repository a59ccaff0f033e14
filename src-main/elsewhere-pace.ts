import type { Clock, Instant } from './core/clock.ts';
import type { Cancellation, ScheduledList } from './core/scheduled-elsewhere.ts';

const FIRST_MS = 30_000;
/** Nothing that may go out is ever given up: it is only tried more seldom. */
const MOST_MS = 30 * 60_000;

type Tried = { readonly times: number; readonly until: Instant };

/** After how long something that failed so often is tried again. */
export function backOffMs(times: number, most: number = MOST_MS): number {
  return times === 0 ? 0 : Math.min(most, FIRST_MS * 2 ** Math.min(times, 20));
}

/** How soon a planner that failed may be asked again, and a cancellation that did not take be tried again by itself. */
export function createElsewherePace({ now }: Pick<Clock, 'now'>) {
  const asked = new Map<string, Tried>();
  const tried = new Map<string, Tried>();
  const cancelKey = (source: string, id: string) => `${source} ${id}`;

  return {
    /** A new stop: all is tried at once again. */
    forget(): void {
      asked.clear();
      tried.clear();
    },
    /** `renewMs` is how often it may be asked while it answers; one that fails is asked no oftener in the end. What nobody reached counts nothing. */
    heard(source: string, answer: ScheduledList, renewMs: number): void {
      if (answer.kind === 'listed') asked.delete(source);
      else if (answer.kind === 'cannot-tell') asked.set(source, { times: 0, until: now() + renewMs });
      else if (!(answer.kind === 'unclear' && answer.isUnsent)) {
        const times = (asked.get(source)?.times ?? 0) + 1;
        asked.set(source, { times, until: now() + backOffMs(times, renewMs) });
      }
    },
    /** Until when a planner that failed is left alone; null for one that answered last, or was never asked. */
    askAgainAt: (source: string): Instant | null => asked.get(source)?.until ?? null,
    /** Only what may have reached the service counts. */
    canceled(source: string, id: string, answer: Cancellation): void {
      const key = cancelKey(source, id);
      if (answer.kind === 'canceled' || answer.kind === 'gone') tried.delete(key);
      else if (answer.kind !== 'try-later' && !(answer.kind === 'unclear' && answer.isUnsent)) {
        const times = (tried.get(key)?.times ?? 0) + 1;
        tried.set(key, { times, until: now() + backOffMs(times) });
      }
    },
    mayCancel: (source: string, id: string): boolean =>
      (tried.get(cancelKey(source, id))?.until ?? now()) <= now(),
  };
}
