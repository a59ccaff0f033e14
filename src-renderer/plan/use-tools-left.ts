import { useQueries } from '@tanstack/react-query';
import { ask, keyOf, useBridge, useRead } from '../api.ts';

/** Brands whose tools are ticked off under a stop; with `accountIds` only those of these accounts. */
type ToolsOfStop = {
  readonly stopId: string;
  readonly brandIds: readonly number[];
  readonly accountIds?: readonly number[];
};

/** How many other tools nobody has ticked off yet, and how many are listed; null while that is not known. */
export function useToolsLeft(groups: readonly ToolsOfStop[]): { left: number; listed: number } | null {
  const bridge = useBridge();
  const tools = useRead('tool.list', {}).data;
  const lists = useQueries({
    queries: groups.map(({ stopId }) => ({
      queryKey: keyOf('checklist.read', { stopId }),
      queryFn: () => ask(bridge, 'checklist.read', { stopId }),
    })),
  });
  if (!tools || lists.some((list) => list.data === undefined)) return null;
  let left = 0;
  let listed = 0;
  for (const [index, { brandIds, accountIds }] of groups.entries()) {
    const done = new Set(
      lists[index]?.data?.ticks.flatMap((tick) =>
        tick.kind === 'tool' && tick.isDone ? [`${tick.brandId} ${tick.key}`] : [],
      ),
    );
    for (const tool of tools) {
      if (!brandIds.includes(tool.brandId) || accountIds?.includes(tool.accountId) === false) continue;
      listed += 1;
      if (!done.has(`${tool.brandId} ${tool.tickKey}`)) left += 1;
    }
  }
  return { left, listed };
}
