import type { Instant } from './clock.ts';
import {
  type Cancellation,
  type ScheduledItem,
  type ScheduledList,
  soonestFirst,
} from './scheduled-elsewhere.ts';

/**
 * What is known of one thing that waits elsewhere. 'gone': not there any more before its time, and nobody said that it was our doing.
 * 'may-be-out': not there any more, at its time or later. 'later': to be cancelled when the service can be asked again. 'back': it was
 * gone, and is listed again.
 */
export type KnownState =
  | 'waiting'
  | 'later'
  | 'still-there'
  | 'unclear'
  | 'back'
  | 'canceled'
  | 'gone'
  | 'may-be-out';

export type KnownItem = ScheduledItem & {
  readonly state: KnownState;
  /** In the service's words; '' when there is nothing to say. */
  readonly detail: string;
  /** When it came to be so; null while it only waits. */
  readonly at: Instant | null;
  /** Who had it cancelled; '' when nobody, or the stop by itself. */
  readonly by: string;
  readonly seenAt: Instant;
  /** A person said that it is dealt with. */
  readonly tick: { readonly by: string; readonly at: Instant } | null;
};

/** The last word of one planner. `asOf` is when it was last read; what came since then instead of a list is `state`. */
export type KnownList = {
  readonly asOf: Instant | null;
  readonly state: 'not-asked' | ScheduledList['kind'];
  readonly detail: string;
  readonly isWhole: boolean;
  /** See `ScheduledList`. */
  readonly lacks?: 'people';
  /** It asked to be left alone until then. */
  readonly notBefore: Instant | null;
  readonly items: readonly KnownItem[];
};

export const NOTHING_KNOWN: KnownList = {
  asOf: null,
  state: 'not-asked',
  detail: '',
  isWhole: false,
  notBefore: null,
  items: [],
};

/** So near its time a thing that is gone may have gone out: clocks differ, and services are early. */
const NEAR_MS = 60_000;
/** How long what is over stays known. */
const KEPT_MS = 7 * 24 * 3_600_000;
/** How long to leave a service alone that does not say it. */
const ALONE_MS = 60_000;

/** Whether it will go out unless somebody does something. What is unclear counts as that. */
export function isLive({ state }: Pick<KnownItem, 'state'>): boolean {
  return state !== 'canceled' && state !== 'gone' && state !== 'may-be-out';
}

/** Takes in what a planner answered. Only a whole list says that something is not there any more. */
export function mergeList(known: KnownList, answer: ScheduledList, now: Instant): KnownList {
  if (answer.kind !== 'listed') {
    const notBefore = answer.kind === 'try-later' ? (answer.notBefore ?? now + ALONE_MS) : null;
    return { ...known, state: answer.kind, detail: answer.detail, notBefore };
  }
  const before = new Map(known.items.map((item) => [item.id, item]));
  const listed = answer.items.map((item) => seenAgain(item, before.get(item.id), now));
  const ids = new Set(listed.map(({ id }) => id));
  const missing = known.items
    .filter(({ id }) => !ids.has(id))
    .map((item) => (answer.isWhole && isLive(item) ? goneSince(item, '', now) : item))
    .filter((item) => isLive(item) || now - (item.at ?? now) < KEPT_MS);
  return {
    asOf: now,
    state: 'listed',
    detail: '',
    isWhole: answer.isWhole,
    ...(answer.lacks && { lacks: answer.lacks }),
    notBefore: answer.notBefore === undefined ? null : (answer.notBefore ?? now + ALONE_MS),
    items: soonestFirst([...listed, ...missing]),
  };
}

function seenAgain(item: ScheduledItem, before: KnownItem | undefined, now: Instant): KnownItem {
  const fresh: KnownItem = {
    ...item,
    state: 'waiting',
    detail: '',
    at: null,
    by: '',
    seenAt: now,
    tick: null,
  };
  if (!before) return fresh;
  const { by, tick } = before;
  const isSame = before.planAt === item.planAt;
  // A time that was changed there makes it another thing to decide about.
  const kept = { ...fresh, by, tick: isSame ? tick : null };
  if (!isLive(before)) return { ...kept, state: 'back', at: now, tick: null };
  // What a person asked for is still to be done.
  if (before.state === 'later' && !(isSame && by !== '')) return { ...kept, by: '' };
  const state = before.state === 'unclear' ? 'still-there' : before.state;
  return { ...kept, state, detail: before.detail, at: before.at };
}

function goneSince(item: KnownItem, by: string, now: Instant): KnownItem {
  const mayBeOut = item.planAt === null || now >= item.planAt - NEAR_MS;
  return { ...item, state: mayBeOut ? 'may-be-out' : 'gone', detail: '', at: now, by: by || item.by };
}

/** Takes in what became of a cancellation. */
export function settleCancellation(
  item: KnownItem,
  answer: Cancellation,
  by: string,
  now: Instant,
): KnownItem {
  const tried = { ...item, by, at: now };
  switch (answer.kind) {
    case 'canceled':
      return { ...tried, state: 'canceled', detail: '' };
    case 'out':
      return { ...tried, state: 'may-be-out', detail: '' };
    case 'gone':
      return goneSince(tried, by, now);
    case 'still-there':
      return { ...tried, state: 'still-there', detail: answer.detail };
    case 'try-later':
      return { ...tried, state: 'later', detail: answer.detail };
    case 'signed-out':
    case 'unclear':
      return { ...tried, state: 'unclear', detail: answer.detail };
  }
}

/** Whether a person had it cancelled and the service put it off: it is done when the service can be asked again, unless it was dealt with or is due. */
export function isPutOff(item: KnownItem, now: Instant): boolean {
  const isDue = item.planAt !== null && item.planAt <= now;
  return item.state === 'later' && item.by !== '' && item.tick === null && !isDue && canCancelNow(item, now);
}

/** When a service that asked to be left alone may be asked again. */
export function aloneUntil(answer: Cancellation, now: Instant): Instant | null {
  return answer.kind === 'try-later' ? (answer.notBefore ?? now + ALONE_MS) : null;
}

/** Whether it can still be cancelled now: by the service's rules, and because it is there. */
export function canCancelNow(item: KnownItem, now: Instant): boolean {
  return item.canCancel && isLive(item) && (item.cancelBefore === null || now < item.cancelBefore);
}
