import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Instant } from '../core/clock.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Engine } from '../engine.ts';
import type { ChildProcess } from '../publisher/handle.ts';
import type { Drill, DrillBreak, DrillOutcome, DrillStep } from './drill-types.ts';
import { drillEvent, dueAtOf, hasFailed, type PastDrills, readPastDrills } from './past-drills.ts';
import { type DeskNames, INVENTED } from './practice-copy.ts';
import { rehearse } from './rehearse.ts';

export type DrillDeps = {
  readonly dataDir: string;
  readonly clock: Clock;
  /** The real one: its journal gets one line, its stop is only listened to. */
  readonly engine: Pick<Engine, 'record' | 'stop' | 'paths'>;
  /** Starts a process that runs `publisher/main.ts`. */
  readonly spawn: () => ChildProcess;
  /** What brands and accounts are called; null while the database is closed. Nothing else of the desk is read. */
  readonly names: () => Promise<DeskNames | null>;
  readonly inFlightCap: () => number;
  readonly onProgress: (step: DrillStep) => void;
  /** A drill began or ended. */
  readonly onChange: () => void;
};

export type DrillStatus = {
  /** Newest first. */
  readonly drills: readonly Drill[];
  readonly running: { readonly step: DrillStep; readonly by: string } | null;
  /** Null while nothing was ever published. */
  readonly dueAt: Instant | null;
  readonly isDue: boolean;
  /** The last one did not pass. */
  readonly hasFailed: boolean;
};

export type DrillPart = ReturnType<typeof createDrill>;

/** One folder for all of them, in the data folder: the disk that is measured is the one that counts. */
const DRILLS = 'drills';

/** Drills: runs one at a time in a folder of its own, keeps what came of it in the journal, and knows when the next is due. */
export function createDrill(deps: DrillDeps) {
  const { clock, engine } = deps;
  const folder = join(deps.dataDir, DRILLS);
  let running: { step: DrillStep; by: string } | null = null;
  let breaks: DrillBreak | null = null;
  let ended: Promise<unknown> = Promise.resolve();
  let past: Promise<PastDrills> | null = null;

  /** What a crash left. Publishers of that drill end by themselves when their main is gone. */
  const leftovers = rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});

  async function run(by: string): Promise<DrillOutcome> {
    await leftovers;
    const { pressCount } = engine.stop.status();
    const endListening = engine.stop.onChange(() => {
      if (engine.stop.status().pressCount !== pressCount) breaks ??= 'real-stop';
    });
    let dir = '';
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      dir = await mkdtemp(join(folder, 'drill-'));
      const names = await deps.names().catch(() => null);
      return await rehearse({
        dir,
        clock,
        spawn: deps.spawn,
        names: names ?? INVENTED,
        cap: deps.inFlightCap(),
        by,
        onStep(step) {
          running = { step, by };
          deps.onProgress(step);
        },
        broken: () => breaks,
      });
    } catch (error) {
      return { kind: 'failed', reason: 'not-prepared', detail: (error as Error).message };
    } finally {
      endListening();
      // What cannot be removed now is at the next start.
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
    }
  }

  async function carryOut(by: string): Promise<Drill> {
    const before = await readBefore();
    const outcome = await run(by);
    const drill = { at: clock.now(), by, outcome };
    engine.record(drillEvent(by, outcome));
    past = Promise.resolve({ ...before, drills: [...before.drills, drill] });
    running = null;
    deps.onChange();
    return drill;
  }

  return {
    /** Answers when it is over, after some ten to thirty seconds. Refuses 'drill-running'. */
    async run(by: string): Promise<Result<Drill>> {
      if (running) return refuse('drill-running', 'A drill is running already.');
      running = { step: 'prepare', by };
      breaks = null;
      deps.onChange();
      const work = carryOut(by);
      ended = work;
      return ok(await work);
    },

    /** Breaks off the drill that runs. @returns whether one did. */
    cancel(): boolean {
      if (!running) return false;
      breaks ??= 'by-person';
      return true;
    },

    async status(): Promise<DrillStatus> {
      const found = await readBefore();
      const dueAt = dueAtOf(found);
      return {
        drills: [...found.drills].reverse(),
        running,
        dueAt,
        isDue: dueAt !== null && dueAt <= clock.now(),
        hasFailed: hasFailed(found),
      };
    },

    /** Before the real engine is closed: its journal still takes the line. */
    async close(): Promise<void> {
      breaks ??= 'closing';
      await ended;
    },
  };

  /** Read once: later ones are added as they end. Publishing may be started for the first time meanwhile. */
  async function readBefore(): Promise<PastDrills> {
    past ??= readPastDrills(engine.paths.journal);
    const found = await past;
    if (found.startedAt === null && engine.stop.status().state !== 'not-started') past = null;
    return found;
  }
}
