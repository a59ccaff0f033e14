import { useQueryClient } from '@tanstack/react-query';
import type { ElsewhereItemView, ElsewhereSourceView } from '../../src-preload/elsewhere-views.ts';
import { keyOf, useAction, useRead } from '../api.ts';

const NONE: readonly ElsewhereSourceView[] = [];

export type Elsewhere = {
  readonly sources: readonly ElsewhereSourceView[];
  readonly isRead: boolean;
  readonly error: { message: string } | null;
  readonly retry: () => void;
  /** Asks these planners, or all. */
  readonly refresh: (sources?: readonly string[]) => void;
  readonly isRefreshing: boolean;
  readonly cancel: (items: readonly ElsewhereItemView[], by: string) => void;
  readonly isCanceling: boolean;
  readonly tick: (item: ElsewhereItemView, done: boolean, by: string) => void;
  readonly optIn: (source: string, on: boolean, by: string) => void;
};

/** What waits in planners outside this app, and what can be done about it. */
export function useElsewhere(): Elsewhere {
  const client = useQueryClient();
  const read = useRead('elsewhere.read', {});
  const refresh = useAction('elsewhere.refresh');
  const cancel = useAction('elsewhere.cancel');
  const tick = useAction('elsewhere.tick');
  const optIn = useAction('elsewhere.optIn');
  const kept = {
    onSuccess: (sources: ElsewhereSourceView[]) => client.setQueryData(keyOf('elsewhere.read', {}), sources),
  };
  return {
    sources: read.data ?? NONE,
    isRead: read.data !== undefined,
    error: cancel.error ?? tick.error ?? optIn.error ?? refresh.error ?? read.error,
    retry: () => {
      for (const action of [cancel, tick, optIn, refresh]) action.reset();
      void read.refetch();
    },
    refresh: (sources) => refresh.mutate(sources ? { sources: [...sources] } : {}, kept),
    isRefreshing: refresh.isPending,
    cancel: (items, by) =>
      cancel.mutate({ items: items.map(({ source, id }) => ({ source, id })), by }, kept),
    isCanceling: cancel.isPending,
    tick: ({ source, id }, done, by) => tick.mutate({ item: { source, id }, done, by }, kept),
    optIn: (source, on, by) => optIn.mutate({ sources: [source], on, by }, kept),
  };
}

/** Over as far as is known: it will not go out. */
export function isOver({ state }: Pick<ElsewhereItemView, 'state'>): boolean {
  return state === 'canceled' || state === 'gone';
}

/** It may go out, or be out, and nobody has said that it is dealt with. */
export function isOpenItem(item: Pick<ElsewhereItemView, 'state' | 'tick'>): boolean {
  return !isOver(item) && item.tick === null;
}
