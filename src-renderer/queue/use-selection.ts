import { useCallback, useMemo, useState } from 'react';
import type { Requests } from '../../src-preload/contract.ts';
import type { PostView } from '../../src-preload/views.ts';
import { ask, useBridge } from '../api.ts';

/** As many as one request may name. */
export const MOST_CHOSEN = 10_000;
const AT_ONCE = 500;

/**
 * The chosen posts, kept while pages are turned. What is on the present page is seen as it is now, the rest as it was when it
 * was last shown; main refuses what has changed since.
 */
export function useSelection(page: readonly PostView[]) {
  const bridge = useBridge();
  const [kept, setKept] = useState<ReadonlyMap<number, PostView>>(new Map());
  const [gathered, setGathered] = useState<number | null>(null);
  const fresh = useMemo(() => new Map(page.map((post) => [post.id, post])), [page]);
  const posts = useMemo(() => [...kept.values()].map((post) => fresh.get(post.id) ?? post), [kept, fresh]);
  const ids: ReadonlySet<number> = useMemo(() => new Set(kept.keys()), [kept]);

  const choose = useCallback(
    (chosen: 'all' | ReadonlySet<number>) =>
      setKept((now) => {
        const wanted = chosen === 'all' ? fresh.keys() : chosen;
        const next = new Map<number, PostView>();
        for (const id of wanted) {
          const post = fresh.get(id) ?? now.get(id);
          if (post) next.set(id, post);
        }
        return next;
      }),
    [fresh],
  );

  /** Chooses everything the filter matches, page by page, up to `MOST_CHOSEN`. Throws the refusal of a page. */
  const chooseAll = async (request: Requests['queue.page']) => {
    const next = new Map<number, PostView>();
    setGathered(0);
    try {
      for (let offset = 0; offset < MOST_CHOSEN; offset += AT_ONCE) {
        const read = await ask(bridge, 'queue.page', { ...request, offset, limit: AT_ONCE });
        for (const post of read.posts) next.set(post.id, post);
        setGathered(next.size);
        if (read.posts.length < AT_ONCE) break;
      }
      setKept(next);
    } finally {
      setGathered(null);
    }
  };

  return {
    ids,
    posts,
    gathered,
    choose,
    chooseAll,
    clear: () => setKept(new Map()),
  };
}
