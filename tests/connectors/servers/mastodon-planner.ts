import type { SeenRequest, ServerAnswer } from '../../support/fault-server.ts';

export type PlannedStatus = { id: string; text: string; at: number };

/** The planner of a Mastodon in memory, its requests checked against what is documented. */
export function createMastodonPlanner(options: {
  readonly token: string;
  /** As `/api/v2/instance` tells it; null: there is only v1. */
  readonly version?: string;
  readonly hasV2?: boolean;
  /** 'none': the server knows no planner. 'stuck': says yes to a cancellation and keeps it. 'loops': every page is the first. */
  readonly kind?: 'good' | 'none' | 'stuck' | 'loops';
  readonly mostPerPage?: number;
}) {
  const waiting: PlannedStatus[] = [];
  const strange: string[] = [];
  let made = 0;

  function list(query: URLSearchParams): ServerAnswer {
    const limit = Number(query.get('limit') ?? 20);
    if (!Number.isInteger(limit) || limit < 1 || limit > 40) strange.push(`limit=${query.get('limit')}`);
    for (const key of query.keys())
      if (!['limit', 'max_id', 'since_id', 'min_id'].includes(key)) strange.push(key);
    const before =
      options.kind === 'loops' ? Number.POSITIVE_INFINITY : Number(query.get('max_id') ?? Infinity);
    const page = waiting.filter(({ id }) => Number(id) < before).sort((a, b) => Number(b.id) - Number(a.id));
    return { body: page.slice(0, Math.min(limit, options.mostPerPage ?? 40)).map(viewOf) };
  }

  return {
    waiting,
    /** What no documented client would ask. */
    strange,
    add(text: string, at: number): PlannedStatus {
      made += 1;
      const status = { id: String(3_000 + made), text, at };
      waiting.push(status);
      return status;
    },
    answer(request: SeenRequest): ServerAnswer {
      const { pathname, searchParams } = new URL(request.path, 'http://fake');
      if (request.headers.authorization !== `Bearer ${options.token}`)
        return { status: 401, body: { error: 'The access token is invalid' } };
      const version = options.version ?? '4.4.0';
      if (request.method === 'GET' && pathname === '/api/v2/instance')
        return options.hasV2 === false ? notFound : { body: { domain: 'fake.example', version } };
      if (request.method === 'GET' && pathname === '/api/v1/instance')
        return { body: { uri: 'fake.example', version } };
      const [, id] = /^\/api\/v1\/scheduled_statuses(?:\/([^/]+))?$/u.exec(pathname) ?? [null, null];
      if (!pathname.startsWith('/api/v1/scheduled_statuses') || options.kind === 'none') return notFound;
      if (id === undefined && request.method === 'GET') return list(searchParams);
      const one = waiting.find((status) => status.id === id);
      if (!one) return notFound;
      if (request.method === 'GET') return { body: viewOf(one) };
      if (request.method !== 'DELETE' || request.body.length > 0) {
        strange.push(`${request.method} ${request.path}`);
        return { status: 405 };
      }
      if (options.kind !== 'stuck') waiting.splice(waiting.indexOf(one), 1);
      return { body: {} };
    },
  };
}

const notFound: ServerAnswer = { status: 404, body: { error: 'Record not found' } };

function viewOf({ id, text, at }: PlannedStatus) {
  return {
    id,
    scheduled_at: new Date(at).toISOString(),
    params: { text, media_ids: null, sensitive: null, visibility: null, spoiler_text: null },
    media_attachments: [],
  };
}
