import { describe, expect, test } from 'vitest';
import {
  canCancelNow,
  isLive,
  type KnownItem,
  type KnownList,
  mergeList,
  NOTHING_KNOWN,
  settleCancellation,
} from '../../src-main/core/elsewhere-list.ts';
import type { Cancellation, ScheduledItem } from '../../src-main/core/scheduled-elsewhere.ts';

const NOON = Date.parse('2026-12-01T12:00:00.000Z');
const HOUR = 3_600_000;

const waiting = (id: string, more: Partial<ScheduledItem> = {}): ScheduledItem => ({
  id,
  text: `text ${id}`,
  planAt: NOON + HOUR,
  url: '',
  channel: '',
  group: '',
  canCancel: true,
  cancelBefore: null,
  ...more,
});
const listed = (items: readonly ScheduledItem[], isWhole = true) =>
  ({ kind: 'listed', items, isWhole }) as const;
const itemOf = (list: KnownList, id = 'a'): KnownItem => {
  const item = list.items.find((one) => one.id === id);
  if (!item) throw new Error(`${id} is not known`);
  return item;
};
const cancel = (list: KnownList, answer: Cancellation, now = NOON): KnownList => ({
  ...list,
  items: [settleCancellation(itemOf(list), answer, 'Camille', now)],
});
const first = mergeList(NOTHING_KNOWN, listed([waiting('a')]), NOON);

describe('what waits elsewhere', () => {
  test('is kept soonest first, and what has no time comes last', () => {
    const list = mergeList(
      NOTHING_KNOWN,
      listed([waiting('none', { planAt: null }), waiting('b', { planAt: NOON + 9 }), waiting('a')]),
      NOON,
    );
    expect(list.items.map(({ id }) => id)).toEqual(['b', 'a', 'none']);
    expect(list).toMatchObject({ asOf: NOON, state: 'listed', isWhole: true });
  });

  test.each([
    { kind: 'cannot-tell', detail: 'HTTP 404' },
    { kind: 'signed-out', detail: 'HTTP 401' },
    { kind: 'unclear', detail: 'hang' },
    { kind: 'try-later', detail: 'HTTP 429', notBefore: NOON + 5 },
  ] as const)('stays known when the planner answers $kind instead of a list', (answer) => {
    const list = mergeList(first, answer, NOON + HOUR);
    expect(list).toMatchObject({ asOf: NOON, state: answer.kind, items: [{ id: 'a', state: 'waiting' }] });
    expect(list.notBefore).toBe(answer.kind === 'try-later' ? NOON + 5 : null);
  });

  test('is gone only when a whole list does not have it, and may be out when its time was near', () => {
    expect(itemOf(mergeList(first, listed([], false), NOON + 1)).state).toBe('waiting');
    expect(itemOf(mergeList(first, listed([]), NOON + 1)).state).toBe('gone');
    expect(itemOf(mergeList(first, listed([]), NOON + HOUR - 59_000)).state).toBe('may-be-out');
    const untimed = mergeList(NOTHING_KNOWN, listed([waiting('a', { planAt: null })]), NOON);
    expect(itemOf(mergeList(untimed, listed([]), NOON + 1)).state).toBe('may-be-out');
  });

  test('that was cancelled and is listed again is live again, whoever had ticked it off', () => {
    const gone = cancel(first, { kind: 'canceled' });
    expect(itemOf(gone)).toMatchObject({ state: 'canceled', by: 'Camille' });
    const ticked = { ...gone, items: [{ ...itemOf(gone), tick: { by: 'Noé', at: NOON } }] };
    const back = itemOf(mergeList(ticked, listed([waiting('a')]), NOON + 1));
    expect(back).toMatchObject({ state: 'back', tick: null });
    expect(isLive(back)).toBe(true);
  });

  test('that could not be read back is still live once it is listed again', () => {
    const unclear = cancel(first, { kind: 'unclear', detail: 'hang' });
    expect(itemOf(mergeList(unclear, listed([waiting('a')]), NOON + 1)).state).toBe('still-there');
    expect(itemOf(mergeList(unclear, listed([]), NOON + 1)).state).toBe('gone');
  });

  test('a tick stays while nothing changes there, and not when its time does', () => {
    const ticked = { ...first, items: [{ ...itemOf(first), tick: { by: 'Noé', at: NOON } }] };
    expect(itemOf(mergeList(ticked, listed([waiting('a')]), NOON + 1)).tick).not.toBeNull();
    const moved = listed([waiting('a', { planAt: NOON + 2 * HOUR })]);
    expect(itemOf(mergeList(ticked, moved, NOON + 1)).tick).toBeNull();
  });

  test('what is over is forgotten after a week, what is live never', () => {
    const gone = cancel(first, { kind: 'canceled' });
    expect(mergeList(gone, listed([]), NOON + 6 * 24 * HOUR).items).toHaveLength(1);
    expect(mergeList(gone, listed([]), NOON + 8 * 24 * HOUR).items).toEqual([]);
    expect(mergeList(first, listed([], false), NOON + 8 * 24 * HOUR).items).toHaveLength(1);
  });
});

describe('a cancellation', () => {
  test.each([
    [{ kind: 'canceled' }, 'canceled'],
    [{ kind: 'gone' }, 'gone'],
    [{ kind: 'still-there', detail: 'HTTP 200' }, 'still-there'],
    [{ kind: 'unclear', detail: 'hang' }, 'unclear'],
    [{ kind: 'signed-out', detail: 'HTTP 401' }, 'unclear'],
    [{ kind: 'try-later', detail: 'HTTP 429', notBefore: null }, 'later'],
    [{ kind: 'out' }, 'may-be-out'],
  ] as const)('%o becomes %s', (answer, state) => {
    expect(settleCancellation(itemOf(first), answer, 'Camille', NOON)).toMatchObject({ state });
  });

  test('of what was gone at its time says that it may be out', () => {
    const late = settleCancellation(itemOf(first), { kind: 'gone' }, '', NOON + HOUR);
    expect(late.state).toBe('may-be-out');
  });

  test('is not tried where the service does not take it any more', () => {
    const until = itemOf(mergeList(NOTHING_KNOWN, listed([waiting('a', { cancelBefore: NOON + 5 })]), NOON));
    expect([canCancelNow(until, NOON), canCancelNow(until, NOON + 5)]).toEqual([true, false]);
    const never = itemOf(mergeList(NOTHING_KNOWN, listed([waiting('a', { canCancel: false })]), NOON));
    expect(canCancelNow(never, NOON)).toBe(false);
  });
});
