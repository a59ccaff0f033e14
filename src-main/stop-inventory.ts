import { contentHashOf } from './calendar/import-key.ts';
import type { Brand } from './core/brand.ts';
import type { Clock } from './core/clock.ts';
import type { Post, PostId } from './core/post.ts';
import type { PostFilter } from './core/queue.ts';
import { brandPlace } from './core/release-plan.ts';
import { covers, type Scope, scopeKey } from './core/scope.ts';
import type { EngagedStop } from './core/stop-types.ts';
import type { Storage } from './core/stores.ts';
import type { Journal, JournalEvent, JournalRecord } from './stop/journal.ts';
import { describePosts, type PostNames } from './stop/journal-events.ts';

/** The stop has long taken effect, and what it aborted is being settled, when this begins to read. */
const BEGIN_AFTER_MS = 1_000;
const AGAIN_AFTER_MS = 30_000;
const DUE_WITHIN_MS = 7 * 24 * 3_600_000;
const MOST_NAMED = 5_000;
/** Read and written in one go: some milliseconds of the event loop. */
const POSTS_A_TURN = 100;
const POSTS_A_LINE = 50;
const LOOKED_BACK_BYTES = 64 * 1024 * 1024;
/** Missed posts read in one go: a page costs what lies before it, too. */
const MISSED_A_PAGE = 500;

export type InventoryStorage = Pick<Storage, 'posts' | 'brands' | 'accounts'>;

export type StopInventory = {
  /** Stops began, ended or are as they were. Does nothing in the same step. */
  look(): void;
  /** A stop was made, as opposed to one that a brand keeps of a wider one. */
  engaged(stopId: string): void;
  /** The database is there from now on. */
  open(storage: InventoryStorage): void;
  /** Posts became missed: those a stop kept back are named. */
  missed(): void;
  /** Resolves when what was begun is written, for tests and before the journal is closed. */
  close(): Promise<void>;
};

/**
 * Writes into the journal which posts each stop kept back, with their first words, so that a client can be told from the journal alone. All of
 * it in the background: a stop waits for none of it. What a crash cut short is written anew at the next start.
 */
export function createStopInventory(deps: {
  journal: Pick<Journal, 'appendSoon' | 'back'>;
  clock: Clock;
  stops: () => readonly EngagedStop[];
  /** Lines were added. */
  onWritten: () => void;
}): StopInventory {
  const { journal, clock } = deps;
  let storage: InventoryStorage | null = null;
  let isClosed = false;
  let cancel = () => {};
  let nextAt = Number.POSITIVE_INFINITY;
  let work: Promise<void> = Promise.resolve();
  /** Stops whose inventory is whole in the journal. */
  const done = new Set<string>();
  /** Stops that the journal tells of: each has an inventory of its own. */
  const engaged = new Set<string>();
  const toldToWait = new Set<string>();
  /** Posts whose words the journal has. */
  const named = new Set<PostId>();
  const missedTold = new Set<string>();
  /** What was missed before the first stop of this run, or in force at its start, is no matter of ours. */
  let missedSince = Number.POSITIVE_INFINITY;

  function write(events: readonly JournalEvent[]): boolean {
    const isTaken = journal.appendSoon(events);
    deps.onWritten();
    return isTaken;
  }

  /** A stop of one brand that was left when the others came back is the stop it comes from. */
  const nameOfStop = (stop: EngagedStop) => `${stop.engagedAt} ${stop.control} ${stop.by}`;
  const isDone = (stop: EngagedStop) =>
    done.has(stop.id) || (!engaged.has(stop.id) && done.has(nameOfStop(stop)));
  function setDone(stop: EngagedStop): void {
    done.add(stop.id);
    if (isWide(stop)) done.add(nameOfStop(stop));
  }

  function later(ms: number): void {
    if (isClosed) return;
    const at = clock.monotonic() + ms;
    // One that comes sooner does for this one too: what comes again and again puts nothing off.
    if (at >= nextAt) return;
    cancel();
    nextAt = at;
    cancel = clock.after(ms, () => {
      nextAt = Number.POSITIVE_INFINITY;
      work = work.then(writeMissing).catch(() => later(AGAIN_AFTER_MS));
    });
  }

  async function writeMissing(): Promise<void> {
    for (const stop of deps.stops()) {
      if (isClosed || isDone(stop)) continue;
      missedSince = Math.min(missedSince, stop.engagedAt);
      if (storage) await writeOne(storage, stop);
      // One of an earlier run was told of then; whether its list is whole is known once the database is open.
      else if (engaged.has(stop.id) && !toldToWait.has(stop.id)) {
        toldToWait.add(stop.id);
        write([{ event: 'stop.inventory-waits', details: { stop: stop.id } }]);
      }
    }
    if (storage && !isClosed) await nameMissed(storage);
  }

  async function writeOne({ posts, brands, accounts }: InventoryStorage, stop: EngagedStop): Promise<void> {
    const names = await readNames({ brands, accounts });
    const filter = filterOf(stop.scope);
    const soon = { ...filter, to: stop.engagedAt + DUE_WITHIN_MS };
    const [all, within] = await Promise.all([
      posts.page(filter, 'soonest', 0, 1),
      posts.page(soon, 'soonest', 0, 1),
    ]);
    const covered = await coveredBrands(posts, stop.scope, names);
    write([
      {
        event: 'stop.inventory-begun',
        details: {
          stop: stop.id,
          scope: scopeKey(stop.scope),
          scopeName: scopeNameOf(stop.scope, names),
          scheduled: all.total,
          within: within.total,
          dueBefore: soon.to,
          brandIds: covered.map(({ brand }) => brand.id),
          brands: covered.map(({ brand }) => brand.name),
          timeZones: covered.map(({ brand }) => brand.timeZone),
          perBrand: covered.map(({ scheduled }) => scheduled),
        },
      },
    ]);
    let part = 0;
    let told = 0;
    for await (const chunk of posts.stream(soon)) {
      for (let first = 0; first < chunk.length && told < MOST_NAMED; first += POSTS_A_TURN) {
        if (isClosed) return;
        const turn = chunk.slice(first, Math.min(first + POSTS_A_TURN, first + MOST_NAMED - told));
        const events: JournalEvent[] = [];
        for (let from = 0; from < turn.length; from += POSTS_A_LINE) {
          part += 1;
          const some = turn.slice(from, from + POSTS_A_LINE);
          events.push({
            event: 'stop.inventory',
            details: { stop: stop.id, part, ...describePosts(some, names, contentHashOf) },
          });
        }
        write(events);
        told += turn.length;
        for (const { id } of turn) named.add(id);
        await nextTurn();
      }
      if (isClosed) return;
      if (told >= MOST_NAMED) break;
    }
    write([
      {
        event: 'stop.inventory-done',
        details: { stop: stop.id, parts: part, named: told, name: isWide(stop) ? nameOfStop(stop) : '' },
      },
    ]);
    setDone(stop);
  }

  /** What fell due while a stop or its countdown covered it. The words of those that no inventory has come with it. */
  async function nameMissed({ posts, brands, accounts }: InventoryStorage): Promise<void> {
    if (missedSince === Number.POSITIVE_INFINITY) return;
    const names = await readNames({ brands, accounts });
    let newest = missedSince;
    /** Whether nothing can have slipped past between one page and the next, and all of it was written. */
    let isWhole = true;
    let last: Post | null = null;
    for (let offset = 0; ; offset += MISSED_A_PAGE) {
      // One over: the last of the page before. What left the list meanwhile moved others up past us.
      const over = Math.min(offset, 1);
      const page = await posts.page({ states: ['missed'] }, 'changed', offset - over, MISSED_A_PAGE + over);
      if (isClosed) return;
      const before = last?.id;
      if (before !== undefined && !page.posts.some(({ id }) => id === before)) isWhole = false;
      last = page.posts.at(-1) ?? null;
      const recent = page.posts.filter(({ changedAt }) => changedAt >= missedSince);
      for (const { changedAt } of recent) newest = Math.max(newest, changedAt);
      for (let first = 0; first < recent.length; first += POSTS_A_TURN) {
        if (!tellMissed(recent.slice(first, first + POSTS_A_TURN), names)) isWhole = false;
        await nextTurn();
        if (isClosed) return;
      }
      if (recent.length < MISSED_A_PAGE + over) break;
    }
    // What was told already is not told again: only what slipped past is, by looking once more from the same instant on.
    if (isWhole) missedSince = newest;
    else later(AGAIN_AFTER_MS);
  }

  /** False when the journal did not take it. */
  function tellMissed(posts: readonly Post[], names: PostNames): boolean {
    const fresh = posts.filter(
      (post) =>
        (post.reason === 'stopped' || post.reason === 'countdown') && !missedTold.has(missedName(post)),
    );
    const events: JournalEvent[] = [];
    for (let from = 0; from < fresh.length; from += POSTS_A_LINE) {
      const some = fresh.slice(from, from + POSTS_A_LINE);
      const described = describePosts(some, names, contentHashOf);
      events.push({
        event: 'posts.kept-back',
        details: {
          ...described,
          texts: described.texts.map((text, index) => (named.has(some[index]?.id ?? 0) ? '' : text)),
          reasons: some.map(({ reason }) => reason),
          missedAt: some.map(({ changedAt }) => changedAt),
        },
      });
    }
    if (events.length > 0 && !write(events)) return false;
    for (const post of fresh) {
      named.add(post.id);
      missedTold.add(missedName(post));
    }
    return true;
  }
  /** A post that was given a new time may be missed once more. */
  const missedName = (post: Post) => `${post.id} ${post.publishAt}`;

  /** What the journal has of the stops in force: their inventories, and what was named as missed. */
  async function readBack(): Promise<void> {
    const wanted = new Set(deps.stops().map(({ id }) => id));
    if (wanted.size === 0) return;
    const events = ['stop.engaged', 'stop.inventory', 'stop.inventory-done', 'posts.kept-back'];
    for (const record of journal.back(events, LOOKED_BACK_BYTES)) {
      if (isClosed || wanted.size === 0) return;
      if (record) takeBack(record, wanted);
      else await nextTurn();
    }
  }

  function takeBack({ event, details }: JournalRecord, wanted: Set<string>): void {
    const stop = String(details.stop ?? '');
    const ids = numbersOf(details.posts);
    if (event === 'stop.engaged') {
      engaged.add(stop);
      wanted.delete(stop);
    }
    if (event === 'stop.inventory-done') {
      done.add(stop);
      if (typeof details.name === 'string' && details.name !== '') done.add(details.name);
    }
    if (event === 'stop.inventory' && done.has(stop)) for (const id of ids) named.add(id);
    if (event === 'posts.kept-back') {
      const times = numbersOf(details.publishAt);
      ids.forEach((id, index) => {
        missedTold.add(`${id} ${times[index]}`);
        named.add(id);
      });
    }
  }

  const nextTurn = () => new Promise<void>((resolve) => clock.after(0, resolve));

  return {
    engaged: (stopId) => void engaged.add(stopId),
    look() {
      if (deps.stops().some((stop) => !isDone(stop))) later(BEGIN_AFTER_MS);
    },
    open(opened) {
      work = work.then(async () => {
        await readBack().catch(() => {});
        for (const stop of deps.stops()) missedSince = Math.min(missedSince, stop.engagedAt);
        storage = opened;
        later(BEGIN_AFTER_MS);
      });
    },
    missed: () => later(BEGIN_AFTER_MS),
    async close() {
      isClosed = true;
      cancel();
      await work;
    },
  };
}

const isWide = ({ scope }: EngagedStop) => scope.kind === 'everything' || scope.kind === 'market';

const numbersOf = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(Number) : []);

async function readNames({ brands, accounts }: Pick<Storage, 'brands' | 'accounts'>): Promise<PostNames> {
  const [allBrands, allAccounts] = await Promise.all([brands.list(), accounts.list()]);
  return {
    brands: new Map(allBrands.map((brand) => [brand.id, brand])),
    accounts: new Map(allAccounts.map((account) => [account.id, account])),
  };
}

function filterOf(scope: Scope): PostFilter {
  const states = ['scheduled'] as const;
  switch (scope.kind) {
    case 'everything':
      return { states };
    case 'market':
      return { states, market: scope.market };
    case 'brand':
      return { states, brandId: scope.brandId };
    case 'network':
      return { states, network: scope.network };
    case 'account':
      return { states, accountId: scope.accountId };
  }
}

/** The market or the account as it is called; '' for any other scope. */
function scopeNameOf(scope: Scope, { brands, accounts }: PostNames): string {
  if (scope.kind === 'account') return accounts.get(scope.accountId)?.name ?? '';
  if (scope.kind !== 'market') return '';
  return (
    [...brands.values()].find(({ market }) => covers(scope, brandPlace({ brandId: 0, market })))?.market ?? ''
  );
}

/** The brands of which anything is covered, with how many posts of theirs are. */
async function coveredBrands(
  posts: Pick<Storage['posts'], 'summaries'>,
  scope: Scope,
  names: PostNames,
): Promise<readonly { readonly brand: Brand; readonly scheduled: number }[]> {
  const counts = new Map(
    (await posts.summaries()).map(({ accountId, counts }) => [accountId, counts.scheduled]),
  );
  const found = new Map<number, number>();
  for (const { id, market } of names.brands.values()) {
    if (covers(scope, brandPlace({ brandId: id, market }))) found.set(id, 0);
  }
  for (const { id, brandId, network } of names.accounts.values()) {
    const market = names.brands.get(brandId)?.market ?? '';
    if (!covers(scope, { brandId, market, accountId: id, network })) continue;
    found.set(brandId, (found.get(brandId) ?? 0) + (counts.get(id) ?? 0));
  }
  return [...found].flatMap(([id, scheduled]) => {
    const brand = names.brands.get(id);
    return brand ? [{ brand, scheduled }] : [];
  });
}
