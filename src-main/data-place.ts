import { moveData, readMove } from './backup/move-data.ts';
import type { Clock } from './core/clock.ts';
import { ok, type Result, refuse } from './core/result.ts';
import { EVERYTHING } from './core/scope.ts';
import { movedTo } from './desktop/data-dir.ts';
import type { Engine } from './engine.ts';
import { placeOfFolder } from './local-folder.ts';

/**
 * Before the database is opened: carries out a move that was ordered, and says why nothing may be opened in this folder. Refuses 'folder-moved' for
 * data that are elsewhere now, 'data-shared' and 'data-synced' for a folder that is not this computer's alone, and 'move-failed'.
 */
export async function settleDataPlace(
  dataDir: string,
  engine: Pick<Engine, 'stop' | 'record'>,
  clock: Clock,
): Promise<Result<true>> {
  const order = await readMove(dataDir);
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
  }
  const elsewhere = movedTo(dataDir);
  if (elsewhere !== '')
    return refuse(
      'folder-moved',
      `The data are now in another folder: ${elsewhere}. Start All Stop again with that folder at hand.`,
    );
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
