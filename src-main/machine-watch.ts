import type { Clock } from './core/clock.ts';
import {
  createClockWatch,
  judgeStart,
  type LastRun,
  type MachineTrouble,
  stillUntold,
  type Untold,
} from './core/machine.ts';
import { EVERYTHING } from './core/scope.ts';
import type { Control } from './core/stop-types.ts';
import type { Engine } from './engine.ts';
import { keepLastRun, readLastRun, writeLastRun } from './last-run.ts';

/** What happened and what to do. The window says it in its own language. */
const WHY: Readonly<Record<MachineTrouble, string>> = {
  'clock-jumped':
    'The clock of this computer was set by more than two minutes: posts could go out at a wrong time. Check date and time, then release.',
  'clock-behind':
    'The clock of this computer is behind what it was before: posts could go out at a wrong time. Check date and time, then release.',
  'unclean-ends':
    'All Stop ended twice within ten minutes without being quit. Look at what is unconfirmed, then release.',
  'stop-changed': 'The stop itself was changed by an update. Prove its controls, then release.',
};

/**
 * Protects publishing from the machine: holds after a jump of the clock, two unclean ends close to each other and a change of the stop.
 * Copied folders, other machines and databases that were put back are found by the permit, the mark of the start and the journal.
 */
export function createMachineWatch(deps: {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Milliseconds that passed, sleep included. */
  readonly elapsed: () => number;
  readonly kernel: number;
  readonly engine: Pick<Engine, 'stop' | 'record'>;
  /** The mark could not be written. */
  readonly onFailed: (error: unknown) => void;
}) {
  const { dataDir, clock, engine } = deps;
  let run: LastRun | null = null;
  let keeping: Promise<void> = Promise.resolve();

  let untold: readonly Untold[] = [];
  let endListening = () => {};

  function hold(found: Untold, control: Control): void {
    // What is off stays off and says why it was stopped first: this holds the release, also one of a later run.
    if (engine.stop.status().state === 'publishing' && untold.length === 0) {
      engage(found.trouble, control);
      return;
    }
    untold = [...untold, found];
    const { trouble, shiftMs } = found;
    engine.record({ event: 'machine.trouble', control, details: { trouble, shiftMs } });
    if (run !== null) write({ ...run, untold });
  }

  function holdRelease(): void {
    if (untold.length === 0 || engine.stop.status().state !== 'publishing') return;
    const still = stillUntold(untold);
    untold = [];
    if (run !== null) write({ ...run, untold });
    for (const { trouble } of still) engage(trouble, 'trip');
  }

  function engage(trouble: MachineTrouble, control: Control): void {
    engine.stop.engage({ scope: EVERYTHING, control, by: '', reason: WHY[trouble], widenedFrom: '' });
  }

  function write(next: LastRun): void {
    run = next;
    try {
      writeLastRun(dataDir, next);
    } catch (error) {
      deps.onFailed(error);
    }
  }

  const watch = createClockWatch({
    clock,
    elapsed: deps.elapsed,
    onJump: (trouble, shiftMs) => hold({ trouble, shiftMs }, 'trip'),
    onBeat(aliveAt) {
      if (run === null) return;
      const next = { ...run, aliveAt };
      run = next;
      keeping = keeping.then(() => keepLastRun(dataDir, next)).catch(deps.onFailed);
    },
  });

  return {
    /** Call before the queue is taken up: a start that is held sends nothing. */
    start(): void {
      const { troubles, run: next } = judgeStart(readLastRun(dataDir), clock.now(), deps.kernel);
      for (const trouble of troubles) hold(trouble, 'start');
      write({ ...next, untold });
      watch.start();
      endListening = engine.stop.onChange(() => {
        // Looked at before the release counts: the clock may have been put right, or wrong, in these seconds.
        if (untold.length > 0) watch.look();
        holdRelease();
      });
    },
    /** The machine woke: looks at the clock before anything goes out. */
    awake: watch.look,
    /** A clean end: the next start finds nothing. */
    async stop(): Promise<void> {
      if (run === null) return;
      watch.stop();
      endListening();
      await keeping;
      write({ ...run, isRunning: false, aliveAt: watch.highest() });
    },
  };
}
