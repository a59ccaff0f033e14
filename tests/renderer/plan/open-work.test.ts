import { expect, test } from 'vitest';
import type { ChecklistView, OtherToolView, PlanSummary } from '../../../src-preload/plan-views.ts';
import { openWorkOf } from '../../../src-renderer/plan/use-open-work.ts';

const tool = (brandId: number, tickKey: string) => ({ brandId, tickKey }) as OtherToolView;
const plan = (brandId: number, stepKeys: string[]) => ({ brandId, stepKeys }) as PlanSummary;
const ticked = (brandId: number, kind: 'step' | 'tool', key: string, isDone = true) => ({
  brandId,
  kind,
  key,
  isDone,
  text: '',
  by: 'Zoé',
  at: 1,
});
const list = (stopId: string, ...ticks: ChecklistView['ticks']): ChecklistView => ({
  stopId,
  isOpen: true,
  ticks,
});

test('what is left of a brand is what no checklist has ticked off for it', () => {
  const known = {
    tools: [tool(1, 'a'), tool(1, 'b'), tool(2, 'a')],
    plans: [plan(1, ['a', 'call', 'tell'])],
    lists: [
      list('one', ticked(1, 'tool', 'a'), ticked(1, 'step', 'call')),
      list('two', ticked(1, 'step', 'tell'), ticked(2, 'step', 'a'), ticked(1, 'tool', 'b', false)),
    ],
  };
  expect(openWorkOf(1, known)).toEqual({ tools: 1, steps: 1 });
  expect(openWorkOf(2, known)).toEqual({ tools: 1, steps: 0 });
  expect(openWorkOf(3, known)).toEqual({ tools: 0, steps: 0 });
  expect(openWorkOf(1, { ...known, lists: [] })).toEqual({ tools: 2, steps: 3 });
});
