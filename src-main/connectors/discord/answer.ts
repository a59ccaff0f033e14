import type { ConnectorContext, HttpAnswer } from '../../core/connector.ts';
import {
  cleanDetail,
  type Failure,
  failureOfAnswer,
  type Refusals,
  record,
  retryAt,
} from '../shared/answer.ts';

const refusals: Refusals = {
  signedOut: [401],
  refused: [400, 403, 404, 405, 411, 413, 415, 422],
  tryLater: [429],
};

/**
 * Codes of Discord's list (topics, opcodes and status codes) that speak of the bot, the webhook or the channel, and so of every post of
 * this account: unknown channel, guild or webhook, not authorised, unverified, banned, no access, no permission, bad tokens.
 */
const OF_THE_ACCOUNT = [10003, 10004, 10015, 40001, 40002, 40007, 50001, 50013, 50014, 50025, 50027];

/** The code of an error as Discord gives them; null for an answer that is none of Discord's. */
export function codeOf(answer: HttpAnswer): number | null {
  const { code, message } = record(answer.json);
  return typeof code === 'number' && typeof message === 'string' ? code : null;
}

/** What the answer means when it is no yes. */
export function failureOf(context: ConnectorContext, answer: HttpAnswer): Failure {
  const failure = failureOfAnswer(context, answer, refusals);
  const detail = wordsFor(context, answer, failure.detail);
  if (failure.kind === 'try-later') return { ...failure, detail, notBefore: waitOf(answer, context.now()) };
  const code = codeOf(answer);
  const isAccount = failure.kind === 'refused' && code !== null && OF_THE_ACCOUNT.includes(code);
  return isAccount ? { kind: 'signed-out', detail } : { ...failure, detail };
}

/** Discord's first word on a field is worth more than its 'Invalid Form Body'. */
function wordsFor(context: ConnectorContext, answer: HttpAnswer, detail: string): string {
  const first = firstMessage(record(answer.json).errors, 6);
  return first === null ? detail : cleanDetail(context, `${detail}: ${first}`);
}

function firstMessage(errors: unknown, depth: number): string | null {
  if (depth === 0) return null;
  const { _errors: own, ...fields } = record(errors);
  const { message } = record(Array.isArray(own) ? own[0] : undefined);
  if (typeof message === 'string') return message;
  for (const value of Object.values(fields)) {
    const inner = firstMessage(value, depth - 1);
    if (inner !== null) return inner;
  }
  return null;
}

/** `retry_after` in seconds with fractions, or the header, which is rounded; the later. */
function waitOf(answer: HttpAnswer, now: number): number | null {
  const { retry_after: seconds } = record(answer.json);
  const isSaid = typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0;
  const said = isSaid ? now + Math.ceil(seconds * 1_000) : null;
  const header = retryAt(answer, now);
  return said === null || header === null ? (said ?? header) : Math.max(said, header);
}
