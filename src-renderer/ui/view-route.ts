import { useCallback, useMemo, useSyncExternalStore } from 'react';

export const VIEWS = [
  'desk',
  'queue',
  'calendar',
  'compose',
  'import',
  'review',
  'journal',
  'stop',
  'settings',
] as const;
/** Opened from other views; in no list and with no key of its own. */
const INNER_VIEWS = ['plan'] as const;
export const ALL_VIEWS = [...VIEWS, ...INNER_VIEWS] as const;
export type ViewName = (typeof ALL_VIEWS)[number];
export type ViewRoute = { view: ViewName; params: Record<string, string> };

const EVENT = 'hashchange';

function subscribe(listener: () => void): () => void {
  window.addEventListener(EVENT, listener);
  return () => window.removeEventListener(EVENT, listener);
}

/** '#/queue?brand=3' is the queue with `{brand: '3'}`; anything unknown is the desk. */
export function parseRoute(hash: string): ViewRoute {
  const [name = '', query = ''] = hash.replace(/^#\//u, '').split('?');
  const view = ALL_VIEWS.find((known) => known === name) ?? 'desk';
  return { view, params: Object.fromEntries(new URLSearchParams(query)) };
}

export function hashOf(view: ViewName, params: Record<string, string> = {}): string {
  const query = new URLSearchParams(params).toString();
  return `#/${view}${query ? `?${query}` : ''}`;
}

export function useRoute(): ViewRoute {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** `open('queue', {brandId: '3'})`; Alt+Left goes back, as everywhere. */
export function useOpenView(): (view: ViewName, params?: Record<string, string>) => void {
  return useCallback((view, params) => {
    window.location.hash = hashOf(view, params);
  }, []);
}
