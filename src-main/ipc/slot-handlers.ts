import { ok } from '../core/result.ts';
import { type Desk, needDesk } from './desk.ts';
import { commonFreeSlot, freeSlotsBetween, nextFreeSlots } from './free-slots.ts';
import type { Handlers } from './serve.ts';

type SlotHandlers = Pick<Handlers, 'slot.list' | 'slot.set' | 'slot.next' | 'slot.free'>;

const MOST_DAYS_MS = 32 * 86_400_000;

export function createSlotHandlers(desk: Desk): SlotHandlers {
  return {
    async 'slot.list'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const all = await open.value.storage.slots.list();
      return ok([...all].map(([accountId, slots]) => ({ accountId, slots: [...slots] })));
    },

    async 'slot.set'({ accountIds, slots }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const changed = await open.value.storage.slots.replace(accountIds, slots);
      desk.notify('slots.changed', {});
      return ok({ changed: changed.length });
    },

    async 'slot.next'({ accountIds }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const now = desk.clock.now();
      const found = await nextFreeSlots(open.value, now, new Map(accountIds.map((id) => [id, 1])));
      return ok({
        accounts: [...found].map(
          ([
            accountId,
            {
              hasSlots,
              times: [next],
              skipped,
            },
          ]) => ({
            accountId,
            hasSlots,
            next: next ? { at: next.publishAt, localTime: next.localTime, timeZone: next.timeZone } : null,
            skipped: [...skipped],
          }),
        ),
        common: await commonFreeSlot(open.value, now, accountIds),
      });
    },

    async 'slot.free'({ place, from, to }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { accounts } = await open.value.directory.read();
      const ids =
        'accountId' in place
          ? [place.accountId]
          : [...accounts.values()].filter((one) => one.brandId === place.brandId).map(({ id }) => id);
      const until = Math.min(to, from + MOST_DAYS_MS);
      const found = await freeSlotsBetween(open.value, desk.clock.now(), ids, from, until);
      return ok({
        free: found
          .flatMap(({ accountId, free }) =>
            free.map(({ publishAt: at, localTime }) => ({ accountId, at, localTime })),
          )
          .sort((a, b) => a.at - b.at || a.accountId - b.accountId),
        skipped: found.flatMap(({ accountId, skipped }) => skipped.map((one) => ({ accountId, ...one }))),
      });
    },
  };
}
