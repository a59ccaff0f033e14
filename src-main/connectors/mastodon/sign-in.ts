import type { BrowserSignIn, ConnectorContext, HttpAnswer, Verified } from '../../core/connector.ts';
import { failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { serverOf } from './access.ts';
import { verify } from './verify.ts';

const SCOPES = 'read write';
/** Refusals of the code itself: asking again in another form would change nothing. */
const FINAL = ['invalid_grant', 'invalid_client', 'unauthorized_client', 'access_denied', 'invalid_scope'];

type Fields = Readonly<Record<string, string>>;

/** Registers this app with the person's server, anew each time, and trades the code for a token. */
export const signIn: BrowserSignIn = {
  port: null,

  async begin(context, { redirectUri, state, codeChallenge }) {
    const server = serverOf(context.account.settings.server);
    if (server === null) return { kind: 'failed', detail: 'the server’s address must be https' };
    try {
      const answer = await postForm(context, `${server}/api/v1/apps`, {
        client_name: 'All Stop',
        redirect_uris: redirectUri,
        scopes: SCOPES,
      });
      const { client_id: clientId, client_secret: clientSecret } = record(answer.json);
      if (answer.status !== 200 || typeof clientId !== 'string' || typeof clientSecret !== 'string') {
        return {
          kind: 'failed',
          detail: `${wordsOf(context, answer)}: ${server} did not take this app; is it a Mastodon server?`,
        };
      }
      const url = new URL(`${server}/oauth/authorize`);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: SCOPES,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        // Lets a person sign in with another account of the same server than the browser's.
        force_login: 'true',
      }).toString();
      return { kind: 'open', url: url.href, carry: { server, clientId, clientSecret } };
    } catch (thrown) {
      return { kind: 'failed', detail: failureBeforeSend(context, thrown).detail };
    }
  },

  async finish(context, { code, redirectUri, codeVerifier, carry }) {
    const { server = '', clientId = '', clientSecret = '' } = carry;
    const secretive = { ...context, secrets: { ...context.secrets, clientSecret, code, codeVerifier } };
    try {
      const answer = await exchange(secretive, `${server}/oauth/token`, {
        grant_type: 'authorization_code',
        code,
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
        scope: SCOPES,
      });
      const { access_token: token } = record(answer.json);
      if (answer.status !== 200 || typeof token !== 'string') {
        return { kind: 'signed-out', detail: wordsOf(secretive, answer) };
      }
      return withToken(context, server, token);
    } catch (thrown) {
      return { kind: 'unreachable', detail: failureBeforeSend(secretive, thrown).detail };
    }
  },
};

/** OAuth says form; where a server wants JSON it says no to the form without looking at the code. */
async function exchange(context: ConnectorContext, url: string, fields: Fields): Promise<HttpAnswer> {
  const answer = await postForm(context, url, fields);
  const { error } = record(answer.json);
  const isAnswered = answer.status < 400 || answer.status >= 500;
  if (isAnswered || (typeof error === 'string' && FINAL.includes(error))) return answer;
  return context.http.call(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
}

async function withToken(context: ConnectorContext, server: string, token: string): Promise<Verified> {
  const verified = await verify({
    ...context,
    account: { ...context.account, settings: { ...context.account.settings, server } },
    secrets: { token },
  });
  return verified.kind === 'ready' ? { ...verified, secrets: { token } } : verified;
}

function postForm(context: ConnectorContext, url: string, fields: Fields): Promise<HttpAnswer> {
  return context.http.call(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}
