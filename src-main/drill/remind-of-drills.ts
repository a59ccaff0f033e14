import type { Clock, Instant } from '../core/clock.ts';

/** When the app has been up for a moment, then once an hour. */
const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 60 * 60_000;
/** A drill that is due is named once a week, at work. */
const AGAIN_AFTER_MS = 7 * 24 * 60 * 60_000;
const FROM_HOUR = 9;
const TO_HOUR = 18;

export type DrillReminderDeps = {
  readonly clock: Clock;
  readonly isDue: () => Promise<boolean>;
  /** Nothing real is stopped or counting down: a drill is not what matters then. */
  readonly isQuiet: () => boolean;
  /** The hour of the day where the person sits, 0 to 23. */
  readonly hourOf: (at: Instant) => number;
  readonly remindedAt: () => Instant | null;
  readonly remind: (at: Instant) => void;
};

/** Names a drill that is due, by day, once a week, and never beside a real stop. Starts none. @returns what ends it. */
export function remindOfDrills(deps: DrillReminderDeps): () => void {
  const { clock } = deps;
  let cancel = clock.after(FIRST_LOOK_MS, look);

  function look(): void {
    cancel = clock.after(LOOK_EVERY_MS, look);
    const now = clock.now();
    const hour = deps.hourOf(now);
    const last = deps.remindedAt();
    if (hour < FROM_HOUR || hour >= TO_HOUR || !deps.isQuiet()) return;
    if (last !== null && now - last < AGAIN_AFTER_MS) return;
    deps.isDue().then(
      (isDue) => {
        if (isDue) deps.remind(now);
      },
      () => {},
    );
  }

  return () => cancel();
}
