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
  windowOf,
} from '../shared/recent-posts.ts';
import { type Access, ask, readAccess } from './access.ts';
import { limitsFrom } from './limits.ts';
import { addressOf, nonceOf } from './publish.ts';
import { written } from './written.ts';

const PAGE = 100;
/** Discord counts from the first second of 2015; an id holds the time in its upper 42 bits. */
const EPOCH_MS = 1_420_070_400_000;

/** Known ids first, then, for a bot, its own recent messages in the channel. A webhook can list none. */
export async function find(
  context: ConnectorContext,
  request: PublishRequest,
  refs: readonly RemoteRef[],
): Promise<Found> {
  const access = readAccess(context);
  if (access.kind !== 'access') return unclear(access.detail);
  try {
    for (const [index, ref] of refs.entries()) {
      const answer = await ask(access, access.messageUrl(ref.id));
      if (answer.status === 200 && record(answer.json).id === ref.id) continue;
      return unclear(`part ${index + 1} was published, and now: ${wordsOf(access.context, answer)}`);
    }
    const texts = partTexts(request.content, limitsFrom(context.account.settings));
    if (refs.length >= texts.length) return { kind: 'found', refs };
    if (access.as === 'hook') return unclear('a webhook cannot look for what it has no id of');
    const { botId } = context.account.settings;
    if (!botId) return unclear('the account was not verified yet');
    const sought = {
      essences: texts.map((text) => written(text).trim()),
      marks: texts.map((_, index) => nonceOf(request, index)),
      mediaCount: request.content.media.length,
      refs,
    };
    const start = idAt(windowOf(request).until);
    return await findAmongRecent(context, request, sought, (before) =>
      readPage(access, botId, before ?? start),
    );
  } catch (thrown) {
    return unclear(failureBeforeSend(access.context, thrown).detail);
  }
}

async function readPage(access: Access, botId: string, before: string): Promise<RecentPage | Unclear> {
  const answer = await ask(access, `${access.createUrl}?limit=${PAGE}&before=${before}`);
  if (answer.status !== 200 || !Array.isArray(answer.json)) return unclear(wordsOf(access.context, answer));
  const ids: string[] = [];
  const posts: RecentPost[] = [];
  for (const message of answer.json) {
    const { id, author } = record(message);
    if (typeof id !== 'string' || !/^\d{1,20}$/u.test(id))
      return unclear('the list of messages cannot be read');
    ids.push(id);
    if (record(author).id === botId) posts.push(postOf(access, message, id));
  }
  const last = ids.at(-1) ?? null;
  return {
    kind: 'page',
    answer,
    posts,
    oldestAt: last === null ? null : timeOf(last),
    next: ids.length < PAGE ? null : last,
  };
}

function postOf(access: Access, message: unknown, id: string): RecentPost {
  const { content, attachments, message_reference: reference, nonce } = record(message);
  const { message_id: inReplyTo } = record(reference);
  return {
    ref: { id, url: addressOf(access, message, id) },
    createdAt: timeOf(id),
    essences: typeof content === 'string' ? [content.trim()] : [],
    mediaCount: Array.isArray(attachments) ? attachments.length : 0,
    inReplyTo: typeof inReplyTo === 'string' ? inReplyTo : null,
    mark: typeof nonce === 'string' && nonce !== '' ? nonce : null,
  };
}

/** The first id of that instant. */
function idAt(at: number): string {
  return (BigInt(Math.max(0, at - EPOCH_MS)) << 22n).toString();
}

function timeOf(id: string): number {
  return Number(BigInt(id) >> 22n) + EPOCH_MS;
}
