import type { Instant } from './clock.ts';
import type { Outcome } from './connector.ts';
import type { Claim, Settlement } from './queue.ts';
import { unreachable } from './result.ts';

/** Temporary refusals a post may meet under one approval before it is failed. What was never sent met none. */
const MOST_REFUSALS = 3;
/** Waits before the second, third and every later attempt, in milliseconds. The grace ends them all. */
const RETRY_WAITS_MS: readonly number[] = [10_000, 30_000, 60_000];

/** What becomes of a post after an attempt. Only what is certainly not public ever goes back to `scheduled`. */
export function settleOutcome(claim: Claim, outcome: Outcome, at: Instant): Settlement {
  const base = {
    postId: claim.post.id,
    attempt: claim.attempt,
    key: claim.key,
    outcome: outcome.kind,
    detail: 'detail' in outcome ? outcome.detail.slice(0, 500) : '',
    refs: 'refs' in outcome ? outcome.refs : [],
    retryAt: null,
    at,
  };
  switch (outcome.kind) {
    case 'published':
      return { ...base, state: 'published', reason: '' };
    case 'cut':
      return { ...base, state: 'failed', reason: 'cut' };
    case 'refused':
      return { ...base, state: 'failed', reason: 'refused' };
    case 'unconfirmed':
      return { ...base, state: 'unconfirmed', reason: 'no-answer' };
    case 'signed-out':
      // Back to the queue: mended within the grace it still goes out, otherwise it is missed and says why.
      return { ...base, state: 'scheduled', reason: 'signed-out', retryAt: retryAt(claim, at) };
    case 'not-sent':
      return { ...base, state: 'scheduled', reason: '', retryAt: retryAt(claim, at) };
    case 'try-later':
      if (claim.refusals + 1 >= MOST_REFUSALS) return { ...base, state: 'failed', reason: 'attempts' };
      return {
        ...base,
        state: 'scheduled',
        reason: '',
        retryAt: Math.max(retryAt(claim, at), outcome.notBefore ?? 0),
      };
    default:
      return unreachable(outcome);
  }
}

function retryAt(claim: Claim, at: Instant): Instant {
  const wait = RETRY_WAITS_MS[Math.min(claim.attempt, RETRY_WAITS_MS.length) - 1] ?? 60_000;
  return at + wait;
}
