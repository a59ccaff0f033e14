import type { App } from 'electron';

/** What one instance may ask of another. Whatever else arrives is shown the window at most. */
export type InstanceCommand = 'stop' | 'show';

/**
 * One instance per data folder. The second hands its command to the first and has to leave at once: `app.exit(0)` is
 * called here, because after `app.quit()` `whenReady` would still run and the second would grab the shortcut.
 */
export function createSingleInstance(deps: {
  app: Pick<App, 'requestSingleInstanceLock' | 'releaseSingleInstanceLock' | 'exit'> & {
    on(event: 'second-instance', listener: SecondInstance): unknown;
    off(event: 'second-instance', listener: SecondInstance): unknown;
  };
  command: InstanceCommand;
  onStop: () => void;
  onShow: () => void;
}) {
  let isFirst = false;

  // What arrives comes from any program of this user: only two words have an effect, arguments have none.
  const hear: SecondInstance = (_event, _argv, _cwd, data) => {
    if (commandOf(data) === 'stop') deps.onStop();
    else deps.onShow();
  };

  return {
    /** @returns whether this is the first instance; when false the process is on its way out and nothing may follow. */
    start(): boolean {
      if (isFirst) return true;
      isFirst = deps.app.requestSingleInstanceLock({ command: deps.command });
      if (!isFirst) {
        deps.app.exit(0);
        return false;
      }
      deps.app.on('second-instance', hear);
      return true;
    },
    stop(): void {
      if (!isFirst) return;
      isFirst = false;
      deps.app.off('second-instance', hear);
      deps.app.releaseSingleInstanceLock();
    },
  };
}

type SecondInstance = (event: unknown, argv: string[], workingDirectory: string, data: unknown) => void;

function commandOf(data: unknown): InstanceCommand {
  if (typeof data !== 'object' || data === null) return 'show';
  return (data as { command?: unknown }).command === 'stop' ? 'stop' : 'show';
}
