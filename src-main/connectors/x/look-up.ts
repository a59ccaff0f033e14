import type { ConnectorContext, Found, PublishRequest, Removed } from '../../core/connector.ts';
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
import { type Access, ask, readAccess, whenAgain } from './access.ts';
import { LIMITS } from './limits.ts';
import { essence, shownEssence } from './post-text.ts';
import { refOf } from './publish.ts';

const PAGE = 100;
const FIELDS = 'created_at,entities,referenced_tweets,attachments,note_tweet';

/** Known ids first, then the account's own recent posts. Reading one's own costs a tenth of a cent a post. */
export async function find(
  context: ConnectorContext,
  request: PublishRequest,
  refs: readonly RemoteRef[],
): Promise<Found> {
  const access = await readAccess(context);
  if (access.kind !== 'access') return unclear(access.detail);
  try {
    for (const [index, { id }] of refs.entries()) {
      const answer = await ask(access, `/2/tweets/${encodeURIComponent(id)}`);
      if (answer.status === 200 && record(record(answer.json).data).id === id) continue;
      return unclear(`part ${index + 1} was published, and now: ${wordsOf(access.context, answer)}`);
    }
    const texts = partTexts(request.content, LIMITS);
    if (refs.length >= texts.length) return { kind: 'found', refs };
    const { userId } = context.account.settings;
    if (!userId) return unclear('the account was not verified yet');
    const sought = {
      essences: texts.map(essence),
      marks: [],
      mediaCount: request.content.media.length,
      refs,
    };
    return await findAmongRecent(context, request, sought, (token) => readPage(access, userId, token));
  } catch (thrown) {
    return unclear(failureBeforeSend(access.context, thrown).detail);
  }
}

async function readPage(access: Access, userId: string, token: string | null): Promise<RecentPage | Unclear> {
  const query = new URLSearchParams({
    max_results: String(PAGE),
    exclude: 'retweets',
    'tweet.fields': FIELDS,
    ...(token === null ? {} : { pagination_token: token }),
  });
  const answer = await ask(access, `/2/users/${encodeURIComponent(userId)}/tweets?${query.toString()}`);
  const { data, meta } = record(answer.json);
  const count = record(meta).result_count;
  if (answer.status !== 200 || typeof count !== 'number') return unclear(wordsOf(access.context, answer));
  const listed = Array.isArray(data) ? data : [];
  const posts = listed.map((post) => readPost(access, post)).filter((post) => post !== null);
  if (posts.length !== count || posts.length !== listed.length)
    return unclear('the list of recent posts cannot be read');
  const next = record(meta).next_token;
  return {
    kind: 'page',
    answer,
    posts,
    oldestAt: posts.at(-1)?.createdAt ?? null,
    next: typeof next === 'string' ? next : null,
  };
}

function readPost({ context }: Access, value: unknown): RecentPost | null {
  const post = record(value);
  const createdAt = Date.parse(String(post.created_at));
  if (typeof post.id !== 'string' || typeof post.text !== 'string' || Number.isNaN(createdAt)) return null;
  const { media_keys: keys } = record(post.attachments);
  const references = Array.isArray(post.referenced_tweets) ? post.referenced_tweets.map(record) : [];
  const answered = references.find(({ type }) => type === 'replied_to')?.id;
  return {
    ref: refOf(context, post.id),
    createdAt,
    essences: [shownEssence(post)],
    mediaCount: Array.isArray(keys) ? keys.length : 0,
    inReplyTo: typeof answered === 'string' ? answered : null,
    mark: null,
  };
}

/** Deletes the last part first, so that no reply is left hanging. Stops at the first that fails. */
export async function remove(context: ConnectorContext, refs: readonly RemoteRef[]): Promise<Removed> {
  const access = await readAccess(context);
  if (access.kind !== 'access') return { kind: 'failed', detail: access.detail };
  let [removed, gone] = [0, 0];
  const failed = (detail: string): Removed => {
    const done = removed + gone;
    return {
      kind: 'failed',
      detail: done > 0 ? `${done} of ${refs.length} parts are gone; then ${detail}` : detail,
    };
  };
  for (const { id } of [...refs].reverse()) {
    try {
      const answer = await ask(access, `/2/tweets/${encodeURIComponent(id)}`, { method: 'DELETE' });
      const { deleted } = record(record(answer.json).data);
      if (answer.status === 200 && deleted === true) removed += 1;
      else if (answer.status === 404 || (answer.status === 200 && deleted === false)) gone += 1;
      else {
        const again = answer.status === 429 ? whenAgain(access, answer) : null;
        const when = again === null ? '' : `; X takes more from ${new Date(again).toISOString()} on`;
        return failed(`${wordsOf(access.context, answer)}${when}`);
      }
    } catch (thrown) {
      return failed(failureBeforeSend(access.context, thrown).detail);
    }
  }
  return removed > 0 ? { kind: 'removed' } : { kind: 'already-gone' };
}
