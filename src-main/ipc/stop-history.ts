import type * as view from '../../src-preload/views.ts';
import { covers, EVERYTHING, parseScopeKey } from '../core/scope.ts';
import type { EngagedStop } from '../core/stop-types.ts';
import type { PostStore, StoredAttempt } from '../core/stores.ts';
import type { Engine } from '../engine.ts';
import { engagedAtOf } from '../report/record-fields.ts';
import type { JournalRecord } from '../stop/journal.ts';
import { type Directory, type Names, placeOf } from './directory.ts';
import { toScopeView } from './to-view.ts';

type Entry = {
  stop: EngagedStop;
  heldCount: number | null;
  releasedAt: number | null;
  releasedBy: string;
};

const STOP_EVENTS = ['stop.engaged', 'stop.held', 'stop.explained', 'stop.released'];
/** Plans and inventories are long, and may lie between one stop and the next. */
const LOOKED_BACK_BYTES = 32 * 1024 * 1024;
/** What is read before the shortcut and the tray are up, in blocks of the journal (see `Journal.back`): a megabyte. */
const BLOCKS_AT_ONCE = 4;

const otherTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

export type StopHistory = {
  /** Newest first, in force or released, as far back as the journal's end reaches. */
  list(limit: number): Promise<view.StopView[]>;
  read(id: string): Promise<view.StopView | null>;
  views(stops: readonly EngagedStop[]): Promise<view.StopView[]>;
  /** The latest that is known at once: see `onRead`. */
  lastOfEverything(): Promise<view.StopView | null>;
  /** Who released, before it takes effect: the stop itself does not keep it. */
  expectRelease(by: string): void;
  close(): void;
};

/** The stops of this data folder with what they held and what became of what was in flight. */
export function createStopHistory(deps: {
  engine: Engine;
  posts: () => Pick<PostStore, 'countScheduled' | 'readMany' | 'attempts'> | null;
  directory: () => Directory | null;
  now: () => number;
  /** Stops of before the journal's last megabyte are known now. */
  onRead: () => void;
}): StopHistory {
  const { engine } = deps;
  const entries = new Map<string, Entry>();
  let releaseBy = '';
  let isClosed = false;

  /** Newest first. */
  const told: JournalRecord[] = [];
  const back = engine.journal.back(STOP_EVENTS, LOOKED_BACK_BYTES)[Symbol.iterator]();
  let isRead = false;
  for (let blocks = 0; !isRead && blocks < BLOCKS_AT_ONCE; ) {
    const next = back.next();
    isRead = next.done === true;
    if (next.value) told.push(next.value);
    else blocks += 1;
  }
  for (const record of [...told].reverse()) replay(entries, record);
  /** Those an earlier run counted, if what it said of them is not read yet. */
  const countedBefore = new Set(isRead ? [] : engine.stop.status().stops.map(({ id }) => id));
  const older = isRead ? Promise.resolve() : readOlder().catch(() => undefined);

  async function readOlder(): Promise<void> {
    for (;;) {
      await otherTurn();
      if (isClosed) return;
      let next = back.next();
      for (; next.value; next = back.next()) told.push(next.value);
      if (next.done) break;
    }
    const all = new Map<string, Entry>();
    for (const record of told.reverse()) replay(all, record);
    for (const [id, entry] of all) {
      const known = entries.get(id);
      // What happened since this start is known better here.
      if (known) known.heldCount ??= entry.heldCount;
      else entries.set(id, entry);
    }
    countedBefore.clear();
    look();
    deps.onRead();
  }

  function look(): void {
    const inForce = engine.stop.status().stops;
    const ids = new Set(inForce.map((stop) => stop.id));
    for (const stop of inForce) {
      const entry = entries.get(stop.id);
      if (entry) entry.stop = stop;
      else {
        const added: Entry = { stop, heldCount: null, releasedAt: null, releasedBy: '' };
        entries.set(stop.id, added);
      }
      const known = entries.get(stop.id) as Entry;
      if (known.heldCount === null && !countedBefore.has(stop.id)) void countHeld(known);
    }
    for (const entry of entries.values()) {
      if (entry.releasedAt !== null || ids.has(entry.stop.id)) continue;
      entry.releasedAt = deps.now();
      entry.releasedBy = releaseBy;
    }
  }

  /** Counted once, after the stop took effect: the count is for people, the stop does not wait for it. */
  async function countHeld(entry: Entry): Promise<void> {
    const posts = deps.posts();
    if (!posts) return;
    entry.heldCount = 0;
    try {
      entry.heldCount = await posts.countScheduled(entry.stop.scope);
      engine.record({
        event: 'stop.held',
        details: { stop: entry.stop.id, scheduled: entry.heldCount },
      });
    } catch {
      entry.heldCount = null;
    }
  }

  async function toView(entry: Entry, names: Names | null): Promise<view.StopView> {
    const { stop } = entry;
    return {
      id: stop.id,
      scope: toScopeView(stop.scope, names),
      engagedAt: stop.engagedAt,
      control: stop.control,
      by: stop.by,
      reason: stop.reason,
      widenedFrom: stop.widenedFrom,
      isInForce: entry.releasedAt === null,
      isConfirmed: stop.isDurable && stop.isSilent,
      todo: stop.todo,
      heldCount: entry.heldCount ?? 0,
      inFlight: await linesOf(stop, names),
      releasedAt: entry.releasedAt,
      releasedBy: entry.releasedBy,
    };
  }

  async function linesOf(stop: EngagedStop, names: Names | null): Promise<view.InFlightLine[]> {
    const store = deps.posts();
    if (!store || stop.inFlight.length === 0) return [];
    // A stop that a brand kept of a wider one names all that was in flight then: its own are told.
    const posts = (await store.readMany(stop.inFlight)).filter((post) => {
      const place = names && placeOf(names, post.accountId);
      return !place || covers(stop.scope, place);
    });
    return await Promise.all(
      posts.map(async (post) => {
        const attempt = (await store.attempts(post.id)).find(
          ({ startedAt, endedAt }) =>
            startedAt <= stop.engagedAt && (endedAt === null || endedAt >= stop.engagedAt),
        );
        const account = names?.accounts.get(post.accountId);
        const outcome = outcomeOf(attempt);
        return {
          postId: post.id,
          brand: names?.brands.get(post.brandId)?.name ?? '',
          account: account?.name ?? '',
          network: account?.network ?? '',
          text: (post.content.parts[0] ?? '').slice(0, 200),
          // What was settled afterwards, by looking it up or by a person, is the better knowledge.
          outcome: outcome === 'unconfirmed' ? settledOutcome(post.state) : outcome,
          url: post.refs[0]?.url ?? '',
        };
      }),
    );
  }

  const namesNow = async () => (await deps.directory()?.read()) ?? null;
  const views = async (all: readonly Entry[]) => {
    const names = await namesNow();
    return await Promise.all(all.map((entry) => toView(entry, names)));
  };
  const newestFirst = () => [...entries.values()].sort((a, b) => b.stop.engagedAt - a.stop.engagedAt);

  const end = engine.stop.onChange(look);
  look();

  return {
    async list(limit) {
      await older;
      return await views(newestFirst().slice(0, limit));
    },
    async read(id) {
      if (!entries.has(id)) await older;
      const entry = entries.get(id);
      return entry ? await toView(entry, await namesNow()) : null;
    },
    async views(stops) {
      look();
      return await views(stops.flatMap((stop) => entries.get(stop.id) ?? []));
    },
    async lastOfEverything() {
      const last = newestFirst().find((entry) => entry.stop.scope.kind === 'everything');
      return last ? await toView(last, await namesNow()) : null;
    },
    expectRelease(by) {
      releaseBy = by;
    },
    close() {
      isClosed = true;
      end();
    },
  };
}

function outcomeOf(attempt: StoredAttempt | undefined): view.InFlightLine['outcome'] {
  if (!attempt || (attempt.endedAt === null && attempt.outcome === '')) return 'in-flight';
  switch (attempt.outcome) {
    case 'published':
    case 'cut':
    case 'unconfirmed':
      return attempt.outcome;
    case 'refused':
      return 'failed';
    default:
      return 'not-sent';
  }
}

function settledOutcome(state: string): view.InFlightLine['outcome'] {
  if (state === 'published') return 'published';
  return state === 'unconfirmed' ? 'unconfirmed' : state === 'failed' ? 'failed' : 'not-sent';
}

/** What the journal tells of stops before this start. */
function replay(entries: Map<string, Entry>, record: JournalRecord): void {
  const { details } = record;
  const id = typeof details.stop === 'string' ? details.stop : '';
  if (record.event === 'stop.engaged' && !entries.has(id)) {
    const inFlight = Array.isArray(details.inFlight) ? details.inFlight.map(Number) : [];
    entries.set(id, {
      stop: {
        id,
        epoch: Number(details.epoch),
        scope: parseScopeKey(String(details.scope)) ?? EVERYTHING,
        control: record.control as EngagedStop['control'],
        by: record.by,
        reason: String(details.reason ?? ''),
        widenedFrom: String(details.widenedFrom ?? ''),
        engagedAt: engagedAtOf(record),
        isDurable: true,
        isSilent: true,
        todo: '',
        inFlight,
      },
      heldCount: null,
      releasedAt: null,
      releasedBy: '',
    });
  }
  if (record.event === 'stop.released') {
    for (const entry of entries.values()) {
      if (entry.releasedAt !== null || !isReleasedBy(record, entry.stop)) continue;
      entry.releasedAt = Date.parse(record.at);
      entry.releasedBy = record.by;
    }
  }
  const entry = entries.get(id);
  if (!entry) return;
  if (record.event === 'stop.held') entry.heldCount = Number(details.scheduled);
  if (record.event === 'stop.explained') entry.stop = { ...entry.stop, reason: String(details.reason) };
}

/** Of everything by `stop`, of a brand by `brands`, any other by `stops`. */
function isReleasedBy({ details }: JournalRecord, { id, scope }: EngagedStop): boolean {
  const lists = (list: unknown, one: string | number) => Array.isArray(list) && list.includes(one);
  if (details.stop === id || lists(details.stops, id)) return true;
  return scope.kind === 'brand' && lists(details.brands, scope.brandId);
}
