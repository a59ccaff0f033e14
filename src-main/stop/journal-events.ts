import type { Claim, Settlement } from '../core/queue.ts';
import type { JournalEvent, JournalRecord } from './journal.ts';

/** What the journal says of attempts and settlements, and how it is read back after a crash. */
export function attemptEvents(claims: readonly Claim[], epoch: number): JournalEvent[] {
  return claims.map(({ post, account, brand, attempt, key }) => ({
    event: 'post.attempt',
    details: {
      post: post.id,
      attempt,
      key,
      epoch,
      brand: brand.name,
      account: account.name,
      network: account.network,
      publishAt: new Date(post.publishAt).toISOString(),
    },
  }));
}

export function settlementEvents(settlements: readonly Settlement[]): JournalEvent[] {
  return settlements.map(({ postId, attempt, key = '', state, reason, detail, refs }) => ({
    event: `post.${state}`,
    details: {
      post: postId,
      attempt,
      key,
      reason,
      detail,
      refs: refs.map((ref) => ref.id),
      urls: refs.map((ref) => ref.url),
    },
  }));
}

const SETTLED = new Map<string, Settlement['state']>([
  ['post.published', 'published'],
  ['post.failed', 'failed'],
  ['post.unconfirmed', 'unconfirmed'],
]);

/** The settlement a record tells of, when it is final; null for any other record. */
export function readSettlement(record: JournalRecord): (Settlement & { readonly key: string }) | null {
  const state = SETTLED.get(record.event);
  const { post, attempt, key, reason, detail, refs, urls } = record.details;
  if (!state || typeof post !== 'number' || typeof attempt !== 'number' || typeof key !== 'string')
    return null;
  const ids = Array.isArray(refs) ? refs.map(String) : [];
  const places = Array.isArray(urls) ? urls.map(String) : [];
  return {
    postId: post,
    attempt,
    key,
    state,
    reason: (reason ?? '') as Settlement['reason'],
    detail: typeof detail === 'string' ? detail : '',
    refs: ids.map((id, index) => ({ id, url: places[index] ?? '' })),
    retryAt: null,
    at: Date.parse(record.at),
  };
}
