import { count } from './counts.ts';
import type { DatabaseMood } from './database.ts';
import type { NetworkMood } from './network.ts';
import type { Random } from './random.ts';
import type { DiskMood } from './stop-files.ts';
import type { World } from './world-parts.ts';

const MINUTE = 60_000;

/** kill -9 of the app. */
export function killMain(world: World): void {
  const { main } = world.machine;
  if (!main?.process.isAlive) return;
  count(world.counts, 'kill -9 of main');
  world.trouble(5 * MINUTE);
  world.machine.kill(main.process);
}

export function killPublisher(world: World): void {
  const publisher = [...world.machine.publishers].at(-1);
  if (!publisher) return;
  count(world.counts, 'kill -9 of the publisher');
  world.trouble(5 * MINUTE);
  publisher.kill();
}

/** The machine goes dark in one instant: what was not synced may be gone. */
export function losePower(world: World): void {
  const { machine, files, journal, counts } = world;
  count(counts, 'power loss');
  world.trouble(5 * MINUTE);
  files.losePower();
  journal.losePower();
  for (const process of machine.others) process.isAlive = false;
  machine.others.clear();
  for (const publisher of machine.publishers) publisher.process.isAlive = false;
  machine.publishers.clear();
  if (machine.main?.process.isAlive) machine.kill(machine.main.process);
}

export function hangMain(world: World, ms: number): void {
  const { main } = world.machine;
  if (!main?.process.isAlive) return;
  count(world.counts, 'main hung');
  world.trouble(ms + 2 * MINUTE);
  world.interrupted(ms);
  world.machine.hang(main.process, ms);
}

export function hangPublisher(world: World, ms: number): void {
  const publisher = [...world.machine.publishers].at(-1);
  if (!publisher) return;
  count(world.counts, 'publisher hung');
  world.trouble(ms + 2 * MINUTE);
  world.machine.hang(publisher.process, ms);
}

/** For so long no process can be ended. */
export function waitForDevice(world: World, ms: number): void {
  world.machine.immortalUntil = world.timeline.now() + ms;
  count(world.counts, 'processes that cannot be killed');
}

/** The lid is closed. The system may tell the app before and after, or neither. */
export function sleep(world: World, random: Random, ms: number): void {
  const { timeline, machine, outside } = world;
  if (timeline.isAsleep() || machine.isFallingAsleep) return;
  machine.isFallingAsleep = true;
  count(world.counts, 'sleep of the machine');
  world.trouble(ms + 2 * MINUTE);
  const isTold = random.chance(0.7);
  const { main } = machine;
  if (isTold && main?.process.isAlive) main.handle.suspend();
  timeline.outside(outside, isTold ? random.span(1, 500) : 0, 'falls asleep', () => {
    machine.isFallingAsleep = false;
    timeline.sleep(ms);
    machine.sleep(ms);
    world.interrupted(ms);
    timeline.outside(outside, ms, 'wakes', () => {
      machine.wake();
      world.clockSet();
      if (main?.process.isAlive && (isTold || ms > 10_000))
        timeline.after(main.process, random.int(1, 2_000), 'main notices the wake', () => main.awake());
    });
  });
}

export function setClock(world: World, random: Random, by: number): void {
  const { timeline, machine, truth } = world;
  count(world.counts, by > 0 ? 'clock set forward' : 'clock set back');
  world.trouble(5 * MINUTE);
  truth.aroundClockSet(() => timeline.setWall(by));
  world.clockSet();
  const { main } = machine;
  if (main?.process.isAlive && Math.abs(by) > 10_000)
    timeline.after(main.process, random.int(1, 2_000), 'main notices the clock', () => main.awake());
}

export function setNetwork(world: World, network: string, mood: NetworkMood, ms: number): void {
  count(world.counts, `network ${mood}`);
  world.trouble(ms + 2 * MINUTE);
  world.network.moods.set(network, mood);
  world.timeline.outside(world.outside, ms, `network ${network} is fine`, () =>
    world.network.moods.set(network, 'fine'),
  );
}

export function setDisk(world: World, mood: DiskMood, ms: number): void {
  count(world.counts, `disk ${mood}`);
  world.trouble(ms + 2 * MINUTE);
  world.files.mood = mood;
  world.hadDiskTrouble = true;
  world.machine.main?.noticeFiles();
  world.timeline.outside(world.outside, ms, 'disk is fine', () => {
    world.files.mood = 'fine';
  });
}

export function setDatabase(world: World, mood: DatabaseMood, ms: number): void {
  count(world.counts, `database ${mood}`);
  world.trouble(ms + 2 * MINUTE);
  world.database.mood = mood;
  world.timeline.outside(world.outside, ms, 'database is fine', () => {
    world.database.mood = 'fine';
  });
}
