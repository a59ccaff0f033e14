import { expect, it } from 'vitest';
import { requests } from '../../../src-preload/contract.ts';
import { ACTIONS_OF, splitLeftOut } from '../../../src-renderer/queue/bulk-actions.ts';
import { changeOfShift, NO_SHIFT } from '../../../src-renderer/queue/shift-fields.tsx';

it('offers nothing for a post that is out, on its way out, or may be out', () => {
  expect(ACTIONS_OF.publishing).toEqual([]);
  expect(ACTIONS_OF.published).toEqual([]);
  expect(ACTIONS_OF.unconfirmed).toEqual([]);
});

it('tells states from other reasons for which posts are left out', () => {
  const line = (reason: 'past' | 'published') => ({ reason, count: 1, examples: [] });
  expect(splitLeftOut([line('past'), line('published')])).toEqual({
    states: [line('published')],
    others: [line('past')],
  });
});

it('asks of main only shifts that main takes', () => {
  const target = { postIds: [1] };
  const parses = (by: number | string, unit: 'days' | 'hours') => {
    const change = changeOfShift({ ...NO_SHIFT, by, unit, isEarlier: true });
    return change === null ? null : requests['bulk.preview'].safeParse({ target, change }).success;
  };
  expect([1, 365, 366, 0, 1.5, ''].map((by) => parses(by, 'days'))).toEqual([
    true,
    true,
    null,
    null,
    null,
    null,
  ]);
  expect([24, 8_760, 8_761].map((by) => parses(by, 'hours'))).toEqual([true, true, null]);
  expect(changeOfShift({ ...NO_SHIFT, by: 3, isEarlier: true })).toMatchObject({ kind: 'days', days: -3 });
});
