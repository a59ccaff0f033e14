import { jsonOf, type SeenRequest, type ServerAnswer } from '../../support/fault-server.ts';
import type { FakeNetwork } from '../subject.ts';

export const TOKEN = 'tok-0123456789abcdef';
export const CODE = 'code-abcdef';

export type FakeStatus = {
  id: string;
  text: string;
  createdAt: number;
  mediaIds: readonly string[];
  inReplyTo: string | null;
  visibility: string;
  language: string | null;
};

export type MastodonFake = FakeNetwork & {
  readonly statuses: FakeStatus[];
  readonly media: Map<string, { description: string | null; polls: number }>;
  /** Puts a status there without a request. */
  add(text: string, more?: Partial<FakeStatus>): FakeStatus;
};

export type FakeOptions = {
  /** Answers a repeated Idempotency-Key with the first status, as Mastodon does for an hour. */
  readonly honoursKey?: boolean;
  /** snac has no `/api/v2/instance`. */
  readonly hasV2?: boolean;
  /** How often a medium is said to be processing before it is ready; 0: ready at once. */
  readonly polls?: number;
  readonly instance?: unknown;
  /** 'json': refuses a form at the token endpoint, as servers with their own parsers do. */
  readonly tokenTakes?: 'form' | 'json';
  readonly mostPerPage?: number;
};

const INSTANCE = {
  domain: 'fake.example',
  version: '4.4.0',
  configuration: {
    statuses: { max_characters: 500, max_media_attachments: 4, characters_reserved_per_url: 23 },
    media_attachments: {
      supported_mime_types: ['image/jpeg', 'image/png', 'image/avif', 'video/mp4'],
      image_size_limit: 16_777_216,
      description_limit: 1_500,
    },
  },
};

/** A Mastodon in memory, with the parts of its API that we use and its answers as documented. */
export function createMastodonFake(options: FakeOptions = {}): MastodonFake {
  const statuses: FakeStatus[] = [];
  const media: MastodonFake['media'] = new Map();
  const byKey = new Map<string, FakeStatus>();
  let made = 0;

  function add(text: string, more: Partial<FakeStatus> = {}): FakeStatus {
    made += 1;
    const status: FakeStatus = {
      id: String(1_000 + made),
      text,
      createdAt: Date.now(),
      mediaIds: [],
      inReplyTo: null,
      visibility: 'public',
      language: null,
      ...more,
    };
    statuses.push(status);
    return status;
  }

  function create(request: SeenRequest): ServerAnswer {
    const body = jsonOf(request) as Record<string, unknown>;
    const key = request.headers['idempotency-key'] ?? '';
    const before = options.honoursKey === false ? undefined : byKey.get(key);
    if (before) return { body: viewOf(before) };
    const mediaIds = (body.media_ids ?? []) as string[];
    const inReplyTo = (body.in_reply_to_id ?? null) as string | null;
    if (inReplyTo !== null && !statuses.some(({ id }) => id === inReplyTo)) return notFound;
    if (mediaIds.some((id) => !media.has(id) || (media.get(id)?.polls ?? 0) > 0)) {
      return { status: 422, body: { error: 'Cannot attach files that have not finished processing.' } };
    }
    if (!body.status && mediaIds.length === 0) return { status: 422, body: { error: 'Text can’t be blank' } };
    const status = add(String(body.status), {
      mediaIds,
      inReplyTo,
      visibility: String(body.visibility),
      language: (body.language ?? null) as string | null,
    });
    byKey.set(key, status);
    return { body: viewOf(status) };
  }

  function upload(request: SeenRequest): ServerAnswer {
    made += 1;
    const id = `m${made}`;
    const description = /name="description"\r\n\r\n([\s\S]*?)\r\n--/u.exec(request.body.toString('utf8'));
    const polls = options.polls ?? 0;
    media.set(id, { description: description?.[1] ?? null, polls });
    return {
      status: polls > 0 ? 202 : 200,
      body: { id, type: 'image', url: polls > 0 ? null : 'https://x/y' },
    };
  }

  function readMedia(id: string): ServerAnswer {
    const one = media.get(id);
    if (!one) return notFound;
    one.polls -= 1;
    return { status: one.polls > 0 ? 206 : 200, body: { id, type: 'image' } };
  }

  function list(query: URLSearchParams): ServerAnswer {
    const most = Math.min(Number(query.get('limit') ?? 20), options.mostPerPage ?? 40);
    const before = Number(query.get('max_id') ?? Number.POSITIVE_INFINITY);
    const page = statuses.filter(({ id }) => Number(id) < before).reverse();
    return { body: page.slice(0, most).map(viewOf) };
  }

  function token(request: SeenRequest): ServerAnswer {
    const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    if (isForm && options.tokenTakes === 'json') return { status: 415, body: 'JSON only' };
    const given = isForm
      ? Object.fromEntries(new URLSearchParams(request.body.toString('utf8')))
      : (jsonOf(request) as Record<string, string>);
    const isGood = given.code === CODE && given.client_id === 'client' && given.code_verifier === 'verifier';
    return isGood
      ? { body: { access_token: TOKEN, token_type: 'Bearer', scope: 'read write' } }
      : { status: 400, body: { error: 'invalid_grant', error_description: `no such code ${given.code}` } };
  }

  return {
    statuses,
    media,
    add,
    texts: () => statuses.map(({ text }) => text),
    answer: (request) => {
      const { pathname, searchParams } = new URL(request.path, 'http://fake');
      const last = pathname.split('/').at(-1) ?? '';
      const route = `${request.method} ${pathname}`;
      if (route === 'POST /api/v1/apps')
        return { body: { client_id: 'client', client_secret: 'client-secret' } };
      if (route === 'POST /oauth/token') return token(request);
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        return { status: 401, body: { error: 'The access token is invalid' } };
      }
      if (route === 'GET /api/v1/accounts/verify_credentials') {
        return { body: { id: '7', username: 'alice', acct: 'alice', url: 'https://fake.example/@alice' } };
      }
      if (route === 'GET /api/v2/instance') {
        return options.hasV2 === false ? notFound : { body: options.instance ?? INSTANCE };
      }
      if (route === 'GET /api/v1/instance')
        return { body: { uri: 'v1.example', ...INSTANCE, domain: undefined } };
      if (route === 'POST /api/v2/media') return upload(request);
      if (route === 'POST /api/v1/statuses') return create(request);
      if (route === 'GET /api/v1/accounts/7/statuses') return list(searchParams);
      if (route.startsWith('GET /api/v1/media/')) return readMedia(last);
      const status = statuses.find(({ id }) => id === last);
      if (!status || !pathname.startsWith('/api/v1/statuses/')) return notFound;
      if (request.method === 'DELETE') statuses.splice(statuses.indexOf(status), 1);
      return { body: viewOf(status) };
    },
  };
}

const notFound: ServerAnswer = { status: 404, body: { error: 'Record not found' } };

function viewOf(status: FakeStatus): Record<string, unknown> {
  return {
    id: status.id,
    uri: `https://fake.example/users/alice/statuses/${status.id}`,
    url: `https://fake.example/@alice/${status.id}`,
    created_at: new Date(status.createdAt).toISOString(),
    content: htmlOf(status.text),
    visibility: status.visibility,
    language: status.language,
    in_reply_to_id: status.inReplyTo,
    media_attachments: status.mediaIds.map((id) => ({ id, type: 'image' })),
  };
}

/** As Mastodon renders: paragraphs, line breaks, addresses in three spans, mentions without their server. */
function htmlOf(text: string): string {
  const escaped = text
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/"/gu, '&quot;');
  const linked = escaped
    .replace(
      /(https:\/\/)(\S{1,30})(\S*)/gu,
      (_, scheme: string, shown: string, rest: string) =>
        `<a href="${scheme}${shown}${rest}" rel="nofollow"><span class="invisible">${scheme}</span><span class="ellipsis">${shown}</span><span class="invisible">${rest}</span></a>`,
    )
    .replace(/@(\w+)@[\w.]+/gu, '<span class="h-card"><a class="u-url mention">@<span>$1</span></a></span>');
  return linked
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('');
}
