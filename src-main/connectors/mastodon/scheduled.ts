import type { ConnectorContext, HttpAnswer } from '../../core/connector.ts';
import type { Cancellation, ScheduledItem, ScheduledList } from '../../core/scheduled-elsewhere.ts';
import { record, wordsOf } from '../shared/answer.ts';
import {
  askedOr,
  type Back,
  cancelAndReadBack,
  firstWords,
  instantOf,
  readPages,
  refusalOf,
  type Said,
} from '../shared/scheduled.ts';
import { type Access, readAccess } from './access.ts';

const PATH = '/api/v1/scheduled_statuses';
/** The most Mastodon gives at once. */
const PAGE = 40;

/**
 * What waits in the server's own planner. Servers that speak the API without a planner answer 404, or with a list that is always empty
 * (snac): an empty one is believed only of a server that names its version as Mastodon and GoToSocial do.
 */
export async function listScheduled(context: ConnectorContext): Promise<ScheduledList> {
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  const list = await askedOr(context, () => readPages<string>((maxId) => readPage(context, access, maxId)));
  if (list.kind !== 'listed' || list.items.length > 0) return list;
  const teller = await askedOr(context, () => readVersion(context, access));
  if (teller.kind === 'unclear') return teller;
  return teller.isBelieved
    ? list
    : {
        kind: 'cannot-tell',
        detail: `its list is empty, which this server may say always (${teller.version})`,
      };
}

async function readPage(context: ConnectorContext, access: Access, maxId: string | null) {
  const older = maxId === null ? '' : `&max_id=${encodeURIComponent(maxId)}`;
  const answer = await get(context, access, `${PATH}?limit=${PAGE}${older}`);
  if (answer.status === 404 || answer.status === 410 || answer.status === 501)
    return { kind: 'cannot-tell', detail: wordsOf(context, answer) } as const;
  if (answer.status === 422) return { kind: 'signed-out', detail: wordsOf(context, answer) } as const;
  if (answer.status !== 200 || !Array.isArray(answer.json)) return refusalOf(context, answer);
  const items = answer.json.map(readItem);
  const whole = items.filter((item) => item !== null);
  if (whole.length < items.length)
    return { kind: 'unclear', detail: 'the list of scheduled posts cannot be read' } as const;
  return { items: whole, next: whole.at(-1)?.id ?? null };
}

function readItem(value: unknown): ScheduledItem | null {
  const { id, scheduled_at, params } = record(value);
  if (typeof id !== 'string' || id === '') return null;
  const { text, spoiler_text } = record(params);
  return {
    id,
    text: firstWords(text) || firstWords(spoiler_text),
    planAt: instantOf(scheduled_at),
    url: '',
    channel: '',
    group: '',
    canCancel: true,
    cancelBefore: null,
  };
}

async function readVersion(context: ConnectorContext, access: Access) {
  let answer = await get(context, access, '/api/v2/instance');
  if (answer.status === 404) answer = await get(context, access, '/api/v1/instance');
  const { version } = record(answer.json);
  if (answer.status !== 200 || typeof version !== 'string')
    return { kind: 'unclear', detail: wordsOf(context, answer) } as const;
  // '4.4.0', '4.5.0-rc.1+glitch', '0.17.3+git-abcdef'; others write '4.0.0 (not true; really …)' or '2.8.0 (compatible; …)'.
  return { kind: 'told', version, isBelieved: /^\d+\.\d+\.\d+[-+.\w]*$/u.test(version) } as const;
}

/** Cancels one, then asks for it again. */
export async function cancelScheduled(context: ConnectorContext, item: ScheduledItem): Promise<Cancellation> {
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  const path = `${PATH}/${encodeURIComponent(item.id)}`;
  return await cancelAndReadBack(context, {
    cancel: () => context.http.call(`${access.server}${path}`, { method: 'DELETE', headers: access.headers }),
    said: (answer) => saidOf(context, answer),
    readBack: async () => backOf(context, await get(context, access, path), item.id),
  });
}

function saidOf(context: ConnectorContext, answer: HttpAnswer): Said {
  if (answer.status === 200) return isObject(answer.json) ? 'yes' : 'unknown';
  if (answer.status === 404) return 'none';
  const refusal = refusalOf(context, answer);
  return refusal.kind === 'unclear' ? 'unknown' : refusal;
}

function backOf(context: ConnectorContext, answer: HttpAnswer, id: string): Back {
  if (answer.status === 200 && record(answer.json).id === id) return 'there';
  // A page of somebody else's that says 404 is no word of the server's.
  if ((answer.status === 404 || answer.status === 410) && isObject(answer.json)) return 'absent';
  return { unclear: `read back: ${wordsOf(context, answer)}` };
}

const isObject = (json: unknown) => typeof json === 'object' && json !== null && !Array.isArray(json);

function get(context: ConnectorContext, access: Access, path: string): Promise<HttpAnswer> {
  return context.http.call(`${access.server}${path}`, { headers: access.headers });
}
