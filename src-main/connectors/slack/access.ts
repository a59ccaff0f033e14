import type { ConnectorContext, HttpAnswer } from '../../core/connector.ts';
import { readUrl } from '../shared/server-url.ts';

export const SERVER = 'https://slack.com';
const OWN_HOSTS = ['slack.com', 'slack-gov.com'];

export type Access = {
  readonly kind: 'access';
  readonly channel: string;
  readonly urlOf: (method: string) => string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether an address that Slack gave for an upload is one of Slack's. */
  readonly isOwn: (url: string) => boolean;
};
type NoAccess = { readonly kind: 'signed-out'; readonly detail: string };

export function readAccess({
  account,
  secrets,
}: Pick<ConnectorContext, 'account' | 'secrets'>): Access | NoAccess {
  const server = readUrl(account.settings.server?.trim() || SERVER);
  // http is this machine's, which `readUrl` lets through and no other.
  if (server === null || (server.protocol === 'https:' && !OWN_HOSTS.includes(server.host))) {
    return { kind: 'signed-out', detail: 'the address must be https://slack.com or https://slack-gov.com' };
  }
  const token = (secrets.token ?? '').trim();
  if (!/^xoxb-[\w-]{10,250}$/u.test(token)) {
    return { kind: 'signed-out', detail: 'a bot token is needed: it begins with xoxb-' };
  }
  const channel = channelOf(account.settings.channel);
  if (channel === null) {
    return {
      kind: 'signed-out',
      detail: 'the channel’s ID is needed, or its address: it begins with C or G',
    };
  }
  return {
    kind: 'access',
    channel,
    urlOf: (method) => `${server.origin}/api/${method}`,
    headers: { authorization: `Bearer ${token}` },
    isOwn: (text) => {
      const url = readUrl(text);
      if (url === null) return false;
      if (server.protocol === 'http:') return url.origin === server.origin;
      return (
        url.protocol === 'https:' &&
        OWN_HOSTS.some((host) => url.host === host || url.host.endsWith(`.${host}`))
      );
    },
  };
}

/** From an ID, or from the address of a channel as Slack copies it. */
function channelOf(typed: string | undefined): string | null {
  const [, id] = /(?:^|^https:\/\/\S+\/)([CG][A-Z0-9]{5,20})(?:$|[/?#])/u.exec((typed ?? '').trim()) ?? [];
  return id ?? null;
}

/** Asks one method with these fields as a form, which every method takes; for what makes nothing public. */
export function ask(
  context: Pick<ConnectorContext, 'http'>,
  access: Access,
  method: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  return context.http.call(access.urlOf(method), {
    method: 'POST',
    headers: { ...access.headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}
