import { MOST_GRACE_MS } from '../../core/brand.ts';
import type { Instant } from '../../core/clock.ts';
import type { ConnectorContext, Found, HttpAnswer, PublishRequest } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { partTexts } from '../shared/part-texts.ts';
import { webAddress } from '../shared/server-url.ts';
import { type Access, readAccess } from './access.ts';
import { limitsFrom } from './limits.ts';
import { essence, textOfHtml } from './status-text.ts';

/** How far the server's clock may be from ours for a status to count as ours. */
const TOLERANCE_MS = 10 * 60_000;
/** How far it may be for us to say that there is none: clocks this near agree on what is recent. */
const MOST_SKEW_MS = 2 * 60_000;
/** A clock that was wrong when the post went out, and was set right since, was wrong by a time zone at most. */
const FAR_MS = 15 * 60 * 60_000;
const PAGE = 40;
const MOST_PAGES = 5;
/** Statuses that begin alike are too near to say that ours is not there. */
const NEAR = 24;

type Status = {
  readonly ref: RemoteRef;
  readonly createdAt: Instant;
  /** As shown, and as written where the server tells. */
  readonly essences: readonly string[];
  readonly mediaCount: number;
  readonly inReplyTo: string | null;
};
type Listed = {
  readonly kind: 'listed';
  /** Of the time in which the post could have gone out, and those some hours off. */
  readonly statuses: readonly Status[];
  readonly others: readonly Status[];
  /** How far the clocks are apart; null when an answer does not say. */
  readonly skewMs: number | null;
};
type Unclear = Extract<Found, { kind: 'unclear' }>;
const unclear = (detail: string): Unclear => ({ kind: 'unclear', detail });

/**
 * Known ids first, then the account's own recent statuses. Absent only when those cover all the time in which it could have gone out,
 * by a clock that is the server's too: with ours ahead, what is new there would look too old to be ours.
 */
export async function find(
  context: ConnectorContext,
  request: PublishRequest,
  refs: readonly RemoteRef[],
): Promise<Found> {
  const access = readAccess(context);
  if (access.kind !== 'access') return unclear(access.detail);
  try {
    const known = await readKnown(context, access, refs);
    if (known.kind === 'unclear') return known;
    const texts = partTexts(request.content, limitsFrom(context.account.settings));
    if (refs.length >= texts.length) return { kind: 'found', refs };
    const recent = await listRecent(context, access, request);
    if (recent.kind === 'unclear') return recent;
    const essences = texts.map(essence);
    const found = match(essences, request.content.media.length, refs, recent.statuses);
    return found.kind === 'absent' ? (doubtOf(recent, essences) ?? found) : found;
  } catch (thrown) {
    return unclear(failureBeforeSend(context, thrown).detail);
  }
}

async function readKnown(
  context: ConnectorContext,
  access: Access,
  refs: readonly RemoteRef[],
): Promise<{ readonly kind: 'known' } | Unclear> {
  for (const [index, ref] of refs.entries()) {
    const answer = await get(context, access, `/api/v1/statuses/${encodeURIComponent(ref.id)}`);
    if (answer.status === 200 && record(answer.json).id === ref.id) continue;
    return unclear(`part ${index + 1} was published, and now: ${wordsOf(context, answer)}`);
  }
  return { kind: 'known' };
}

/** `texts` in their essence; `mediaCount` is what the first part carries. */
function match(
  texts: readonly string[],
  mediaCount: number,
  refs: readonly RemoteRef[],
  statuses: readonly Status[],
): Found {
  const found = [...refs];
  for (const [index, text] of texts.entries()) {
    if (index < refs.length) continue;
    const before = index === 0 ? null : (found[index - 1]?.id ?? null);
    const alike = statuses.filter((status) => status.essences.includes(text));
    const own = alike.filter((status) =>
      index === 0 ? status.mediaCount === mediaCount : status.inReplyTo === before,
    );
    if (own.length > 1) return unclear('more than one post says the same');
    const [one] = own;
    if (one) {
      found.push(one.ref);
      continue;
    }
    if (index > 0) return unclear(`${found.length} of ${texts.length} parts are public`);
    if (alike.length > 0 || statuses.some((status) => isNear(status, text))) {
      return unclear('a post there is much like it');
    }
    return { kind: 'absent' };
  }
  return { kind: 'found', refs: found };
}

/** Why what is not in the list may be there all the same; null when it is certainly not. */
function doubtOf(recent: Listed, texts: readonly string[]): Unclear | null {
  if (recent.skewMs === null) return unclear('the server does not say what time it is');
  if (recent.skewMs > MOST_SKEW_MS) {
    return unclear(
      `the server's clock and this computer's are ${Math.round(recent.skewMs / 60_000)} minutes apart`,
    );
  }
  const isElsewhere = recent.others.some(({ essences }) => essences.some((one) => texts.includes(one)));
  return isElsewhere ? unclear('a post there says the same at another time') : null;
}

function isNear(status: Status, text: string): boolean {
  return text.length >= NEAR && status.essences.some((one) => one.startsWith(text.slice(0, NEAR)));
}

async function listRecent(
  context: ConnectorContext,
  access: Access,
  request: PublishRequest,
): Promise<Listed | Unclear> {
  const accountId = context.account.settings.accountId;
  if (!accountId) return unclear('the account was not verified yet');
  const from = request.publishAt - TOLERANCE_MS;
  const until = request.publishAt + MOST_GRACE_MS + TOLERANCE_MS;
  const statuses: Status[] = [];
  const others: Status[] = [];
  let skewMs: number | null = 0;
  let older = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/api/v1/accounts/${encodeURIComponent(accountId)}/statuses`;
    const answer = await get(context, access, `${path}?limit=${PAGE}&exclude_reblogs=true${older}`);
    skewMs = widest(skewMs, skewOf(answer, context.now()));
    if (answer.status !== 200 || !Array.isArray(answer.json)) return unclear(wordsOf(context, answer));
    const read = answer.json.map(readStatus);
    const whole = read.filter((status) => status !== null);
    if (whole.length < read.length) return unclear('the list of recent posts cannot be read');
    for (const status of whole) {
      const { createdAt } = status;
      if (createdAt >= from && createdAt <= until) statuses.push(status);
      else if (createdAt >= from - FAR_MS && createdAt <= until + FAR_MS) others.push(status);
    }
    const last = whole.at(-1);
    if (!last || last.createdAt < from) return { kind: 'listed', statuses, others, skewMs };
    const next = `&max_id=${encodeURIComponent(last.ref.id)}`;
    if (next === older) break;
    older = next;
  }
  return unclear('the list of recent posts does not reach back far enough');
}

/** By the answer's `Date` (RFC 9110, whole seconds); null when it has none. */
function skewOf(answer: HttpAnswer, now: Instant): number | null {
  const at = Date.parse(answer.headers.date ?? '');
  return Number.isNaN(at) ? null : Math.abs(now - at);
}

function widest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}

function readStatus(value: unknown): Status | null {
  const { id, url, uri, created_at, content, text, media_attachments, in_reply_to_id } = record(value);
  const createdAt = typeof created_at === 'string' ? Date.parse(created_at) : Number.NaN;
  if (typeof id !== 'string' || Number.isNaN(createdAt) || typeof content !== 'string') return null;
  return {
    ref: { id, url: webAddress(url) || webAddress(uri) },
    createdAt,
    essences: [essence(textOfHtml(content)), ...(typeof text === 'string' ? [essence(text)] : [])],
    mediaCount: Array.isArray(media_attachments) ? media_attachments.length : 0,
    inReplyTo: typeof in_reply_to_id === 'string' ? in_reply_to_id : null,
  };
}

function get(context: ConnectorContext, access: Access, path: string) {
  return context.http.call(`${access.server}${path}`, { headers: access.headers });
}
