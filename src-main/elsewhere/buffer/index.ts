import { cleanDetail, record, wordsOf } from '../../connectors/shared/answer.ts';
import {
  askedOr,
  type Back,
  cancelAndReadBack,
  firstWords,
  instantOf,
  readPages,
  refusalOf,
  type Said,
} from '../../connectors/shared/scheduled.ts';
import type { ConnectorContext, HttpAnswer, Verified } from '../../core/connector.ts';
import type { ElsewhereService } from '../../core/elsewhere-service.ts';
import { type ScheduledItem, type ScheduledList, soonestFirst } from '../../core/scheduled-elsewhere.ts';
import { keyOf, readyOr, serverOf, verifiedOr } from '../service-access.ts';

const OWN = 'https://api.buffer.com';
const QUEUE = 'https://publish.buffer.com/all-channels';
const PAGE = 100;

const WHO = 'query { account { name email organizations { id name } } }';
const CHANNELS_OF =
  'query Channels($organizationId: OrganizationId!) { channels(input: { organizationId: $organizationId }) { id name service } }';
/** What is being sent is listed too: it can hardly be cancelled, and that is to be known. */
const WAITING =
  'query Waiting($organizationId: OrganizationId!, $first: Int, $after: String) { posts(first: $first, after: $after, input: { organizationId: $organizationId, filter: { status: [scheduled, sending] }, sort: [{ field: dueAt, direction: asc }] }) { edges { node { id text dueAt status channelId } } pageInfo { hasNextPage endCursor } } }';
const DELETE =
  'mutation Delete($id: PostId!) { deletePost(input: { id: $id }) { __typename ... on DeletePostSuccess { id } ... on MutationError { message } } }';
const ONE = 'query One($id: PostId!) { post(input: { id: $id }) { id status } }';

type Asked = {
  readonly answer: HttpAnswer;
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly unknown[];
};

/** Buffer's GraphQL API: everything goes to one address, and what went wrong stands in an answer of 200. */
async function ask(
  context: ConnectorContext,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Asked> {
  const answer = await context.http.call(serverOf(context, OWN) ?? OWN, {
    method: 'POST',
    headers: { authorization: `Bearer ${keyOf(context)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = record(answer.json);
  return { answer, data: record(data), errors: Array.isArray(errors) ? errors : [] };
}

const codeOf = (errors: readonly unknown[]) => String(record(record(errors[0]).extensions).code ?? '');

/** What an answer without what was asked for means. Signed out is said with 200, too. */
function refused(context: ConnectorContext, { answer, errors }: Asked) {
  if (answer.status !== 200) return refusalOf(context, answer);
  const code = codeOf(errors);
  const detail = cleanDetail(context, firstWords(record(errors[0]).message)) || wordsOf(context, answer);
  if (['UNAUTHORIZED', 'UNAUTHENTICATED', 'FORBIDDEN'].includes(code))
    return { kind: 'signed-out', detail } as const;
  if (code === 'RATE_LIMIT_EXCEEDED') return { kind: 'try-later', detail, notBefore: null } as const;
  return {
    kind: 'unclear',
    detail: errors.length > 0 ? detail : `${detail}, but not Buffer’s answer`,
  } as const;
}

const NO_SIGN_IN = { kind: 'signed-out', detail: 'no usable key or address' } as const;
const isUsable = (context: ConnectorContext) => keyOf(context) !== null && serverOf(context, OWN) !== null;

async function organizationsOf(context: ConnectorContext) {
  const asked = await ask(context, WHO);
  const account = record(asked.data.account);
  const list = Array.isArray(account.organizations) ? account.organizations.map(record) : null;
  const ids = list?.map(({ id }) => id).filter((id): id is string => typeof id === 'string') ?? [];
  const name = [account.name, account.email].find(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  return { asked, ids, name: name ?? 'Buffer', isThere: list !== null && ids.length === list.length };
}

async function verify(context: ConnectorContext): Promise<Verified> {
  if (!isUsable(context)) return NO_SIGN_IN;
  return await verifiedOr(context, async () => {
    const { asked, ids, name, isThere } = await organizationsOf(context);
    const fail = (one: Asked): Verified => {
      const why = refused(context, one);
      return why.kind === 'signed-out' ? why : { kind: 'unreachable', detail: why.detail };
    };
    if (!isThere) return fail(asked);
    const channels = [];
    for (const organizationId of ids) {
      const one = await ask(context, CHANNELS_OF, { organizationId });
      if (!Array.isArray(one.data.channels)) return fail(one);
      for (const channel of one.data.channels.map(record))
        channels.push({ id: String(channel.id), name: `${channel.name} (${channel.service})` });
    }
    return readyOr(context, asked.answer, {
      name,
      url: QUEUE,
      channels,
      whose: [...ids].sort().join(' '),
    });
  });
}

async function listScheduled(context: ConnectorContext): Promise<ScheduledList> {
  if (!isUsable(context)) return NO_SIGN_IN;
  return await askedOr(context, async () => {
    const { asked, ids, isThere } = await organizationsOf(context);
    if (!isThere) return refused(context, asked);
    const all: ScheduledItem[] = [];
    let isWhole = true;
    for (const organizationId of ids) {
      const list = await readPages<string>((after) => readPage(context, organizationId, after));
      if (list.kind !== 'listed') return list;
      all.push(...list.items);
      if (list.notBefore !== undefined) return { ...list, items: soonestFirst(all), isWhole: false };
      isWhole &&= list.isWhole;
    }
    return { kind: 'listed', items: all, isWhole };
  });
}

async function readPage(context: ConnectorContext, organizationId: string, after: string | null) {
  const asked = await ask(context, WAITING, {
    organizationId,
    first: PAGE,
    ...(after !== null && { after }),
  });
  const { edges, pageInfo } = record(asked.data.posts);
  const { hasNextPage, endCursor } = record(pageInfo);
  if (!Array.isArray(edges) || typeof hasNextPage !== 'boolean') return refused(context, asked);
  const items = edges.map((edge) => readItem(record(record(edge).node)));
  return { items, next: hasNextPage && typeof endCursor === 'string' ? endCursor : null };
}

function readItem({ id, text, dueAt, status, channelId }: Readonly<Record<string, unknown>>): ScheduledItem {
  return {
    id: String(id),
    text: firstWords(text),
    planAt: instantOf(dueAt),
    url: QUEUE,
    channel: String(channelId ?? ''),
    group: '',
    canCancel: status !== 'sending',
    cancelBefore: null,
  };
}

async function cancelScheduled(context: ConnectorContext, item: ScheduledItem) {
  if (!isUsable(context)) return NO_SIGN_IN;
  let sent: Asked | null = null;
  return await cancelAndReadBack(context, {
    async cancel() {
      sent = await ask(context, DELETE, { id: item.id });
      return sent.answer;
    },
    said: () => (sent ? saidOf(context, sent, item.id) : 'unknown'),
    readBack: async () => backOf(context, await ask(context, ONE, { id: item.id }), item.id),
  });
}

function saidOf(context: ConnectorContext, asked: Asked, id: string): Said {
  const { __typename, id: deleted } = record(asked.data.deletePost);
  if (__typename === 'DeletePostSuccess' && deleted === id) return 'yes';
  if (codeOf(asked.errors) === 'NOT_FOUND') return 'none';
  if (typeof __typename === 'string') return 'unknown';
  const why = refused(context, asked);
  return why.kind === 'unclear' ? 'unknown' : why;
}

/** Not found is the only proof that it is gone; one that was sent meanwhile is found. What is only a draft again does not go out. */
function backOf(context: ConnectorContext, asked: Asked, id: string): Back {
  const post = record(asked.data.post);
  if (post.id === id && post.status === 'scheduled') return 'there';
  if (post.id === id && (post.status === 'sent' || post.status === 'sending')) return 'out';
  if (post.id === id && post.status === 'draft') return 'absent';
  if (post.id === id) return { unclear: `read back: ${firstWords(post.status)}` };
  if (asked.answer.status === 200 && codeOf(asked.errors) === 'NOT_FOUND') return 'absent';
  return { unclear: `read back: ${refused(context, asked).detail}` };
}

/** Buffer, by its GraphQL API with a personal key. */
export const buffer: ElsewhereService = {
  service: 'buffer',
  name: 'Buffer',
  settings: [
    {
      key: 'key',
      kind: 'secret',
      label: { en: 'API key', fr: 'Clé d’API' },
      hint: {
        en: 'In Buffer: Settings, API. It reaches every channel its owner reaches.',
        fr: 'Dans Buffer : Réglages, API. Elle atteint tous les canaux de son propriétaire.',
      },
    },
    {
      key: 'server',
      kind: 'url',
      label: { en: 'Address of the API', fr: 'Adresse de l’API' },
      hint: { en: 'Only where a proxy stands before Buffer.', fr: 'Seulement si un proxy précède Buffer.' },
      optional: true,
    },
  ],
  needs: {
    en: 'A personal API key of somebody who sees every channel of the organisation.',
    fr: 'Une clé d’API personnelle de quelqu’un qui voit tous les canaux de l’organisation.',
  },
  costs: {
    en: 'Nothing beyond the Buffer plan. Buffer counts requests per key.',
    fr: 'Rien de plus que l’offre Buffer. Buffer compte les requêtes par clé.',
  },
  tested: {
    en: 'Tested against Buffer’s documentation and published schema only, with a simulation of our own. Never against Buffer.',
    fr: 'Testé d’après la documentation et le schéma publiés de Buffer seulement, avec notre propre simulation. Jamais avec Buffer.',
  },
  renewMs: 10 * 60_000,
  verify,
  listScheduled,
  cancelScheduled,
};
