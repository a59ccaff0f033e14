import { useQueries } from '@tanstack/react-query';
import type { ChecklistView, OtherToolView, PlanSummary } from '../../src-preload/plan-views.ts';
import { ask, keyOf, useBridge, useRead } from '../api.ts';

/** How many other tools of a brand nobody has ticked off, and how many steps of its plan are open. */
export type OpenWork = { readonly tools: number; readonly steps: number };

/** What is left per brand. A tick counts under whichever of the checklists it was made. */
export function openWorkOf(
  brandId: number,
  known: {
    readonly tools: readonly OtherToolView[];
    readonly plans: readonly PlanSummary[];
    readonly lists: readonly ChecklistView[];
  },
): OpenWork {
  const done = new Set(
    known.lists.flatMap(({ ticks }) =>
      ticks.flatMap((tick) => (tick.brandId === brandId && tick.isDone ? [`${tick.kind} ${tick.key}`] : [])),
    ),
  );
  const tools = known.tools.filter((tool) => tool.brandId === brandId && !done.has(`tool ${tool.tickKey}`));
  const plan = known.plans.find((one) => one.brandId === brandId);
  return {
    tools: tools.length,
    steps: plan?.stepKeys.filter((key) => !done.has(`step ${key}`)).length ?? 0,
  };
}

/** Tells what is left per brand under these stops; nothing while that is not known. */
export function useOpenWork(stopIds: readonly string[]): (brandId: number) => OpenWork | null {
  const bridge = useBridge();
  const tools = useRead('tool.list', {}).data;
  const plans = useRead('plan.list', {}).data;
  const reads = useQueries({
    queries: [...new Set(stopIds)].map((stopId) => ({
      queryKey: keyOf('checklist.read', { stopId }),
      queryFn: () => ask(bridge, 'checklist.read', { stopId }),
    })),
  });
  const lists = reads.flatMap(({ data }) => (data ? [data] : []));
  return (brandId) =>
    tools && plans && lists.length === reads.length ? openWorkOf(brandId, { tools, plans, lists }) : null;
}
