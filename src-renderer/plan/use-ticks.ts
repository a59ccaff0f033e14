import { useQueryClient } from '@tanstack/react-query';
import type { TickView } from '../../src-preload/plan-views.ts';
import { keyOf, useAction, useRead } from '../api.ts';

export type Ticks = {
  /** False once the stop is too long over: what was ticked stays, and no more is taken. */
  readonly isOpen: boolean;
  /** Null while it is being read. */
  readonly of: (brandId: number, kind: TickView['kind'], key: string) => TickView | null;
  readonly isRead: boolean;
  readonly error: { message: string } | null;
  readonly retry: () => void;
  readonly tick: (brandId: number, kind: TickView['kind'], key: string, done: boolean, by: string) => void;
  readonly isPending: boolean;
};

/** What was ticked off during a stop, and the means to do so. A tick is shown when the journal has it, never before. */
export function useTicks(stopId: string): Ticks {
  const client = useQueryClient();
  const read = useRead('checklist.read', { stopId });
  const action = useAction('checklist.tick');
  const ticks = new Map(
    (read.data?.ticks ?? []).map((tick) => [`${tick.brandId} ${tick.kind} ${tick.key}`, tick]),
  );
  return {
    isOpen: read.data?.isOpen ?? false,
    isRead: read.data !== undefined,
    of: (brandId, kind, key) => ticks.get(`${brandId} ${kind} ${key}`) ?? null,
    error: action.error ?? read.error,
    retry: () => {
      action.reset();
      void read.refetch();
    },
    tick: (brandId, kind, key, done, by) =>
      action.mutate(
        { stopId, brandId, kind, key, done, by },
        { onSuccess: (list) => client.setQueryData(keyOf('checklist.read', { stopId }), list) },
      ),
    isPending: action.isPending,
  };
}
