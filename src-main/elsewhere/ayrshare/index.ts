import { record, wordsOf } from '../../connectors/shared/answer.ts';
import {
  askedOr,
  type Back,
  cancelAndReadBack,
  firstWords,
  instantOf,
  refusalOf,
  type Said,
} from '../../connectors/shared/scheduled.ts';
import type { ConnectorContext, HttpAnswer, Verified } from '../../core/connector.ts';
import type { ElsewhereService } from '../../core/elsewhere-service.ts';
import {
  type Cancellation,
  type ScheduledItem,
  type ScheduledList,
  soonestFirst,
} from '../../core/scheduled-elsewhere.ts';
import { keyOf, readyOr, serverOf, verifiedOr } from '../service-access.ts';

const OWN = 'https://api.ayrshare.com/api';
const DASHBOARD = 'https://app.ayrshare.com';
/** The most it gives at once; there are no further pages. */
const MOST = 1_000;

const NO_SIGN_IN = { kind: 'signed-out', detail: 'no usable key or address' } as const;
const isUsable = (context: ConnectorContext) => keyOf(context) !== null && serverOf(context, OWN) !== null;

function call(
  context: ConnectorContext,
  path: string,
  method: 'GET' | 'DELETE' = 'GET',
  body?: unknown,
): Promise<HttpAnswer> {
  const profile = (context.secrets.profile ?? '').trim();
  return context.http.call(`${serverOf(context, OWN)}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${keyOf(context)}`,
      ...(/^[\x21-\x7e]+$/u.test(profile) && { 'profile-key': profile }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function verify(context: ConnectorContext): Promise<Verified> {
  if (!isUsable(context)) return NO_SIGN_IN;
  return await verifiedOr(context, async () => {
    const answer = await call(context, '/user');
    const { activeSocialAccounts: networks, title, refId, email } = record(answer.json);
    if (answer.status !== 200 || !Array.isArray(networks)) return readyOr(context, answer, null);
    return readyOr(context, answer, {
      name: typeof title === 'string' && title !== '' ? title : 'Ayrshare',
      url: DASHBOARD,
      channels: networks.map((network) => ({ id: String(network), name: String(network) })),
      whose: JSON.stringify([refId, email, title].map((one) => (typeof one === 'string' ? one : ''))),
    });
  });
}

async function listScheduled(context: ConnectorContext): Promise<ScheduledList> {
  if (!isUsable(context)) return NO_SIGN_IN;
  return await askedOr(context, async () => {
    const answer = await call(context, `/history?status=pending&lastDays=0&limit=${MOST}`);
    const posts = historyOf(answer);
    if (posts === null) return refusalOf(context, answer);
    const waiting = posts.filter(({ status }) => status === 'pending');
    return {
      kind: 'listed',
      items: soonestFirst(waiting.flatMap(readItems)),
      isWhole: posts.length < MOST,
    };
  });
}

/** Null when the answer is none. An empty history is said with 400 and the code 221. */
function historyOf(answer: HttpAnswer): readonly Readonly<Record<string, unknown>>[] | null {
  const json = Array.isArray(answer.json) ? answer.json : record(answer.json).history;
  if (answer.status === 200 && Array.isArray(json)) return json.map(record);
  const { code } = record(record(answer.json).history ?? answer.json);
  return answer.status === 400 && code === 221 ? [] : null;
}

/** One for each network it goes to: they go, and are cancelled, together. */
function readItems(post: Readonly<Record<string, unknown>>): ScheduledItem[] {
  const id = String(post.id);
  const networks =
    Array.isArray(post.platforms) && post.platforms.length > 0 ? post.platforms.map(String) : [''];
  const planAt = instantOf(post.scheduleDate) ?? secondsOf(post.scheduleDate);
  return networks.map((network) => ({
    id: networks.length === 1 ? id : `${id} ${network}`,
    text: firstWords(post.post),
    planAt,
    url: DASHBOARD,
    channel: network,
    group: networks.length === 1 ? '' : id,
    canCancel: true,
    cancelBefore: null,
  }));
}

/** It also writes instants as { _seconds }. */
function secondsOf(value: unknown): number | null {
  const seconds = record(value)._seconds;
  return typeof seconds === 'number' ? seconds * 1_000 : null;
}

/**
 * HAZARD: its deletion also takes down what is public already. It is asked right before whether the post still waits, and nothing is
 * deleted that does not.
 */
async function cancelScheduled(context: ConnectorContext, item: ScheduledItem): Promise<Cancellation> {
  if (!isUsable(context)) return NO_SIGN_IN;
  const id = item.id.split(' ')[0] ?? item.id;
  const before = await askedOr(context, () => stateOf(context, id));
  if (typeof before === 'object') return before;
  const isThere = backOf(before);
  if (isThere === 'absent') return { kind: 'gone' };
  if (isThere === 'out') return { kind: 'out' };
  if (typeof isThere === 'object') return { kind: 'unclear', detail: isThere.unclear };
  return await cancelAndReadBack(context, {
    cancel: () => call(context, '/post', 'DELETE', { id }),
    said: (answer) => saidOf(context, answer),
    async readBack(): Promise<Back> {
      const after = await stateOf(context, id);
      return typeof after === 'object' ? { unclear: `read back: ${after.detail}` } : backOf(after);
    },
  });
}

/** Only what it says to have deleted, or does not know, is gone; what it names in words of its own may be public. */
function backOf(state: string): Back {
  if (state === 'pending') return 'there';
  if (state === '' || state === 'deleted') return 'absent';
  if (state === 'success' || state === 'processing') return 'out';
  return { unclear: `its state there is “${firstWords(state)}”` };
}

/** 'pending', 'success', 'deleted'…; '' when it knows no such post. */
async function stateOf(context: ConnectorContext, id: string) {
  const answer = await call(context, `/history/${encodeURIComponent(id)}`);
  const post = record(Array.isArray(answer.json) ? answer.json[0] : answer.json);
  if (answer.status === 200 && post.id === id && typeof post.status === 'string') return post.status;
  if ((answer.status === 404 || answer.status === 400) && typeof post.code === 'number') return '';
  const refusal = refusalOf(context, answer);
  return refusal.kind === 'unclear'
    ? { kind: 'unclear' as const, detail: wordsOf(context, answer) }
    : refusal;
}

function saidOf(context: ConnectorContext, answer: HttpAnswer): Said {
  const { status, code } = record(answer.json);
  if (answer.status === 200 && status === 'success') return 'yes';
  if (answer.status === 404 && code === 114) return 'none';
  const refusal = refusalOf(context, answer);
  return refusal.kind === 'unclear' ? 'unknown' : refusal;
}

/** Ayrshare, one profile a sign-in. */
export const ayrshare: ElsewhereService = {
  service: 'ayrshare',
  name: 'Ayrshare',
  settings: [
    {
      key: 'key',
      kind: 'secret',
      label: { en: 'API key', fr: 'Clé d’API' },
      hint: { en: 'Of the primary profile.', fr: 'Celle du profil principal.' },
    },
    {
      key: 'profile',
      kind: 'secret',
      label: { en: 'Profile key', fr: 'Clé du profil' },
      hint: {
        en: 'For one of several user profiles. Add one sign-in for each.',
        fr: 'Pour l’un de plusieurs profils. Ajoutez une connexion pour chacun.',
      },
      optional: true,
    },
    {
      key: 'server',
      kind: 'url',
      label: { en: 'Address of the API', fr: 'Adresse de l’API' },
      hint: {
        en: 'Only where a proxy stands before Ayrshare.',
        fr: 'Seulement si un proxy précède Ayrshare.',
      },
      optional: true,
    },
  ],
  needs: {
    en: 'An API key, and the profile’s key where there are several. A post that goes to several networks is cancelled on all of them at once.',
    fr: 'Une clé d’API, et celle du profil s’il y en a plusieurs. Une publication destinée à plusieurs réseaux est annulée sur tous à la fois.',
  },
  costs: {
    en: 'Nothing beyond the Ayrshare plan. It counts requests in five minutes.',
    fr: 'Rien de plus que l’offre Ayrshare. Elle compte les requêtes par tranche de cinq minutes.',
  },
  tested: {
    en: 'Tested against Ayrshare’s documentation only, with a simulation of our own. Never against Ayrshare. Its deletion takes down what is public, too: whether a post still waits is asked right before.',
    fr: 'Testé d’après la documentation d’Ayrshare seulement, avec notre propre simulation. Jamais avec Ayrshare. Sa suppression retire aussi ce qui est paru : l’attente est vérifiée juste avant.',
  },
  renewMs: 10 * 60_000,
  verify,
  listScheduled,
  cancelScheduled,
};
