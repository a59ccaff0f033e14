import { useCallback, useState } from 'react';

/** A small choice this window remembers after a restart too; where nothing can be kept, for as long as the window lives. */
export function useRemembered<T>(key: string, parse: (kept: unknown) => T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      return parse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    } catch {
      return parse(null);
    }
  });
  const change = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Full or not allowed: it is only convenience.
      }
    },
    [key],
  );
  return [value, change];
}
