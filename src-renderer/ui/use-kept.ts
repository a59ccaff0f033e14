import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

/**
 * State that outlives its view: another view can be opened and come back from, and what was typed or chosen is still there.
 * Kept in memory only, for as long as the window lives. `set` reaches it also when its view is gone.
 */
export function useKept<T>(key: string, initial: T): [T, (next: T | ((now: T) => T)) => void] {
  const client = useQueryClient();
  const queryKey = useMemo(() => ['kept', key], [key]);
  const { data } = useQuery<{ value: T }>({
    queryKey,
    queryFn: skipToken,
    initialData: { value: initial },
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  const set = useCallback(
    (next: T | ((now: T) => T)) => {
      client.setQueryData<{ value: T }>(queryKey, (now) => ({
        value: typeof next === 'function' ? (next as (now: T) => T)(now ? now.value : initial) : next,
      }));
    },
    [client, queryKey, initial],
  );
  return [data === undefined ? initial : data.value, set];
}
