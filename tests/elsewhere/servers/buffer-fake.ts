import { jsonOf, type ServerAnswer } from '../../support/fault-server.ts';
import { type FakeScheduler, KEY, type QueuedPost } from './fake-queue.ts';

/** What each documented operation may be handed. */
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  account: [],
  channels: ['organizationId'],
  posts: ['organizationId', 'first', 'after'],
  deletePost: ['id'],
  post: ['id'],
};
/** Fields of the published schema that may be asked for. */
const FIELDS =
  /^(?:query|mutation|account|name|email|organizations|id|channels|input|organizationId|service|posts|first|after|filter|status|scheduled|sending|sort|field|dueAt|direction|asc|edges|node|text|channelId|pageInfo|hasNextPage|endCursor|deletePost|post|on|DeletePostSuccess|MutationError|message|__typename|OrganizationId|PostId|Int|String|Channels|Waiting|Delete|One)$/u;

/** Buffer's GraphQL API in memory, with the parts we use and its answers as published. */
export function createBufferFake(options: { pageSize?: number; refusal?: string } = {}): FakeScheduler {
  const queue: QueuedPost[] = [];
  const strange: string[] = [];
  const ok = (data: unknown): ServerAnswer => ({ body: { data } });
  const errors = (code: string, message: string): ServerAnswer => ({
    body: { data: null, errors: [{ message, extensions: { code } }] },
  });
  const viewOf = (post: QueuedPost) => ({
    id: post.id,
    text: post.text,
    dueAt: new Date(post.at).toISOString(),
    status: post.status,
    channelId: post.channel,
  });
  const fake: FakeScheduler = {
    queue,
    strange,
    isStuck: false,
    answer(request) {
      if (request.method !== 'POST' || request.path !== '/')
        strange.push(`${request.method} ${request.path}`);
      if (request.headers['content-type'] !== 'application/json') strange.push('content-type');
      if (request.headers.authorization !== `Bearer ${KEY}`)
        return {
          status: 401,
          body: { errors: [{ message: 'no key', extensions: { code: 'UNAUTHORIZED' } }] },
        };
      if (options.refusal) return errors(options.refusal, `refused: ${options.refusal}`);
      const { query, variables } = jsonOf(request) as { query: string; variables: Record<string, unknown> };
      for (const word of query.replace(/\$\w+/gu, '').match(/[A-Za-z_]+/gu) ?? [])
        if (!FIELDS.test(word)) strange.push(`unknown ${word}`);
      const operation = Object.keys(OPERATIONS).find((one) =>
        new RegExp(`\\{ ${one}[( ]`, 'u').test(query),
      ) as string;
      for (const key of Object.keys(variables))
        if (!OPERATIONS[operation]?.includes(key)) strange.push(`${operation}: ${key}`);
      const found = queue.find(({ id }) => id === variables.id);
      switch (operation) {
        case 'account':
          return ok({
            account: { name: 'Agence', email: 'a@b.example', organizations: [{ id: 'o1', name: 'A' }] },
          });
        case 'channels':
          return ok({ channels: [{ id: 'c1', name: 'verrier', service: 'instagram' }] });
        case 'posts': {
          const waiting = queue.filter(({ status }) => status === 'scheduled' || status === 'sending');
          const from = variables.after === undefined ? 0 : Number(variables.after);
          const size = Math.min(Number(variables.first), options.pageSize ?? 100);
          const end = from + size;
          return ok({
            posts: {
              edges: waiting.slice(from, end).map((post) => ({ node: viewOf(post) })),
              pageInfo: { hasNextPage: end < waiting.length, endCursor: String(end) },
            },
          });
        }
        case 'post':
          return found
            ? ok({ post: { id: found.id, status: found.status } })
            : errors('NOT_FOUND', 'Post not found');
        case 'deletePost':
          if (!found) return errors('NOT_FOUND', 'Post not found');
          if (!fake.isStuck) queue.splice(queue.indexOf(found), 1);
          return ok({ deletePost: { __typename: 'DeletePostSuccess', id: found.id } });
        default:
          strange.push(query);
          return errors('BAD_USER_INPUT', 'unknown');
      }
    },
  };
  return fake;
}
