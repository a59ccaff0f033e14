import { useCallback, useState } from 'react';

/** A set of ids this window remembers after a restart too; where nothing can be kept, for as long as the window lives. */
export function useRememberedIds(
  key: string,
): [ReadonlySet<number>, (next: (now: ReadonlySet<number>) => ReadonlySet<number>) => void] {
  const [ids, setIds] = useState<ReadonlySet<number>>(() => read(key));
  const change = useCallback(
    (next: (now: ReadonlySet<number>) => ReadonlySet<number>) =>
      setIds((now) => {
        const made = next(now);
        try {
          localStorage.setItem(key, JSON.stringify([...made]));
        } catch {
          // Full or not allowed: it is only convenience.
        }
        return made;
      }),
    [key],
  );
  return [ids, change];
}

function read(key: string): ReadonlySet<number> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.filter((id) => Number.isInteger(id)) : []);
  } catch {
    return new Set();
  }
}
