import type { Log } from './log.ts';

/**
 * Whatever nobody caught is written to the log, and nothing else happens: no question is shown and nothing ends. Electron's own answer is
 * a box that holds up the whole main process until somebody clicks it: nothing would be published, and the stop's key and tray would be
 * dead while it stands. Call it before anything starts.
 */
export function logAccidents(host: Pick<NodeJS.Process, 'on'>, log: Pick<Log, 'error'>): void {
  const write = (kind: string, error: unknown) => {
    // Nobody reads the output any more. Writing of it may fail the same way, for ever.
    if (isLostOutput(error)) return;
    try {
      log.error('accident', error, { kind });
    } catch {
      // A throw in here would end the process.
    }
  };
  host.on('uncaughtException', (error) => write('exception', error));
  host.on('unhandledRejection', (reason) => write('rejection', reason));
}

function isLostOutput(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { syscall, code } = error as NodeJS.ErrnoException;
  return syscall === 'write' && (code === 'EPIPE' || code === 'EIO');
}
