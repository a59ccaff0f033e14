import type { DrillStep, DrillView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';

/** In the order in which a drill does them. */
export const STEPS: readonly DrillStep[] = ['prepare', 'publish', 'stop', 'restart', 'release', 'clear'];

/** Drills of the past, the one that runs, and what starts and ends one. A drill goes on when this view is left. */
export function useDrill() {
  const list = useRead('drill.list', {});
  const run = useAction('drill.run');
  const cancel = useAction('drill.cancel');
  const drills: readonly DrillView[] = list.data?.drills ?? [];
  return {
    status: list.data ?? null,
    drills,
    /** Null while none runs. It is known at once here, and a moment later from main. */
    step: list.data?.running?.step ?? (run.isPending ? STEPS[0] : null) ?? null,
    error: list.error ?? run.error,
    start: (by: string) => run.mutate({ by }),
    cancel: () => cancel.mutate({}),
    isCanceling: cancel.isPending,
  };
}
