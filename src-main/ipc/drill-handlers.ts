import type { DrillView } from '../../src-preload/views.ts';
import { ok } from '../core/result.ts';
import type { Drill } from '../drill/drill-types.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './serve.ts';

type DrillHandlers = Pick<Handlers, 'drill.run' | 'drill.cancel' | 'drill.list'>;

const toView = ({ at, by, outcome }: Drill): DrillView => ({ at, by, ...outcome });

/** Needs no database: without one a drill rehearses with invented brands. */
export function createDrillHandlers({ drill }: Desk): DrillHandlers {
  return {
    async 'drill.run'({ by }) {
      const run = await drill.run(by);
      return run.ok ? ok(toView(run.value)) : run;
    },
    'drill.cancel': async () => ok({ canceled: drill.cancel() }),
    async 'drill.list'() {
      const { drills, ...status } = await drill.status();
      return ok({ ...status, drills: drills.map(toView) });
    },
  };
}
