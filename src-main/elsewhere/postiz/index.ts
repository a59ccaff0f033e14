import { record } from '../../connectors/shared/answer.ts';
import {
  askedOr,
  type Back,
  cancelAndReadBack,
  firstWords,
  refusalOf,
  type Said,
} from '../../connectors/shared/scheduled.ts';
import type { ConnectorContext, HttpAnswer, Verified } from '../../core/connector.ts';
import type { ElsewhereService } from '../../core/elsewhere-service.ts';
import { type ScheduledItem, type ScheduledList, soonestFirst } from '../../core/scheduled-elsewhere.ts';
import { keyOf, readyOr, serverOf, verifiedOr } from '../service-access.ts';

const OWN = 'https://api.postiz.com/public/v1';
const DAY_MS = 24 * 3_600_000;
/** What is planned further ahead is not read: the list is of a stretch of time. */
const AHEAD_MS = 365 * DAY_MS;

const NO_SIGN_IN = { kind: 'signed-out', detail: 'no usable key or address' } as const;
const isUsable = (context: ConnectorContext) => keyOf(context) !== null && serverOf(context, OWN) !== null;

function call(
  context: ConnectorContext,
  path: string,
  method: 'GET' | 'DELETE' = 'GET',
): Promise<HttpAnswer> {
  return context.http.call(`${serverOf(context, OWN)}${path}`, {
    method,
    headers: { authorization: keyOf(context) ?? '' },
  });
}

async function verify(context: ConnectorContext): Promise<Verified> {
  if (!isUsable(context)) return NO_SIGN_IN;
  return await verifiedOr(context, async () => {
    const answer = await call(context, '/integrations');
    if (answer.status !== 200 || !Array.isArray(answer.json)) return readyOr(context, answer, null);
    const channels = answer.json.map(record).map(({ id, name, identifier, customer }) => {
      const of = record(customer).name;
      return { id: String(id), name: `${name} (${identifier}${typeof of === 'string' ? `, ${of}` : ''})` };
    });
    return readyOr(context, answer, { name: 'Postiz', url: webOf(context), channels, whose: '' });
  });
}

/** The web pages of the cloud, or of a server of one's own. */
function webOf(context: ConnectorContext): string {
  const server = serverOf(context, OWN) ?? OWN;
  return server === OWN ? 'https://platform.postiz.com/launches' : `${new URL(server).origin}/launches`;
}

async function readBetween(context: ConnectorContext, from: number, until: number) {
  const [startDate, endDate] = [from, until].map((at) => encodeURIComponent(new Date(at).toISOString()));
  const answer = await call(context, `/posts?startDate=${startDate}&endDate=${endDate}`);
  const { posts } = record(answer.json);
  if (answer.status !== 200 || !Array.isArray(posts)) return refusalOf(context, answer);
  return { posts: posts.map(record) };
}

async function listScheduled(context: ConnectorContext): Promise<ScheduledList> {
  if (!isUsable(context)) return NO_SIGN_IN;
  return await askedOr(context, async () => {
    const now = context.now();
    const read = await readBetween(context, now - DAY_MS, now + AHEAD_MS);
    if ('kind' in read) return read;
    const items = soonestFirst(read.posts.filter(isWaiting).map((post) => readItem(context, post)));
    // A post that comes again every so many days stands in the list more than once: it is known by when it goes out first.
    const first = new Map([...items].reverse().map((item) => [item.id, item]));
    return { kind: 'listed', items: soonestFirst([...first.values()]), isWhole: true };
  });
}

const isWaiting = ({ state }: Readonly<Record<string, unknown>>) => state === 'QUEUE';

function readItem(context: ConnectorContext, post: Readonly<Record<string, unknown>>): ScheduledItem {
  const group = typeof post.group === 'string' ? post.group : '';
  return {
    id: String(post.id),
    text: firstWords(typeof post.content === 'string' ? post.content.replace(/<[^>]*>/gu, ' ') : ''),
    planAt: utcOf(post.publishDate),
    url: webOf(context),
    channel: String(record(post.integration).id ?? ''),
    group,
    canCancel: true,
    cancelBefore: null,
  };
}

/** Its times are UTC, with or without saying so. */
function utcOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/u.test(value) ? value : `${value}Z`);
  return Number.isNaN(at) ? null : at;
}

/** HAZARD: whichever is named, the service deletes all posts of its group. */
async function cancelScheduled(context: ConnectorContext, item: ScheduledItem) {
  if (!isUsable(context)) return NO_SIGN_IN;
  return await cancelAndReadBack(context, {
    cancel: () => call(context, `/posts/${encodeURIComponent(item.id)}`, 'DELETE'),
    said: (answer) => saidOf(context, answer),
    readBack: () => readBack(context, item),
  });
}

function saidOf(context: ConnectorContext, answer: HttpAnswer): Said {
  if (answer.status === 200 && Object.keys(record(answer.json)).length > 0) return 'yes';
  if (answer.status === 404) return 'none';
  const refusal = refusalOf(context, answer);
  return refusal.kind === 'unclear' ? 'unknown' : refusal;
}

async function readBack(context: ConnectorContext, { id, planAt }: ScheduledItem): Promise<Back> {
  const now = context.now();
  // Somebody may have moved it since it was listed: all is read.
  const [from, until] = [Math.min(planAt ?? now, now) - DAY_MS, Math.max(planAt ?? now, now + AHEAD_MS)];
  const read = await readBetween(context, from, until + DAY_MS);
  if ('kind' in read) return { unclear: `read back: ${read.detail}` };
  const found = read.posts.filter((post) => post.id === id);
  if (found.some(isWaiting)) return 'there';
  if (found.some(({ state }) => state === 'PUBLISHED')) return 'out';
  const other = found.find(({ state }) => state !== 'DRAFT');
  return other ? { unclear: `its state there is “${firstWords(other.state)}”` } : 'absent';
}

/** Postiz, in its cloud or on a server of one's own. */
export const postiz: ElsewhereService = {
  service: 'postiz',
  name: 'Postiz',
  settings: [
    {
      key: 'server',
      kind: 'url',
      label: { en: 'Address of the public API', fr: 'Adresse de l’API publique' },
      hint: {
        en: 'For a server of your own: https://your-domain/api/public/v1',
        fr: 'Pour un serveur à vous : https://votre-domaine/api/public/v1',
      },
      initial: OWN,
    },
    {
      key: 'key',
      kind: 'secret',
      label: { en: 'API key', fr: 'Clé d’API' },
      hint: { en: 'In Postiz: Settings, Public API.', fr: 'Dans Postiz : Settings, Public API.' },
    },
  ],
  needs: {
    en: 'An API key of the organisation. Postiz cancels a post on all its channels at once, whichever is named.',
    fr: 'Une clé d’API de l’organisation. Postiz annule une publication sur tous ses canaux à la fois, quel que soit celui qu’on nomme.',
  },
  costs: {
    en: 'Nothing beyond the Postiz plan. It allows 30 requests an hour: about 15 cancellations, each with its reading back.',
    fr: 'Rien de plus que l’offre Postiz. Elle permet 30 requêtes par heure : environ 15 annulations, chacune avec sa vérification.',
  },
  tested: {
    en: 'Tested against Postiz’s documentation only, with a simulation of our own. Never against Postiz. Posts of the next 365 days are read.',
    fr: 'Testé d’après la documentation de Postiz seulement, avec notre propre simulation. Jamais avec Postiz. Les publications des 365 prochains jours sont lues.',
  },
  renewMs: 20 * 60_000,
  verify,
  listScheduled,
  cancelScheduled,
};
