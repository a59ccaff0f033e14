import type { PlannedTime } from '../core/bulk.ts';
import type { Instant } from '../core/clock.ts';
import { localTimeOf, resolveLocalTime } from './local-time.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What is meant where the wall time of the new day does not exist, or exists twice; 'ask' takes neither. */
export type ClockChoice = {
  readonly gap: 'ask' | 'before' | 'after';
  readonly twice: 'ask' | 'first' | 'second';
};

/** The new time, with what the clocks did to it: 'gap' or 'twice' also where the choice settled it. */
export type ShiftedTime = {
  readonly clock: 'plain' | 'gap' | 'twice';
  /** Null where nobody chose. */
  readonly time: PlannedTime | null;
};

/** So many hours later (or earlier, below 0), exactly: over a change of the clocks the wall time moves by one hour more or less. */
export function shiftByHours(post: PlannedTime, hours: number): PlannedTime {
  return timeAt(post.publishAt + hours * HOUR_MS, post.timeZone);
}

/** The same wall time, in the post's own zone, so many days later (or earlier, below 0). Seconds are kept. */
export function shiftByDays(post: PlannedTime, days: number, choice: ClockChoice): ShiftedTime {
  const wall = localTimeOf(post.publishAt, post.timeZone);
  const rest = ((post.publishAt % MINUTE_MS) + MINUTE_MS) % MINUTE_MS;
  const day = new Date(`${wall}:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  const localTime = day.toISOString().slice(0, 16);
  const found = resolveLocalTime(localTime, post.timeZone);
  const at = (publishAt: Instant) => timeAt(publishAt + rest, post.timeZone);
  switch (found.kind) {
    case 'one':
      return { clock: 'plain', time: at(found.at) };
    case 'gap':
      return { clock: 'gap', time: choice.gap === 'ask' ? null : at(found[choice.gap].at) };
    case 'twice':
      return { clock: 'twice', time: choice.twice === 'ask' ? null : at(found[choice.twice]) };
    case 'invalid':
      return { clock: 'gap', time: null };
  }
}

/** An instant as a clock in that zone shows it. */
export function timeAt(publishAt: Instant, timeZone: string): PlannedTime {
  return { publishAt, localTime: localTimeOf(publishAt, timeZone), timeZone };
}
