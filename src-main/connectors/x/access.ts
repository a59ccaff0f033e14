import type { ConnectorContext, HttpAnswer, HttpInit } from '../../core/connector.ts';
import { type Failure, type Refusals, retryAt } from '../shared/answer.ts';
import { type OAuthApp, openTokens } from '../shared/oauth.ts';
import { readUrl } from '../shared/server-url.ts';

/** X's own. An agency may have a gateway of its own before it. */
export const API = 'https://api.x.com';

export type Access = {
  readonly kind: 'access';
  /** Its secrets are those that hold now. */
  readonly context: ConnectorContext;
  readonly api: string;
  readonly headers: Readonly<Record<string, string>>;
};

type SignedOut = { readonly kind: 'signed-out'; readonly detail: string };

/** The agency's app, from what was entered; why there is none otherwise. */
export function readApp(
  context: ConnectorContext,
): { readonly kind: 'app'; readonly api: string; readonly app: OAuthApp } | SignedOut {
  const { api: given = '', clientId = '' } = context.account.settings;
  const api = readUrl(given.trim() || API)?.origin;
  if (api === undefined) return { kind: 'signed-out', detail: 'the API’s address must be https' };
  if (clientId.trim() === '') return { kind: 'signed-out', detail: 'the app’s client ID is missing' };
  return {
    kind: 'app',
    api,
    app: {
      tokenUrl: `${api}/2/oauth2/token`,
      clientId: clientId.trim(),
      clientSecret: context.secrets.clientSecret ?? '',
      secretIn: 'header',
    },
  };
}

/** A token that holds, renewed where it ends soon (they last two hours). Nothing is public yet. */
export async function readAccess(context: ConnectorContext): Promise<Access | Failure> {
  const read = readApp(context);
  if (read.kind !== 'app') return read;
  const tokens = await openTokens(context, read.app);
  if (tokens.kind !== 'open') return tokens;
  return { kind: 'access', context: tokens.context, api: read.api, headers: tokens.bearer };
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

/** What X's reference lists as a no. 402 is an account without credit, 403 also a text that says what another post said. */
export const REFUSALS: Refusals = {
  signedOut: [401],
  refused: [400, 402, 403, 404, 405, 409, 410, 413, 415, 422],
  tryLater: [429],
};

/** X has limits for 15 minutes and for a day, of the app and of the account: the one that is used up says when. */
export function whenAgain(access: Access, answer: HttpAnswer): number | null {
  const { headers } = answer;
  const now = access.context.now();
  const after = retryAt(answer, now);
  if (headers['retry-after'] !== undefined && after !== null) return after;
  const resets = ['x-rate-limit', 'x-app-limit-24hour', 'x-user-limit-24hour'].flatMap((limit) => {
    const [left, reset] = [headers[`${limit}-remaining`], Number(headers[`${limit}-reset`])];
    return (left === '0' || left === undefined) && reset > 0 ? [reset * 1_000] : [];
  });
  return resets.length === 0 ? null : Math.max(now, ...resets);
}

/** A failure with X's own word on when to come again. */
export function waiting<F extends Failure>(access: Access, answer: HttpAnswer, failure: F): F {
  return failure.kind === 'try-later' ? { ...failure, notBefore: whenAgain(access, answer) } : failure;
}
