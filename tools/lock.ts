import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { hasCode, pause } from './project.ts';

/**
 * Runs `work` while no other process of this machine runs work under the same name. The lock is an abstract socket, which
 * Linux frees when its owner dies in whatever way, so none is ever left behind. Elsewhere the work runs unlocked.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return work();
  const release = await take(name);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function take(name: string): Promise<() => Promise<void>> {
  const digest = createHash('sha256').update(`${process.getuid?.()}:${name}`).digest('hex').slice(0, 40);
  for (;;) {
    const server = createServer((socket) => socket.destroy());
    const taken = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (fault) => (hasCode(fault, 'EADDRINUSE') ? resolve(false) : reject(fault)));
      server.listen(`\0all-stop-${digest}`, () => resolve(true));
    });
    if (taken) return () => new Promise((resolve) => server.close(() => resolve()));
    await pause(250);
  }
}
