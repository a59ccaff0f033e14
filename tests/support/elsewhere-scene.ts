import { onTestFinished } from 'vitest';
import type { KnownList } from '../../src-main/core/elsewhere-list.ts';
import { ok } from '../../src-main/core/result.ts';
import type { Cancellation, ScheduledItem, ScheduledList } from '../../src-main/core/scheduled-elsewhere.ts';
import { EVERYTHING, type Place, type Scope } from '../../src-main/core/scope.ts';
import type { EngagedStop } from '../../src-main/core/stop-types.ts';
import type { ElsewhereSource } from '../../src-main/elsewhere-sources.ts';
import type { JournalEvent } from '../../src-main/stop/journal.ts';
import { createWatchElsewhere } from '../../src-main/watch-elsewhere.ts';
import { createFakeClock } from './fake-clock.ts';

export const MINUTE = 60_000;

/** Planners in memory, a stop that the test engages, and what the journal was told. */
export function scene() {
  const clock = createFakeClock();
  const start = clock.now();
  const sources: ElsewhereSource[] = [];
  const events: JournalEvent[] = [];
  const listeners = new Set<() => void>();
  let stops: EngagedStop[] = [];
  let kept: Readonly<Record<string, KnownList>> = {};
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const open = () => {
    const watch = createWatchElsewhere({
      clock,
      sources: async () => sources,
      stops: () => stops,
      onStops(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      load: async () => kept,
      keep: async (lists) => {
        kept = structuredClone(lists);
      },
      record(more) {
        events.push(...more);
        return true;
      },
      nameOfBrand: (id) => `Brand ${id}`,
      onChange: () => {},
    });
    onTestFinished(watch.close);
    return watch;
  };
  function addPlanner(
    accountId: number,
    more: Partial<ElsewhereSource> & { brandId?: number | null; cancels?: (id: string) => Cancellation } = {},
  ) {
    const waiting: ScheduledItem[] = [];
    const asked: string[] = [];
    const brandId = more.brandId === undefined ? 1 : more.brandId;
    const place: Place | null =
      brandId === null ? null : { accountId, brandId, market: '', network: 'mastodon' };
    const planner = {
      waiting,
      asked,
      answer: null as ScheduledList | null,
      plan: (id: string, inMinutes: number, item: Partial<ScheduledItem> = {}) =>
        waiting.push({
          id,
          text: `text ${id}`,
          planAt: start + inMinutes * MINUTE,
          url: '',
          channel: '',
          group: '',
          canCancel: true,
          cancelBefore: null,
          ...item,
        }),
    };
    const { brandId: _brand, cancels, ...rest } = more;
    sources.push({
      key: `account:${accountId}`,
      name: `account ${accountId}`,
      where: 'Network',
      canCancel: true,
      cancelsSince: null,
      renewMs: 5 * MINUTE,
      channelName: (channel) => channel,
      placeOf: () => place,
      places: [place],
      async list() {
        asked.push('list');
        return ok(planner.answer ?? { kind: 'listed', items: [...waiting], isWhole: true });
      },
      async cancel({ id }) {
        asked.push(`cancel ${id}`);
        const answer = cancels?.(id) ?? ({ kind: 'canceled' } as const);
        if (answer.kind === 'canceled')
          waiting.splice(
            waiting.findIndex((one) => one.id === id),
            1,
          );
        return ok(answer);
      },
      ...rest,
    });
    return planner;
  }
  return {
    clock,
    sources,
    events,
    open,
    addPlanner,
    kept: () => kept,
    engage(scope: Scope = EVERYTHING) {
      const stop = { id: `stop-${stops.length + 1}`, scope, engagedAt: clock.now() } as EngagedStop;
      stops = [...stops, stop];
      tell();
    },
    release() {
      stops = [];
      tell();
    },
    named: (event: string) => events.filter((one) => one.event === event),
  };
}

export const stateOf = async (watch: ReturnType<ReturnType<typeof scene>['open']>) =>
  (await watch.read()).flatMap(({ list }) => list.items.map(({ id, state }) => `${id} ${state}`));
