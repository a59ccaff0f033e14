import type { Clock, Instant } from './clock.ts';
import type { LatchReading } from './gate.ts';
import { EVERYTHING, type Floor, type Scope, scopeKey } from './scope.ts';
import type { Covered } from './stop-ports.ts';
import type { Countdown, EngagedStop, PublishingState, PublishingStatus } from './stop-types.ts';

/** From a release to the first post that may go out. */
export const COUNTDOWN_MS = 120_000;

/**
 * The least epoch that may be the present one. Where the latch is lost or cannot be read, one that no earlier run can have reached:
 * `reserved`, kept apart from it, and only where that is not known either (0) one by the clock.
 */
export function epochFloor(latch: LatchReading, reserved: number, now: Instant): number {
  if (latch.state === 'absent') return reserved;
  if (latch.state !== 'unreadable') return latch.epoch;
  return reserved || Math.floor(now / 1_000);
}

/** Stops made in one step share the first part of their ids, and one text in their files. */
export function stopIdOf(group: string, scope: Scope): string {
  return `${group}.${scopeKey(scope)}`;
}

/** With `endsAt` it was released; `endsMonotonic` is the same on the monotonic clock, 0 when that is of an earlier run. */
export type NarrowEntry = {
  readonly stop: EngagedStop;
  readonly endsAt: Instant | null;
  readonly endsMonotonic: number;
  /** Its file may say something else, or may not outlive a power cut: it is written once more. */
  readonly isInDoubt: boolean;
};

export type CountdownLeft = { readonly wall: number; readonly monotonic: number };

/** What the stop knows in memory, and what follows from it. Only the parts of the stop write here. */
export type StopState = {
  epoch: number;
  isArmed: boolean;
  /** Was ever started or stopped: without a permit that is `stopped`, not `not-started`. */
  hasStarted: boolean;
  sendsFrom: Instant;
  /** The same on the monotonic clock, so that setting the clock shortens no countdown. */
  sendsFromMonotonic: number;
  /** See `PublishingStatus.pressCount`. */
  pressCount: number;
  /** Everything is stopped, and the permit could not be removed: removed by somebody else, that is a press. */
  isPermitLeft: boolean;
  /** The stop of everything in force. */
  everything: EngagedStop | null;
  readonly narrow: Map<string, NarrowEntry>;
  /** Stops that wait for the publisher, by id, with what ends the wait. */
  readonly waiting: Map<string, () => void>;
  find(id: string): EngagedStop | null;
  put(stop: EngagedStop): void;
  /** See `NarrowEntry.isInDoubt`. */
  doubt(stop: EngagedStop): void;
  isCountingDown(): boolean;
  /** Milliseconds a countdown still has on each clock, 0 when none: it is over when it is on both. */
  leftOf(ends: { readonly at: Instant; readonly monotonic: number }): CountdownLeft;
  covered(): readonly Covered[];
  floors(): readonly Floor[];
  status(): PublishingStatus;
  changed(): void;
  /** Nobody is told of a change within: who carries it out calls `changed` after it. A thousand stops of one step are told once. */
  untold(step: () => void): void;
  onChange(listener: () => void): () => void;
};

export function createStopState(clock: Clock): StopState {
  const listeners = new Set<() => void>();
  let isUntold = false;

  function publishingState(): PublishingState {
    const { everything } = state;
    if (everything) {
      if (state.waiting.has(everything.id)) return 'stopping';
      return everything.isDurable && everything.isSilent ? 'stopped' : 'not-confirmed';
    }
    return state.isArmed ? 'publishing' : state.hasStarted ? 'stopped' : 'not-started';
  }

  function countdowns(): Countdown[] {
    const all = [...state.narrow.values()].flatMap((entry) =>
      entry.endsAt !== null && isRunning(entry) ? [{ scope: entry.stop.scope, endsAt: entry.endsAt }] : [],
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
    pressCount: 0,
    isPermitLeft: false,
    everything: null,
    narrow: new Map(),
    waiting: new Map(),

    find(id) {
      if (state.everything?.id === id) return state.everything;
      // Of a thousand made in one step each is asked for: their ids end with their keys.
      const near = state.narrow.get(id.slice(id.indexOf('.') + 1))?.stop;
      if (near?.id === id) return near;
      for (const { stop } of state.narrow.values()) if (stop.id === id) return stop;
      return null;
    },

    put(stop) {
      const key = scopeKey(stop.scope);
      if (stop.scope.kind === 'everything') state.everything = stop;
      else {
        const { endsAt = null, endsMonotonic = 0, isInDoubt = false } = state.narrow.get(key) ?? {};
        state.narrow.set(key, { stop, endsAt, endsMonotonic, isInDoubt });
      }
    },

    doubt({ scope }) {
      const entry = state.narrow.get(scopeKey(scope));
      if (!entry) return;
      const stop = { ...entry.stop, isDurable: false };
      state.narrow.set(scopeKey(scope), { ...entry, stop, isInDoubt: true });
    },

    leftOf: ({ at, monotonic }) => ({
      wall: Math.max(0, at - clock.now()),
      monotonic: Math.max(0, monotonic - clock.monotonic()),
    }),

    isCountingDown: () => isLeft(state.leftOf({ at: state.sendsFrom, monotonic: state.sendsFromMonotonic })),

    covered() {
      if (state.everything || !state.isArmed) {
        return state.hasStarted ? [{ scope: EVERYTHING, reason: 'stopped' }] : narrowCovered();
      }
      // What stays stopped is stopped, also while a countdown covers everything.
      return state.isCountingDown()
        ? [...narrowCovered(), { scope: EVERYTHING, reason: 'countdown' }]
        : narrowCovered();
    },

    floors() {
      if (state.everything || !state.isArmed) return [];
      const ended = [...state.narrow.values()].flatMap((entry) =>
        entry.endsAt === null ? [] : floorsOf(entry.stop.scope, entry.endsAt, !isRunning(entry)),
      );
      if (state.sendsFrom === 0) return ended;
      return [...floorsOf(EVERYTHING, state.sendsFrom, !state.isCountingDown()), ...ended];
    },

    status() {
      const stops = [...state.narrow.values()].flatMap(({ stop, endsAt }) => (endsAt === null ? [stop] : []));
      return {
        state: publishingState(),
        epoch: state.epoch,
        stops: state.everything ? [state.everything, ...stops] : stops,
        countdowns: countdowns(),
        pressCount: state.pressCount,
      };
    },

    changed() {
      if (isUntold) return;
      for (const listener of [...listeners]) listener();
    },

    untold(step) {
      isUntold = true;
      try {
        step();
      } finally {
        isUntold = false;
      }
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function narrowCovered(): readonly Covered[] {
    return [...state.narrow.values()].flatMap((entry): Covered[] => {
      const { scope } = entry.stop;
      if (entry.endsAt === null) return [{ scope, reason: 'stopped' }];
      return isRunning(entry) ? [{ scope, reason: 'countdown' }] : [];
    });
  }

  function isRunning({ endsAt, endsMonotonic }: NarrowEntry): boolean {
    return endsAt !== null && isLeft(state.leftOf({ at: endsAt, monotonic: endsMonotonic }));
  }

  return state;
}

const isLeft = ({ wall, monotonic }: CountdownLeft) => wall > 0 || monotonic > 0;

function floorsOf(scope: Scope, endsAt: Instant, isOver: boolean): Floor[] {
  const stopped: Floor = { scope, reason: 'stopped', before: endsAt - COUNTDOWN_MS };
  return isOver ? [stopped, { scope, reason: 'countdown', before: endsAt }] : [stopped];
}
