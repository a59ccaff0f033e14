import type { Scope } from '../../src-main/core/scope.ts';
import type { StopParts } from '../../src-main/core/stop-ports.ts';
import type { SeededDefect } from './defects.ts';
import { placesOf } from './desk.ts';
import type { World } from './world-parts.ts';

const MINUTE = 60_000;

const kindOf = (scope: Scope) => scope.kind;

function releaseByItself(stop: StopParts, world: World): void {
  const allBrands = placesOf(world.desk);
  const { pressCount } = stop.status();
  const brandIds = allBrands.map(({ brandId }) => brandId);
  stop.release({ brandIds, stopIds: [], allBrands, by: 'nobody', pressCount });
}

/** Mistakes in stops of more than one scope, in what is in doubt, and in what the app holds by itself. */
export const SCOPE_DEFECTS: readonly SeededDefect[] = [
  {
    name: 'of several stopped at once only the first is stopped',
    promise: 'S-09',
    defect: {
      stop: (stop) => ({
        ...stop,
        engageAll(orders) {
          const [first] = stop.engageAll(orders.slice(0, 1));
          return orders.flatMap(({ scope }) => (first ? [{ ...first, scope }] : []));
        },
      }),
    },
  },
  {
    name: 'of several stopped at once only the first is written',
    promise: 'S-09',
    defect: { disk: (disk) => ({ ...disk, writeNarrow: (all) => disk.writeNarrow(all.slice(0, 1)) }) },
  },
  {
    name: 'with a brand its whole market comes back',
    promise: 'S-12',
    defect: {
      stop: (stop) => ({
        ...stop,
        release(order) {
          const isComing = ({ brandId }: { brandId: number }) => order.brandIds.includes(brandId);
          const markets = order.allBrands.filter(isComing).map(({ market }) => market.toLowerCase());
          const alike = order.allBrands.filter(({ market }) => markets.includes(market.toLowerCase()));
          return stop.release({ ...order, brandIds: alike.map(({ brandId }) => brandId) });
        },
      }),
    },
  },
  {
    name: 'the stop of a network is forgotten at a restart',
    promise: 'S-09',
    defect: {
      disk: (disk) => ({
        ...disk,
        writeNarrow: (all) => disk.writeNarrow(all.filter(({ stop }) => kindOf(stop.scope) !== 'network')),
      }),
    },
  },
  {
    name: 'those who stay stopped share one file: released one, released all',
    promise: 'S-12',
    defect: {
      disk: (disk, { files }) => ({
        ...disk,
        removeNarrow(stops) {
          const groups = stops.map(({ id }) => id.split('.')[0]);
          const alike = (files.readNarrow() ?? []).flatMap(({ stop }) =>
            stop.id.includes('.') && groups.includes(stop.id.split('.')[0]) ? [stop] : [],
          );
          disk.removeNarrow(alike.filter(({ id }) => !stops.some((stop) => stop.id === id)));
          return disk.removeNarrow(stops);
        },
      }),
    },
  },
  {
    name: 'how far epochs came is not kept apart from the latch',
    promise: 'I-7',
    defect: { disk: (disk) => ({ ...disk, reservedEpoch: () => 1 }) },
  },
  {
    name: 'what the app stopped by itself ends by itself',
    promise: 'S-09',
    defect: {
      stop: (stop, world) => ({
        ...stop,
        checkFiles() {
          stop.checkFiles();
          const { main } = world.machine;
          const isOwn = stop.status().stops.some(({ control }) => control === 'file-removed');
          if (main && isOwn)
            world.timeline.after(main.process, 10 * MINUTE, 'a trip ends', () =>
              releaseByItself(stop, world),
            );
        },
      }),
    },
  },
  {
    name: 'an account that is held goes on by itself',
    promise: 'I-20',
    defect: {
      queue: (queue, { desk }) => ({
        ...queue,
        claimDue(request) {
          for (const account of desk.accounts) account.isHeld = false;
          return queue.claimDue(request);
        },
      }),
    },
  },
];
