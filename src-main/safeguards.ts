import { uptime } from 'node:os';
import { likelyControlPlaces, readSurroundings } from './cli/control-place.ts';
import { isControlAnswering } from './cli/control-socket.ts';
import type { Clock } from './core/clock.ts';
import { EVERYTHING } from './core/scope.ts';
import { createControls } from './desktop/controls.ts';
import { createPagePulse } from './desktop/page-pulse.ts';
import type { Shell } from './desktop/shell.ts';
import type { Engine } from './engine.ts';
import type { Notify } from './ipc/notify.ts';
import { createMachineWatch } from './machine-watch.ts';
import { checkStopFiles } from './stop/check-file.ts';
import { STOP_KERNEL } from './stop/kernel.ts';

/** What watches over the stop itself: its controls, and the machine it runs on. */
export function createSafeguards(deps: {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly shell: Shell;
  readonly notify: Notify;
}) {
  const { dataDir, clock, engine, shell, notify } = deps;
  const machine = createMachineWatch({
    dataDir,
    clock,
    // Goes on while the machine sleeps.
    elapsed: () => uptime() * 1_000,
    kernel: STOP_KERNEL,
    engine,
    onFailed: shell.reportTrouble,
  });
  const pulse = createPagePulse({ contents: shell.window.contents, notify });
  let saidOfProof = '';

  /** A proof that ended is said once, when it ends. */
  function remindOfProof(): void {
    const { unproven } = shell.shortcut.status();
    if (unproven === saidOfProof) return;
    saidOfProof = unproven;
    if (unproven === '' || unproven === 'never') return;
    engine.record({ event: 'control.unproven', control: 'shortcut', details: { because: unproven } });
    shell.notifications.proofEnded(unproven);
  }

  const controls = createControls({
    clock,
    checks: {
      shortcut: () => {
        const { isRegistered, provenAt } = shell.shortcut.status();
        if (!isRegistered) return 'taken';
        // There registration says nothing at all.
        return process.env.XDG_SESSION_TYPE === 'wayland' && provenAt === null ? 'unproven' : '';
      },
      tray: async () => {
        await shell.tray.check();
        return shell.tray.isShown() ? '' : 'no-host';
      },
      button: pulse.check,
      async 'command-line'() {
        for (const place of likelyControlPlaces(dataDir, readSurroundings(process.env)))
          if (await isControlAnswering(place)) return '';
        return 'no-answer';
      },
      file: () => checkStopFiles(dataDir, engine.paths),
    },
    isPublishing: () => engine.stop.status().state === 'publishing',
    stop: (reason) =>
      void engine.stop.engage({ scope: EVERYTHING, control: 'trip', by: '', reason, widenedFrom: '' }),
    record: engine.record,
    onLost(control) {
      // The tray and the key tell of themselves as soon as they know.
      if (control !== 'tray' && control !== 'shortcut') shell.notifications.controlGone(control);
    },
    onChange() {
      remindOfProof();
      notify('controls.changed', {});
    },
  });

  shell.watchWith({
    layout: pulse.layout,
    onProven: () => engine.record({ event: 'control.proven', control: 'shortcut' }),
    onWake: () => {
      machine.awake();
      controls.awake();
    },
  });

  return {
    /** Before the queue is taken up. */
    start(): void {
      machine.start();
      controls.start();
    },
    /** First of all when the app quits: a drill may take longer than quitting is given, and its end would count as unclean. */
    async stop(): Promise<void> {
      controls.stop();
      await machine.stop();
    },
    list: controls.list,
    answered: pulse.answered,
  };
}

export type Safeguards = ReturnType<typeof createSafeguards>;
