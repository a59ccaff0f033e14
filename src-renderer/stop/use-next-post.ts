import type { PostView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { useNow } from '../time.ts';
import { useDesk } from '../ui/use-desk.ts';
import { nextFrom, nextToGo } from './next-to-go.ts';
import { usePublishing } from './publishing.ts';

/** The queue is read again from a later instant this often at most, while nothing else changes. */
const STEP_MS = 15_000;

/** The post that goes out next, once it is read, and the present instant; null when none is planned or everything is stopped. */
export function useNextPost(): { post: PostView | null; isRead: boolean; now: number } {
  const { view, state } = usePublishing();
  const isAsked = (state === 'publishing' || state === 'not-started') && (view?.nextDueAt ?? null) !== null;
  const now = useNow(1_000, isAsked);
  const { accountById } = useDesk();
  const from = view ? Math.floor(nextFrom(view, now) / STEP_MS) * STEP_MS : 0;
  const page = useRead(
    'queue.page',
    { states: ['scheduled'], from, order: 'soonest', offset: 0, limit: 50 },
    { enabled: isAsked, keep: true },
  ).data;
  return {
    post: isAsked && view && page ? nextToGo(page.posts, view, accountById, now) : null,
    isRead: !isAsked || page !== undefined,
    now,
  };
}
