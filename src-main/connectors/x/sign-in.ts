import type { BrowserSignIn, ConnectorContext, Verified } from '../../core/connector.ts';
import { cleanDetail, failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { tradeToken } from '../shared/oauth.ts';
import { ask, readAccess, readApp } from './access.ts';

const AUTHORIZE = 'https://x.com/i/oauth2/authorize';
const SCOPES = 'tweet.read tweet.write users.read media.write offline.access';

/** OAuth 2.0 with PKCE and the agency's own app; X wants to know the whole address the browser comes back to, port included. */
export const signIn: BrowserSignIn = {
  port: 17_170,

  async begin(context, { redirectUri, state, codeChallenge }) {
    const read = readApp(context);
    if (read.kind !== 'app') return { kind: 'failed', detail: read.detail };
    const url = new URL(AUTHORIZE);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: read.app.clientId,
      redirect_uri: redirectUri,
      scope: SCOPES,
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
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
      code_verifier: codeVerifier,
    });
    if (traded.kind === 'signed-out') return traded;
    if (traded.kind !== 'traded') return { kind: 'unreachable', detail: traded.detail };
    return verify({ ...context, secrets: { ...context.secrets, ...traded.secrets } });
  },
};

/** Who the token belongs to. Keeps the tokens, as they may have been renewed for it. */
export async function verify(context: ConnectorContext): Promise<Verified> {
  const access = await readAccess(context);
  if (access.kind === 'signed-out') return access;
  if (access.kind !== 'access') return { kind: 'unreachable', detail: access.detail };
  try {
    const answer = await ask(access, '/2/users/me');
    const { id, username } = record(record(answer.json).data);
    const detail = wordsOf(access.context, answer);
    if (answer.status === 401 || answer.status === 403) return { kind: 'signed-out', detail };
    if (answer.status !== 200 || typeof id !== 'string' || typeof username !== 'string') {
      return { kind: 'unreachable', detail: `${detail}: not the answer of X` };
    }
    return {
      kind: 'ready',
      name: `@${username}`,
      url: `https://x.com/${username}`,
      settings: { userId: id, username },
      secrets: access.context.secrets,
    };
  } catch (thrown) {
    const { detail } = failureBeforeSend(access.context, thrown);
    return { kind: 'unreachable', detail: cleanDetail(access.context, detail) };
  }
}
