import type { ConnectorContext, HttpAnswer } from '../../core/connector.ts';
import { readUrl } from '../shared/server-url.ts';

/** Telegram's own. An agency may run the same server itself. */
export const SERVER = 'https://api.telegram.org';

export type Access = {
  readonly kind: 'access';
  /** '@name' or the number of a chat, as the API takes it. */
  readonly chat: string;
  /** The address of one method. HAZARD: it holds the token; it is asked for and never shown. */
  readonly urlOf: (method: string) => string;
};
type NoAccess = { readonly kind: 'signed-out'; readonly detail: string };

const TOKEN = /^\d{3,20}:[\w-]{10,200}$/u;

export function readAccess({
  account,
  secrets,
}: Pick<ConnectorContext, 'account' | 'secrets'>): Access | NoAccess {
  const server = readUrl(account.settings.server?.trim() || SERVER)?.origin ?? null;
  if (server === null) return { kind: 'signed-out', detail: 'the server’s address must be https' };
  const token = (secrets.token ?? '').trim();
  if (!TOKEN.test(token)) {
    return {
      kind: 'signed-out',
      detail: 'a bot token is needed: digits, a colon and letters, from @BotFather',
    };
  }
  const chat = chatOf(account.settings.chat);
  if (chat === null) {
    return { kind: 'signed-out', detail: 'the channel must be @name, its t.me address or its number' };
  }
  return { kind: 'access', chat, urlOf: (method) => `${server}/bot${token}/${method}` };
}

/** '@name' from a name, with its @ or not, or from its t.me address; a number as it is. Null for anything else. */
function chatOf(typed: string | undefined): string | null {
  const text = (typed ?? '').trim();
  if (/^-?\d{1,16}$/u.test(text)) return text;
  const [, name] = /^(?:@|(?:https?:\/\/)?t\.me\/)?([a-z]\w{3,31})\/?$/iu.exec(text) ?? [];
  return name === undefined ? null : `@${name}`;
}

/** Asks one method with these fields; for what makes nothing public. */
export function ask(
  context: Pick<ConnectorContext, 'http'>,
  access: Access,
  method: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<HttpAnswer> {
  return context.http.call(access.urlOf(method), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
}
