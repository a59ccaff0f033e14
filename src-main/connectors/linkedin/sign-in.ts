import {
  type BrowserSignIn,
  type ConnectorContext,
  SIGN_IN_ENDS_AT,
  type Verified,
} from '../../core/connector.ts';
import { failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { endOfSignIn, tradeToken } from '../shared/oauth.ts';
import { ask, organizationOf, readAccess, readApp } from './access.ts';

const SCOPES = 'w_organization_social r_organization_social rw_organization_admin';

/**
 * With the secret of the agency's own app, LinkedIn's usual sign-in; without one its sign-in for programs (PKCE), which LinkedIn has to turn
 * on for the app.
 */
export const signIn: BrowserSignIn = {
  port: 17_171,

  async begin(context, { redirectUri, state, codeChallenge }) {
    const read = readApp(context);
    if (read.kind !== 'app') return { kind: 'failed', detail: read.detail };
    if (organizationOf(context.account.settings.organization) === null)
      return { kind: 'failed', detail: 'the page’s number is missing' };
    const isNative = read.app.clientSecret === '';
    const url = new URL(
      isNative
        ? 'https://www.linkedin.com/oauth/native-pkce/authorization'
        : 'https://www.linkedin.com/oauth/v2/authorization',
    );
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: read.app.clientId,
      redirect_uri: redirectUri,
      state,
      scope: SCOPES,
      ...(isNative ? { code_challenge: codeChallenge, code_challenge_method: 'S256' } : {}),
    }).toString();
    return { kind: 'open', url: url.href, carry: {} };
  },

  async finish(context, { code, redirectUri, codeVerifier }) {
    const read = readApp(context);
    if (read.kind !== 'app') return read;
    const traded = await tradeToken(context, read.app, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(read.app.clientSecret === '' ? { code_verifier: codeVerifier } : {}),
    });
    if (traded.kind === 'signed-out') return traded;
    if (traded.kind !== 'traded') return { kind: 'unreachable', detail: traded.detail };
    return verify({ ...context, secrets: { ...context.secrets, ...traded.secrets } });
  },
};

/** Whether the token may speak for the page, and what the page is called. */
export async function verify(context: ConnectorContext): Promise<Verified> {
  const access = await readAccess(context);
  if (access.kind === 'signed-out') return access;
  if (access.kind !== 'access') return { kind: 'unreachable', detail: access.detail };
  const number = access.author.replace('urn:li:organization:', '');
  try {
    const answer = await ask(access, `/rest/organizations/${number}`);
    const { id, localizedName, vanityName } = record(answer.json);
    const detail = wordsOf(access.context, answer);
    if (answer.status === 401) return { kind: 'signed-out', detail };
    if (answer.status === 403 || answer.status === 404)
      return { kind: 'signed-out', detail: `${detail}: this person does not administer the page ${number}` };
    if (answer.status !== 200 || String(id) !== number || typeof localizedName !== 'string')
      return { kind: 'unreachable', detail: `${detail}: not the answer of LinkedIn` };
    const page = typeof vanityName === 'string' ? encodeURIComponent(vanityName) : number;
    return {
      kind: 'ready',
      name: localizedName,
      url: `https://www.linkedin.com/company/${page}`,
      settings: { [SIGN_IN_ENDS_AT]: endOfSignIn(access.context.secrets) },
      secrets: access.context.secrets,
    };
  } catch (thrown) {
    return { kind: 'unreachable', detail: failureBeforeSend(access.context, thrown).detail };
  }
}
