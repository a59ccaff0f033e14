import type { PlannedTime } from '../core/bulk.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Desk, OpenDesk } from './desk.ts';
import { freeSlotAt } from './free-slots.ts';
import type { Handlers } from './serve.ts';
import { wantedInstant } from './wanted-instant.ts';

type Asked = Pick<
  Parameters<Handlers['post.schedule']>[0],
  'accountIds' | 'localTime' | 'timeZone' | 'at' | 'slots'
>;

/**
 * When each account's post goes: all at the time a person typed, or each in the slot that was shown for it. Refuses what `wantedInstant`
 * refuses, and 'slot-taken' where a slot is not free any more: nothing is put elsewhere than was shown.
 */
export async function wantedTimes(
  desk: Desk,
  open: OpenDesk,
  asked: Asked,
): Promise<Result<(accountId: number) => PlannedTime>> {
  if (asked.slots === undefined) {
    const at = wantedInstant(desk, asked);
    if (!at.ok) return at;
    const time = { publishAt: at.value, localTime: asked.localTime, timeZone: asked.timeZone };
    return ok(() => time);
  }
  const wanted = new Map(asked.slots.map(({ accountId, at }) => [accountId, at]));
  const times = await freeSlotAt(open, desk.clock.now(), wanted);
  if (!asked.accountIds.every((accountId) => times.has(accountId)))
    return refuse('slot-taken', 'A slot that was shown is no longer free. Look at the times again.');
  return ok((accountId) => times.get(accountId) as PlannedTime);
}
