import type { StopGate, StopParts } from '../../src-main/core/stop-ports.ts';
import type { ReleaseOrder } from '../../src-main/core/stop-types.ts';
import { isSaid, onEachPress } from './defect.ts';
import type { SeededDefect } from './defects.ts';
import { placesOf } from './desk.ts';
import { isDone } from './stop-disk.ts';
import type { World } from './world-parts.ts';

const MINUTE = 60_000;

const withRelease = (
  change: (order: ReleaseOrder, stop: StopParts, world: World) => ReleaseOrder,
): SeededDefect['defect'] => ({
  stop: (stop, world) => ({ ...stop, release: (order) => stop.release(change(order, stop, world)) }),
});

const withGate = (
  change: (gate: StopGate, stop: StopParts, world: World) => Partial<StopGate>,
): SeededDefect['defect'] => ({
  gate: (gate, stop, world) => ({ ...gate, ...change(gate, stop, world) }),
});

function releaseAll(stop: StopParts, world: World): void {
  const allBrands = placesOf(world.desk);
  const brandIds = allBrands.map(({ brandId }) => brandId);
  const { pressCount } = stop.status();
  stop.release({ brandIds, stopIds: [], allBrands, by: 'nobody', pressCount });
}

/** Mistakes in coming back, and in what happens to the posts that fell due meanwhile. */
export const RELEASE_DEFECTS: readonly SeededDefect[] = [
  {
    name: 'a press since the release was considered is overlooked',
    promise: 'S-37',
    defect: withRelease((order, stop) => ({ ...order, pressCount: stop.status().pressCount })),
  },
  {
    name: 'a release needs no name',
    promise: 'S-11',
    defect: withRelease((order) => ({ ...order, by: order.by.trim() || 'nobody' })),
  },
  {
    name: 'a release that names nobody releases all',
    promise: 'S-12',
    defect: withRelease((order) =>
      order.brandIds.length > 0
        ? order
        : { ...order, brandIds: order.allBrands.map(({ brandId }) => brandId) },
    ),
  },
  {
    name: 'a release of some brings back all',
    promise: 'S-12',
    defect: withRelease((order) => ({ ...order, brandIds: order.allBrands.map(({ brandId }) => brandId) })),
  },
  {
    name: 'those that stay stopped are forgotten by a release of the others',
    promise: 'S-12',
    defect: withRelease((order) => ({
      ...order,
      allBrands: order.allBrands.filter(({ brandId }) => order.brandIds.includes(brandId)),
    })),
  },
  {
    name: 'a stop ends by itself after twenty minutes',
    promise: 'S-09',
    defect: {
      stop: (stop, world) => ({
        ...stop,
        ...onEachPress((order) => {
          const engaged = stop.engage(order);
          const { main } = world.machine;
          if (main)
            world.timeline.after(main.process, 20 * MINUTE, 'auto-resume', () => releaseAll(stop, world));
          return engaged;
        }),
      }),
    },
  },
  {
    name: 'the shortcut pressed again releases',
    promise: 'S-11',
    defect: {
      stop: (stop, world) => ({
        ...stop,
        ...onEachPress((order) => {
          const isStopped = stop.status().state === 'stopped';
          const engaged = stop.engage(order);
          if (isStopped && order.control === 'shortcut') releaseAll(stop, world);
          return engaged;
        }),
      }),
    },
  },
  {
    name: 'start releases what is stopped',
    promise: 'S-11',
    defect: {
      stop: (stop, world) => ({
        ...stop,
        start(by) {
          if (stop.status().state === 'stopped') releaseAll(stop, world);
          const started = stop.start(by);
          return started.ok || stop.status().state !== 'publishing'
            ? started
            : { ok: true, value: stop.status() };
        },
      }),
    },
  },
  {
    name: 'a reason added to a stop ends it',
    promise: 'S-09',
    defect: {
      stop: (stop, world) => ({
        ...stop,
        explain(id, reason, by) {
          const explained = stop.explain(id, reason, by);
          releaseAll(stop, world);
          return explained;
        },
      }),
    },
  },
  {
    name: 'a release is believed although the permit could not be written',
    promise: 'S-21',
    defect: {
      disk: (disk) => ({
        ...disk,
        arm: (...given) => isSaid(() => disk.arm(...given)),
      }),
    },
  },
  {
    name: 'a release is not synced',
    promise: 'S-21',
    defect: {
      disk: (disk, { files }) => ({
        ...disk,
        arm: (epoch, sendsFrom) =>
          files.readLatch().epoch < epoch &&
          isDone(() => {
            files.writeLatch('armed', epoch, null);
            files.writePermit(epoch, sendsFrom);
            files.renamePermit();
          }),
      }),
    },
  },
  {
    name: 'there is no countdown',
    promise: 'design 3.7',
    defect: {
      disk: (disk) => ({ ...disk, arm: (epoch, _, by) => disk.arm(epoch, 0, by) }),
      ...withGate((_, stop) => ({
        isOpen: () => stop.status().state === 'publishing',
        covered: () => stop.status().stops.map(({ scope }) => ({ scope, reason: 'stopped' as const })),
        floors: () => [],
      })),
    },
  },
  {
    name: 'the countdown of a brand is not kept',
    promise: 'design 3.7',
    defect: {
      disk: (disk) => ({
        ...disk,
        writeNarrow: (all) =>
          all.every((narrow) =>
            narrow.endsAt === null ? disk.writeNarrow([narrow]) : disk.removeNarrow([narrow.stop])[0],
          ),
      }),
      ...withGate((gate) => ({ covered: () => gate.covered().filter(({ reason }) => reason === 'stopped') })),
    },
  },
  {
    name: 'the countdown is counted on the wall clock alone',
    promise: 'S-42',
    defect: withGate((gate, stop, { timeline }) => {
      const isOver = () => stop.status().countdowns.every(({ endsAt }) => timeline.wall() >= endsAt);
      return {
        isOpen: () => gate.isOpen() || (stop.status().state === 'publishing' && isOver()),
        covered: () => gate.covered().filter(({ reason }) => reason === 'stopped' || !isOver()),
      };
    }),
  },
  {
    name: 'nothing remembers what fell due under a stop that is over',
    promise: 'S-13',
    defect: withGate(() => ({ floors: () => [] })),
  },
  {
    name: 'what falls due in the countdown goes out at its end',
    promise: 'S-13',
    defect: withGate((gate) => ({
      covered: () => gate.covered().filter(({ reason }) => reason === 'stopped'),
      floors: () => gate.floors().filter(({ reason }) => reason === 'stopped'),
    })),
  },
  {
    name: 'a release puts back what was missed',
    promise: 'S-13',
    defect: {
      stop: (stop, world) => ({
        ...stop,
        release(order) {
          const released = stop.release(order);
          const { posts, model } = world.database;
          if (released.ok)
            for (const post of posts)
              if (post.state === 'missed') model.reschedule(post, world.timeline.wall() + 3 * MINUTE);
          return released;
        },
      }),
    },
  },
];
