import type { PlannedTime } from './bulk.ts';
import type { Instant } from './clock.ts';
import { plusDays, weekdayOf } from './recurrence.ts';

/** A place in an account's week that a post can take. `weekday` is 1 (Monday) to 7; `time` is 'HH:mm' in the zone of the account's brand. */
export type PostingSlot = { readonly weekday: number; readonly time: string };

/** Two posts of one account nearer than this are said to collide, and a slot this near to a post is taken. */
export const SLOT_SPACING_MS = 5 * 60_000;

/** How far ahead a free slot is looked for. */
export const SLOT_DAYS_AHEAD = 366;

/** A slot that is left out on one day, because the clocks skip its time then or show it twice. */
export type SkippedSlot = { readonly localTime: string; readonly clock: 'gap' | 'twice' };

/** The instant a wall time ('YYYY-MM-DDTHH:mm') means in the zone of the brand, or why it means none or two. */
export type ResolveWallTime = (localTime: string) => Instant | 'gap' | 'twice';

/** Each slot once, in the order of the week. */
export function sortSlots(slots: readonly PostingSlot[]): readonly PostingSlot[] {
  const byName = new Map(slots.map(({ weekday, time }) => [`${weekday} ${time}`, { weekday, time }]));
  return [...byName.values()].sort((a, b) => a.weekday - b.weekday || (a.time < b.time ? -1 : 1));
}

/**
 * The slots of the dates `from` to `to`, both included, that lie after `after` and have none of the `taken` instants nearer than
 * `SLOT_SPACING_MS`, in the order of time; and those that the clocks leave out. Nobody is asked about those: a slot is a habit, not a wish.
 */
export function freeSlots(order: {
  readonly slots: readonly PostingSlot[];
  readonly timeZone: string;
  readonly from: string;
  readonly to: string;
  readonly after: Instant;
  /** In any order. */
  readonly taken: readonly Instant[];
  readonly resolve: ResolveWallTime;
}): { readonly free: readonly PlannedTime[]; readonly skipped: readonly SkippedSlot[] } {
  const slots = sortSlots(order.slots);
  const taken = [...order.taken].sort((a, b) => a - b);
  const free: PlannedTime[] = [];
  const skipped: SkippedSlot[] = [];
  let next = 0;
  for (let date = order.from; date <= order.to; date = plusDays(date, 1)) {
    const weekday = weekdayOf(date);
    for (const { time } of slots.filter((slot) => slot.weekday === weekday)) {
      const localTime = `${date}T${time}`;
      const at = order.resolve(localTime);
      if (typeof at === 'string') {
        skipped.push({ localTime, clock: at });
        continue;
      }
      if (at <= order.after) continue;
      while (next < taken.length && (taken[next] as Instant) <= at - SLOT_SPACING_MS) next += 1;
      const nearest = taken[next];
      if (nearest === undefined || nearest >= at + SLOT_SPACING_MS)
        free.push({ publishAt: at, localTime, timeZone: order.timeZone });
    }
  }
  return { free, skipped };
}

/** The first `count` of free slots, each at least `SLOT_SPACING_MS` after the one before and after `last`. */
export function spreadOver(
  free: readonly PlannedTime[],
  count: number,
  last: Instant | null,
): readonly PlannedTime[] {
  const chosen: PlannedTime[] = [];
  let before = last;
  for (const slot of free) {
    if (chosen.length === count) break;
    if (before !== null && slot.publishAt < before + SLOT_SPACING_MS) continue;
    chosen.push(slot);
    before = slot.publishAt;
  }
  return chosen;
}

/** The first instant that is a free slot of every account; null when there is none, or no account. */
export function firstInCommon(free: readonly (readonly PlannedTime[])[]): Instant | null {
  const [first, ...others] = free;
  const instants = others.map((slots) => new Set(slots.map(({ publishAt }) => publishAt)));
  return first?.find(({ publishAt }) => instants.every((known) => known.has(publishAt)))?.publishAt ?? null;
}
