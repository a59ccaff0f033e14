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
import { type Access, ask, readAccess } from './access.ts';
import { LIMITS } from './limits.ts';
import { plain } from './little-text.ts';
import { isPostUrn, refOf } from './publish.ts';

const PAGE = 100;

/** The known id first, then the page's own recent posts. */
export async function find(
  context: ConnectorContext,
  request: PublishRequest,
  refs: readonly RemoteRef[],
): Promise<Found> {
  const access = await readAccess(context);
  if (access.kind !== 'access') return unclear(access.detail);
  try {
    const [known] = refs;
    if (known) {
      const answer = await ask(access, pathOf(known.id));
      if (answer.status === 200 && record(answer.json).id === known.id) return { kind: 'found', refs };
      return unclear(`it was published, and now: ${wordsOf(access.context, answer)}`);
    }
    const sought = {
      essences: partTexts(request.content, LIMITS).map((text) => text.replace(/\s+/gu, ' ').trim()),
      marks: [],
      mediaCount: request.content.media.length,
      refs,
    };
    return await findAmongRecent(context, request, sought, (start) => readPage(access, Number(start ?? 0)));
  } catch (thrown) {
    return unclear(failureBeforeSend(access.context, thrown).detail);
  }
}

const pathOf = (id: string) => `/rest/posts/${encodeURIComponent(id)}`;

async function readPage(access: Access, start: number): Promise<RecentPage | Unclear> {
  const author = encodeURIComponent(access.author);
  const answer = await ask(
    access,
    `/rest/posts?author=${author}&q=author&count=${PAGE}&start=${start}&sortBy=CREATED`,
    { headers: { 'x-restli-method': 'FINDER' } },
  );
  const { elements } = record(answer.json);
  if (answer.status !== 200 || !Array.isArray(elements)) return unclear(wordsOf(access.context, answer));
  const posts = elements.map(readPost).filter((post) => post !== null);
  if (posts.length !== elements.length) return unclear('the list of recent posts cannot be read');
  return {
    kind: 'page',
    answer,
    posts,
    oldestAt: posts.at(-1)?.createdAt ?? null,
    next: elements.length < PAGE ? null : String(start + PAGE),
  };
}

function readPost(value: unknown): RecentPost | null {
  const { id, commentary, publishedAt, createdAt, content } = record(value);
  const at = typeof publishedAt === 'number' ? publishedAt : createdAt;
  if (!isPostUrn(id) || typeof at !== 'number') return null;
  const { media, multiImage } = record(content);
  const { images } = record(multiImage);
  return {
    ref: refOf(id),
    createdAt: at,
    essences: [plain(typeof commentary === 'string' ? commentary : '')],
    mediaCount: Array.isArray(images) ? images.length : Number(media !== undefined),
    inReplyTo: null,
    mark: null,
  };
}

/** Deleting again is a yes for LinkedIn, so it is asked first whether the post is there. */
export async function remove(context: ConnectorContext, refs: readonly RemoteRef[]): Promise<Removed> {
  const access = await readAccess(context);
  if (access.kind !== 'access') return { kind: 'failed', detail: access.detail };
  let removed = 0;
  for (const { id } of refs) {
    try {
      const there = await ask(access, pathOf(id));
      if (there.status === 404 || there.status === 410) continue;
      if (there.status !== 200 || record(there.json).id !== id)
        return { kind: 'failed', detail: wordsOf(access.context, there) };
      const answer = await ask(access, pathOf(id), {
        method: 'DELETE',
        headers: { 'x-restli-method': 'DELETE' },
      });
      if (answer.status !== 204) return { kind: 'failed', detail: wordsOf(access.context, answer) };
      removed += 1;
    } catch (thrown) {
      return { kind: 'failed', detail: failureBeforeSend(access.context, thrown).detail };
    }
  }
  return removed > 0 ? { kind: 'removed' } : { kind: 'already-gone' };
}
