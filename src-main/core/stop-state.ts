import type { Clock, Instant } from './clock.ts';
import { EVERYTHING, type Scope, scopeKey } from './scope.ts';
import type { Covered } from './stop-ports.ts';
import type { Countdown, EngagedStop, PublishingState, PublishingStatus } from './stop-types.ts';

export type NarrowEntry = { readonly stop: EngagedStop; readonly endsAt: Instant | null };

/** What the stop knows in memory, and what follows from it. Only the parts of the stop write here. */
export type StopState = {
  epoch: number;
  isArmed: boolean;
  /** Was ever started or stopped: without a permit that is `stopped`, not `not-started`. */
  hasStarted: boolean;
  sendsFrom: Instant;
  /** The same on the monotonic clock, so that setting the clock shortens no countdown. */
  sendsFromMonotonic: number;
  /** The stop of everything in force. */
  everything: EngagedStop | null;
  readonly narrow: Map<string, NarrowEntry>;
  /** Stops that wait for the publisher, by id, with what ends the wait. */
  readonly waiting: Map<string, () => void>;
  find(id: string): EngagedStop | null;
  put(stop: EngagedStop): void;
  isCountingDown(): boolean;
  covered(): readonly Covered[];
  status(): PublishingStatus;
  changed(): void;
  onChange(listener: () => void): () => void;
};

export function createStopState(clock: Clock): StopState {
  const listeners = new Set<() => void>();

  function publishingState(): PublishingState {
    const { everything } = state;
    if (everything) {
      if (state.waiting.has(everything.id)) return 'stopping';
      return everything.isDurable && everything.isSilent ? 'stopped' : 'not-confirmed';
    }
    return state.isArmed ? 'publishing' : state.hasStarted ? 'stopped' : 'not-started';
  }

  function countdowns(): Countdown[] {
    const now = clock.now();
    const all = [...state.narrow.values()].flatMap(({ stop, endsAt }) =>
      endsAt !== null && endsAt > now ? [{ scope: stop.scope, endsAt }] : [],
    );
    return state.isArmed && state.isCountingDown()
      ? [{ scope: EVERYTHING, endsAt: state.sendsFrom }, ...all]
      : all;
  }

  const state: StopState = {
    epoch: 0,
    isArmed: false,
    hasStarted: false,
    sendsFrom: 0,
    sendsFromMonotonic: 0,
    everything: null,
    narrow: new Map(),
    waiting: new Map(),

    find(id) {
      if (state.everything?.id === id) return state.everything;
      return [...state.narrow.values()].find((entry) => entry.stop.id === id)?.stop ?? null;
    },

    put(stop) {
      const key = scopeKey(stop.scope);
      if (stop.scope.kind === 'everything') state.everything = stop;
      else state.narrow.set(key, { stop, endsAt: state.narrow.get(key)?.endsAt ?? null });
    },

    isCountingDown: () => clock.now() < state.sendsFrom || clock.monotonic() < state.sendsFromMonotonic,

    covered() {
      if (state.everything || !state.isArmed) {
        return state.hasStarted ? [{ scope: EVERYTHING, reason: 'stopped' }] : narrowCovered();
      }
      // What stays stopped is stopped, also while a countdown covers everything.
      return state.isCountingDown()
        ? [...narrowCovered(), { scope: EVERYTHING, reason: 'countdown' }]
        : narrowCovered();
    },

    status() {
      const stops = [...state.narrow.values()].flatMap(({ stop, endsAt }) => (endsAt === null ? [stop] : []));
      return {
        state: publishingState(),
        epoch: state.epoch,
        stops: state.everything ? [state.everything, ...stops] : stops,
        countdowns: countdowns(),
      };
    },

    changed() {
      for (const listener of [...listeners]) listener();
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function narrowCovered(): readonly Covered[] {
    const now = clock.now();
    return [...state.narrow.values()].flatMap(({ stop, endsAt }): Covered[] => {
      const scope: Scope = stop.scope;
      if (endsAt === null) return [{ scope, reason: 'stopped' }];
      return endsAt > now ? [{ scope, reason: 'countdown' }] : [];
    });
  }

  return state;
}
