import { fork } from 'node:child_process';
import type { ChildProcess } from './handle.ts';
import type { FromPublisher } from './protocol.ts';

/** Starts the publisher as a child of plain Node: for the benches and for tests of the real processes. */
export function spawnNodePublisher(entry: string): ChildProcess {
  const child = fork(entry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' });
  let hasEnded = false;
  const listeners: (() => void)[] = [];
  const end = () => {
    if (hasEnded) return;
    hasEnded = true;
    for (const listener of listeners) listener();
  };
  child.on('exit', end);
  child.on('error', end);
  return {
    pid: () => child.pid,
    post(message) {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromPublisher)),
    onExit: (listener) => void listeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
