import type { ConnectorContext, HttpAnswer, HttpInit } from '../../core/connector.ts';
import { readUrl } from '../shared/server-url.ts';

/** Discord's own. An agency may have a proxy of its own before it. */
export const SERVER = 'https://discord.com';
/** Discord may turn away what does not say what it is in this form; this app has no page of its own. */
const USER_AGENT = 'DiscordBot (https://all-stop.invalid, 1)';

const OWN_HOSTS = ['discord.com', 'discordapp.com', 'canary.discord.com', 'ptb.discord.com'];
const WEBHOOK = /^\/api(?:\/v\d{1,2})?\/webhooks\/(\d{15,20})\/([\w-]{20,200})\/?$/u;
const TOKEN = /^(?:Bot )?([\w-]{10,100}\.[\w-]{4,50}\.[\w-]{10,200})$/u;
const ID = /^\d{15,20}$/u;

export type Access = {
  readonly kind: 'access';
  /** A bot replies, is recognised by its nonce and can read; a webhook can only read and take down what it knows the id of. */
  readonly as: 'bot' | 'hook';
  /** What is shown, and so must hold no secret, is cleaned with this. */
  readonly context: ConnectorContext;
  readonly channel: string;
  /** Where messages are made. HAZARD: for a webhook it holds the secret. */
  readonly createUrl: string;
  readonly messageUrl: (id: string) => string;
  /** Where this bot or webhook is described. */
  readonly selfUrl: string;
  readonly urlOf: (path: string) => string;
  readonly headers: Readonly<Record<string, string>>;
};
type NoAccess = { readonly kind: 'signed-out'; readonly detail: string };

/** The one secret is the address of a webhook or the token of a bot, whichever was given. */
export function readAccess(context: ConnectorContext): Access | NoAccess {
  const { settings } = context.account;
  const server = readUrl(settings.server?.trim() || SERVER)?.origin ?? null;
  if (server === null) return { kind: 'signed-out', detail: 'the server’s address must be https' };
  const given = (context.secrets.access ?? '').trim();
  const url = /^https?:/iu.test(given) ? readUrl(given) : null;
  if (url !== null) return webhookAccess(context, server, url);
  const [, token] = TOKEN.exec(given) ?? [];
  if (token === undefined) {
    return { kind: 'signed-out', detail: 'the address of a webhook or the token of a bot is needed' };
  }
  const channel = (settings.channel ?? '').trim();
  if (!ID.test(channel)) return { kind: 'signed-out', detail: 'a bot needs the channel’s number' };
  const urlOf = (path: string) => `${server}/api/v10${path}`;
  const createUrl = urlOf(`/channels/${channel}/messages`);
  return {
    kind: 'access',
    as: 'bot',
    context: withSecret(context, token),
    channel,
    createUrl,
    messageUrl: (id) => `${createUrl}/${encodeURIComponent(id)}`,
    selfUrl: urlOf('/users/@me'),
    urlOf,
    headers: { authorization: `Bot ${token}`, 'user-agent': USER_AGENT },
  };
}

function webhookAccess(context: ConnectorContext, server: string, url: URL): Access | NoAccess {
  const [, id, token = ''] = WEBHOOK.exec(url.pathname) ?? [];
  const isDiscords = url.protocol === 'https:' && url.port === '' && OWN_HOSTS.includes(url.hostname);
  if (id === undefined || !(isDiscords || url.origin === server)) {
    return { kind: 'signed-out', detail: 'this is not the address of a Discord webhook' };
  }
  const base = `${url.origin}/api/v10/webhooks/${id}/${token}`;
  const thread = url.searchParams.get('thread_id') ?? '';
  const inThread = ID.test(thread) ? `thread_id=${thread}` : '';
  return {
    kind: 'access',
    as: 'hook',
    context: withSecret(context, token),
    channel: inThread === '' ? (context.account.settings.channelId ?? '') : thread,
    // Without `wait` the answer comes before anything is posted, and holds no id.
    createUrl: `${base}?wait=true${inThread && `&${inThread}`}`,
    messageUrl: (message) => `${base}/messages/${encodeURIComponent(message)}${inThread && `?${inThread}`}`,
    selfUrl: base,
    urlOf: (path) => `${url.origin}/api/v10${path}`,
    headers: { 'user-agent': USER_AGENT },
  };
}

/** The token alone is as good as what it stands in, so it is kept out of every word, too. */
function withSecret(context: ConnectorContext, token: string): ConnectorContext {
  return { ...context, secrets: { ...context.secrets, token } };
}

/** For what makes nothing public. */
export function ask(access: Access, url: string, init: HttpInit = {}): Promise<HttpAnswer> {
  return access.context.http.call(url, { ...init, headers: { ...access.headers, ...init.headers } });
}
