import type { StopDisk } from '../../src-main/core/stop-ports.ts';
import type { PostStore } from '../../src-main/core/stores.ts';
import { createSimStore } from './post-store.ts';
import { createSimDisk } from './stop-disk.ts';
import type { Process } from './timeline.ts';
import type { World } from './world-parts.ts';

/** The disk for one process: what has ended reads nothing and changes nothing. */
export function guardDisk(world: World, process: Process): StopDisk {
  const plain = createSimDisk(world.files);
  const disk = world.defect.disk?.(plain, world) ?? plain;
  const none = <T>(act: () => T, otherwise: T): T => (process.isAlive ? act() : otherwise);
  return {
    read: disk.read,
    removePermit: (unlinked) => none(() => disk.removePermit(unlinked), false),
    reservedEpoch: () => disk.reservedEpoch(),
    latchStop: (...given) => none(() => disk.latchStop(...given), false),
    arm: (...given) => none(() => disk.arm(...given), false),
    writeNarrow: (...given) => none(() => disk.writeNarrow(...given), false),
    syncNarrow: (...given) => none(() => disk.syncNarrow(...given), false),
    removeNarrow: (stops) =>
      none(
        () => disk.removeNarrow(stops),
        stops.map(() => false),
      ),
  };
}

/** The queue for one process, with the defect of this world if it has one. */
export function guardStore(world: World, process: Process): PostStore {
  const plain = createSimStore(world, process);
  return world.defect.queue?.(plain, world) ?? plain;
}
