import { randomBytes, randomUUID } from 'node:crypto';
import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import { createAutomaticTrips } from './automatic-trips.ts';
import { contentHashOf } from './calendar/import-key.ts';
import type { AccountId } from './core/brand.ts';
import type { Clock } from './core/clock.ts';
import type { Outcome } from './core/connector.ts';
import type { Claim, MissedCount, PlannedPost, Settlement } from './core/queue.ts';
import { createScheduler, type Scheduler } from './core/scheduler.ts';
import { EVERYTHING } from './core/scope.ts';
import { createStop } from './core/stop.ts';
import type { StopParts } from './core/stop-ports.ts';
import type { Storage } from './core/stores.ts';
import type { AccountTrip, TripLimits, Trips } from './core/trips.ts';
import { type ChildProcess, createPublisherHandle, type PublisherHandle } from './publisher/handle.ts';
import { createLender } from './publisher/lend-secrets.ts';
import { createLookUps, type LookUps } from './publisher/look-ups.ts';
import { DATABASE_RESTORED, isOlderThanJournal, recoverPosts } from './recovery.ts';
import { readHostId } from './stop/host.ts';
import { type Journal, type JournalEvent, openJournal } from './stop/journal.ts';
import { attemptEvents, type PlannedHow, plannedEvents, settlementEvents } from './stop/journal-events.ts';
import { findPublisher } from './stop/publisher-pid.ts';
import { nameReleased } from './stop/released-names.ts';
import { readNames, type ScopeNames, writeNames } from './stop/scope-names.ts';
import { createStopDisk } from './stop/stop-disk.ts';
import { type StopPaths, stopPaths } from './stop/stop-files.ts';
import { removeFile } from './stop/sync-files.ts';
import { createToldStops } from './stop/told-stops.ts';
import { createStopInventory } from './stop-inventory.ts';

export type EngineDeps = {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Starts a process that runs `publisher/main.ts`. */
  readonly spawn: () => ChildProcess;
  /** Opens sealed secrets; null while, or when, there is none. */
  readonly key: () => string | null;
  readonly inFlightCap: () => number;
  /** Something the window shows changed. */
  readonly onChange: (what: 'publishing' | 'queue' | 'desk' | 'journal') => void;
  readonly onMissed: (counts: readonly MissedCount[]) => void;
  readonly onSettled: (settlements: readonly Settlement[]) => void;
  /** An account was held by itself. */
  readonly onTrip?: (trip: AccountTrip) => void;
  /** When accounts are held and everything is stopped by itself; `TRIP_LIMITS` when not given. */
  readonly tripLimits?: TripLimits;
};

/** Stop, journal, publisher and scheduler of one data folder, without Electron: what the app runs and the tests and benches drive. */
export type Engine = {
  readonly stop: StopParts;
  readonly journal: Journal;
  readonly publisher: PublisherHandle;
  readonly lookUps: LookUps;
  readonly paths: StopPaths;
  /** Why nothing can be published although nothing is stopped; '' when it can. */
  problem(): string;
  record(event: JournalEvent): void;
  /** Writes down that these posts were scheduled; synced soon after. */
  recordPlanned(posts: readonly PlannedPost[], how: PlannedHow, by: string): void;
  /**
   * Takes up a queue: settles what a crash left, then publishes what is due. Call when secrets are open. `onAccount`: an account
   * was signed out; called before anybody is told to look.
   */
  attach(storage: Storage, onAccount?: () => void): Promise<void>;
  /** Looks at the queue soon: posts, accounts or settings changed. */
  wake(): void;
  /** A person resumed an account: what tripped it is forgotten. */
  resumed(accountId: AccountId): void;
  /** An unconfirmed post was settled, by a look-up or by a person. */
  cleared: Trips['cleared'];
  /** Keeps the index of names the stop works with while the app is down. */
  keepNames(names: ScopeNames): void;
  sleep(): void;
  awake(): void;
  close(): Promise<void>;
};

const CHECK_FILES_MS = 500;
/** How long a publisher that was ended may take to be gone. */
const MOST_END_MS = 500;
const KEY_MISSING =
  'The key to the sign-ins is not available: the keyring is locked or does not answer. What needs a sign-in is not sent.';

/**
 * Builds the parts. The stop works when this returns, before any database is open. A journal that cannot be opened is a problem
 * to be said, never a reason not to stop.
 */
export function createEngine(deps: EngineDeps): Engine {
  const { clock, dataDir } = deps;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const paths = stopPaths(dataDir);
  const where = { dataDir, host: readHostId() };
  let scheduler: Scheduler | null = null;
  let trouble = '';
  let publisherTrouble = '';
  let journalTrouble = '';
  let isKeyMissed = false;
  let keptNames = '';
  let isOpening = true;
  let watcher: FSWatcher | null = null;
  let checking: ReturnType<typeof setInterval> | null = null;

  const journal = openJournalOr(paths, clock, (problem) => {
    journalTrouble = problem;
  });

  const record = (event: JournalEvent) => {
    journal.append(event);
    deps.onChange('journal');
  };

  const lender = createLender({
    clock,
    sealedOf: async (accountId) => (await storage?.accounts.sealedOf(accountId)) ?? null,
    replace: async (accountId, sealed, seen) =>
      (await storage?.accounts.replaceSealed(accountId, sealed, seen)) ?? false,
  });
  const spawn = () => lender.serve(deps.spawn());
  const publisher = createPublisherHandle({
    clock,
    where,
    spawn,
    key: deps.key,
    cap: deps.inFlightCap,
    onPart: (claim, ref) => {
      storage?.posts.addPart(claim.post.id, claim.attempt, ref).catch(() => {
        // The journal of the attempt and the outcome still name the part; a database that fails is said by the scheduler.
      });
    },
    onRest: (claim, until) => scheduler?.rest(claim.account.id, until),
    onCrash: () => record({ event: 'publisher.ended' }),
    onTrouble(problem) {
      publisherTrouble = problem;
      deps.onChange('publishing');
    },
  });

  const isTold = createToldStops(journal);
  const stop = createStop({
    clock,
    newId: randomUUID,
    disk: createStopDisk(paths, where.host),
    publisher,
    cancelTimers: () => scheduler?.cancelTimers(),
    wake: () => scheduler?.wake(),
    record(event, control, by, details) {
      if (event === 'stop.engaged') {
        if (isOpening && isTold(String(details.stop))) return;
        inventory.engaged(String(details.stop));
      }
      const isReleased = event === 'stop.released';
      if (isReleased || event === 'publishing.started') trips.begun();
      const told = isReleased ? nameReleased(details, readNames(paths.names), stop.status().stops) : details;
      const line = { event, control, by, details: told };
      // What is durable of a narrower stop is its file: of a thousand at once none waits for the disk of the journal.
      const isOfPart = event === 'stop.engaged' && details.scope !== 'everything';
      if (!isOfPart && event !== 'stop.confirmed') return record(line);
      journal.appendSoon([line]);
      deps.onChange('journal');
    },
  });
  const inventory = createStopInventory({
    journal,
    clock,
    stops: () => stop.status().stops,
    onWritten: () => deps.onChange('journal'),
  });
  stop.onChange(() => {
    deps.onChange('publishing');
    inventory.look();
  });

  const lookUps = createLookUps({ clock, where, spawn, key: deps.key });
  let storage: Storage | null = null;
  let accountChanged = () => {};

  async function signOut(accountId: AccountId, detail: string): Promise<void> {
    if (!(await storage?.accounts.signOut(accountId, detail))) return;
    record({ event: 'account.signed-out', details: { account: accountId, detail } });
    accountChanged();
    deps.onChange('desk');
  }

  const trips = createAutomaticTrips({
    clock,
    limits: deps.tripLimits,
    storage: () => storage,
    stop,
    record,
    onTrip: (trip) => {
      accountChanged();
      deps.onTrip?.(trip);
      deps.onChange('desk');
      scheduler?.wake();
    },
  });

  /** Without the key nothing is sent and nothing is said of the account: it is tried again, within the grace. */
  function send(claim: Claim): Promise<Outcome> {
    const isThere = deps.key() !== null;
    if (isKeyMissed === isThere && (isThere || claim.sealed !== null)) {
      isKeyMissed = !isThere;
      deps.onChange('publishing');
    }
    if (!trips.admits(claim)) return Promise.resolve({ kind: 'not-sent', detail: 'held' });
    return publisher.send(claim).then((outcome) => {
      trips.settled(claim, outcome);
      return outcome;
    });
  }

  /** What went out since the copy was made is scheduled in it once more: nothing goes before a person has looked. */
  async function stopIfRestored(opened: Storage): Promise<void> {
    if (!(await isOlderThanJournal(opened.posts, journal))) return;
    const { state } = stop.status();
    if (state === 'publishing' || state === 'not-started') {
      stop.engage({
        scope: EVERYTHING,
        control: 'start',
        by: '',
        reason:
          'The database is older than the journal: a copy of it was put back. Posts that went out since may be scheduled in it again.',
        widenedFrom: '',
      });
    }
    record({ event: DATABASE_RESTORED });
  }

  /** The publisher is ended as soon as it is silent, before it could take its own name away. One that may be alive keeps it. */
  async function forgetPublisher(): Promise<void> {
    const until = clock.monotonic() + MOST_END_MS;
    while (findPublisher(paths.publisherPid) !== null) {
      if (clock.monotonic() > until) return;
      await new Promise<void>((resolve) => clock.after(20, resolve));
    }
    try {
      removeFile(paths.publisherPid);
    } catch {
      // A name that stays behind is checked before anything is done with it.
    }
  }

  const engine: Engine = {
    stop,
    journal,
    publisher,
    lookUps,
    paths,
    problem: () =>
      trouble ||
      publisherTrouble ||
      (isKeyMissed && deps.key() === null ? KEY_MISSING : '') ||
      journalTrouble,
    record,

    recordPlanned(posts, how, by) {
      journal.appendSoon(plannedEvents(posts, how, by));
      deps.onChange('journal');
    },

    async attach(opened, onAccount = () => {}) {
      storage = opened;
      accountChanged = onAccount;
      await stopIfRestored(opened);
      const recovered = await recoverPosts(opened.posts, journal, clock.now());
      if (recovered.length > 0) deps.onSettled(recovered);
      scheduler = createScheduler({
        queue: opened.posts,
        clock,
        gate: stop.gate,
        send,
        inFlightCap: deps.inFlightCap,
        newKey,
        recordAttempts: (claims) => {
          journal.appendSoon(attemptEvents(claims, stop.gate.epoch(), contentHashOf));
          deps.onChange('queue');
        },
        recordSettlements: (settlements) => {
          journal.appendSoon(settlementEvents(settlements));
        },
        onMissed: (counts) => {
          journal.appendSoon(
            counts.map(({ reason, count }) => ({ event: 'posts.missed', details: { reason, count } })),
          );
          deps.onMissed(counts);
          if (counts.some(({ reason }) => reason === 'stopped' || reason === 'countdown')) inventory.missed();
          deps.onChange('queue');
        },
        onSettled: (settlements) => {
          deps.onSettled(settlements);
          deps.onChange('queue');
        },
        onSignedOut: (accountId, detail) => void signOut(accountId, detail).catch(() => {}),
        onTrouble: (problem) => {
          trouble = problem;
          deps.onChange('publishing');
        },
      });
      scheduler.start();
      inventory.open(opened);
    },

    wake: () => scheduler?.wake(),
    resumed: trips.resumed,
    cleared: trips.cleared,

    keepNames(names) {
      const text = JSON.stringify(names);
      if (text === keptNames) return;
      try {
        writeNames(paths.names, names);
        keptNames = text;
      } catch (error) {
        journalTrouble = `The names for a stop by name could not be written: ${(error as Error).message}`;
      }
    },

    sleep: () => publisher.suspend(),
    awake() {
      publisher.resume();
      stop.checkFiles();
      scheduler?.wake();
    },

    async close() {
      lookUps.close();
      // Nothing is claimed any more; what is in flight may still say what became of it, for as long as the scheduler waits. Until
      // then everything is as ever: the lease, the look at the files, the stop.
      await scheduler?.stop();
      watcher?.close();
      if (checking) clearInterval(checking);
      stop.close();
      await publisher.close();
      await forgetPublisher();
      await scheduler?.stop();
      await inventory.close();
      await journal.flush();
      journal.close();
    },
  };

  stop.open();
  isOpening = false;
  inventory.look();
  // The watch is quick where the system offers one; looking twice a second is what is relied on.
  checking = setInterval(() => stop.checkFiles(), CHECK_FILES_MS);
  try {
    watcher = watch(dataDir, { persistent: false }, (_, name) => {
      if (name === 'permit' || name === 'latch' || name === 'stops') stop.checkFiles();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    watcher = null;
  }
  return engine;
}

/** 26 characters [0-9a-z]: time does not order them, chance tells them apart. */
function newKey(): string {
  return BigInt(`0x${randomBytes(17).toString('hex')}`)
    .toString(36)
    .padStart(27, '0')
    .slice(-26);
}

/** Without a file the stop, the permit and the latch work all the same; what would be recorded is lost, and that is said. */
function openJournalOr(paths: StopPaths, clock: Clock, onProblem: (problem: string) => void): Journal {
  try {
    return openJournal({
      path: paths.journal,
      headPath: paths.journalHead,
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
    });
  } catch (error) {
    onProblem(`The journal cannot be written: ${(error as Error).message}`);
    return {
      append: () => false,
      appendSoon: () => false,
      flush: () => Promise.resolve(),
      tail: () => [],
      back: () => [],
      close: () => {},
    };
  }
}
