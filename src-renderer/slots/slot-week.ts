import type { AccountSlots, SlotView } from '../../src-preload/slot-views.ts';

/** Monday to Sunday, as slots number them. */
export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
export const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** Each slot once, in the order of the week. */
export function withSlots(slots: readonly SlotView[], days: readonly number[], time: string): SlotView[] {
  const added = days.map((weekday) => ({ weekday, time }));
  const byName = new Map([...slots, ...added].map((slot) => [nameOf(slot), slot]));
  return [...byName.values()].sort((a, b) => a.weekday - b.weekday || a.time.localeCompare(b.time));
}

export function withoutSlot(slots: readonly SlotView[], { weekday, time }: SlotView): SlotView[] {
  return slots.filter((slot) => slot.weekday !== weekday || slot.time !== time);
}

/** The slots that all of these accounts have alike; null where they differ. */
export function sharedSlots(
  all: readonly AccountSlots[],
  accountIds: readonly number[],
): readonly SlotView[] | null {
  const byAccount = new Map(all.map(({ accountId, slots }) => [accountId, slots]));
  const [first = [], ...others] = accountIds.map((id) => byAccount.get(id) ?? []);
  const names = first.map(nameOf).join();
  return others.every((slots) => slots.map(nameOf).join() === names) ? first : null;
}

function nameOf({ weekday, time }: SlotView): string {
  return `${weekday} ${time}`;
}
