import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { EVERYTHING } from '../core/scope.ts';
import type { EngagedStop } from '../core/stop-types.ts';
import type { Storage } from '../core/stores.ts';
import { databasePath } from '../data-folder.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { ChildProcess } from '../publisher/handle.ts';
import { readLatch } from '../stop/latch.ts';
import { isAbsent, removeFile } from '../stop/sync-files.ts';
import { openStorage } from '../storage/open-storage.ts';
import {
  type DrillBreak,
  type DrillFailure,
  type DrillFigures,
  type DrillOutcome,
  type DrillStep,
  isKept,
} from './drill-types.ts';
import { type DeskNames, fillPractice, type PracticeDesk } from './practice-copy.ts';
import { createPracticeOnly, type PracticeOnly } from './practice-only.ts';

export type RehearsalDeps = {
  /** An empty folder of this drill's own; left to the caller to remove. */
  readonly dir: string;
  readonly clock: Clock;
  /** Starts a process that runs `publisher/main.ts`. */
  readonly spawn: () => ChildProcess;
  readonly names: DeskNames;
  readonly cap: number;
  readonly by: string;
  readonly onStep: (step: DrillStep) => void;
  /** Why to break off; null to go on. Asked all the time. */
  readonly broken: () => DrillBreak | null;
};

/** Before the press: how many must be out, and how long may pass until then. */
const POSTS_OUT = 3;
const MOST_PUBLISH_MS = 15_000;
/** How long several in flight are waited for, once posts go out. */
const MOST_FILL_MS = 2_000;
const MOST_DEAD_MS = 2_000;
const MOST_SETTLE_MS = 3_000;
/** How long is looked whether something goes out that must not. */
const WATCH_STOPPED_MS = 1_000;
const WATCH_RELEASED_MS = 2_500;
const LOOK_MS = 10;

/** Ends a drill early: thrown inside it, never out of it. */
class Ended extends Error {
  readonly outcome: DrillOutcome;
  constructor(outcome: DrillOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

const failed = (reason: DrillFailure, detail = '') => new Ended({ kind: 'failed', reason, detail });

/**
 * The whole stop, with the very code of the real one: publishes practice posts from a database of its own, engages its own stop, measures,
 * starts anew on the folder and releases. Touches nothing outside `dir`. Never rejects.
 */
export async function rehearse(deps: RehearsalDeps): Promise<DrillOutcome> {
  const { clock, dir } = deps;
  const guarded = createPracticeOnly(deps.spawn, clock);
  const undo: (() => Promise<unknown>)[] = [];
  try {
    deps.onStep('prepare');
    const opened = await openStorage({ path: databasePath(dir), now: clock.now });
    if (!opened.ok) throw failed('not-prepared', opened.error.message);
    const storage = opened.value;
    undo.push(() => storage.close());
    const filled = await fillPractice(storage, deps.names, clock.now(), deps.cap);
    if (!filled.ok) throw failed('not-prepared', filled.error.message);
    const scene: Scene = { ...deps, guarded, storage, desk: filled.value };

    const first = startEngine(scene);
    undo.push(() => endEngine(scene, first));
    deps.onStep('publish');
    await publishSome(scene, first);
    deps.onStep('stop');
    const stopped = await pressAndMeasure(scene, first);
    undo.pop();
    await endEngine(scene, first);

    deps.onStep('restart');
    const second = startEngine(scene);
    undo.push(() => endEngine(scene, second));
    const staysStopped = await isStillStopped(scene, second, stopped.stop);
    deps.onStep('release');
    const startsNothing = await releasesQuietly(scene, second);
    const figures = { ...stopped.figures, staysStopped, startsNothing };
    return { kind: 'done', figures, isPassed: isKept(figures) };
  } catch (error) {
    if (error instanceof Ended) return error.outcome;
    return { kind: 'failed', reason: 'not-prepared', detail: (error as Error).message };
  } finally {
    deps.onStep('clear');
    for (const step of undo.reverse()) await step().catch(() => {});
  }
}

type Scene = RehearsalDeps & {
  readonly guarded: PracticeOnly;
  readonly storage: Storage;
  readonly desk: PracticeDesk;
};

function startEngine({ dir, clock, guarded, cap }: Scene): Engine {
  return createEngine({
    dataDir: dir,
    clock,
    spawn: guarded.spawn,
    key: () => null,
    inFlightCap: () => cap,
    onChange: () => {},
    onMissed: () => {},
    onSettled: () => {},
  });
}

/**
 * HAZARD: closing an engine asks the system who its publisher is, which on Windows takes up to a second in which the real one has no lease.
 * So the drill's publisher is gone, and its name with it, before that is asked.
 */
async function endEngine(scene: Scene, engine: Engine): Promise<void> {
  if (engine.stop.status().state !== 'stopped') engage(engine, scene.by);
  await waited(scene, MOST_DEAD_MS, () => scene.guarded.marks()?.goneAt !== null);
  if (scene.guarded.marks()?.goneAt != null) removeFile(engine.paths.publisherPid);
  await engine.close();
}

function engage(engine: Engine, by: string): EngagedStop {
  return engine.stop.engage({ scope: EVERYTHING, control: 'button', by, reason: '', widenedFrom: '' });
}

async function publishSome(scene: Scene, engine: Engine): Promise<void> {
  const started = engine.stop.start(scene.by);
  if (!started.ok) throw failed('not-started', started.error.message);
  await engine.attach(scene.storage);
  const inFlight = () => engine.publisher.inFlight(EVERYTHING).length;
  const isOut = () => countOut(scene.dir) >= POSTS_OUT;
  await soon(scene, MOST_PUBLISH_MS, () => isOut() || engine.problem() !== '');
  if (!isOut()) throw failed('nothing-went-out', engine.problem());
  const full = Math.min(scene.cap, scene.desk.accounts);
  await soon(scene, MOST_FILL_MS, () => inFlight() >= full);
}

type Stopped = {
  readonly stop: EngagedStop;
  readonly figures: Omit<DrillFigures, 'staysStopped' | 'startsNothing'>;
};

async function pressAndMeasure(scene: Scene, engine: Engine): Promise<Stopped> {
  const { clock, guarded, dir, storage, desk, cap } = scene;
  const marks = guarded.marks();
  const posts = countOut(dir);

  const pressedAt = clock.monotonic();
  const stop = engage(engine, scene.by);
  const isRecorded =
    stop.isDurable && isAbsent(engine.paths.permit) && readLatch(engine.paths.latch).state === 'stopped';
  const durableAt = clock.monotonic();

  const settled = await engine.stop.settled(stop.id);
  await soon(scene, MOST_DEAD_MS, () => marks?.goneAt !== null);
  const inFlight = await fatesOf(scene, stop);
  const since = (at: number | null | undefined) => (at == null ? null : tenths(at - pressedAt));
  const silentAt = marks?.silentAt ?? marks?.goneAt;
  return {
    stop,
    figures: {
      shutMs: since(marks?.toldAt) ?? tenths(durableAt - pressedAt),
      durableMs: isRecorded ? tenths(durableAt - pressedAt) : null,
      silentMs: settled.isSilent ? since(silentAt) : null,
      deadMs: since(marks?.goneAt),
      brands: desk.brandIds.length,
      accounts: desk.accounts,
      posts,
      inFlight: stop.inFlight.length,
      ...inFlight,
      escaped: countOut(dir) - posts,
      cap,
    },
  };

  /** What is not settled by then may be out: it counts as unconfirmed. */
  async function fatesOf(all: Scene, of: EngagedStop) {
    const read = () => storage.posts.readMany(of.inFlight);
    const until = clock.monotonic() + MOST_SETTLE_MS;
    let found = await read();
    while (found.some(({ state }) => state === 'publishing') && clock.monotonic() < until) {
      await pause(all, LOOK_MS);
      found = await read();
    }
    const count = (...states: string[]) => found.filter(({ state }) => states.includes(state)).length;
    const published = count('published');
    const unconfirmed = count('unconfirmed', 'publishing');
    return { published, unconfirmed, notSent: found.length - published - unconfirmed };
  }
}

async function isStillStopped(scene: Scene, engine: Engine, stop: EngagedStop): Promise<boolean> {
  const before = countOut(scene.dir);
  await engine.attach(scene.storage);
  const isBroken = await soon(scene, WATCH_STOPPED_MS, () => countOut(scene.dir) !== before);
  const { state, stops } = engine.stop.status();
  return !isBroken && state === 'stopped' && stops.some(({ id }) => id === stop.id);
}

/** In the countdown posts fall due all the time, and nothing may go out. */
async function releasesQuietly(scene: Scene, engine: Engine): Promise<boolean> {
  const { brandIds } = scene.desk;
  const before = countOut(scene.dir);
  const { pressCount } = engine.stop.status();
  const by = scene.by || '?';
  const released = engine.stop.release({
    brandIds,
    stopIds: [],
    allBrands: brandIds.map((brandId) => ({ brandId, market: '' })),
    by,
    pressCount,
  });
  if (!released.ok) throw failed('not-released', released.error.message);
  const hasBurst = await soon(scene, WATCH_RELEASED_MS, () => countOut(scene.dir) !== before);
  return !hasBurst && engine.stop.status().state === 'publishing';
}

/** Whether it became so in time. Ends the drill when it is broken off, or when something would have left the practice network. */
async function soon(scene: Scene, mostMs: number, isSo: () => boolean): Promise<boolean> {
  return await waited(scene, mostMs, () => {
    const reason = scene.broken();
    if (reason !== null) throw new Ended({ kind: 'canceled', reason });
    if (scene.guarded.isBreached()) throw failed('beyond-practice');
    return isSo();
  });
}

async function waited(scene: Scene, mostMs: number, isSo: () => boolean): Promise<boolean> {
  const until = scene.clock.monotonic() + mostMs;
  while (!isSo()) {
    if (scene.clock.monotonic() >= until) return false;
    await pause(scene, LOOK_MS);
  }
  return true;
}

const pause = ({ clock }: Scene, ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

/** Files in the drill's outbox: one for each part that went out. */
function countOut(dir: string): number {
  const outbox = join(dir, 'outbox');
  const inside = (folder: string): number =>
    readdirSync(folder, { withFileTypes: true }).reduce(
      (sum, entry) =>
        sum + (entry.isDirectory() ? inside(join(folder, entry.name)) : entry.name.endsWith('.json') ? 1 : 0),
      0,
    );
  try {
    return inside(outbox);
  } catch {
    return 0;
  }
}

const tenths = (ms: number) => Math.round(ms * 10) / 10;
