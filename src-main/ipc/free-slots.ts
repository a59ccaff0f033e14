import { localTimeOf, resolveLocalTime } from '../calendar/local-time.ts';
import { createPacer } from '../calendar/pacer.ts';
import type { AccountId } from '../core/brand.ts';
import type { PlannedTime } from '../core/bulk.ts';
import type { PostId } from '../core/post.ts';
import { plusDays } from '../core/recurrence.ts';
import {
  firstInCommon,
  freeSlots,
  type PostingSlot,
  type ResolveWallTime,
  type SkippedSlot,
  SLOT_DAYS_AHEAD,
  spreadOver,
} from '../core/slots.ts';
import type { OpenDesk } from './desk.ts';

/** What an account has free. `skipped`: slots on the way there that the clocks leave out. */
export type FreeOfAccount = {
  readonly hasSlots: boolean;
  readonly times: readonly PlannedTime[];
  readonly skipped: readonly SkippedSlot[];
};

const DAY_MS = 86_400_000;
/** Further ahead is looked only where nearer nothing is free: edges in days from today. */
const LOOKS = [0, 14, 56, SLOT_DAYS_AHEAD] as const;
const COMMON_LOOKS = [0, 14, 56] as const;
/** Others have their turn after the posts of so many accounts. */
const ACCOUNTS_A_LOOK = 40;
const NOTHING_LEAVES: ReadonlySet<PostId> = new Set();

type SlotsOf = {
  readonly accountId: AccountId;
  readonly slots: readonly PostingSlot[];
  readonly zone: string;
};
type Free = { readonly free: readonly PlannedTime[]; readonly skipped: readonly SkippedSlot[] };

const resolveIn =
  (zone: string): ResolveWallTime =>
  (localTime) => {
    const found = resolveLocalTime(localTime, zone);
    if (found.kind === 'one') return found.at;
    return found.kind === 'twice' ? 'twice' : 'gap';
  };

/**
 * For each account its next free slots, as many as are wanted of it, each in the zone of its brand. Posts that are `leaving` their time take
 * none. Accounts that are not there any more are left out.
 */
export async function nextFreeSlots(
  open: OpenDesk,
  now: number,
  wanted: ReadonlyMap<AccountId, number>,
  leaving: ReadonlySet<PostId> = NOTHING_LEAVES,
): Promise<ReadonlyMap<AccountId, FreeOfAccount>> {
  const found = new Map<AccountId, { hasSlots: boolean; times: PlannedTime[]; skipped: SkippedSlot[] }>();
  let searched = await slotsOf(open, [...wanted.keys()]);
  for (const { accountId, slots } of searched)
    found.set(accountId, { hasSlots: slots.length > 0, times: [], skipped: [] });
  for (let look = 1; look < LOOKS.length; look += 1) {
    searched = searched.filter(
      ({ accountId, slots }) =>
        slots.length > 0 && (found.get(accountId)?.times.length ?? 0) < (wanted.get(accountId) ?? 0),
    );
    await lookAhead(
      open,
      now,
      searched,
      LOOKS[look - 1] ?? 0,
      LOOKS[look] ?? 0,
      leaving,
      (accountId, ahead) => {
        const mine = found.get(accountId);
        if (!mine) return;
        const last = mine.times.at(-1)?.publishAt ?? null;
        mine.times.push(...spreadOver(ahead.free, (wanted.get(accountId) ?? 0) - mine.times.length, last));
        const isFull = mine.times.length >= (wanted.get(accountId) ?? 0);
        const end = mine.times.at(-1)?.localTime ?? '';
        mine.skipped.push(...ahead.skipped.filter(({ localTime }) => !isFull || localTime < end));
      },
    );
  }
  return found;
}

/** The first instant within eight weeks that is a free slot of all of them; null when there is none. */
export async function commonFreeSlot(
  open: OpenDesk,
  now: number,
  accountIds: readonly AccountId[],
): Promise<number | null> {
  const all = await slotsOf(open, accountIds);
  if (all.length !== new Set(accountIds).size || all.some(({ slots }) => slots.length === 0)) return null;
  for (let look = 1; look < COMMON_LOOKS.length; look += 1) {
    const free: (readonly PlannedTime[])[] = [];
    const [from, to] = [COMMON_LOOKS[look - 1] ?? 0, COMMON_LOOKS[look] ?? 0];
    await lookAhead(open, now, all, from, to, NOTHING_LEAVES, (_, ahead) => free.push(ahead.free));
    const at = firstInCommon(free);
    if (at !== null) return at;
  }
  return null;
}

/** The free slots of these accounts between two instants, not before now. */
export async function freeSlotsBetween(
  open: OpenDesk,
  now: number,
  accountIds: readonly AccountId[],
  from: number,
  to: number,
): Promise<readonly ({ readonly accountId: AccountId } & Free)[]> {
  const all = (await slotsOf(open, accountIds)).filter(({ slots }) => slots.length > 0);
  const taken = await takenBy(open, all, from, to, NOTHING_LEAVES);
  return all.map(({ accountId, slots, zone }) => {
    const { free, skipped } = freeSlots({
      slots,
      timeZone: zone,
      from: localTimeOf(from, zone).slice(0, 10),
      to: localTimeOf(to - 1, zone).slice(0, 10),
      after: Math.max(now, from - 1),
      taken: taken.get(accountId) ?? [],
      resolve: resolveIn(zone),
    });
    return { accountId, free: free.filter(({ publishAt }) => publishAt < to), skipped };
  });
}

/** Of the instants named those that are a free slot of their account, with its wall time. */
export async function freeSlotAt(
  open: OpenDesk,
  now: number,
  wanted: ReadonlyMap<AccountId, number>,
): Promise<ReadonlyMap<AccountId, PlannedTime>> {
  const all = await slotsOf(open, [...wanted.keys()]);
  const instants = [...wanted.values()];
  const from = instants.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const to = instants.reduce((a, b) => Math.max(a, b), now);
  const taken = await takenBy(open, all, from, to, NOTHING_LEAVES);
  return new Map(
    all.flatMap(({ accountId, slots, zone }): [AccountId, PlannedTime][] => {
      const at = wanted.get(accountId) ?? now;
      const date = localTimeOf(at, zone).slice(0, 10);
      const { free } = freeSlots({
        slots,
        timeZone: zone,
        from: date,
        to: date,
        after: now,
        taken: taken.get(accountId) ?? [],
        resolve: resolveIn(zone),
      });
      const time = free.find(({ publishAt }) => publishAt === at);
      return time ? [[accountId, time]] : [];
    }),
  );
}

async function slotsOf(
  { storage, directory }: OpenDesk,
  accountIds: readonly AccountId[],
): Promise<readonly SlotsOf[]> {
  const [slots, { accounts, brands }] = await Promise.all([storage.slots.list(), directory.read()]);
  return [...new Set(accountIds)].flatMap((accountId): SlotsOf[] => {
    const zone = brands.get(accounts.get(accountId)?.brandId ?? 0)?.timeZone;
    return zone === undefined ? [] : [{ accountId, slots: slots.get(accountId) ?? [], zone }];
  });
}

/** Days `fromDay` to `toDay` from today in each account's zone, the last not included; gives others their turn in between. */
async function lookAhead(
  open: OpenDesk,
  now: number,
  accounts: readonly SlotsOf[],
  fromDay: number,
  toDay: number,
  leaving: ReadonlySet<PostId>,
  tell: (accountId: AccountId, ahead: Free) => void,
): Promise<void> {
  if (accounts.length === 0) return;
  const [from, to] = [now + (fromDay - 2) * DAY_MS, now + (toDay + 2) * DAY_MS];
  const taken = await takenBy(open, accounts, from, to, leaving);
  const pace = createPacer(null);
  for (const { accountId, slots, zone } of accounts) {
    const today = localTimeOf(now, zone).slice(0, 10);
    tell(
      accountId,
      freeSlots({
        slots,
        timeZone: zone,
        from: plusDays(today, fromDay),
        to: plusDays(today, toDay - 1),
        after: now,
        taken: taken.get(accountId) ?? [],
        resolve: resolveIn(zone),
      }),
    );
    const turn = pace();
    if (turn) await turn;
  }
}

async function takenBy(
  { storage }: OpenDesk,
  accounts: readonly SlotsOf[],
  from: number,
  to: number,
  leaving: ReadonlySet<PostId>,
): Promise<ReadonlyMap<AccountId, readonly number[]>> {
  const ids = accounts.map(({ accountId }) => accountId);
  const taken = new Map<AccountId, number[]>();
  for (let first = 0; first < ids.length; first += ACCOUNTS_A_LOOK) {
    const some = ids.slice(first, first + ACCOUNTS_A_LOOK);
    for (const { id, accountId, at } of await storage.slots.taken(some, from - DAY_MS, to + DAY_MS)) {
      if (leaving.has(id)) continue;
      const mine = taken.get(accountId) ?? [];
      mine.push(at);
      taken.set(accountId, mine);
    }
  }
  return taken;
}
