import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import type { PostId } from '../../src-main/core/post.ts';
import { type Claim, type MissedCount, placeOfClaim, type Settlement } from '../../src-main/core/queue.ts';
import { createScheduler, type Scheduler } from '../../src-main/core/scheduler.ts';
import { covers } from '../../src-main/core/scope.ts';
import { createStop } from '../../src-main/core/stop.ts';
import type { StopParts } from '../../src-main/core/stop-ports.ts';
import type { Control } from '../../src-main/core/stop-types.ts';
import type { PostStore } from '../../src-main/core/stores.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { allOf } from './sample-stop.ts';
import { createScriptedPublisher } from './stop-fixture.ts';
import { tempDir } from './temp-dir.ts';

export const MINUTE = 60_000;
/** A brand's grace where a test says nothing else. */
export const GRACE = 5 * MINUTE;

/** One claim handed to the publisher, and how it is answered. */
export type Flight = {
  readonly claim: Claim;
  readonly at: number;
  isOver: boolean;
  answer(outcome: Outcome): Promise<void>;
};

export type SchedulerFixture = {
  readonly dir: string;
  readonly posts: PostStore;
  readonly clock: FakeClock;
  readonly stop: StopParts;
  readonly scheduler: Scheduler;
  readonly flights: readonly Flight[];
  readonly missed: MissedCount[];
  readonly attempts: Claim[];
  readonly settlements: Settlement[][];
  readonly signedOut: { accountId: number; detail: string }[];
  readonly troubles: string[];
  /** Calls of the storage by name, in order. */
  readonly calls: string[];
  /** Runs before a call of the storage and may wait, or reject in its place. */
  before: (call: string) => Promise<void> | void;
  /** Runs after it was carried out, before the scheduler learns of it. */
  after: (call: string) => Promise<void> | void;
  cap: number;
  /** Answers every flight at once; null keeps them in the air. */
  auto: ((claim: Claim) => Outcome) | null;
  /** Resolves when storage and promises have come to rest. */
  quiet(): Promise<void>;
  addBrand(change?: { graceMs?: number; market?: string }): Promise<number>;
  addAccounts(brandId: number, count: number): Promise<number[]>;
  /** One post for each of the instants, of this account; texts differ. */
  addPosts(accountId: number, ...publishAt: number[]): Promise<PostId[]>;
  engage(brandId?: number, control?: Control): void;
  release(brandIds?: readonly number[]): boolean;
  /** The state, and the reason where there is one. */
  state(id: PostId): Promise<string>;
  /** Ends the app as a crash does, leaving its files for the next fixture in `dir`. */
  crash(): Promise<void>;
};

export const PUBLISHED: Outcome = { kind: 'published', refs: [{ id: '1', url: '' }] };

/** The real scheduler, storage and stop under a clock that is turned by hand, with a publisher that does what the test says. */
export async function createSchedulerFixture(
  options: { dir?: string; start?: number; isStarted?: boolean; permit?: boolean } = {},
): Promise<SchedulerFixture> {
  const dir = options.dir ?? tempDir();
  let busy = 0;
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const quiet = async () => {
    for (let still = 0; still < 3; still = busy > 0 ? 0 : still + 1) await turn();
  };
  const clock = createFakeClock(options.start, quiet);
  const opened = await openStorage({ path: join(dir, 'queue.sqlite'), now: () => clock.now() });
  if (!opened.ok) throw new Error(opened.error.message);
  const storage = opened.value;
  let isOpen = true;
  const closeStorage = async () => {
    if (!isOpen) return;
    isOpen = false;
    await storage.close();
  };
  onTestFinished(closeStorage);

  /** Whether anything is under way is known only here, where every call passes. */
  const watched = new Proxy(storage.posts, {
    get(store, name: keyof PostStore) {
      return async (...given: never[]) => {
        busy += 1;
        try {
          fixture.calls.push(name);
          await unlessHeld(fixture.before(name));
          const done = await (store[name] as (...all: never[]) => Promise<unknown>)(...given);
          await unlessHeld(fixture.after(name));
          return done;
        } finally {
          busy -= 1;
        }
      };
    },
  });

  /** While a test holds a call back, everything else is at rest. */
  async function unlessHeld(held: Promise<void> | void): Promise<void> {
    if (!held) return;
    busy -= 1;
    try {
      await held;
    } finally {
      busy += 1;
    }
  }

  const publisher = createScriptedPublisher(clock);
  const flights: Flight[] = [];
  publisher.inFlight = (scope) =>
    flights
      .filter(({ isOver, claim }) => !isOver && covers(scope, placeOfClaim(claim)))
      .map(({ claim }) => claim.post.id);
  let ids = 0;
  let keys = 0;

  const stop = createStop({
    clock,
    newId: () => `stop-${++ids}-${clock.now()}`,
    disk: createStopDisk(stopPaths(dir), 'host-of-this-test'),
    publisher,
    cancelTimers: () => scheduler.cancelTimers(),
    wake: () => scheduler.wake(),
    record: () => {},
  });

  const scheduler = createScheduler({
    queue: watched,
    clock,
    gate: stop.gate,
    send(claim) {
      return new Promise((resolve) => {
        const flight: Flight = {
          claim,
          at: clock.now(),
          isOver: false,
          async answer(outcome) {
            flight.isOver = true;
            resolve(outcome);
            await quiet();
          },
        };
        flights.push(flight);
        if (fixture.auto) void flight.answer(fixture.auto(claim));
      });
    },
    inFlightCap: () => fixture.cap,
    newKey: () => `key${++keys}`,
    recordAttempts: (claims) => void fixture.attempts.push(...claims),
    recordSettlements: (settlements) => void fixture.settlements.push([...settlements]),
    onMissed: (counts) => void fixture.missed.push(...counts),
    onSettled: () => {},
    onSignedOut: (accountId, detail) => void fixture.signedOut.push({ accountId, detail }),
    onTrouble: (problem) => void fixture.troubles.push(problem),
  });

  let brands = 0;
  let accounts = 0;
  let texts = 0;
  const fixture: SchedulerFixture = {
    dir,
    posts: storage.posts,
    clock,
    stop,
    scheduler,
    flights,
    missed: [],
    attempts: [],
    settlements: [],
    signedOut: [],
    troubles: [],
    calls: [],
    before: () => {},
    after: () => {},
    cap: 4,
    auto: () => PUBLISHED,
    quiet,

    async addBrand({ graceMs = GRACE, market = 'France' } = {}) {
      brands += 1;
      const made = await storage.brands.create({
        name: `Brand ${brands}`,
        market,
        timeZone: 'Europe/Paris',
        graceMs,
        colour: '#336699',
      });
      if (!made.ok) throw new Error(made.error.message);
      return made.value.id;
    },

    async addAccounts(brandId, count) {
      const made: number[] = [];
      for (let each = 0; each < count; each += 1) {
        accounts += 1;
        const name = `account ${accounts}`;
        const account = await storage.accounts.create({
          brandId,
          network: 'practice',
          name,
          settings: {},
          sealed: null,
        });
        if (!account.ok) throw new Error(account.error.message);
        made.push(account.value.id);
      }
      return made;
    },

    async addPosts(accountId, ...publishAt) {
      const posts = publishAt.map((at) => {
        texts += 1;
        return {
          accountId,
          content: { parts: [`text ${texts}`], link: '', media: [] },
          label: '',
          publishAt: at,
          localTime: '2026-12-01T09:00',
          timeZone: 'Europe/Paris',
          contentHash: `hash ${texts}`,
          importKey: null,
        };
      });
      const { ids: added } = await storage.posts.add(posts, clock.now());
      scheduler.wake();
      await quiet();
      return [...added];
    },

    engage(brandId, control = 'button') {
      const scope =
        brandId === undefined ? ({ kind: 'everything' } as const) : ({ kind: 'brand', brandId } as const);
      stop.engage({ scope, control, by: '', reason: '', widenedFrom: '' });
    },

    release(brandIds) {
      const all = Array.from({ length: brands }, (_, index) => index + 1);
      return stop.release({
        brandIds: brandIds ?? all,
        ...allOf(all),
        by: 'Zoé Martin',
        pressCount: stop.status().pressCount,
      }).ok;
    },

    async crash() {
      stop.close();
      await closeStorage();
    },

    async state(id) {
      const post = await storage.posts.read(id);
      return post === null ? 'gone' : post.reason === '' ? post.state : `${post.state} ${post.reason}`;
    },
  };

  stop.open();
  if (options.permit !== false && stop.status().state === 'not-started') stop.start('Zoé Martin');
  if (options.isStarted !== false) scheduler.start();
  await quiet();
  return fixture;
}

/** One account of one brand, nothing due. */
export async function oneAccount(
  options: Parameters<typeof createSchedulerFixture>[0] = {},
  graceMs = GRACE,
) {
  const fixture = await createSchedulerFixture(options);
  const brand = await fixture.addBrand({ graceMs });
  const [account = 0] = await fixture.addAccounts(brand, 1);
  return { fixture, brand, account, clock: fixture.clock, now: fixture.clock.now() };
}

/** The posts handed to the publisher, in order. */
export const idsOf = ({ flights }: SchedulerFixture): PostId[] => flights.map(({ claim }) => claim.post.id);

/** Something that is waited for until the test lets it go. */
export function latch(): { readonly promise: Promise<void>; open(): void } {
  let open = () => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open: () => open() };
}
