import type { PowerMonitor, PowerSaveBlocker } from 'electron';
import type { CancelWake, Clock, Instant } from '../core/clock.ts';

const TICK_MS = 2_000;
const GAP_MS = 10_000;
/** The machine is kept awake while a post was due this recently. */
const JUST_MS = 15 * 60_000;

/**
 * Sleep, wake and shutdown. The system's own events come twice or not at all, so each is told once, and a tick that comes
 * more than 10 s off (by either clock, in either direction) counts as a wake without any event.
 */
export function createPower(deps: {
  powerMonitor: Pick<PowerMonitor, 'on' | 'off'>;
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  clock: Clock;
  /** How soon a post must be due for the machine to be kept awake, in milliseconds; 0 is never. */
  awakeMs: () => number;
  onSleep: () => void;
  /** `gapMs`: how far the wall clock moved beyond what was expected; 0 when only the system's event told. */
  onWake: (gapMs: number) => void;
  /** The system goes down: be quick, nothing holds it up. */
  onShutdown: () => void;
}) {
  let isRunning = false;
  let isAsleep = false;
  let isGoingDown = false;
  let cancelTick: CancelWake = () => {};
  let blocker: number | null = null;
  let dueAt: Instant | null = null;
  let last = { wall: 0, monotonic: 0 };

  const look = () => {
    last = { wall: deps.clock.now(), monotonic: deps.clock.monotonic() };
  };

  const suspend = () => {
    if (isAsleep) return;
    isAsleep = true;
    deps.onSleep();
  };

  const wake = (gapMs: number) => {
    isAsleep = false;
    look();
    deps.onWake(gapMs);
  };

  const resume = () => {
    const gapMs = deps.clock.now() - last.wall - (deps.clock.monotonic() - last.monotonic);
    if (isAsleep) wake(Math.max(0, Math.round(gapMs)));
  };

  const shutdown = () => {
    if (isGoingDown) return;
    isGoingDown = true;
    deps.onShutdown();
  };

  const tick = () => {
    const wallMs = deps.clock.now() - last.wall - TICK_MS;
    const monotonicMs = deps.clock.monotonic() - last.monotonic - TICK_MS;
    look();
    if (Math.abs(wallMs) > GAP_MS || monotonicMs > GAP_MS) wake(Math.round(wallMs));
    keepAwakeForDue();
    if (isRunning) keepTicking();
  };

  const keepAwakeForDue = () => {
    const inMs = dueAt === null ? Number.POSITIVE_INFINITY : dueAt - deps.clock.now();
    const awakeMs = deps.awakeMs();
    const isSoon = awakeMs > 0 && inMs < awakeMs && inMs > -JUST_MS;
    if (isSoon && blocker === null) blocker = deps.powerSaveBlocker.start('prevent-app-suspension');
    else if (!isSoon && blocker !== null) {
      deps.powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };

  const keepTicking = () => {
    cancelTick = deps.clock.after(TICK_MS, tick);
  };

  return {
    /** Call after `ready`. */
    start(): void {
      if (isRunning) return;
      isRunning = true;
      deps.powerMonitor.on('suspend', suspend);
      deps.powerMonitor.on('resume', resume);
      deps.powerMonitor.on('shutdown', shutdown);
      look();
      keepTicking();
    },
    stop(): void {
      if (!isRunning) return;
      isRunning = false;
      cancelTick();
      deps.powerMonitor.off('suspend', suspend);
      deps.powerMonitor.off('resume', resume);
      deps.powerMonitor.off('shutdown', shutdown);
      dueAt = null;
      keepAwakeForDue();
    },
    /**
     * When the next post goes out; null when none may. Before it, the machine is kept from idling to sleep. A closed lid sleeps all the
     * same.
     */
    expect(at: Instant | null): void {
      dueAt = at;
      keepAwakeForDue();
    },
  };
}
