import { randomUUID } from 'node:crypto';
import { putBackOrdered, readRestoreOrder } from './backup/put-back.ts';
import { connectorFor } from './connectors/index.ts';
import type { Clock } from './core/clock.ts';
import type { PostId } from './core/post.ts';
import type { Settlement } from './core/queue.ts';
import { ok, type Result, refuse } from './core/result.ts';
import { covers, EVERYTHING } from './core/scope.ts';
import type { EngagedStop } from './core/stop-types.ts';
import type { Storage } from './core/stores.ts';
import { databasePath, plansPath } from './data-folder.ts';
import { settleDataPlace } from './data-place.ts';
import type { Engine } from './engine.ts';
import type { OpenDesk } from './ipc/desk.ts';
import { createDirectory, type Names, nameOfScope, placeOf } from './ipc/directory.ts';
import { readNextToGo } from './ipc/next-to-go.ts';
import { createPlanPages } from './keep-plans.ts';
import { keepRecurrences } from './keep-recurrences.ts';
import { canFind, createLookUpPosts } from './look-up-posts.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import type { Keyring } from './secrets/key-file.ts';
import { takePending } from './secrets/pending.ts';
import { accountContext, sealFields } from './secrets/seal.ts';
import { checkStartMark } from './start-mark.ts';
import { toScopeNames } from './stop/scope-names.ts';
import { openStorage } from './storage/open-storage.ts';

const LOCKED_MS = 4_000;
/** How long it waits before it tries again what another process held all that time. */
const AGAIN_MS = 3_000;
/** How long after the start the copies of the plans are looked at: what was due meanwhile goes first. */
const PLANS_AFTER_MS = 10_000;

export type DeskHolderDeps = {
  readonly dataDir: string;
  readonly engine: Engine;
  readonly clock: Clock;
  /** The data were moved just now: the app is to start anew, in their new folder. */
  readonly onMoved: () => void;
};

export type DeskStart = {
  /** Asked once the tray and the shortcut are up; may take as long as a person needs to unlock it. */
  readonly keyring: () => Promise<Keyring | null>;
  readonly keeper: SecretKeeper;
  readonly onChange: (what: 'publishing' | 'queue' | 'desk') => void;
};

export type DeskHolder = ReturnType<typeof createDeskHolder>;

/** Holds the database and what needs it, from the moment it is open; the stop and the window live without. */
export function createDeskHolder({ dataDir, engine, clock, onMoved }: DeskHolderDeps) {
  let opened: OpenDesk | null = null;
  let problem = '';
  let known: Names | null = null;
  let hosts: ReadonlySet<string> = new Set();
  let isGivenUp = false;
  let cancelAgain = () => {};
  let cancelPlans = () => {};

  /**
   * Nothing is published before the secrets were tried: a post would count as signed out for want of a key that is only late.
   */
  async function open(start: DeskStart): Promise<Result<OpenDesk>> {
    const place = await settleDataPlace(dataDir, engine, clock, onMoved);
    if (!place.ok) return place;
    await putBackIfOrdered(dataDir, engine);
    const storageOpened = await openPatiently();
    if (!storageOpened.ok) return storageOpened;
    const storage = storageOpened.value;
    if (isGivenUp) {
      await storage.close();
      return closing();
    }
    await stopIfForeign(dataDir, engine, storage);
    const directory = createDirectory(storage, start.keeper.privateKey);
    const { brands, accounts } = await directory.read();
    engine.keepNames(toScopeNames(brands.values(), accounts.values()));
    const lookUpPosts = createLookUpPosts({
      posts: storage.posts,
      accounts: storage.accounts,
      brandOf: async (id) => (await directory.read()).brands.get(id) ?? null,
      lookUps: engine.lookUps,
      clock,
      record: engine.record,
      onSettled(post, to) {
        engine.cleared(post, to === 'published' ? to : 'absent');
        // An unconfirmed post held back the later ones of its account.
        engine.wake();
        start.onChange('queue');
      },
    });
    const planPages = createPlanPages({
      dir: plansPath(dataDir),
      storage,
      directory,
      networkName: (network) => connectorFor(network)?.name ?? network,
    });
    const recurrences = keepRecurrences({
      storage,
      clock,
      isStopped: async (accountId) => {
        const place = placeOf(await directory.read(), accountId);
        return place !== null && engine.stop.gate.covered().some(({ scope }) => covers(scope, place));
      },
      onMade(posts, by) {
        engine.recordPlanned(posts, 'scheduled', by);
        engine.wake();
        start.onChange('queue');
      },
    });
    const value = { storage, directory, lookUpPosts, planPages, recurrences };
    opened = value;
    start.onChange('desk');
    const secrets = await start.keeper.open(await start.keyring());
    if (secrets.problem === null || secrets.privateKey() === null)
      await sealPending(dataDir, storage, secrets.publicKey);
    if (isGivenUp) return closing();
    engine.publisher.refresh();
    await engine.attach(storage, directory.forget);
    // Copies are for a day on which the app does not start; nothing waits for them.
    cancelPlans = clock.after(PLANS_AFTER_MS, () => {
      void planPages.keepAll(() => isGivenUp).catch(() => undefined);
    });
    const left = await storage.posts.page({ states: ['unconfirmed'] }, 'soonest', 0, 200);
    await watch(left.posts.map((post) => post.id));
    return ok(value);
  }

  /** The command line holds the database for a moment when it tells or imports: that is waited for before anything is said. */
  async function openPatiently(): ReturnType<typeof openStorage> {
    const until = clock.monotonic() + LOCKED_MS;
    for (;;) {
      const result = await openStorage({ path: databasePath(dataDir), now: clock.now });
      if (result.ok || result.error.code !== 'database-locked' || clock.monotonic() > until || isGivenUp)
        return result;
      await new Promise<void>((resolve) => clock.after(250, resolve));
    }
  }

  /** Only where the network can be read: elsewhere a person decides. */
  async function watch(postIds: readonly PostId[]): Promise<void> {
    if (!opened || postIds.length === 0) return;
    const [posts, names] = await Promise.all([
      opened.storage.posts.readMany(postIds),
      opened.directory.read(),
    ]);
    opened.lookUpPosts.watch(
      posts
        .filter((post) => canFind(names.accounts.get(post.accountId)?.network ?? ''))
        .map((post) => post.id),
    );
  }

  /** A large import, or a copy being made, may hold it for minutes: it is tried until it is let go, or the app ends. */
  async function start(order: DeskStart): Promise<void> {
    const result = await open(order).catch((error: unknown) =>
      refuse('database-failed', error instanceof Error ? error.message : String(error)),
    );
    if (isGivenUp) return;
    problem = result.ok ? '' : result.error.message;
    if (!result.ok && result.error.code === 'database-locked')
      cancelAgain = clock.after(AGAIN_MS, () => void start(order));
    order.onChange('publishing');
    order.onChange('desk');
  }

  function giveUp(): void {
    isGivenUp = true;
    cancelAgain();
    cancelPlans();
  }

  return {
    /** Resolves when the database is open, or cannot be for now: then `problem` says why, and one that is locked is tried again. */
    start,
    /** Opens nothing any more. Call it before the engine is closed. */
    giveUp,
    open: (): OpenDesk | null => opened,
    problem: (): string => problem,
    watchUnconfirmed(settlements: readonly Settlement[]): void {
      const ids = settlements.filter(({ state }) => state === 'unconfirmed').map(({ postId }) => postId);
      void watch(ids).catch(() => {});
    },
    async readQueue(): Promise<{ scheduled: number; nextDueAt: number | null }> {
      if (!opened) return { scheduled: 0, nextDueAt: null };
      const [counts, nextDueAt, names] = await Promise.all([
        opened.storage.posts.counts(),
        readNextToGo(opened, engine.stop.status().stops, clock.now()),
        opened.directory.read(),
      ]);
      if (names !== known) {
        known = names;
        hosts = hostsOf(names);
      }
      return { scheduled: counts.scheduled, nextDueAt };
    },
    async nameOf(stop: EngagedStop): Promise<string> {
      return nameOfScope((await opened?.directory.read()) ?? null, stop.scope);
    },
    async heldBy(stop: EngagedStop): Promise<number> {
      return (await opened?.storage.posts.countScheduled(stop.scope)) ?? 0;
    },
    /** Accounts whose sign-in does not work; null while the database is closed. */
    async signedOut(): Promise<readonly number[] | null> {
      if (!opened) return null;
      const { accounts } = await opened.directory.read();
      return [...accounts.values()].filter(({ state }) => state === 'signed-out').map(({ id }) => id);
    },
    /** Hosts of the accounts, whose pages a person opens without being asked. */
    isKnownHost: (host: string): boolean => hosts.has(host),
    async close(): Promise<void> {
      giveUp();
      opened?.lookUpPosts.close();
      opened?.recurrences.close();
      await opened?.storage.close();
      opened = null;
    },
  };
}

const closing = () => refuse('database-closed', 'The app is closing.');

function hostsOf(names: Names): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { settings } of names.accounts.values()) {
    for (const text of Object.values(settings)) {
      if (!/^https?:\/\//u.test(text)) continue;
      try {
        hosts.add(new URL(text).host);
      } catch {
        // No address after all.
      }
    }
  }
  return hosts;
}

/**
 * Before anything is opened. What comes back is never armed, nor after a crash in the midst of it: the stop comes first. Rejects when the disk
 * does not let it be done: then nothing is opened.
 */
async function putBackIfOrdered(dataDir: string, engine: Engine): Promise<void> {
  const order = await readRestoreOrder(dataDir);
  if (order === null) return;
  const { state } = engine.stop.status();
  if (state === 'publishing' || state === 'not-started')
    engine.stop.engage({
      scope: EVERYTHING,
      control: 'start',
      by: order.by,
      reason:
        order.kind === 'import'
          ? 'Everything came from another computer. What is scheduled here may be scheduled there too.'
          : 'A backup was put back. Posts that went out since it was made may be scheduled in it again.',
      widenedFrom: '',
    });
  await putBackOrdered(dataDir);
  engine.record({
    event: order.kind === 'import' ? 'everything.imported' : 'backup.restored',
    by: order.by,
    details: { backup: order.backup, madeAt: order.madeAt, keptIn: order.keptIn },
  });
}

/** A database from elsewhere may hold posts that went out long ago as scheduled: nothing goes before a person has looked. */
async function stopIfForeign(dataDir: string, engine: Engine, storage: Storage): Promise<void> {
  const mark = await checkStartMark(dataDir, storage.facts, randomUUID);
  if (mark === 'same' || engine.stop.status().state !== 'publishing') return;
  engine.stop.engage({
    scope: EVERYTHING,
    control: 'start',
    by: '',
    reason: 'The database is not the one that was last used here: it was restored, copied or made anew.',
    widenedFrom: '',
  });
}

/** Seals what the command line left, and only then removes it. */
async function sealPending(dataDir: string, storage: Storage, publicKey: string): Promise<void> {
  const pending = await takePending(dataDir);
  if (!pending.ok || pending.value === null) return;
  for (const { accountId, fields } of pending.value.entries) {
    if (await storage.accounts.read(accountId))
      await storage.accounts.setSealed(accountId, sealFields(publicKey, accountContext(accountId), fields));
  }
  await pending.value.forget();
}
