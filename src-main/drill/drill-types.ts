import type { Instant } from '../core/clock.ts';

/** What a drill does, in this order. */
export type DrillStep = 'prepare' | 'publish' | 'stop' | 'restart' | 'release' | 'clear';

/** Why a drill could not be carried through. `detail` of the failure has the system's own words, where there are any. */
export type DrillFailure =
  | 'not-prepared'
  | 'not-started'
  | 'nothing-went-out'
  | 'not-released'
  | 'beyond-practice';

/** Why a drill was broken off: nothing is wrong with the stop. */
export type DrillBreak = 'by-person' | 'real-stop' | 'closing';

/** What was measured. Times are milliseconds on the monotonic clock from the drill's own press on, to a tenth. */
export type DrillFigures = {
  /** Until the gate was shut in memory, the permit unlinked and the publisher told. */
  readonly shutMs: number;
  /** Until the permit was gone and the latch said so, both read back; null when they did not. */
  readonly durableMs: number | null;
  /** Until the publisher had confirmed, or was dead; null when neither came. */
  readonly silentMs: number | null;
  /** Until its process was gone; null when it was not. */
  readonly deadMs: number | null;
  readonly brands: number;
  readonly accounts: number;
  /** Published before the press. */
  readonly posts: number;
  /** In flight at the press, and what became of them: `inFlight` is the sum of the three. */
  readonly inFlight: number;
  readonly published: number;
  readonly unconfirmed: number;
  readonly notSent: number;
  /** Files that came into the drill's outbox after the press; must not be more than `cap`. */
  readonly escaped: number;
  readonly cap: number;
  /** A new start on the drill's folder found the same stop in force, and nothing went out. */
  readonly staysStopped: boolean;
  /** After the release nothing went out by itself. */
  readonly startsNothing: boolean;
};

export type DrillOutcome =
  | { readonly kind: 'done'; readonly figures: DrillFigures; readonly isPassed: boolean }
  | { readonly kind: 'failed'; readonly reason: DrillFailure; readonly detail: string }
  | { readonly kind: 'canceled'; readonly reason: DrillBreak };

/** One drill of the past, as the journal tells of it. */
export type Drill = { readonly at: Instant; readonly by: string; readonly outcome: DrillOutcome };

/** What the stop promises: 'durable' and 'silent' in milliseconds after the press. */
const PROMISED = { durableMs: 250, silentMs: 1_000 } as const;

/** Whether every promise was kept. */
export function isKept(figures: DrillFigures): boolean {
  return (
    figures.durableMs !== null &&
    figures.durableMs <= PROMISED.durableMs &&
    figures.silentMs !== null &&
    figures.silentMs <= PROMISED.silentMs &&
    figures.deadMs !== null &&
    figures.escaped <= figures.cap &&
    figures.staysStopped &&
    figures.startsNothing
  );
}
