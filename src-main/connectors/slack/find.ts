import type { ConnectorContext, Found, PublishRequest } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { failureBeforeSend, record } from '../shared/answer.ts';
import { partTexts } from '../shared/part-texts.ts';
import {
  findAmongRecent,
  matchParts,
  type RecentPage,
  type RecentPost,
  type Unclear,
  unclear,
  windowOf,
} from '../shared/recent-posts.ts';
import { type Access, ask, readAccess } from './access.ts';
import { failureOf, isYes } from './answer.ts';
import { LIMITS } from './limits.ts';
import { addressOf, MARK, markOf } from './publish.ts';
import { readBack } from './written.ts';

const PAGE = 200;

/** The message among the channel's, by the mark it carries, and the rest in the thread under it. */
export async function find(
  context: ConnectorContext,
  request: PublishRequest,
  refs: readonly RemoteRef[],
): Promise<Found> {
  const access = readAccess(context);
  if (access.kind !== 'access') return unclear(access.detail);
  if (!context.account.settings.userId) return unclear('the account was not verified yet');
  const texts = partTexts(request.content, LIMITS);
  const sought = {
    essences: texts.map(readBack),
    marks: texts.map((_, index) => markOf(request, index)),
    mediaCount: request.content.media.length,
    refs: [],
  };
  try {
    const [known] = refs;
    const root = known
      ? await readKnown(context, access, known)
      : await findAmongRecent(
          context,
          request,
          { ...sought, essences: sought.essences.slice(0, 1) },
          (cursor) => readPage(context, access, request, cursor),
        );
    if (root.kind !== 'found' || texts.length === 1) return root;
    const replies = await readThread(context, access, root.refs[0]?.id ?? '');
    if (replies.kind === 'unclear') return replies;
    const lost = refs.findIndex(
      (ref, index) => index > 0 && !replies.posts.some(({ ref: { id } }) => id === ref.id),
    );
    if (lost > 0) return unclear(`part ${lost + 1} was published, and now it is not there`);
    return matchParts({ ...sought, refs: [...root.refs, ...refs.slice(1)] }, replies.posts);
  } catch (thrown) {
    return unclear(failureBeforeSend(context, thrown).detail);
  }
}

async function readKnown(context: ConnectorContext, access: Access, ref: RemoteRef): Promise<Found> {
  const answer = await ask(context, access, 'conversations.history', {
    channel: access.channel,
    oldest: ref.id,
    latest: ref.id,
    inclusive: 'true',
    limit: '1',
  });
  const { messages } = record(answer.json);
  if (!isYes(answer) || !Array.isArray(messages)) return unclear(failureOf(context, answer).detail);
  const isThere = messages.some((message) => record(message).ts === ref.id);
  return isThere ? { kind: 'found', refs: [ref] } : unclear('part 1 was published, and now it is not there');
}

async function readPage(
  context: ConnectorContext,
  access: Access,
  request: PublishRequest,
  cursor: string | null,
): Promise<RecentPage | Unclear> {
  const { farFrom, until } = windowOf(request);
  const answer = await ask(context, access, 'conversations.history', {
    channel: access.channel,
    oldest: String(farFrom / 1_000),
    latest: String(until / 1_000),
    include_all_metadata: 'true',
    limit: String(PAGE),
    ...(cursor === null ? {} : { cursor }),
  });
  return pageOf(context, access, answer, null);
}

/** Every reply, however many pages; a thread of ours has few. */
async function readThread(
  context: ConnectorContext,
  access: Access,
  ts: string,
): Promise<{ readonly kind: 'read'; readonly posts: readonly RecentPost[] } | Unclear> {
  const posts: RecentPost[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null; pages += 1) {
    if (pages > 5) return unclear('the thread is too long to be read');
    const answer = await ask(context, access, 'conversations.replies', {
      channel: access.channel,
      ts,
      include_all_metadata: 'true',
      limit: String(PAGE),
      ...(cursor === '' ? {} : { cursor }),
    });
    const page = pageOf(context, access, answer, ts);
    if (page.kind === 'unclear') return page;
    posts.push(...page.posts.filter(({ ref }) => ref.id !== ts));
    cursor = page.next;
  }
  return { kind: 'read', posts };
}

function pageOf(
  context: ConnectorContext,
  access: Access,
  answer: Parameters<typeof isYes>[0],
  thread: string | null,
): RecentPage | Unclear {
  const { messages, response_metadata: metadata } = record(answer.json);
  if (!isYes(answer) || !Array.isArray(messages)) return unclear(failureOf(context, answer).detail);
  const { userId, botId } = context.account.settings;
  const posts: RecentPost[] = [];
  const times: number[] = [];
  for (const message of messages) {
    const { ts, user, bot_id: bot } = record(message);
    if (typeof ts !== 'string' || !/^\d{1,12}\.\d{1,10}$/u.test(ts))
      return unclear('the list of messages cannot be read');
    times.push(Number(ts) * 1_000);
    if (user === userId || (botId && bot === botId)) posts.push(postOf(context, access, message, ts, thread));
  }
  const { next_cursor: next } = record(metadata);
  return {
    kind: 'page',
    answer,
    posts,
    oldestAt: times.length === 0 ? null : Math.min(...times),
    next: typeof next === 'string' && next !== '' ? next : null,
  };
}

function postOf(
  context: ConnectorContext,
  access: Access,
  message: unknown,
  ts: string,
  thread: string | null,
): RecentPost {
  const { text, blocks, metadata } = record(message);
  const { event_type: type, event_payload: payload } = record(metadata);
  const { key } = record(payload);
  const pictures = (Array.isArray(blocks) ? blocks : []).filter((block) => record(block).type === 'image');
  return {
    ref: { id: ts, url: addressOf(context, access, ts, thread) },
    createdAt: Math.floor(Number(ts) * 1_000),
    essences: typeof text === 'string' ? [readBack(text)] : [],
    mediaCount: pictures.length,
    inReplyTo: thread,
    mark: type === MARK && typeof key === 'string' ? key : null,
  };
}
