import { readdirSync, readFileSync, readSync, writevSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import type { QueueOperation } from './queue-operations.ts';
import { prepareStop, type Said, STOP_OPERATIONS, type StopOperation } from './stop-operations.ts';

/*
 * A process of plain Node with the real code of the app, led by lines on its input: it makes a folder ready, says so and waits. From
 * then on somebody may watch its calls, or make them fail. Told to go on it does the one thing that is tried, and says what came of it.
 * What it says leaves by `writev` and what it hears comes by `read`, which are never made to fail.
 */

export type Order = { readonly operation: StopOperation | QueueOperation; readonly dataDir: string };

export type FromDriver =
  /** The threads on which the operation's files are touched. */
  | { readonly ready: true; readonly threads: readonly number[] }
  | { readonly done: true; readonly said: Said | null }
  /** A post left for the network, this very moment. */
  | { readonly sent: number; readonly key: string };

function say(message: FromDriver): void {
  // A process that will be killed writes no cache at its end, and the next one would have to compile everything again.
  if ('ready' in message) flushCompileCache();
  writevSync(1, [Buffer.from(`${JSON.stringify(message)}\n`)]);
}

function hear(): string {
  const byte = Buffer.alloc(1);
  let line = '';
  for (;;) {
    if (readSync(0, byte, 0, 1, null) === 0) process.exit(0);
    if (byte[0] === 0x0a) return line;
    line += byte.toString('latin1');
  }
}

function threads(): number[] {
  const ids = readdirSync('/proc/self/task').map(Number);
  const workers = ids.filter((id) =>
    readFileSync(`/proc/self/task/${id}/comm`, 'utf8').startsWith('libuv-worker'),
  );
  return [process.pid, ...workers];
}

async function serve(): Promise<never> {
  for (;;) {
    const { operation, dataDir } = JSON.parse(hear()) as Order;
    if (operation in STOP_OPERATIONS) {
      const act = prepareStop(operation as StopOperation, dataDir);
      say({ ready: true, threads: [process.pid] });
      hear();
      say({ done: true, said: act() });
    } else {
      // Only here: the database takes longer to load than most of what is tried takes to do.
      const { prepareQueue } = await import('./queue-operations.ts');
      const act = await prepareQueue(operation as QueueOperation, dataDir, (sent, key) => say({ sent, key }));
      say({ ready: true, threads: threads() });
      hear();
      await act();
      say({ done: true, said: null });
    }
    // The tracer leaves before anything else is done.
    hear();
  }
}

await serve();
