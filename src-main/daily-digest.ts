import type { Clock, Instant } from './core/clock.ts';

const LOOK_EVERY_MS = 60_000;

export type DailyDigestDeps<Facts> = {
  readonly clock: Clock;
  /** 'HH:MM' where the person sits; null when no digest is wanted. */
  readonly wantedAt: () => string | null;
  /** Day and time of day where the person sits: 'YYYY-MM-DD' and 'HH:MM'. */
  readonly placeOf: (at: Instant) => { readonly day: string; readonly time: string };
  /** The day of the last digest; '' when there was none. */
  readonly toldOn: () => string;
  readonly keepToldOn: (day: string) => void;
  /** Null while the database is closed: it is tried again a minute later. */
  readonly read: (now: Instant) => Promise<Facts | null>;
  readonly tell: (facts: Facts) => void;
};

/** Tells once a day, at the wanted time or as soon after it as the app runs, what went out and what waits. @returns what ends it. */
export function createDailyDigest<Facts>(deps: DailyDigestDeps<Facts>): () => void {
  const { clock } = deps;
  let cancel = clock.after(LOOK_EVERY_MS, look);
  let isReading = false;

  function look(): void {
    cancel = clock.after(LOOK_EVERY_MS, look);
    const now = clock.now();
    const wantedAt = deps.wantedAt();
    const { day, time } = deps.placeOf(now);
    if (isReading || wantedAt === null || time < wantedAt || deps.toldOn() === day) return;
    isReading = true;
    deps
      .read(now)
      .then((facts) => {
        if (facts === null) return;
        deps.keepToldOn(day);
        deps.tell(facts);
      })
      .catch(() => undefined)
      .finally(() => {
        isReading = false;
      });
  }

  return () => cancel();
}
