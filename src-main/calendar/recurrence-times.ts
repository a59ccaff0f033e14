import type { PlannedTime } from '../core/bulk.ts';
import type { Recurrence } from '../core/recurrence.ts';
import { resolveLocalTime } from './local-time.ts';
import { timeAt } from './shift-time.ts';

/** When a recurrence speaks on a date. Where the clocks skip that time or show it twice, what was chosen; null where it is left out. */
export function timeOnDate(
  { time, timeZone, gap, twice }: Pick<Recurrence, 'time' | 'timeZone' | 'gap' | 'twice'>,
  date: string,
): { readonly clock: 'plain' | 'gap' | 'twice'; readonly time: PlannedTime | null } {
  const found = resolveLocalTime(`${date}T${time}`, timeZone);
  switch (found.kind) {
    case 'one':
      return { clock: 'plain', time: timeAt(found.at, timeZone) };
    case 'twice':
      return { clock: 'twice', time: timeAt(found[twice], timeZone) };
    case 'gap':
      return { clock: 'gap', time: gap === 'skip' ? null : timeAt(found[gap].at, timeZone) };
    case 'invalid':
      return { clock: 'gap', time: null };
  }
}
