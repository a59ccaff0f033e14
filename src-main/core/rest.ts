import type { Instant } from './clock.ts';
import type { HttpAnswer } from './connector.ts';

/** Longer than a day no network asks for; what says so is a mistake of somebody's clock. */
const MOST_REST_MS = 24 * 60 * 60_000;
/** Below this a number of seconds is a wait, above it an instant since 1970. */
const LEAST_EPOCH_SECONDS = 1_000_000_000;

/** What is left of a limit, and when there is more: the names in use, each with its pair. */
const LIMITS = [
  ['x-ratelimit-remaining', 'x-ratelimit-reset-after', 'x-ratelimit-reset'],
  ['x-rate-limit-remaining', 'x-rate-limit-reset', null],
  ['x-app-limit-24hour-remaining', 'x-app-limit-24hour-reset', null],
  ['x-user-limit-24hour-remaining', 'x-user-limit-24hour-reset', null],
  ['ratelimit-remaining', 'ratelimit-reset', null],
] as const;

/**
 * Until when the answer asks to be sent nothing more: `Retry-After` of a refusal for being too many (429), or the end of a limit of which
 * nothing is left. Null when it asks for nothing.
 */
export function restAsked({ status, headers }: HttpAnswer, now: Instant): Instant | null {
  const asked: Instant[] = [];
  const take = (value: string | undefined) => {
    const at = instantOf(value ?? '', now);
    if (at !== null) asked.push(at);
  };
  if (status === 429) take(headers['retry-after']);
  for (const [remaining, reset, other] of LIMITS) {
    if (headers[remaining]?.trim() !== '0') continue;
    take(headers[reset] ?? (other === null ? undefined : headers[other]));
  }
  return asked.length === 0 ? null : restUntil(Math.max(...asked), now);
}

/** The instant, no later than a day from now; null when it is past. */
export function restUntil(at: Instant, now: Instant): Instant | null {
  return at > now ? Math.min(at, now + MOST_REST_MS) : null;
}

/** Seconds from now, seconds since 1970, or a date, as headers give them. */
function instantOf(text: string, now: Instant): Instant | null {
  const value = text.trim();
  if (/^\d{1,12}(?:\.\d+)?$/u.test(value)) {
    const ms = Math.ceil(Number(value) * 1_000);
    return Number(value) >= LEAST_EPOCH_SECONDS ? ms : now + ms;
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}
