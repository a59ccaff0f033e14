import type { DataFolderView } from '../../src-preload/backup-views.ts';
import { cancelMove, findTarget, orderMove, readMove, readMovedFrom } from '../backup/move-data.ts';
import { ok, refuse } from '../core/result.ts';
import { refuseMoved } from '../data-place.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './serve.ts';

type FolderHandlers = Pick<Handlers, 'folder.read' | 'folder.move' | 'folder.cancelMove'>;

/** Where the data are. Needs no open database: a folder nothing is opened from must be possible to leave. */
export function createFolderHandlers(desk: Desk): FolderHandlers {
  const { dataDir, engine } = desk;

  const read = async (): Promise<DataFolderView> => ({
    path: dataDir,
    movesTo: (await readMove(dataDir))?.to ?? '',
    movedFrom: await readMovedFrom(dataDir),
  });

  return {
    'folder.read': async () => ok(await read()),

    async 'folder.move'() {
      const { state } = engine.stop.status();
      if (state !== 'stopped' && state !== 'not-started')
        return refuse('move-publishing', 'Stop publishing first: the data move only while nothing goes out.');
      const here = refuseMoved(dataDir);
      if (!here.ok) return here;
      const chosen = await desk.chooseFolder();
      if (chosen === null) return ok(await read());
      const target = await findTarget(dataDir, chosen);
      if (!target.ok) return target;
      await orderMove(dataDir, target.value, desk.settings.read().personName);
      desk.notify('backup.changed', {});
      return ok(await read());
    },

    async 'folder.cancelMove'() {
      await cancelMove(dataDir);
      desk.notify('backup.changed', {});
      return ok(await read());
    },
  };
}
