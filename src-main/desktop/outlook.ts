import type { Clock } from '../core/clock.ts';
import type { MissedCount, Settlement } from '../core/queue.ts';
import type { EngagedStop, PublishingState } from '../core/stop-types.ts';
import { createStopReminder } from './remind-of-stops.ts';
import type { Shell } from './shell.ts';

export type OutlookDeps = {
  readonly clock: Clock;
  readonly shell: Shell;
  readonly status: () => { readonly state: PublishingState; readonly stops: readonly EngagedStop[] };
  readonly desk: {
    /** Counts from the open database; zeros while it is closed. */
    readonly readQueue: () => Promise<{ scheduled: number; nextDueAt: number | null }>;
    readonly nameOf: (stop: EngagedStop) => Promise<string>;
    /** Accounts whose sign-in does not work; null while the database is closed. */
    readonly signedOut: () => Promise<readonly number[] | null>;
    /** How many scheduled posts a stop keeps back; zero while the database is closed. */
    readonly heldBy: (stop: EngagedStop) => Promise<number>;
  };
  readonly tell: (what: 'publishing' | 'queue' | 'desk' | 'journal') => void;
};

/** What people see of publishing without the page: tray, title and notifications. Follows the engine; changes nothing in it. */
export function createOutlook(deps: OutlookDeps) {
  const { shell } = deps;
  /** Stops told of, and whether their end was. */
  const told = new Map<string, 'engaged' | 'concluded'>();
  let signedOut: ReadonlySet<number> | null = null;
  let isReading = false;
  let readsAgain = false;

  for (const stop of deps.status().stops) told.set(stop.id, 'concluded');

  async function refresh(): Promise<void> {
    if (isReading) {
      readsAgain = true;
      return;
    }
    isReading = true;
    try {
      do {
        readsAgain = false;
        const { scheduled, nextDueAt } = await deps.desk.readQueue();
        const next = nextDueAt === null ? '' : timeOf(nextDueAt, shell.language());
        shell.update({ state: deps.status().state, scheduled, next, nextDueAt });
        await tellSignIns();
      } while (readsAgain);
    } finally {
      isReading = false;
    }
  }

  /** Those that were broken when the database was opened are on the desk; only what breaks later is told. */
  async function tellSignIns(): Promise<void> {
    const found = await deps.desk.signedOut();
    if (found === null) return;
    const broken = signedOut === null ? [] : found.filter((id) => !signedOut?.has(id));
    signedOut = new Set(found);
    if (broken.length > 0) shell.notifications.signInsBroken(broken.length);
  }

  /** A person is told of a stop at once, also when the database does not answer: then with the number known last. */
  const scheduledSoon = async () => {
    const known = { scheduled: shell.facts().scheduled, nextDueAt: null };
    return (await soon(deps.desk.readQueue(), known)).scheduled;
  };

  async function tellStops(): Promise<void> {
    for (const stop of deps.status().stops) {
      const before = told.get(stop.id);
      const isConcluded = stop.isSilent || stop.todo !== '';
      if (before === undefined) {
        told.set(stop.id, 'engaged');
        const [scope, held] = await Promise.all([
          soon(deps.desk.nameOf(stop), stop.scope.kind === 'everything' ? '' : '…'),
          scheduledSoon(),
        ]);
        shell.notifications.stopEngaged({
          scope,
          control: stop.control,
          held,
          inFlight: stop.inFlight.length,
        });
      }
      if (isConcluded && told.get(stop.id) !== 'concluded') {
        told.set(stop.id, 'concluded');
        if (stop.todo !== '') shell.notifications.stopNotConfirmed(stop.todo);
        else if (before !== undefined) shell.notifications.stopConfirmed(await scheduledSoon());
      }
    }
  }

  const reminder = createStopReminder({
    clock: deps.clock,
    stops: () => deps.status().stops,
    hourOf: (at) => new Date(at).getHours(),
    remind(stop, others) {
      const named = soon(deps.desk.nameOf(stop), stop.scope.kind === 'everything' ? '' : '…');
      void Promise.all([named, soon(deps.desk.heldBy(stop), 0)]).then(([scope, held]) => {
        const since = timeOf(stop.engagedAt, shell.language());
        shell.notifications.stopForgotten({ scope, since, by: stop.by, held, others });
      });
    },
  });

  return {
    changed(what: 'publishing' | 'queue' | 'desk' | 'journal'): void {
      deps.tell(what);
      if (what === 'publishing') {
        // The icon and the title say at once what is already known; the numbers follow.
        shell.update({ state: deps.status().state });
        tellStops().catch(() => {});
        reminder.changed();
      }
      // Fails only while the database closes or is in trouble, which the window says.
      if (what !== 'journal') refresh().catch(() => {});
    },
    missed(counts: readonly MissedCount[]): void {
      const missed = counts
        .filter(({ reason }) => reason !== 'stopped' && reason !== 'countdown')
        .reduce((sum, { count }) => sum + count, 0);
      if (missed > 0) shell.notifications.postsNeedDecision({ missed });
    },
    settled(settlements: readonly Settlement[]): void {
      const failed = settlements.filter(({ state }) => state === 'failed').length;
      const unconfirmed = settlements.filter(({ state }) => state === 'unconfirmed').length;
      if (failed + unconfirmed > 0) shell.notifications.postsNeedDecision({ failed, unconfirmed });
    },
    refresh,
  };
}

export type Outlook = ReturnType<typeof createOutlook>;

/** What comes within 300 ms, else `otherwise`. */
function soon<T>(work: Promise<T>, otherwise: T): Promise<T> {
  const late = new Promise<T>((resolve) => setTimeout(() => resolve(otherwise), 300));
  return Promise.race([work.catch(() => otherwise), late]);
}

function timeOf(at: number, language: 'en' | 'fr'): string {
  return new Date(at).toLocaleString(language, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
}
