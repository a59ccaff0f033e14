import type { OtherToolView } from '../../src-preload/plan-views.ts';
import type { AccountView } from '../../src-preload/views.ts';

/** The account whose next post is soonest first, those without one last; the tools of one account stay together and in their order. */
export function inOrder(
  tools: readonly OtherToolView[],
  accountById: ReadonlyMap<number, Pick<AccountView, 'nextDueAt'>>,
): readonly OtherToolView[] {
  const dueAt = (tool: OtherToolView) =>
    accountById.get(tool.accountId)?.nextDueAt ?? Number.MAX_SAFE_INTEGER;
  return tools
    .map((tool, place) => ({ tool, place }))
    .sort((a, b) => dueAt(a.tool) - dueAt(b.tool) || a.tool.accountId - b.tool.accountId || a.place - b.place)
    .map(({ tool }) => tool);
}
