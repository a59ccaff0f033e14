import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createSystemClock } from '../../../src-main/desktop/system-clock.ts';
import { createEngine } from '../../../src-main/engine.ts';
import { spawnNodePublisher } from '../../../src-main/publisher/node-child.ts';
import { openStorage } from '../../../src-main/storage/open-storage.ts';
import { NO_TRIPS } from '../../support/no-trips.ts';

/*
 * The engine, started as the app starts it, without a window. Says 'ready' when it takes up the queue, then a line with what it
 * weighs, and ends. Bundled by the bench as the app is, and also run as it is.
 */
const [, , dataDir = '', path = '', publisherEntry = '', isStarting = ''] = process.argv;

void (async () => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const engine = createEngine({
    dataDir,
    clock: createSystemClock(),
    spawn: () => spawnNodePublisher(publisherEntry),
    key: () => null,
    inFlightCap: () => 4,
    onChange: () => {},
    onMissed: () => {},
    onSettled: () => {},
    tripLimits: NO_TRIPS,
  });
  if (isStarting === 'start' && engine.stop.status().state === 'not-started') engine.stop.start('bench');
  const opened = await openStorage({ path, now: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  await engine.attach(opened.value);
  process.stdout.write('ready\n');
  await new Promise((resolve) => setTimeout(resolve, 300));
  delay.disable();
  const longestBlock = delay.max / 1e6;
  await opened.value.posts.summaries();
  await opened.value.posts.page({}, 'soonest', 0, 100);
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { rss, heapUsed } = process.memoryUsage();
  process.stdout.write(
    `${JSON.stringify({ longestBlock, rss, heapUsed, state: engine.stop.status().state })}\n`,
  );
  await engine.close();
  await opened.value.close();
  process.exit(0);
})();
