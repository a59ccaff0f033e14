import { utilityProcess } from 'electron';
import type { ChildProcess } from '../publisher/handle.ts';
import type { FromPublisher } from '../publisher/protocol.ts';

/** Starts the publisher as a utility process of Electron. `entry` is the bundled `publisher/main.ts`. */
export function spawnUtilityPublisher(entry: string): ChildProcess {
  const child = utilityProcess.fork(entry, [], { serviceName: 'All Stop publisher', stdio: 'ignore' });
  let hasEnded = false;
  return {
    pid: () => child.pid,
    post: (message) => {
      if (!hasEnded) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', (message: FromPublisher) => listener(message)),
    onExit: (listener) =>
      void child.once('exit', () => {
        hasEnded = true;
        listener();
      }),
    kill: () => {
      // Electron's own `kill` asks politely; a publisher that does not answer must be gone all the same.
      try {
        if (child.pid !== undefined && !hasEnded) process.kill(child.pid, 'SIGKILL');
        else child.kill();
      } catch {
        // Already gone: its exit is told by `onExit`.
      }
    },
  };
}
