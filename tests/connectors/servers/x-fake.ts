import { z } from 'zod';
import { jsonOf, type SeenRequest, type ServerAnswer } from '../../support/fault-server.ts';
import type { FakeNetwork } from '../subject.ts';
import { fieldsOf } from './fields.ts';

export const X_TOKEN = 'x-access-token-0123456789';
export const X_REFRESH = 'x-refresh-token-0123456789';
export const CLIENT_ID = 'x-client-id-0123456789';
export const USER_ID = '2244994945';

export type XPost = {
  readonly id: string;
  readonly text: string;
  readonly createdAt: number;
  readonly replyTo: string | null;
  readonly media: readonly string[];
};

type Upload = { size: number; readonly total: number; isDone: boolean; alt: string };

export type XFake = FakeNetwork & {
  readonly posts: XPost[];
  readonly uploads: ReadonlyMap<string, Upload>;
  /** Refresh tokens that were used, in order. */
  readonly refreshed: string[];
  add(text: string, more?: Partial<XPost>): XPost;
};

const id = z.string().regex(/^\d{1,19}$/u);
/** The members of `TweetCreateRequest` that we use; nothing else is let through. */
const create = z
  .strictObject({
    text: z.string().optional(),
    media: z.strictObject({ media_ids: z.array(id).min(1).max(4) }).optional(),
    reply: z.strictObject({ in_reply_to_tweet_id: id }).optional(),
  })
  .refine(({ text, media }) => Boolean(text) || media, 'text or media is needed');
const initialize = z.strictObject({
  media_type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  total_bytes: z.int().min(1).max(5_242_880),
  media_category: z.literal('tweet_image'),
});
const metadata = z.strictObject({
  id,
  metadata: z.strictObject({ alt_text: z.strictObject({ text: z.string().max(1_000) }) }),
});
const codeGrant = z.strictObject({
  grant_type: z.literal('authorization_code'),
  code: z.literal('the-code'),
  redirect_uri: z.url(),
  code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/u),
  client_id: z.literal(CLIENT_ID),
});
const refreshGrant = z.strictObject({
  grant_type: z.literal('refresh_token'),
  refresh_token: z.string(),
  client_id: z.literal(CLIENT_ID),
});

const problem = (status: number, title: string, detail: string): ServerAnswer => ({
  status,
  body: { title, detail, status, type: 'about:blank' },
});
const data = (value: unknown, status = 200): ServerAnswer => ({ status, body: { data: value } });

/** The signs X writes for HTML, and a short address for each long one. */
function shown(text: string) {
  const urls: { url: string; expanded_url: string }[] = [];
  const short = text.replace(/https?:\/\/\S+/gu, (address) => {
    const url = `https://t.co/${String(urls.length).padStart(10, 'a')}`;
    urls.push({ url, expanded_url: address });
    return url;
  });
  const escaped = short.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { text: escaped, urls };
}

/** An X in memory: one account, its posts and images, and the answers its reference gives. A refresh token counts once. */
export function createXFake(now: () => number = () => Date.now()): XFake {
  const posts: XPost[] = [];
  const uploads = new Map<string, Upload>();
  const refreshed: string[] = [];
  const tokens = new Set([X_TOKEN]);
  let refresh = X_REFRESH;
  let made = 1_460_000_000_000_000_000n;
  const nextId = () => {
    made += 1n;
    return made.toString();
  };

  function add(text: string, more: Partial<XPost> = {}): XPost {
    const post = { id: nextId(), text, createdAt: now(), replyTo: null, media: [], ...more };
    posts.push(post);
    return post;
  }

  function trade(request: SeenRequest): ServerAnswer {
    const fields = Object.fromEntries(new URLSearchParams(request.body.toString('utf8')));
    const isCode = codeGrant.safeParse(fields).success;
    const asked = refreshGrant.safeParse(fields);
    if (asked.success) refreshed.push(asked.data.refresh_token);
    if (!isCode && asked.data?.refresh_token !== refresh)
      return {
        status: 400,
        body: { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
      };
    const access = `${X_TOKEN}-${tokens.size}`;
    tokens.add(access);
    refresh = `${X_REFRESH}-${tokens.size}`;
    return {
      body: {
        token_type: 'bearer',
        expires_in: 7_200,
        access_token: access,
        refresh_token: refresh,
        scope: '',
      },
    };
  }

  function listed(query: URLSearchParams): ServerAnswer {
    const size = Number(query.get('max_results'));
    if (!(size >= 5 && size <= 100)) return problem(400, 'Invalid Request', 'max_results must be 5 to 100.');
    const all = [...posts].sort((a, b) => b.createdAt - a.createdAt);
    const from = Number(query.get('pagination_token') ?? 0);
    const page = all.slice(from, from + size);
    return {
      headers: { date: new Date(now()).toUTCString() },
      body: {
        ...(page.length > 0 ? { data: page.map(viewOf) } : {}),
        meta: {
          result_count: page.length,
          ...(from + size < all.length ? { next_token: String(from + size) } : {}),
        },
      },
    };
  }

  function viewOf(post: XPost) {
    const { text, urls } = shown(post.text);
    const photo = post.media.map((key) => ({ url: 'https://t.co/photo', expanded_url: 'x', media_key: key }));
    return {
      id: post.id,
      text: photo.length > 0 ? `${text} https://t.co/photo` : text,
      created_at: new Date(post.createdAt).toISOString(),
      entities: { urls: [...urls, ...photo] },
      ...(photo.length > 0 ? { attachments: { media_keys: post.media } } : {}),
      ...(post.replyTo ? { referenced_tweets: [{ type: 'replied_to', id: post.replyTo }] } : {}),
    };
  }

  async function upload(request: SeenRequest, path: string): Promise<ServerAnswer> {
    if (path === '/2/media/upload/initialize') {
      const asked = initialize.safeParse(jsonOf(request));
      if (!asked.success) return problem(400, 'Invalid Request', asked.error.message);
      const mediaId = nextId();
      uploads.set(mediaId, { size: 0, total: asked.data.total_bytes, isDone: false, alt: '' });
      return data({ id: mediaId, media_key: `3_${mediaId}`, expires_after_secs: 86_400 });
    }
    const [, mediaId = '', step] = /^\/2\/media\/upload\/(\d+)\/(append|finalize)$/u.exec(path) ?? [];
    const one = uploads.get(mediaId);
    if (!one) return problem(404, 'Not Found', 'There is no such upload.');
    if (step === 'append') {
      const { fields, files } = await fieldsOf(request);
      const file = files.get('media');
      if (!file || fields.segment_index !== String(Math.floor(one.size / 1_000_000)))
        return problem(400, 'Invalid Request', 'media and segment_index are needed.');
      one.size += file.bytes.byteLength;
      return data({ expires_at: 1 });
    }
    if (one.size !== one.total) return problem(400, 'Invalid Request', 'Segments do not add up.');
    one.isDone = true;
    return data({ id: mediaId, media_key: `3_${mediaId}`, size: one.size, expires_after_secs: 86_400 });
  }

  function post(request: SeenRequest): ServerAnswer {
    const asked = create.safeParse(jsonOf(request));
    if (!asked.success) return problem(400, 'Invalid Request', asked.error.message);
    const { text = '', media, reply } = asked.data;
    const media_ids = media?.media_ids ?? [];
    if (media_ids.some((one) => !uploads.get(one)?.isDone))
      return problem(400, 'Invalid Request', 'Your media IDs are invalid.');
    const replyTo = reply?.in_reply_to_tweet_id ?? null;
    if (replyTo && !posts.some((one) => one.id === replyTo))
      return problem(
        403,
        'Forbidden',
        'You attempted to reply to a Tweet that is deleted or not visible to you.',
      );
    if (posts.some((one) => one.text === text && one.replyTo === replyTo))
      return problem(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.');
    const made = add(text, { replyTo, media: media_ids.map((one) => `3_${one}`) });
    return data({ id: made.id, text, edit_history_tweet_ids: [made.id] }, 201);
  }

  return {
    posts,
    uploads,
    refreshed,
    add,
    texts: () => posts.map(({ text }) => text),
    async answer(request) {
      const url = new URL(request.path, 'http://fake');
      const route = `${request.method} ${url.pathname}`;
      if (route === 'POST /2/oauth2/token') return trade(request);
      const token = /^Bearer (.+)$/u.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (!tokens.has(token)) return problem(401, 'Unauthorized', 'Unauthorized');
      if (route === 'GET /2/users/me') return data({ id: USER_ID, name: 'Café Søn', username: 'cafe_soen' });
      if (route === 'POST /2/tweets') return post(request);
      if (route === `GET /2/users/${USER_ID}/tweets`) return listed(url.searchParams);
      if (url.pathname.startsWith('/2/media/upload/') && request.method === 'POST')
        return upload(request, url.pathname);
      if (route === 'POST /2/media/metadata') {
        const asked = metadata.safeParse(jsonOf(request));
        const one = asked.success ? uploads.get(asked.data.id) : undefined;
        if (!asked.success || !one) return problem(400, 'Invalid Request', 'metadata');
        one.alt = asked.data.metadata.alt_text.text;
        return data({ id: asked.data.id, associated_metadata: asked.data.metadata });
      }
      const [, method, postId] = /^(GET|DELETE) \/2\/tweets\/(\d{1,19})$/u.exec(route) ?? [];
      const at = posts.findIndex((one) => one.id === postId);
      const found = posts[at];
      if (!method || !found) return problem(404, 'Not Found Error', 'Could not find tweet.');
      if (method === 'GET') return data(viewOf(found));
      posts.splice(at, 1);
      return data({ deleted: true });
    },
  };
}
