import type { ConnectorContext, Found, PublishRequest } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { partTexts } from '../shared/part-texts.ts';
import {
  findAmongRecent,
  type RecentPage,
  type RecentPost,
  type Unclear,
  unclear,
} from '../shared/recent-posts.ts';
import { webAddress } from '../shared/server-url.ts';
import { type Access, readAccess } from './access.ts';
import { limitsFrom } from './limits.ts';
import { essence, textOfHtml } from './status-text.ts';

const PAGE = 40;

/** Known ids first, then the account's own recent statuses. */
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
    const { accountId } = context.account.settings;
    if (!accountId) return unclear('the account was not verified yet');
    const sought = {
      essences: texts.map(essence),
      marks: [],
      mediaCount: request.content.media.length,
      refs,
    };
    return await findAmongRecent(context, request, sought, (older) =>
      readPage(context, access, accountId, older),
    );
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

async function readPage(
  context: ConnectorContext,
  access: Access,
  accountId: string,
  older: string | null,
): Promise<RecentPage | Unclear> {
  const path = `/api/v1/accounts/${encodeURIComponent(accountId)}/statuses?limit=${PAGE}&exclude_reblogs=true`;
  const answer = await get(
    context,
    access,
    older === null ? path : `${path}&max_id=${encodeURIComponent(older)}`,
  );
  if (answer.status !== 200 || !Array.isArray(answer.json)) return unclear(wordsOf(context, answer));
  const read = answer.json.map(readStatus);
  const posts = read.filter((status) => status !== null);
  if (posts.length < read.length) return unclear('the list of recent posts cannot be read');
  const last = posts.at(-1);
  return { kind: 'page', answer, posts, oldestAt: last?.createdAt ?? null, next: last?.ref.id ?? null };
}

function readStatus(value: unknown): RecentPost | null {
  const { id, url, uri, created_at, content, text, media_attachments, in_reply_to_id } = record(value);
  const createdAt = typeof created_at === 'string' ? Date.parse(created_at) : Number.NaN;
  if (typeof id !== 'string' || Number.isNaN(createdAt) || typeof content !== 'string') return null;
  return {
    ref: { id, url: webAddress(url) || webAddress(uri) },
    createdAt,
    essences: [essence(textOfHtml(content)), ...(typeof text === 'string' ? [essence(text)] : [])],
    mediaCount: Array.isArray(media_attachments) ? media_attachments.length : 0,
    inReplyTo: typeof in_reply_to_id === 'string' ? in_reply_to_id : null,
    mark: null,
  };
}

function get(context: ConnectorContext, access: Access, path: string) {
  return context.http.call(`${access.server}${path}`, { headers: access.headers });
}
