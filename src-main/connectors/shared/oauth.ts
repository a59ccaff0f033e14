import type { ConnectorContext } from '../../core/connector.ts';
import { type Failure, failureBeforeSend, failureOfPreparing, record } from './answer.ts';

type Secrets = Readonly<Record<string, string>>;

/** The agency's own developer app. */
export type OAuthApp = {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** '' for an app that is no confidential client. */
  readonly clientSecret: string;
  /** Where the network wants the secret: RFC 6749, 2.3.1. */
  readonly secretIn: 'header' | 'body';
};

/** A token that ends so soon is renewed first: an attempt may last that long. */
const NEAR_END_MS = 2 * 60_000;

/** The secrets under which an account's tokens are sealed; the ends are instants in milliseconds. */
type Tokens = {
  readonly accessToken: string;
  readonly accessTokenEndsAt?: string;
  readonly refreshToken?: string;
  readonly refreshTokenEndsAt?: string;
};

/** RFC 6749, 5: trades a code or a refresh token. Nothing is public by it, so nothing is unconfirmed. */
export async function tradeToken(
  context: ConnectorContext,
  app: OAuthApp,
  grant: Secrets,
): Promise<{ readonly kind: 'traded'; readonly secrets: Tokens } | Failure> {
  const isBasic = app.clientSecret !== '' && app.secretIn === 'header';
  const basic = Buffer.from(
    `${encodeURIComponent(app.clientId)}:${encodeURIComponent(app.clientSecret)}`,
  ).toString('base64');
  const secretive = { ...context, secrets: { ...context.secrets, ...grant, basic } };
  try {
    const answer = await context.http.call(app.tokenUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(isBasic ? { authorization: `Basic ${basic}` } : {}),
      },
      body: new URLSearchParams({
        ...grant,
        client_id: app.clientId,
        ...(app.clientSecret !== '' && !isBasic ? { client_secret: app.clientSecret } : {}),
      }).toString(),
    });
    const json = record(answer.json);
    if (answer.status === 200 && typeof json.access_token === 'string' && json.access_token !== '') {
      const endsAt = (seconds: unknown) =>
        typeof seconds === 'number' && seconds > 0 ? String(context.now() + seconds * 1_000) : null;
      const accessEnd = endsAt(json.expires_in);
      const refreshEnd = endsAt(json.refresh_token_expires_in);
      return {
        kind: 'traded',
        secrets: {
          accessToken: json.access_token,
          ...(accessEnd === null ? {} : { accessTokenEndsAt: accessEnd }),
          ...(typeof json.refresh_token === 'string' ? { refreshToken: json.refresh_token } : {}),
          ...(refreshEnd === null ? {} : { refreshTokenEndsAt: refreshEnd }),
        },
      };
    }
    return failureOfPreparing(secretive, answer, {
      signedOut: [400, 401, 403],
      refused: [],
      tryLater: [429],
    });
  } catch (thrown) {
    return failureBeforeSend(secretive, thrown);
  }
}

/** A context whose secrets hold a token that lasts, and the header that shows it. */
export type OpenTokens = {
  readonly kind: 'open';
  readonly context: ConnectorContext;
  readonly bearer: Readonly<Record<'authorization', string>>;
};

/**
 * The account's access token, renewed first where it ends soon. What a network gives instead of a refresh token is kept before it is used: a
 * refresh token counts once, and one that is lost is a sign-in that is lost.
 */
export async function openTokens(context: ConnectorContext, app: OAuthApp): Promise<OpenTokens | Failure> {
  const { secrets } = context;
  if (!secrets.accessToken) return { kind: 'signed-out', detail: 'sign in with the browser first' };
  if (lasts(context, secrets)) return opened(context, secrets);
  if (!secrets.refreshToken) return { kind: 'signed-out', detail: 'the sign-in has ended: sign in again' };
  const refused: { failure: Failure | null } = { failure: null };
  try {
    const now = await context.renewSecrets(async (kept) => {
      if (lasts(context, kept)) return null;
      const secretive = { ...context, secrets: { ...secrets, ...kept } };
      const grant = { grant_type: 'refresh_token', refresh_token: kept.refreshToken ?? '' };
      const traded = await tradeToken(secretive, app, grant);
      if (traded.kind === 'traded') return { ...kept, ...traded.secrets };
      refused.failure = traded;
      return null;
    });
    return refused.failure ?? opened(context, now);
  } catch (thrown) {
    return failureBeforeSend(context, thrown);
  }
}

/** When a person has to sign in again: with the refresh token, or where there is none with the access token. '' where that is not told. */
export function endOfSignIn({ accessTokenEndsAt, refreshToken, refreshTokenEndsAt }: Secrets): string {
  return (refreshToken ? refreshTokenEndsAt : accessTokenEndsAt) ?? '';
}

function lasts(context: ConnectorContext, { accessToken, accessTokenEndsAt }: Secrets): boolean {
  if (!accessToken) return false;
  return accessTokenEndsAt === undefined || Number(accessTokenEndsAt) - context.now() > NEAR_END_MS;
}

function opened(context: ConnectorContext, secrets: Secrets): OpenTokens {
  return {
    kind: 'open',
    context: { ...context, secrets: { ...context.secrets, ...secrets } },
    bearer: { authorization: `Bearer ${secrets.accessToken}` },
  };
}
