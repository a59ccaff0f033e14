import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';

/**
 * State that outlives its view: another view can be opened and come back from, and what was typed or chosen is still there.
 * Kept in memory only, for as long as the window lives.
 */
export function useKept<T>(key: string, initial: T | (() => T)): [T, (next: T | ((now: T) => T)) => void] {
  const client = useQueryClient();
  const [value, setValue] = useState<T>(() => {
    const kept = client.getQueryData<{ value: T }>(['kept', key]);
    if (kept !== undefined) return kept.value;
    return typeof initial === 'function' ? (initial as () => T)() : initial;
  });
  useEffect(() => {
    client.setQueryDefaults(['kept'], { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData(['kept', key], { value });
  }, [client, key, value]);
  const set = useCallback((next: T | ((now: T) => T)) => {
    setValue((now) => (typeof next === 'function' ? (next as (now: T) => T)(now) : next));
  }, []);
  return [value, set];
}
