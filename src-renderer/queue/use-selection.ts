import { useCallback, useMemo, useState } from 'react';
import type { PostView } from '../../src-preload/views.ts';

/**
 * The chosen posts, kept while pages are turned. What is on the present page is seen as it is now, the rest as it was when it
 * was last shown; main refuses what has changed since. `filter` names what the page shows: everything that matches it can be chosen
 * without being read, and is no longer chosen once the filter is another.
 */
export function useSelection(page: readonly PostView[], filter = '') {
  const [kept, setKept] = useState<ReadonlyMap<number, PostView>>(new Map());
  const [everything, setEverything] = useState<string | null>(null);
  const isEverything = everything !== null && everything === filter;
  const fresh = useMemo(() => new Map(page.map((post) => [post.id, post])), [page]);
  const posts = useMemo(
    () => (isEverything ? page : [...kept.values()].map((post) => fresh.get(post.id) ?? post)),
    [isEverything, page, kept, fresh],
  );
  const ids: ReadonlySet<number> = useMemo(
    () => new Set(isEverything ? fresh.keys() : kept.keys()),
    [isEverything, fresh, kept],
  );

  const choose = useCallback(
    (chosen: 'all' | ReadonlySet<number>) => {
      setEverything(null);
      setKept((now) => {
        const wanted = chosen === 'all' ? fresh.keys() : chosen;
        const next = new Map<number, PostView>();
        for (const id of wanted) {
          const post = fresh.get(id) ?? now.get(id);
          if (post) next.set(id, post);
        }
        return next;
      });
    },
    [fresh],
  );

  return {
    ids,
    posts,
    /** Everything the filter matches is chosen, also what no page has shown. */
    isEverything,
    choose,
    chooseEverything: () => {
      setKept(new Map());
      setEverything(filter);
    },
    clear: () => {
      setEverything(null);
      setKept(new Map());
    },
  };
}
