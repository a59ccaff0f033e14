import { keepOrigin, moveData, notePress, readMove, readOrigin, readPress } from './backup/move-data.ts';
import type { Clock } from './core/clock.ts';
import { ok, type Result, refuse } from './core/result.ts';
import { EVERYTHING } from './core/scope.ts';
import { movedTo } from './desktop/data-dir.ts';
import type { Engine } from './engine.ts';
import { placeOfFolder } from './local-folder.ts';
import { readLatch } from './stop/latch.ts';
import { readNarrowStops } from './stop/narrow-stops.ts';
import { stopPaths } from './stop/stop-files.ts';

/** Refuses 'folder-moved' for a folder whose data are elsewhere by now: what is left in it is old. */
export function refuseMoved(dataDir: string): Result<true> {
  const to = movedTo(dataDir);
  return to === ''
    ? ok(true)
    : refuse(
        'folder-moved',
        `The data are now in another folder: ${to}. Start All Stop again with that folder at hand.`,
      );
}

/**
 * Before the database is opened: carries out a move that was ordered, and says why nothing may be opened in this folder. Refuses 'folder-moved' for
 * data that are elsewhere now, 'data-shared' and 'data-synced' for a folder that is not this computer's alone, and 'move-failed'. `onMoved`: the
 * app has to start anew, there: until then its shortcut and its tray stop the old folder only.
 */
export async function settleDataPlace(
  dataDir: string,
  engine: Pick<Engine, 'stop' | 'record'>,
  clock: Clock,
  onMoved: () => void,
): Promise<Result<true>> {
  // What is left in a folder whose data were moved is old by now: it is not moved again.
  const order = refuseMoved(dataDir).ok ? await readMove(dataDir) : null;
  if (order) {
    if (engine.stop.status().state === 'publishing')
      engine.stop.engage({
        scope: EVERYTHING,
        control: 'start',
        by: order.by,
        reason: 'The data folder is being moved.',
        widenedFrom: '',
      });
    engine.record({ event: 'data-folder.moved', by: order.by, details: { to: order.to } });
    const moved = await moveData(dataDir, order, clock.now());
    if (!moved.ok) return moved;
    onMoved();
  }
  const here = refuseMoved(dataDir);
  if (!here.ok) {
    let { pressCount } = engine.stop.status();
    engine.stop.onChange(() => {
      const status = engine.stop.status();
      if (status.pressCount === pressCount) return;
      pressCount = status.pressCount;
      // A narrower stop under none of everything has a file that tells.
      if (status.stops[0]?.scope.kind !== 'everything') return;
      void notePress(dataDir, clock.now()).catch(() => undefined);
    });
    return here;
  }
  await takeUpStopsOfOrigin(dataDir, engine, clock);
  const place = placeOfFolder(dataDir);
  if (place.kind === 'shared')
    return refuse(
      'data-shared',
      `The data folder is on a share: ${place.what}. Nothing is published from there.`,
    );
  if (place.kind === 'synced')
    return refuse(
      'data-synced',
      `The data folder is kept in step with others by ${place.what}. Nothing is published from there.`,
    );
  return ok(true);
}

/**
 * While the data were being copied, and whenever the disk of their new folder is not at hand, the controls and the command line stop the old one:
 * what was stopped there since is stopped here, before anything is opened.
 */
async function takeUpStopsOfOrigin(
  dataDir: string,
  engine: Pick<Engine, 'stop'>,
  clock: Clock,
): Promise<void> {
  const origin = await readOrigin(dataDir);
  if (origin === null || !Number.isFinite(origin.epoch) || !Number.isFinite(origin.at)) return;
  const paths = stopPaths(origin.from);
  const latch = readLatch(paths.latch);
  const isPressed =
    (latch.state === 'stopped' && latch.epoch > origin.epoch) || (await readPress(origin.from)) > origin.at;
  const narrow = readNarrowStops(paths.stops);
  const later = (narrow.ok ? narrow.stops : [])
    .filter(({ stop, endsAt }) => endsAt === null && stop.engagedAt >= origin.at)
    .map(({ stop }) => stop);
  if (!isPressed && later.length === 0) return;
  const known = new Set(engine.stop.status().stops.map(({ id }) => id));
  const missing = later.filter(({ id }) => !known.has(id));
  if (missing.length > 0) engine.stop.engageAll(missing);
  if (isPressed)
    engine.stop.engage({
      scope: EVERYTHING,
      control: 'start',
      by: latch.stop?.by ?? '',
      reason: latch.stop?.reason || 'Everything was stopped in the folder the data were moved from.',
      widenedFrom: '',
    });
  await keepOrigin(dataDir, { ...origin, at: clock.now(), epoch: Math.max(origin.epoch, latch.epoch) });
}
