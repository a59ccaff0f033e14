import type { Clock, Instant } from '../core/clock.ts';
import type { EngagedStop } from '../core/stop-types.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** After it was engaged; from a day on once a day. */
const FIRST_MS = [HOUR_MS, 4 * HOUR_MS] as const;
/** Nobody is woken for it: a stop is safe, and what falls due meanwhile waits for a person. */
const NIGHT_FROM = 22;
const NIGHT_TO = 8;
const QUARTER_MS = 15 * 60_000;

export type StopReminderDeps = {
  readonly clock: Clock;
  /** In force, the widest first. */
  readonly stops: () => readonly EngagedStop[];
  /** The hour of the day where the person sits, 0 to 23. */
  readonly hourOf: (at: Instant) => number;
  /** `stop` is the widest of those whose time has come; `others` is how many more are in force. */
  readonly remind: (stop: EngagedStop, others: number) => void;
};

export type StopReminder = {
  /** Stops were engaged or released. */
  changed(): void;
  close(): void;
};

/** Reminds of a stop that may have been forgotten: after one hour, four, and then each day. It only says so; nothing is released. */
export function createStopReminder(deps: StopReminderDeps): StopReminder {
  const { clock } = deps;
  let cancel = () => {};
  /** Everything due up to here was told, or is past: a start of the app begins anew from then. */
  let toldUntil = clock.now();

  function nextOf({ engagedAt }: EngagedStop): Instant {
    const days = Math.max(1, Math.floor((toldUntil - engagedAt) / DAY_MS));
    const times = [...FIRST_MS, days * DAY_MS, (days + 1) * DAY_MS, (days + 2) * DAY_MS];
    return Math.min(...times.map((after) => byDay(engagedAt + after)).filter((at) => at > toldUntil));
  }

  function byDay(at: Instant): Instant {
    let day = at;
    while (deps.hourOf(day) >= NIGHT_FROM || deps.hourOf(day) < NIGHT_TO) day += QUARTER_MS;
    return day;
  }

  function wait(): void {
    cancel();
    const stops = deps.stops();
    cancel = stops.length === 0 ? () => {} : clock.wakeAt(Math.min(...stops.map(nextOf)), tell);
  }

  function tell(): void {
    const stops = deps.stops();
    const now = clock.now();
    const due = stops.filter((stop) => nextOf(stop) <= now);
    toldUntil = Math.max(toldUntil, now);
    if (due[0]) deps.remind(due[0], stops.length - 1);
    wait();
  }

  wait();
  return { changed: wait, close: () => cancel() };
}
