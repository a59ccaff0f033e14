import { join } from 'node:path';
import { createSystemClock } from '../../../src-main/desktop/system-clock.ts';
import { createEngine } from '../../../src-main/engine.ts';
import { spawnNodePublisher } from '../../../src-main/publisher/node-child.ts';
import { NO_TRIPS } from '../../support/no-trips.ts';
import { openOrThrow } from '../fill.ts';
import { PUBLISHER } from '../rig.ts';

/** What the bench says to the engine's process, and what it answers. */
export type ToEngine = 'press-and-die' | 'counts' | 'close';
export type FromEngine =
  | { readonly kind: 'ready'; readonly state: string }
  | { readonly kind: 'counts'; readonly counts: Readonly<Record<string, number>>; readonly state: string };

/*
 * The whole engine with its real publisher, to be killed. 'press-and-die' engages the stop and kills this process in the very next
 * statement, so that nothing but what the press itself made durable is left.
 */
const [, , dataDir = '', key = '', cap = '4'] = process.argv;

const say = (message: FromEngine) => void process.send?.(message);

const engine = createEngine({
  dataDir,
  clock: createSystemClock(),
  spawn: () => spawnNodePublisher(PUBLISHER),
  key: () => key,
  inFlightCap: () => Number(cap),
  onChange: () => {},
  onMissed: () => {},
  onSettled: () => {},
  tripLimits: NO_TRIPS,
});
if (engine.stop.status().state === 'not-started') engine.stop.start('bench');
const storage = await openOrThrow(join(dataDir, 'queue.sqlite'));
await engine.attach(storage);
process.on('message', (message: ToEngine) => void hear(message));
say({ kind: 'ready', state: engine.stop.status().state });

async function hear(message: ToEngine): Promise<void> {
  switch (message) {
    case 'press-and-die':
      engine.stop.engage({
        scope: { kind: 'everything' },
        control: 'shortcut',
        by: '',
        reason: '',
        widenedFrom: '',
      });
      process.kill(process.pid, 'SIGKILL');
      return;
    case 'counts':
      say({ kind: 'counts', counts: await storage.posts.counts(), state: engine.stop.status().state });
      return;
    case 'close':
      await engine.close();
      await storage.close();
      process.exit(0);
  }
}
