import type { CancelWake, Clock } from '../core/clock.ts';

/** Counts of one kind of thing, by name. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Gathers counts that come one by one, and tells them together: once nothing more is likely to follow, and never twice within `apartMs`. A night
 * in which a network fails makes a few notices, not a thousand.
 */
export function createGather<C extends Counts>(deps: {
  readonly clock: Clock;
  readonly gatherMs: number;
  readonly apartMs: number;
  readonly tell: (sum: C) => void;
}) {
  const { clock, gatherMs, apartMs } = deps;
  let sum: Counts = {};
  let cancel: CancelWake | null = null;
  let toldAt: number | null = null;

  function tell(): void {
    cancel = null;
    const told = sum as C;
    sum = {};
    toldAt = clock.monotonic();
    deps.tell(told);
  }

  return {
    add(added: Partial<C>): void {
      const entries = Object.entries(added).filter(([, count]) => (count ?? 0) > 0);
      if (entries.length === 0) return;
      sum = {
        ...sum,
        ...Object.fromEntries(entries.map(([name, count]) => [name, (sum[name] ?? 0) + (count ?? 0)])),
      };
      const since = toldAt === null ? apartMs : clock.monotonic() - toldAt;
      cancel ??= clock.after(Math.max(gatherMs, apartMs - since), tell);
    },
    stop(): void {
      cancel?.();
      cancel = null;
      sum = {};
    },
  };
}
