import type { Outcome } from '../../src-main/core/connector.ts';
import type { Claim, Settlement } from '../../src-main/core/queue.ts';
import { ok } from '../../src-main/core/result.ts';
import { createScheduler, type Scheduler } from '../../src-main/core/scheduler.ts';
import { EVERYTHING } from '../../src-main/core/scope.ts';
import { createStop } from '../../src-main/core/stop.ts';
import type { StopParts } from '../../src-main/core/stop-ports.ts';
import type { PostStore } from '../../src-main/core/stores.ts';
import { createLookUpPosts, type LookUpPosts } from '../../src-main/look-up-posts.ts';
import { createPublisherHandle, type PublisherHandle } from '../../src-main/publisher/handle.ts';
import { DATABASE_RESTORED, isOlderThanJournal, recoverPosts } from '../../src-main/recovery.ts';
import { attemptEvents, settlementEvents } from '../../src-main/stop/journal-events.ts';
import { createToldStops } from '../../src-main/stop/told-stops.ts';
import { guardDisk, guardStore } from './main-ports.ts';
import { spawnPublisher } from './publisher-process.ts';
import { createSimAccounts } from './sim-accounts.ts';
import { clockOf, createProcess, type Process } from './timeline.ts';
import type { World } from './world-parts.ts';

export type Main = {
  readonly process: Process;
  readonly stop: StopParts;
  readonly handle: PublisherHandle;
  readonly posts: PostStore;
  /** Null until the database is open. */
  scheduler: Scheduler | null;
  lookUps: LookUpPosts | null;
  /** The files of the stop may have changed: looks at its next turn. */
  noticeFiles(): void;
  /** After a sleep, or a clock that was set. */
  awake(): void;
  quit(): void;
};

const CHECK_FILES_MS = 500;
/** A start may have much to catch up with. */
const START_MS = 5 * 60_000;
/** What closing the app waits for at most, with room. */
const QUIT_MS = 5_000;

/**
 * Starts the app as `engine.ts` and `open-desk.ts` do: the real stop, scheduler, publisher's handle, recovery and look-ups, put together
 * in the same order on what is simulated. Only files, SQLite, sockets and Electron are left out.
 */
export function startMain(world: World): Main {
  const { timeline, random, machine, defect, chronicle, database, desk } = world;
  const process = createProcess(`main ${++world.counts.starts}`);
  const previous = machine.running;
  machine.running = process;
  let isChecking = false;
  let hasOpened = false;
  const clock = clockOf(timeline, process, 'stop');
  const journal = world.journal.of(() => process.isAlive);
  const isTold = createToldStops(journal);
  const record = (event: string, control: string, by: string, details: object) => {
    const told = details as Record<string, string>;
    if (event === 'stop.engaged' && !hasOpened && isTold(String(told.stop))) return;
    chronicle.note(event, control);
    journal.append({ event, control, by, details: told });
  };

  const handle = createPublisherHandle({
    clock: clockOf(timeline, process, 'publisher handle'),
    where: { dataDir: '', host: '' },
    spawn: () => spawnPublisher(world, process),
    key: () => null,
    cap: () => world.cap,
    onPart: (claim, ref) => void posts.addPart(claim.post.id, claim.attempt, ref).catch(() => {}),
    onRest: () => {},
    onCrash: () => record('publisher.ended', '', '', {}),
    onTrouble: () => {},
  });

  const stopDeps = {
    clock,
    newId: () => `stop ${++world.counts.ids}`,
    disk: guardDisk(world, process),
    publisher: handle,
    cancelTimers: () => main.scheduler?.cancelTimers(),
    wake: () => main.scheduler?.wake(),
    record,
  };
  const made = createStop(defect.stopDeps?.(stopDeps, world) ?? stopDeps);
  const stop = defect.stop?.(made, world) ?? made;
  stop.onChange(() => world.invariants.onStatusChanged());
  const posts = guardStore(world, process);

  /** Killed in the middle of a stop of its own, nobody was told of it. */
  const byItself = (act: () => unknown) => {
    world.truth.trying({ kind: 'stop', scope: EVERYTHING }, act);
    if (hasOpened) world.truth.takeOver(stop.status());
  };

  async function attach(): Promise<void> {
    if (await isOlderThanJournal(posts, journal)) {
      const { state } = stop.status();
      if (state === 'publishing' || state === 'not-started')
        engageFor('The database is older than the journal.');
      record(DATABASE_RESTORED, '', '', {});
    }
    const recovered = await (defect.recover ?? recoverPosts)(posts, journal, timeline.wall());
    watch(recovered);
    const deps = {
      queue: posts,
      clock: clockOf(timeline, process, 'scheduler'),
      gate: defect.gate?.(stop.gate, stop, world) ?? stop.gate,
      send: (claim: Claim): Promise<Outcome> => handle.send(claim),
      inFlightCap: () => world.cap,
      newKey: () => `key ${++world.counts.keys}`,
      recordAttempts: (claims: readonly Claim[]) =>
        void journal.appendSoon(attemptEvents(claims, stop.gate.epoch(), () => '')),
      recordSettlements: (settlements: readonly Settlement[]) =>
        void journal.appendSoon(settlementEvents(settlements)),
      onMissed: () => {},
      onSettled: watch,
      onSignedOut(accountId: number) {
        const account = desk.accounts.find(({ id }) => id === accountId);
        if (account) account.isSignedOut = true;
      },
      onTrouble: (problem: string) => chronicle.note('trouble', problem),
    };
    main.scheduler = createScheduler(defect.schedulerDeps?.(deps, world) ?? deps);
    main.scheduler.start();
  }

  function engageFor(reason: string): void {
    byItself(() => stop.engage({ scope: EVERYTHING, control: 'start', by: '', reason, widenedFrom: '' }));
  }

  /** Where the network can be read, what became unconfirmed is looked up. */
  function watch(settlements: readonly Settlement[]): void {
    const ids = settlements.filter(({ state }) => state === 'unconfirmed').map(({ postId }) => postId);
    main.lookUps?.watch(ids.filter((id) => database.find(id)?.account.network !== 'gamma'));
  }

  /** The database is open: what lies there may be another than the one last used here. */
  async function openDesk(): Promise<void> {
    const isForeign = world.folderMark !== database.mark;
    world.folderMark = database.mark = ++world.counts.starts;
    if (isForeign && stop.status().state === 'publishing') engageFor('The database is another one.');
    main.lookUps = createLookUpPosts({
      posts,
      accounts: createSimAccounts(desk),
      brandOf: (id) => Promise.resolve(desk.brands[id - 1] ?? null),
      lookUps: {
        run: (job) =>
          new Promise((resolve) =>
            timeline.after(process, random.span(50, 3_000), 'looked up', () => {
              if (job.kind !== 'find') throw new Error(`nothing simulated asks for ${job.kind}`);
              resolve(ok(world.network.find(job.account.network, job.request)) as never);
            }),
          ),
        close: () => {},
      },
      clock: clockOf(timeline, process, 'look-ups'),
      record: ({ event }) => record(event, '', '', {}),
      onSettled: () => main.scheduler?.wake(),
    });
    await attach();
    const left = await posts.page({ states: ['unconfirmed'] }, 'soonest', 0, 200);
    main.lookUps.watch(
      left.posts.map(({ id }) => id).filter((id) => database.find(id)?.account.network !== 'gamma'),
    );
  }

  const checkFiles = () => {
    isChecking = false;
    if (defect.checksFiles !== false) byItself(stop.checkFiles);
  };

  const main: Main = {
    process,
    stop,
    handle,
    posts,
    scheduler: null,
    lookUps: null,
    noticeFiles() {
      if (isChecking) return;
      isChecking = true;
      const wait = random.chance(0.5) ? random.int(1, 20) : random.int(1, CHECK_FILES_MS);
      timeline.after(process, wait, 'main looks at the files', checkFiles);
    },
    awake() {
      handle.resume();
      checkFiles();
      main.scheduler?.wake();
    },
    quit() {
      stop.close();
      main.lookUps?.close();
      const drained = main.scheduler?.stop();
      const end = () => machine.kill(process);
      void Promise.all([handle.close(), drained]).then(() => timeline.after(process, 1, 'main ends', end));
      timeline.after(process, QUIT_MS, 'main ends at last', end);
    },
  };
  machine.main = main;
  world.trouble(START_MS);
  world.truth.restarting();
  try {
    byItself(stop.open);
    world.invariants.onOpened(main);
    hasOpened = true;
    timeline.after(process, random.span(30, 2_000), 'database open', () => void openDesk().catch(() => {}));
  } finally {
    machine.running = previous;
  }
  return main;
}
