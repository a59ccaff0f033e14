import { contentHashOf } from './calendar/import-key.ts';
import { localTimeOf } from './calendar/local-time.ts';
import { timeOnDate } from './calendar/recurrence-times.ts';
import type { AccountId } from './core/brand.ts';
import type { Clock } from './core/clock.ts';
import type { NewPost, PlannedPost } from './core/queue.ts';
import { datesOf, plusDays, RECURRENCE_DAYS_AHEAD, type Recurrence } from './core/recurrence.ts';
import type { Storage } from './core/stores.ts';
import { contentsFor } from './core/variant.ts';

const FIRST_LOOK_MS = 20_000;
const BETWEEN_MS = 30 * 60_000;

export type KeepRecurrences = {
  /** Makes what is missing up to the horizon. Resolves with how many posts it made. */
  topUp(): Promise<number>;
  close(): void;
};

/**
 * Makes the posts of recurrences ahead of time, now and every half hour, as ordinary rows of the queue. None for an account that `isStopped` says is
 * under a stop: its dates are looked at again once it is released, and those that have passed by then are left out.
 */
export function keepRecurrences(deps: {
  storage: Pick<Storage, 'recurrences' | 'accounts'>;
  clock: Clock;
  isStopped: (accountId: AccountId) => Promise<boolean>;
  onMade: (posts: readonly PlannedPost[], by: string) => void;
}): KeepRecurrences {
  const { storage, clock } = deps;
  let isClosed = false;
  let under: Promise<number> | null = null;
  let cancel = clock.after(FIRST_LOOK_MS, look);

  function look(): void {
    void topUp()
      .catch(() => 0)
      .then(() => {
        if (!isClosed) cancel = clock.after(BETWEEN_MS, look);
      });
  }

  async function makeFor(recurrence: Recurrence, accountId: AccountId, seenUpTo: string): Promise<number> {
    const now = clock.now();
    const horizon = plusDays(localTimeOf(now, recurrence.timeZone).slice(0, 10), RECURRENCE_DAYS_AHEAD);
    const dates = datesOf(recurrence, horizon).filter((date) => date > seenUpTo);
    const last = dates.at(-1);
    if (last === undefined || (await deps.isStopped(accountId))) return 0;
    const content = contentsFor(recurrence.content, recurrence.variants)(accountId);
    const contentHash = contentHashOf(content);
    const posts = dates.flatMap((date): NewPost[] => {
      const { time } = timeOnDate(recurrence, date);
      if (time === null || time.publishAt <= now) return [];
      return [{ accountId, content, label: recurrence.label, ...time, contentHash, importKey: null }];
    });
    const ids = await storage.recurrences.make(
      { id: recurrence.id, accountId, seenUpTo, upTo: last, posts },
      now,
    );
    if (ids.length > 0)
      deps.onMade(
        ids.map((id, index) => ({ id, publishAt: posts[index]?.publishAt ?? 0, contentHash })),
        recurrence.createdBy,
      );
    return ids.length;
  }

  async function makeAll(): Promise<number> {
    let made = 0;
    for (const recurrence of await storage.recurrences.list())
      for (const { accountId, madeUpTo } of recurrence.accounts) {
        if (isClosed) return made;
        made += await makeFor(recurrence, accountId, madeUpTo);
      }
    return made;
  }

  /** One look at a time; who asks during one waits for it and looks again. */
  async function topUp(): Promise<number> {
    if (under) await under.catch(() => 0);
    under = makeAll().finally(() => {
      under = null;
    });
    return under;
  }

  return {
    topUp,
    close() {
      isClosed = true;
      cancel();
    },
  };
}
