import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import type { CancelWake, Clock, Instant } from '../core/clock.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Storage } from '../core/stores.ts';
import type { Engine } from '../engine.ts';
import { type Backup, placesOf, readBackup, readBackups } from './backup-record.ts';
import { exportEverything } from './export-everything.ts';
import { type FoundExport, lookAtExport, orderImport } from './import-everything.ts';
import { keptBackups } from './kept-backups.ts';
import { type BackupStep, makeBackup, NotSound } from './make-backup.ts';
import { prunePool } from './media-pool.ts';
import { cancelRestore, orderRestore, type RestoreOrder, readRestoreOrder } from './put-back.ts';
import { rehearseRestore } from './rehearse.ts';
import { NoRoom } from './room.ts';

/** Why the last one could not be made. `needed` and `free` are bytes, zero but for 'no-room'; `detail` is what was found or said. */
export type BackupProblem = {
  readonly at: Instant;
  readonly code: 'no-room' | 'not-sound' | 'failed';
  readonly detail: string;
  readonly needed: number;
  readonly free: number;
};

export type BackupsDeps = {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly engine: Pick<Engine, 'journal' | 'stop' | 'record'>;
  readonly appVersion: string;
  /** Null while the database is closed. */
  readonly storage: () => Storage | null;
  /** Chosen by a person; '' for the one in the data folder. */
  readonly chosenFolder: () => string;
  readonly problem: () => BackupProblem | null;
  readonly keepProblem: (problem: BackupProblem | null) => void;
  /** The day an instant is on where the person sits, 'YYYY-MM-DD'. */
  readonly dayOf: (at: Instant) => string;
  /** One that was to be made by itself could not be. Called at most once a day. */
  readonly onFailed: (problem: BackupProblem) => void;
  readonly onChange: () => void;
};

export type BackupsStatus = {
  readonly folder: string;
  readonly isOwnFolder: boolean;
  /** Newest first. */
  readonly backups: readonly Backup[];
  readonly running: BackupStep | 'rehearsal' | 'restore' | 'export' | 'import' | null;
  readonly problem: BackupProblem | null;
  /** What is put back at the next start. */
  readonly restore: RestoreOrder | null;
};

/** What is due at the start goes first. */
const FIRST_LOOK_MS = 3 * 60_000;
const LOOK_EVERY_MS = 15 * 60_000;
/** After one that failed. */
const AGAIN_AFTER_MS = 60 * 60_000;
const MOST_CLOSE_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;
const REHEARSE_EVERY_MS = 30 * DAY_MS;

/** The folder of the backups in a data folder, where nothing else was chosen. */
export const ownFolder = (dataDir: string) => join(dataDir, 'backups');

export type Backups = ReturnType<typeof createBackups>;

/** Keeps verified copies of what the desk holds: one a day by itself, and whenever a person asks. One thing at a time. */
export function createBackups(deps: BackupsDeps) {
  const { dataDir, clock, engine } = deps;
  let running: BackupsStatus['running'] = null;
  let isGivenUp = false;
  let ended: Promise<unknown> = Promise.resolve();
  let cancelLook: CancelWake = () => {};
  let toldAt: number | null = null;

  const folder = () => deps.chosenFolder() || ownFolder(dataDir);

  function step(now: BackupsStatus['running']): void {
    running = now;
    deps.onChange();
  }

  /** Nothing else of this kind goes on meanwhile. */
  async function alone<T>(first: NonNullable<typeof running>, work: () => Promise<T>): Promise<Result<T>> {
    if (running !== null)
      return refuse('backup-running', 'A backup is being made or tried out. Wait for it.');
    if (isGivenUp) return refuse('no-database', 'The database is closed.');
    step(first);
    const doing = work();
    ended = doing.catch(() => undefined);
    try {
      return ok(await doing);
    } finally {
      step(null);
    }
  }

  async function make(storage: Storage): Promise<BackupProblem | null> {
    const at = clock.now();
    const { state, epoch, stops } = engine.stop.status();
    try {
      const made = await makeBackup(storage, {
        dataDir,
        folder: folder(),
        at,
        day: deps.dayOf(at),
        desk: await deskId(),
        appVersion: deps.appVersion,
        stopFacts: { state, epoch, stops },
        flushJournal: engine.journal.flush,
        onStep: step,
        isGivenUp: () => isGivenUp,
      });
      if (made === null) return null;
      deps.keepProblem(null);
      await prune();
      return null;
    } catch (error) {
      if (isGivenUp) return null;
      const problem = problemOf(error, at);
      deps.keepProblem(problem);
      engine.record({ event: 'backup.failed', details: { code: problem.code, detail: problem.detail } });
      return problem;
    }
  }

  /** Goes along with the data folder, so that what another computer keeps in the same place is neither counted nor removed. */
  async function deskId(): Promise<string> {
    const path = join(dataDir, 'desk-id');
    const known = await readFile(path, 'utf8').catch(() => '');
    if (known !== '') return known;
    const id = randomUUID();
    await writeFile(path, id, { mode: 0o600 });
    return id;
  }

  async function readOwn(): Promise<readonly Backup[]> {
    const [id, backups] = await Promise.all([deskId(), readBackups(folder())]);
    return backups.filter(({ desk = id }) => desk === id);
  }

  async function prune(): Promise<void> {
    const backups = await readOwn();
    const kept = keptBackups(backups);
    for (const { id } of backups)
      if (!kept.has(id)) await rm(placesOf(folder(), id).dir, { recursive: true, force: true });
    await prunePool(folder(), clock.now());
  }

  async function look(): Promise<void> {
    cancelLook();
    cancelLook = clock.after(LOOK_EVERY_MS, () => void look().catch(() => undefined));
    const storage = deps.storage();
    if (!storage || running !== null || isGivenUp) return;
    const now = clock.now();
    const failed = deps.problem();
    const [newest] = await readOwn();
    const isDue = newest?.day !== deps.dayOf(now);
    const isTooSoon = failed !== null && now - failed.at >= 0 && now - failed.at < AGAIN_AFTER_MS;
    if (isDue && !isTooSoon && (await storage.brands.list()).length > 0) {
      const made = await alone('database', () => make(storage));
      if (made.ok && made.value) tellOnceADay(made.value);
    } else if (newest && now - (newest.rehearsal?.at ?? 0) > REHEARSE_EVERY_MS) await rehearseIfDue(now);
  }

  /** Backups that nobody ever tried to put back are hopes. */
  async function rehearseIfDue(now: Instant): Promise<void> {
    const backups = await readOwn();
    const last = Math.max(0, ...backups.map(({ rehearsal }) => rehearsal?.at ?? 0));
    const [newest] = backups;
    if (newest && now - last > REHEARSE_EVERY_MS) await rehearse(newest);
  }

  async function rehearse(backup: Backup): Promise<Result<true>> {
    const done = await alone('rehearsal', async () => {
      const rehearsal = await rehearseRestore(dataDir, folder(), backup, clock);
      engine.record({
        event: 'backup.rehearsed',
        details: { backup: backup.id, problem: rehearsal.problem, tookMs: rehearsal.tookMs },
      });
    });
    return done.ok ? ok(true) : done;
  }

  function tellOnceADay(problem: BackupProblem): void {
    const now = clock.monotonic();
    if (toldAt !== null && now - toldAt < DAY_MS) return;
    toldAt = now;
    deps.onFailed(problem);
  }

  function needsPublishingOff(): Result<true> {
    const { state } = engine.stop.status();
    return state === 'stopped' || state === 'not-started'
      ? ok(true)
      : refuse(
          'restore-publishing',
          'Stop publishing first: a backup is put back only while nothing goes out.',
        );
  }

  const find = async (id: string): Promise<Result<Backup>> => {
    const backup = await readBackup(folder(), id);
    return backup ? ok(backup) : refuse('no-such-backup', 'This backup is no longer there.');
  };

  return {
    start(): void {
      cancelLook = clock.after(FIRST_LOOK_MS, () => void look().catch(() => undefined));
    },

    /** Looks whether one is due, as it does by itself every quarter of an hour. */
    look,

    async status(): Promise<BackupsStatus> {
      return {
        folder: folder(),
        isOwnFolder: deps.chosenFolder() === '',
        backups: await readBackups(folder()),
        running,
        problem: deps.problem(),
        restore: await readRestoreOrder(dataDir),
      };
    },

    /** Answers when it is made and checked, or could not be: `status` says why then. Refuses 'backup-running', 'no-database'. */
    async make(): Promise<Result<true>> {
      const storage = deps.storage();
      if (!storage) return refuse('no-database', 'The database is not open yet.');
      const done = await alone('database', () => make(storage));
      return done.ok ? ok(true) : done;
    },

    /** Tries out putting it back, beside the real data. The result is kept with the backup. */
    async rehearse(id: string): Promise<Result<true>> {
      const backup = await find(id);
      return backup.ok ? rehearse(backup.value) : backup;
    },

    /**
     * Lays a backup ready for the next start. Refuses 'publishing' unless publishing is off, 'backup-not-sound' and 'backup-no-room'.
     */
    async restore(id: string, by: string): Promise<Result<true>> {
      const off = needsPublishingOff();
      if (!off.ok) return off;
      const backup = await find(id);
      if (!backup.ok) return backup;
      const done = await alone('restore', async (): Promise<Result<true>> => {
        try {
          const ordered = await orderRestore(dataDir, folder(), backup.value, by, clock.now());
          if ('code' in ordered)
            return refuse('backup-not-sound', 'This backup is damaged. Choose another one.');
          engine.record({ event: 'restore.ordered', by, details: { backup: id } });
          return ok(true);
        } catch (error) {
          if (error instanceof NoRoom) return refuse('backup-no-room', error.message);
          throw error;
        }
      });
      return done.ok ? done.value : done;
    },

    /**
     * Writes everything into a new folder in `into`. The path of it, or null when the app closes meanwhile. Refuses 'backup-running',
     * 'no-database', 'backup-no-room' and 'export-failed'.
     */
    async exportTo(into: string, by: string): Promise<Result<string | null>> {
      const storage = deps.storage();
      if (!storage) return refuse('no-database', 'The database is not open yet.');
      const done = await alone('export', async (): Promise<Result<string | null>> => {
        try {
          const path = await exportEverything(storage, {
            dataDir,
            into,
            at: clock.now(),
            appVersion: deps.appVersion,
            flushJournal: engine.journal.flush,
            isGivenUp: () => isGivenUp,
          });
          if (path !== null) engine.record({ event: 'everything.exported', by, details: { folder: path } });
          return ok(path);
        } catch (error) {
          if (error instanceof NoRoom) return refuse('backup-no-room', error.message);
          return refuse('export-failed', `The export could not be written: ${(error as Error).message}`);
        }
      });
      return done.ok ? done.value : done;
    },

    /** Reads an export to its last byte. Refuses what `lookAtExport` does, and 'backup-running'. */
    async lookAt(folder: string): Promise<Result<FoundExport>> {
      const done = await alone('import', () => lookAtExport(folder));
      return done.ok ? done.value : done;
    },

    /**
     * Lays everything of another computer ready for the next start; what is here is kept aside. Refuses 'restore-publishing', and 'desk-not-empty'
     * unless `replaces`.
     */
    async importFrom(found: FoundExport, by: string, replaces: boolean): Promise<Result<true>> {
      const off = needsPublishingOff();
      if (!off.ok) return off;
      if (!replaces && (await deps.storage()?.brands.list())?.length !== 0)
        return refuse('desk-not-empty', 'There are brands here already. Say that they may be replaced.');
      const done = await alone('import', () => orderImport(dataDir, found, by, clock.now()));
      if (!done.ok) return done;
      if (!done.value.ok) return done.value;
      engine.record({ event: 'restore.ordered', by, details: { backup: done.value.value.backup } });
      return ok(true);
    },

    async cancelRestore(): Promise<void> {
      await cancelRestore(dataDir);
      deps.onChange();
    },

    /** Whether a folder can be chosen: not the data folder itself, nor one in it that the app uses for something else. */
    mayUse(path: string): boolean {
      const inside = relative(dataDir, path);
      return inside.startsWith('..') || isAbsolute(inside) || path === ownFolder(dataDir);
    },

    /** Gives up what is under way. A check of a large copy goes on for a moment: it reads nothing the app still needs. */
    async close(): Promise<void> {
      isGivenUp = true;
      cancelLook();
      let cancel: CancelWake = () => {};
      const long = new Promise<void>((resolve) => {
        cancel = clock.after(MOST_CLOSE_MS, resolve);
      });
      await Promise.race([ended, long]);
      cancel();
    },
  };
}

function problemOf(error: unknown, at: Instant): BackupProblem {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof NoRoom)
    return { at, code: 'no-room', detail: error.where, needed: error.needed, free: error.free };
  const isFull = ['ENOSPC', 'EDQUOT', 'disk-full'].includes(String((error as { code?: unknown }).code));
  if (isFull) return { at, code: 'no-room', detail, needed: 0, free: 0 };
  return { at, code: error instanceof NotSound ? 'not-sound' : 'failed', detail, needed: 0, free: 0 };
}
