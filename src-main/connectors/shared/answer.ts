import type { Instant } from '../../core/clock.ts';
import {
  type ConnectorContext,
  GateClosed,
  type HttpAnswer,
  NoAnswer,
  type Outcome,
} from '../../core/connector.ts';
import { withoutSecrets } from '../../core/redact.ts';

/** Every outcome that is no clear yes. */
export type Failure = Exclude<Outcome, { kind: 'published' | 'cut' }>;
type Context = Pick<ConnectorContext, 'secrets' | 'signal' | 'now'>;

const MOST_DETAIL = 300;

/** One line for the person, without any of the account's secrets, however they came into it. */
export function cleanDetail(context: Pick<ConnectorContext, 'secrets'>, text: string): string {
  const line = withoutSecrets(text.replace(/\s+/gu, ' ').trim(), Object.values(context.secrets));
  return line.length > MOST_DETAIL ? `${line.slice(0, MOST_DETAIL)}…` : line;
}

/** What the network said, in its words where it has some: 'HTTP 422: Text is too long'. */
export function wordsOf(context: Pick<ConnectorContext, 'secrets'>, answer: HttpAnswer): string {
  const json = record(answer.json);
  const said = ['error_description', 'description', 'message', 'error', 'detail']
    .map((key) => json[key])
    .find((value): value is string => typeof value === 'string' && value.trim() !== '');
  return cleanDetail(context, said ? `HTTP ${answer.status}: ${said}` : `HTTP ${answer.status}`);
}

/** A JSON object's members; empty for whatever is none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** When the server asks to be left alone until: `Retry-After` (seconds or a date), else its rate-limit reset; null when it does not say. */
export function retryAt(answer: HttpAnswer, now: Instant): Instant | null {
  const after = answer.headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/u.test(after)) return now + Number(after) * 1_000;
  const reset = (answer.headers['x-ratelimit-reset'] ?? answer.headers['ratelimit-reset'] ?? '').trim();
  const at = [after, reset].map(instantOf).find((instant) => instant !== null) ?? null;
  return at === null ? null : Math.max(at, now);
}

function instantOf(text: string): Instant | null {
  if (text === '') return null;
  if (/^\d{9,11}$/u.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/**
 * What a `send` that threw means. Only what is known not to have left may go again; throws again what is no answer of a
 * network but a mistake of ours.
 */
export function failureOfSend(context: Context, error: unknown): Failure {
  if (error instanceof GateClosed) return { kind: 'not-sent', detail: cleanDetail(context, error.why) };
  if (!(error instanceof NoAnswer)) throw error;
  if (error.sent) return { kind: 'unconfirmed', detail: cleanDetail(context, error.message), refs: [] };
  return notReached(context, error);
}

/** What a `call` or a wait before publishing means when it threw: nothing is public, whatever became of it. */
export function failureBeforeSend(context: Context, error: unknown): Failure {
  if (context.signal.aborted) return { kind: 'not-sent', detail: 'stopped before anything was published' };
  if (error instanceof GateClosed) return { kind: 'not-sent', detail: cleanDetail(context, error.why) };
  if (!(error instanceof NoAnswer)) throw error;
  if (!error.sent) return notReached(context, error);
  return {
    kind: 'try-later',
    detail: cleanDetail(context, `before publishing: ${error.message}`),
    notBefore: null,
  };
}

/** Nobody refused anything: however often this happens, only the grace ends it. */
function notReached(context: Context, error: NoAnswer): Failure {
  const detail = context.signal.aborted ? error.message : `not reached: ${error.message}`;
  return { kind: 'not-sent', detail: cleanDetail(context, detail) };
}

/** Statuses that certainly published nothing. What is in none of the lists is unconfirmed. */
export type Refusals = {
  readonly signedOut: readonly number[];
  readonly refused: readonly number[];
  readonly tryLater: readonly number[];
};

/** What an answer to a `send` means when it is not the network's yes. */
export function failureOfAnswer(context: Context, answer: HttpAnswer, refusals: Refusals): Failure {
  const detail = wordsOf(context, answer);
  if (refusals.signedOut.includes(answer.status)) return { kind: 'signed-out', detail };
  if (refusals.refused.includes(answer.status)) return { kind: 'refused', detail };
  if (refusals.tryLater.includes(answer.status)) {
    return { kind: 'try-later', detail, notBefore: retryAt(answer, context.now()) };
  }
  return { kind: 'unconfirmed', detail: unclear(answer, detail), refs: [] };
}

/** The same for an answer to a `call` that was to prepare a post: nothing is public, so nothing is unconfirmed. */
export function failureOfPreparing(context: Context, answer: HttpAnswer, refusals: Refusals): Failure {
  const failure = failureOfAnswer(context, answer, refusals);
  return failure.kind === 'unconfirmed'
    ? { kind: 'try-later', detail: failure.detail, notBefore: retryAt(answer, context.now()) }
    : failure;
}

function unclear(answer: HttpAnswer, detail: string): string {
  if (answer.status >= 200 && answer.status < 300) {
    return `HTTP ${answer.status} with an answer that is not the network's`;
  }
  if (answer.status >= 300 && answer.status < 400) return `${detail}: sent elsewhere, not followed`;
  return detail;
}
