import type { ConnectorContext, HttpAnswer, HttpInit } from '../../core/connector.ts';
import type { Failure, Refusals } from '../shared/answer.ts';
import { type OAuthApp, openTokens } from '../shared/oauth.ts';
import { readUrl } from '../shared/server-url.ts';

/** LinkedIn's own. An agency may have a gateway of its own before both. */
export const API = 'https://api.linkedin.com';
const TOKENS = 'https://www.linkedin.com/oauth/v2/accessToken';
/** LinkedIn takes each version for about a year: this one until about September 2027. */
const VERSION = '202609';

export type Access = {
  readonly kind: 'access';
  /** Its secrets are those that hold now. */
  readonly context: ConnectorContext;
  readonly api: string;
  /** 'urn:li:organization:<number>' */
  readonly author: string;
  readonly headers: Readonly<Record<string, string>>;
};

type SignedOut = { readonly kind: 'signed-out'; readonly detail: string };

/** The agency's app, from what was entered; why there is none otherwise. */
export function readApp(
  context: ConnectorContext,
): { readonly kind: 'app'; readonly api: string; readonly app: OAuthApp } | SignedOut {
  const { api: given = '', clientId = '' } = context.account.settings;
  const own = given.trim() || API;
  const api = readUrl(own)?.origin;
  if (api === undefined) return { kind: 'signed-out', detail: 'the API’s address must be https' };
  if (clientId.trim() === '') return { kind: 'signed-out', detail: 'the app’s client ID is missing' };
  return {
    kind: 'app',
    api,
    app: {
      tokenUrl: api === API ? TOKENS : `${api}/oauth/v2/accessToken`,
      clientId: clientId.trim(),
      clientSecret: context.secrets.clientSecret ?? '',
      secretIn: 'body',
    },
  };
}

/** The page's number, from itself, its URN or an address that has it; null where there is none. */
export function organizationOf(text: string | undefined): string | null {
  return (
    /(?:^|urn:li:organization:|\/company\/)(\d{1,19})(?:$|[/?#])/u.exec((text ?? '').trim())?.[1] ?? null
  );
}

/** A token that holds, renewed where it ends soon and LinkedIn gave what it is renewed by. Nothing is public yet. */
export async function readAccess(context: ConnectorContext): Promise<Access | Failure> {
  const read = readApp(context);
  if (read.kind !== 'app') return read;
  const organization = organizationOf(context.account.settings.organization);
  if (organization === null)
    return { kind: 'signed-out', detail: 'the page is missing: its number, or an address that has it' };
  const tokens = await openTokens(context, read.app);
  if (tokens.kind !== 'open') return tokens;
  return {
    kind: 'access',
    context: tokens.context,
    api: read.api,
    author: `urn:li:organization:${organization}`,
    headers: {
      ...tokens.bearer,
      'linkedin-version': VERSION,
      'x-restli-protocol-version': '2.0.0',
    },
  };
}

export function ask(access: Access, path: string, init: HttpInit = {}): Promise<HttpAnswer> {
  return access.context.http.call(`${access.api}${path}`, {
    ...init,
    headers: { ...access.headers, ...init.headers },
  });
}

export const jsonBody = (value: unknown): HttpInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** 422 is also a text that another post of the page says (DUPLICATE_POST), 426 a version that LinkedIn takes no more. */
export const REFUSALS: Refusals = {
  signedOut: [401],
  refused: [400, 403, 404, 405, 406, 409, 411, 413, 415, 422, 426],
  tryLater: [429],
};
