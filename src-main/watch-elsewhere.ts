import type { Clock } from './core/clock.ts';
import {
  aloneUntil,
  canCancelNow,
  isLive,
  isPutOff,
  type KnownItem,
  type KnownList,
  mergeList,
  NOTHING_KNOWN,
  settleCancellation,
} from './core/elsewhere-list.ts';
import { ok, type Result, refuse } from './core/result.ts';
import { type Cancellation, type ScheduledList, soonestFirst } from './core/scheduled-elsewhere.ts';
import type { EngagedStop } from './core/stop-types.ts';
import { isCovered, touches } from './elsewhere-cover.ts';
import { canceledEvent, foundEvents, unreadEvent } from './elsewhere-events.ts';
import { backOffMs, createElsewherePace } from './elsewhere-pace.ts';
import type { ElsewhereSource } from './elsewhere-sources.ts';
import type { JournalEvent } from './stop/journal.ts';

export type ItemName = { readonly source: string; readonly id: string };
export type KnownSource = {
  readonly source: ElsewhereSource;
  readonly list: KnownList;
  readonly isBusy: boolean;
};

export type WatchElsewhere = {
  /** What is known now, without asking anybody. */
  read(): Promise<readonly KnownSource[]>;
  /** Asks these planners, or all. Resolves when each has answered or failed; a planner that asked to be left alone is. */
  refresh(keys: readonly string[] | null): Promise<void>;
  /** Cancels these, the soonest of each planner first, and reads each back. Resolves when all of it is done or put off. */
  cancel(items: readonly ItemName[], by: string): Promise<void>;
  /** A person dealt with it, or not after all. Refuses 'no-such-item'; 'not-recorded' when the journal cannot be written. */
  tick(item: ItemName, isDone: boolean, by: string): Promise<Result<true>>;
  /** Nothing is known of this planner any more: it is another one's now. */
  forget(source: string): Promise<void>;
  close(): void;
};

export type WatchElsewhereDeps = {
  readonly clock: Clock;
  /** Null while the database is closed. */
  readonly sources: () => Promise<readonly ElsewhereSource[] | null>;
  readonly stops: () => readonly EngagedStop[];
  /** Calls after every change of `stops`. Returns what ends it. */
  readonly onStops: (listener: () => void) => () => void;
  /** Kept from one run to the next. Null while the database is closed: then nothing is known, and nothing kept is written over. */
  readonly load: () => Promise<Readonly<Record<string, KnownList>> | null>;
  readonly keep: (lists: Readonly<Record<string, KnownList>>) => Promise<void>;
  /** Written soon. False when the journal does not take it. */
  readonly record: (events: readonly JournalEvent[]) => boolean;
  readonly nameOfBrand: (brandId: number) => string;
  readonly onChange: () => void;
};

/** A stop has long taken effect, and what it aborted has been settled, when this begins to ask. */
const AFTER_STOP_MS = 2_000;
/** While a stop is in force it is looked so often whether a list has become old. */
const LOOK_MS = 30_000;
const KEEP_AFTER_MS = 500;
const AT_ONCE = 4;

/**
 * What waits in planners outside this app: read, cancelled, and followed until it is gone or a person has dealt with it. The stop waits for
 * none of it: it is told after the stop has taken effect, does nothing in that step, and fails without harm. A rehearsed stop is none of these.
 */
export function createWatchElsewhere(deps: WatchElsewhereDeps): WatchElsewhere {
  const { clock } = deps;
  let lists: Map<string, KnownList> | null = null;
  const busy = new Map<string, Promise<void>>();
  /** Told in the journal as found under a stop. */
  const told = new Set<string>();
  const pace = createElsewherePace(clock);
  /** By planner: when what a person asked for and the service put off is done, and how often it was put off again. */
  const putOff = new Map<string, { readonly end: () => void; readonly times: number }>();
  let isClosed = false;
  let isWorking = false;
  let isDueAgain = false;
  let cancelLook = () => {};
  let cancelKeep: (() => void) | null = null;

  async function known(): Promise<void> {
    if (lists) return;
    const kept = await deps.load();
    if (!kept || lists) return;
    lists = new Map(Object.entries(kept));
    for (const key of lists.keys()) planPutOff(key, 0);
  }
  const listOf = (key: string) => lists?.get(key) ?? NOTHING_KNOWN;

  function set(key: string, list: KnownList): void {
    lists?.set(key, list);
    deps.onChange();
    cancelKeep ??= clock.after(KEEP_AFTER_MS, keepSoon);
  }
  function keepSoon(): void {
    cancelKeep = null;
    if (!lists) return;
    const worth = [...lists].filter(([, { items }]) => items.length > 0);
    void deps.keep(Object.fromEntries(worth)).catch(() => {});
  }
  function change(key: string, id: string, to: (item: KnownItem) => KnownItem): void {
    const list = listOf(key);
    set(key, { ...list, items: list.items.map((item) => (item.id === id ? to(item) : item)) });
  }

  /** One thing at a time for each planner. */
  function inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const mine = (busy.get(key) ?? Promise.resolve()).then(work).catch(() => {});
    busy.set(key, mine);
    deps.onChange();
    return mine.then(() => {
      if (busy.get(key) !== mine) return;
      busy.delete(key);
      planPutOff(key, 0);
      deps.onChange();
    });
  }

  const isAlone = (key: string) => (listOf(key).notBefore ?? 0) > clock.now();

  function ask(source: ElsewhereSource): Promise<void> {
    return inTurn(source.key, async () => {
      if (isClosed || isAlone(source.key)) return;
      const answer = await source.list().catch(failed);
      const list: ScheduledList = answer.ok
        ? answer.value
        : { kind: 'unclear', detail: answer.error.message };
      const before = listOf(source.key);
      pace.heard(source.key, list, source.renewMs);
      set(source.key, mergeList(before, list, clock.now()));
      tellStops(source, before.state);
    });
  }

  /** Under a stop the journal has what was found, once, and which planner could not be read. */
  function tellStops(source: ElsewhereSource, before: KnownList['state']): void {
    const list = listOf(source.key);
    for (const stop of deps.stops()) {
      const fresh = list.items.filter(
        (item) => isLive(item) && isCovered(stop, source, item) && !told.has(nameOf(stop, source, item)),
      );
      for (const item of fresh) told.add(nameOf(stop, source, item));
      deps.record(foundEvents(stop.id, source, fresh, deps.nameOfBrand));
      const isUnread =
        list.state !== 'listed' && (list.state !== before || !told.has(nameOf(stop, source, null)));
      if (!isUnread || !touches(stop, source)) continue;
      told.add(nameOf(stop, source, null));
      deps.record([unreadEvent(stop.id, source, list, deps.nameOfBrand)]);
    }
  }
  const nameOf = (stop: EngagedStop, source: ElsewhereSource, item: KnownItem | null) =>
    // What came back is found once more.
    `${stop.id} ${source.key} ${item?.id ?? ''} ${item?.state === 'back' ? item.at : ''}`;

  /** The soonest first. What the service puts off, it puts off for the rest, too. */
  function cancelOf(
    source: ElsewhereSource,
    ids: readonly string[],
    by: string,
    isStillWanted: (item: KnownItem) => Promise<boolean>,
  ): Promise<void> {
    return inTurn(source.key, async () => {
      for (const { id } of soonestFirst(listOf(source.key).items.filter((item) => ids.includes(item.id)))) {
        const item = listOf(source.key).items.find((one) => one.id === id);
        if (isClosed || !item || !canCancelNow(item, clock.now()) || !(await isStillWanted(item))) continue;
        if (isAlone(source.key)) {
          change(source.key, id, (one) => ({ ...one, state: 'later', at: clock.now(), by }));
          continue;
        }
        await cancelOne(source, item, by);
      }
    });
  }

  async function cancelOne(source: ElsewhereSource, item: KnownItem, by: string): Promise<void> {
    const line = { source, item, by, brandName: deps.nameOfBrand };
    deps.record([canceledEvent(line, null)]);
    const answer = await source.cancel(item).catch(failed);
    const became: Cancellation = answer.ok ? answer.value : { kind: 'unclear', detail: answer.error.message };
    const now = clock.now();
    pace.canceled(source.key, item.id, became);
    const settled = settleCancellation(item, became, by, now);
    change(source.key, item.id, () => settled);
    const until = aloneUntil(became, now);
    if (until !== null) set(source.key, { ...listOf(source.key), notBefore: until });
    deps.record([canceledEvent(line, settled)]);
  }

  /** What a person asked for is done when the service may be asked again, with a stop in force or without: it is read first, then cancelled under the same name. */
  function planPutOff(key: string, times: number): void {
    if (isClosed || putOff.has(key) || !listOf(key).items.some((item) => isPutOff(item, clock.now()))) return;
    const until = Math.max(listOf(key).notBefore ?? 0, pace.askAgainAt(key) ?? 0);
    const ms = Math.max(until - clock.now(), backOffMs(times), 1_000);
    putOff.set(key, { times, end: clock.after(ms, () => void doPutOff(key, times).catch(() => {})) });
  }
  async function doPutOff(key: string, times: number): Promise<void> {
    const source = await sourceOf(key);
    if (source && listOf(key).items.some((item) => isPutOff(item, clock.now()))) {
      await ask(source);
      const isWanted = async ({ id }: KnownItem) =>
        listOf(key).items.some((item) => item.id === id && isPutOff(item, clock.now()));
      const { state, items } = listOf(key);
      const due = state === 'listed' ? items.filter((item) => isPutOff(item, clock.now())) : [];
      for (const by of new Set(due.map((item) => item.by))) {
        const ids = due.filter((item) => item.by === by).map(({ id }) => id);
        await cancelOf(source, ids, by, isWanted);
      }
      if (due.length > 0) await ask(source);
    }
    putOff.delete(key);
    // While the database is closed nobody is asked, and it stays to be done.
    planPutOff(key, times + 1);
  }

  /** While stops are in force: lists that became old are read again, and what a person left to the stop beforehand is cancelled. */
  async function look(): Promise<void> {
    const sources = await deps.sources();
    if (!sources) return;
    await known();
    const under = sources.filter((source) => deps.stops().some((stop) => touches(stop, source)));
    const dueAt = ({ key, renewMs }: ElsewhereSource) =>
      pace.askAgainAt(key) ?? (listOf(key).asOf ?? Number.NEGATIVE_INFINITY) + renewMs;
    const old = under.filter((source) => dueAt(source) <= clock.now());
    await atOnce(soonestKnown(old), async (source) => {
      await ask(source);
      await cancelByItself(source);
    });
    await atOnce(
      under.filter((source) => !old.includes(source)),
      cancelByItself,
    );
  }

  async function cancelByItself(source: ElsewhereSource): Promise<void> {
    const since = source.cancelsSince;
    // A planner that has just failed to say what waits there is not cancelled in.
    if (since === null || !source.canCancel || isAlone(source.key) || listOf(source.key).state !== 'listed')
      return;
    const isMeant = (item: KnownItem) =>
      deps.stops().some((stop) => since < stop.engagedAt && isCovered(stop, source, item));
    const { items } = listOf(source.key);
    const meant = items.filter(
      (item) =>
        pace.mayCancel(source.key, item.id) &&
        canCancelNow(item, clock.now()) &&
        !isPutOff(item, clock.now()) &&
        // What goes with it in one step must be meant, too.
        items
          .filter(({ id, group }) => id === item.id || (group !== '' && group === item.group))
          .every(isMeant),
    );
    if (meant.length === 0) return;
    // A release, or a person who takes it back, ends it in the middle.
    const isStillMeant = async (item: KnownItem) =>
      isMeant(item) && (await sourceOf(source.key))?.cancelsSince === since;
    const ids = meant.map(({ id }) => id);
    await cancelOf(source, ids, '', isStillMeant);
    await ask(source);
  }

  function soonestKnown(sources: readonly ElsewhereSource[]): readonly ElsewhereSource[] {
    const first = ({ key }: ElsewhereSource) => listOf(key).items.find(isLive)?.planAt ?? 0;
    return [...sources].sort((a, b) => first(a) - first(b));
  }

  async function atOnce(
    sources: readonly ElsewhereSource[],
    work: (source: ElsewhereSource) => Promise<void>,
  ): Promise<void> {
    const left = [...sources];
    const worker = async () => {
      for (let source = left.shift(); source && !isClosed; source = left.shift()) await work(source);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  function later(ms: number): void {
    cancelLook();
    if (isClosed || deps.stops().length === 0) return;
    cancelLook = clock.after(ms, () => {
      if (isWorking) {
        isDueAgain = true;
        return;
      }
      isWorking = true;
      void look()
        .catch(() => {})
        .finally(() => {
          isWorking = false;
          later(isDueAgain ? 0 : LOOK_MS);
          isDueAgain = false;
        });
    });
  }

  /** What a stop by itself was to cancel later is not, once no stop is in force. */
  function dropLater(): void {
    for (const [key, { items }] of lists ?? [])
      for (const { id, state, by } of items)
        if (state === 'later' && by === '')
          change(key, id, (one) => ({ ...one, state: 'waiting', at: null }));
  }

  let inForce: readonly string[] = [];
  const endStops = deps.onStops(() => {
    const before = inForce;
    inForce = deps.stops().map(({ id }) => id);
    if (inForce.join(' ') === before.join(' ')) return;
    if (inForce.some((id) => !before.includes(id))) pace.forget();
    if (inForce.length === 0) dropLater();
    later(AFTER_STOP_MS);
  });
  later(AFTER_STOP_MS);

  async function sourceOf(key: string): Promise<ElsewhereSource | null> {
    await known();
    return (await deps.sources())?.find((source) => source.key === key) ?? null;
  }

  return {
    async read() {
      await known();
      return ((await deps.sources()) ?? []).map((source) => ({
        source,
        list: listOf(source.key),
        isBusy: busy.has(source.key),
      }));
    },

    async refresh(keys) {
      await known();
      const sources = (await deps.sources()) ?? [];
      await atOnce(keys ? sources.filter(({ key }) => keys.includes(key)) : sources, ask);
    },

    async cancel(items, by) {
      await known();
      const keys = new Set(items.map(({ source }) => source));
      const sources = ((await deps.sources()) ?? []).filter(({ key }) => keys.has(key));
      await atOnce(sources, async (source) => {
        const ids = items.filter((item) => item.source === source.key).map(({ id }) => id);
        await cancelOf(source, ids, by, async () => true);
        await ask(source);
      });
    },

    async tick({ source: key, id }, isDone, by) {
      const source = await sourceOf(key);
      const item = listOf(key).items.find((one) => one.id === id);
      if (!source || !item) return refuse('no-such-item', 'This is no longer in the list.');
      const at = clock.now();
      const isTaken = deps.record([
        {
          ...canceledEvent({ source, item, by, brandName: deps.nameOfBrand }, item),
          event: isDone ? 'elsewhere.ticked' : 'elsewhere.unticked',
        },
      ]);
      if (!isTaken)
        return refuse('not-recorded', 'The journal could not be written. Nothing was ticked off.');
      change(key, id, (one) => ({ ...one, tick: isDone ? { by, at } : null }));
      return ok(true);
    },

    async forget(key) {
      await known();
      await inTurn(key, async () => set(key, NOTHING_KNOWN));
    },

    close() {
      isClosed = true;
      cancelLook();
      endStops();
      for (const { end } of putOff.values()) end();
      if (!cancelKeep) return;
      cancelKeep();
      keepSoon();
    },
  };
}

function failed(error: unknown) {
  return refuse('look-up-failed', error instanceof Error ? error.message : String(error));
}
