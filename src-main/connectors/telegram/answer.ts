import type { ConnectorContext, HttpAnswer } from '../../core/connector.ts';
import {
  cleanDetail,
  type Failure,
  failureOfAnswer,
  type Refusals,
  record,
  retryAt,
} from '../shared/answer.ts';

/** For an answer that is not the API's own, for instance of what stands before it. */
const refusals: Refusals = {
  signedOut: [401],
  refused: [400, 403, 404, 405, 406, 413, 414, 415, 422],
  tryLater: [429],
};

/** Refusals of whatever this bot would post there, not of this post alone. */
const OF_THE_ACCOUNT =
  /chat not found|chat_id is empty|not enough rights|need administrator rights|have no rights|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED|CHAT_RESTRICTED|upgraded to a supergroup|group chat was (?:deactivated|upgraded)|PEER_ID_INVALID/iu;

/** `{"ok": false, "error_code", "description", "parameters"}`, which every refusal of the API is; null for anything else. */
export function refusalIn(answer: HttpAnswer): { readonly code: number; readonly words: string } | null {
  const { ok, error_code: code, description } = record(answer.json);
  if (ok !== false || typeof code !== 'number' || typeof description !== 'string') return null;
  return { code, words: description };
}

/**
 * What the answer means when it is no yes. The API answers a 4xx only for what it did not do; 5xx, and what is not its own, may have
 * been done.
 */
export function failureOf(
  context: Pick<ConnectorContext, 'secrets' | 'signal' | 'now'>,
  answer: HttpAnswer,
): Failure {
  const refusal = refusalIn(answer);
  if (refusal === null || refusal.code !== answer.status) return failureOfAnswer(context, answer, refusals);
  const { code, words } = refusal;
  const detail = cleanDetail(context, words);
  if (code === 429) return { kind: 'try-later', detail, notBefore: waitOf(answer, context.now()) };
  // 404 is its word for a token that never was one.
  const isSignedOut = [401, 403, 404].includes(code) || (code === 400 && OF_THE_ACCOUNT.test(words));
  if (isSignedOut) return { kind: 'signed-out', detail };
  return failureOfAnswer(context, answer, refusals);
}

/** `parameters.retry_after`, in seconds, or the header; the later of the two. */
function waitOf(answer: HttpAnswer, now: number): number | null {
  const { retry_after: seconds } = record(record(answer.json).parameters);
  const said =
    typeof seconds === 'number' && Number.isFinite(seconds) ? now + Math.max(0, seconds) * 1_000 : null;
  const header = retryAt(answer, now);
  return said === null || header === null ? (said ?? header) : Math.max(said, header);
}
