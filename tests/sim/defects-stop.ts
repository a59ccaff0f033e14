import { scopeKey } from '../../src-main/core/scope.ts';
import type { DiskReading, StopDisk, StopParts, StopPublisher } from '../../src-main/core/stop-ports.ts';
import type { EngagedStop } from '../../src-main/core/stop-types.ts';
import { isSaid, onEachPress } from './defect.ts';
import type { SeededDefect } from './defects.ts';
import { isDone } from './stop-disk.ts';
import type { World } from './world-parts.ts';

const HOUR = 3_600_000;

/** The publisher as the stop sees it, with some of its functions other than they should be. */
const withPublisher = (
  change: (publisher: StopPublisher, world: World) => Partial<StopPublisher>,
): SeededDefect['defect'] => ({
  stopDeps: (deps, world) => ({
    ...deps,
    publisher: { ...deps.publisher, ...change(deps.publisher, world) },
  }),
});

const withDisk = (change: (disk: StopDisk, world: World) => Partial<StopDisk>): SeededDefect['defect'] => ({
  disk: (disk, world) => ({ ...disk, ...change(disk, world) }),
});

const withStop = (change: (stop: StopParts, world: World) => Partial<StopParts>): SeededDefect['defect'] => ({
  stop: (stop, world) => ({ ...stop, ...change(stop, world) }),
});

const withReading = (
  change: (found: DiskReading, world: World) => Partial<DiskReading>,
): SeededDefect['defect'] =>
  withDisk((disk, world) => ({
    read() {
      const found = disk.read();
      return { ...found, ...change(found, world) };
    },
  }));

/** A press that does nothing and says that it did. */
const asEngaged = (stop: StopParts): EngagedStop => ({
  scope: { kind: 'everything' },
  control: 'button',
  by: '',
  reason: '',
  widenedFrom: '',
  id: 'ignored',
  epoch: stop.status().epoch,
  engagedAt: 0,
  isDurable: true,
  isSilent: true,
  todo: '',
  inFlight: [],
});

/** Mistakes in engaging a stop, keeping it, and saying so. */
export const STOP_DEFECTS: readonly SeededDefect[] = [
  {
    name: 'the stop is kept in memory only',
    promise: 'S-19',
    defect: withDisk(() => ({ removePermit: (unlinked) => isSaid(() => unlinked()), latchStop: () => true })),
  },
  {
    name: 'the stop is a row of the database',
    promise: 'S-05',
    defect: withDisk((_, world) => ({
      removePermit: (unlinked) => isSaid(() => unlinked()),
      latchStop: () => world.database.mood === 'fine',
    })),
  },
  {
    name: 'the stop is not synced: no fsync of folder or latch',
    promise: 'S-18',
    defect: withDisk((_, { files, timeline }) => ({
      removePermit(unlinked) {
        const isGone = isDone(files.unlinkPermit);
        unlinked();
        return isGone;
      },
      latchStop: () => timeline.now() >= 0,
    })),
  },
  {
    name: 'what the disk refused counts as written',
    promise: 'S-18',
    defect: withDisk((disk) => ({
      removePermit: (unlinked) => isSaid(() => disk.removePermit(unlinked)),
      latchStop: (...given) => isSaid(() => disk.latchStop(...given)),
    })),
  },
  {
    name: 'a narrower stop is kept in memory only',
    promise: 'S-19',
    defect: withDisk((disk) => ({
      writeNarrow: (all) => disk.writeNarrow(all.filter(({ endsAt }) => endsAt !== null)),
    })),
  },
  {
    name: 'a narrower stop is not synced',
    promise: 'S-18',
    defect: withDisk((_, { files }) => ({
      writeNarrow: (all) =>
        isDone(() => {
          for (const narrow of all) files.writeNarrow(scopeKey(narrow.stop.scope), narrow);
        }),
    })),
  },
  {
    name: 'narrower stops are not read at start',
    promise: 'S-09',
    defect: withReading(() => ({ narrow: [] })),
  },
  {
    name: 'a permit copied from elsewhere counts',
    promise: 'S-19',
    defect: withReading(({ permit }, { files }) => {
      const copied = files.copy().permit;
      if (permit.ok || permit.why !== 'foreign' || !copied) return {};
      const { epoch, sendsFrom } = copied;
      return { permit: { ok: true, epoch, sendsFrom }, latch: { state: 'armed', epoch, stop: null } };
    }),
  },
  {
    name: 'every start arms',
    promise: 'S-09',
    defect: withReading(({ latch }) => ({
      permit: { ok: true, epoch: latch.epoch + 1, sendsFrom: 0 },
      latch: { state: 'armed', epoch: latch.epoch + 1, stop: null },
    })),
  },
  {
    name: 'a start takes a stop in the latch for an old one',
    promise: 'S-19',
    defect: {
      stop: (stop, world) => ({
        ...stop,
        open() {
          const { latch } = world.files.copy();
          if (latch?.state === 'stopped') {
            isDone(() => world.files.writeLatch('armed', latch.epoch + 1, null));
            isDone(() => world.files.writePermit(latch.epoch + 1, 0));
            isDone(world.files.renamePermit);
          }
          return stop.open();
        },
      }),
    },
  },
  {
    name: 'nobody looks at the files while the app runs',
    promise: 'design 3.3',
    defect: { checksFiles: false },
  },
  {
    name: 'the publisher is not told',
    promise: 'S-16',
    defect: withPublisher(() => ({ silence: () => {}, kill: () => {} })),
  },
  {
    name: 'the publisher is not killed when it does not confirm',
    promise: 'S-16',
    defect: withPublisher(() => ({ kill: () => {} })),
  },
  {
    name: 'silence is believed before it is confirmed',
    promise: 'S-18',
    defect: withPublisher((publisher) => ({
      silence(onSilent) {
        publisher.silence(() => {});
        onSilent();
      },
    })),
  },
  {
    name: 'a publisher is armed in the epoch before',
    promise: 'I-7',
    defect: withPublisher((publisher) => ({ arm: (epoch) => publisher.arm(epoch - 1) })),
  },
  {
    name: 'STOPPED is shown as soon as somebody presses',
    promise: 'S-28',
    defect: withStop((stop) => ({
      status() {
        const status = stop.status();
        return status.state === 'stopping' || status.state === 'not-confirmed'
          ? { ...status, state: 'stopped' }
          : status;
      },
    })),
  },
  {
    name: 'a press within ten minutes of another is taken for the same one',
    promise: 'S-37',
    defect: {
      stop(stop, world) {
        let pressedAt = Number.NEGATIVE_INFINITY;
        return {
          ...stop,
          ...onEachPress((order) => {
            const now = world.timeline.now();
            const isSame = now - pressedAt < HOUR / 6;
            pressedAt = now;
            return isSame ? asEngaged(stop) : stop.engage(order);
          }),
        };
      },
    },
  },
  {
    name: 'a press during a countdown does nothing',
    promise: 'S-03',
    defect: withStop((stop) =>
      onEachPress((order) => (stop.status().countdowns.length > 0 ? asEngaged(stop) : stop.engage(order))),
    ),
  },
  {
    name: 'a press is carried out in the next turn only',
    promise: 'S-06',
    defect: withStop((stop, world) =>
      onEachPress((order) => {
        const { main } = world.machine;
        if (main) world.timeline.after(main.process, 400, 'late press', () => stop.engage(order));
        return { ...asEngaged(stop), scope: order.scope };
      }),
    ),
  },
  {
    name: 'the stop of a brand stops its first account only',
    promise: 'S-07',
    defect: withStop((stop) =>
      onEachPress((order) => {
        const { scope } = order;
        if (scope.kind !== 'brand') return stop.engage(order);
        const engaged = stop.engage({ ...order, scope: { kind: 'account', accountId: scope.brandId * 10 } });
        return engaged.scope.kind === 'account' ? { ...engaged, scope } : engaged;
      }),
    ),
  },
];
