import type { ConnectorContext, HttpAnswer, HttpInit } from '../../core/connector.ts';
import { type Failure, failureOfPreparing, record, wordsOf } from '../shared/answer.ts';
import { readUrl } from '../shared/server-url.ts';
import { bearer, errorOf, jsonInit, methodUrl, textAt } from './xrpc.ts';

/** Who we are for the server, and for how long. */
export type Session = {
  readonly did: string;
  readonly handle: string;
  /** Where the account's repository is served; not always the server one signs in at. */
  readonly pds: string;
  readonly accessJwt: string;
  readonly refreshJwt: string;
};

export type Opened = { readonly kind: 'open'; readonly session: Session } | Failure;

/** A token that ends sooner is not begun with: uploads and the parts of a thread need their time. */
const TOKEN_MARGIN_MS = 5 * 60_000;

/**
 * The session for one attempt: the kept access token (it lives about two hours), else a new one for the kept refresh token, else a new
 * one for the app password. What is made here is not kept: an attempt has no way to, and a server honours a used refresh token for
 * two more hours only. So an account last verified long ago signs in once per attempt; Bluesky allows 300 sign-ins a day and 30 in five
 * minutes. Verifying the account keeps new tokens. `fresh` passes over the kept access token: it was refused, whatever our clock says.
 * Throws what `http.call` throws.
 */
export async function openSession(context: ConnectorContext, fresh: boolean): Promise<Opened> {
  const { settings } = context.account;
  const { accessJwt = '', refreshJwt = '' } = context.secrets;
  const { did = '', handle = '', pds = '' } = settings;
  if (did && pds && !fresh && livesOn(accessJwt, context.now())) {
    return { kind: 'open', session: { did, handle, pds, accessJwt, refreshJwt } };
  }
  if (did && livesOn(refreshJwt, context.now())) {
    const init = { method: 'POST', headers: bearer(refreshJwt) } as const;
    const refreshed = await ask(context, 'com.atproto.server.refreshSession', init);
    if (refreshed.kind === 'open') return onlyAs(did, refreshed);
  }
  return onlyAs(did, await createSession(context));
}

/** Signs in with the app password. Throws what `http.call` throws. */
export async function createSession(context: ConnectorContext): Promise<Opened> {
  const identifier = (context.account.settings.identifier ?? '').trim().replace(/^@/u, '');
  const password = (context.secrets.appPassword ?? '').trim();
  if (!identifier || !password) {
    return { kind: 'signed-out', detail: 'The handle or the app password is missing.' };
  }
  return ask(context, 'com.atproto.server.createSession', jsonInit({ identifier, password }));
}

/** A handle can pass to another account; a brand's posts must not follow it. */
function onlyAs(did: string, opened: Opened): Opened {
  if (opened.kind !== 'open' || !did || opened.session.did === did) return opened;
  return { kind: 'signed-out', detail: 'This sign-in now belongs to another Bluesky account.' };
}

async function ask(context: ConnectorContext, method: string, init: HttpInit): Promise<Opened> {
  const server = readUrl(context.account.settings.server);
  if (!server) return { kind: 'signed-out', detail: 'The address of the server is not https.' };
  const answer = await context.http.call(methodUrl(server.origin, method), init);
  return openedBy(context, server.origin, answer);
}

function openedBy(context: ConnectorContext, server: string, answer: HttpAnswer): Opened {
  const { json } = answer;
  const session: Session = {
    did: textAt(json, 'did'),
    handle: textAt(json, 'handle'),
    pds: pdsOf(json) ?? server,
    accessJwt: textAt(json, 'accessJwt'),
    refreshJwt: textAt(json, 'refreshJwt'),
  };
  if (answer.status === 200 && session.did && session.accessJwt) {
    if (record(json).active !== false) return { kind: 'open', session };
    return { kind: 'signed-out', detail: `The account is ${textAt(json, 'status') || 'not active'}.` };
  }
  if (errorOf(answer)?.error === 'AuthFactorTokenRequired') {
    return { kind: 'signed-out', detail: 'That is the password of the account: an app password is needed.' };
  }
  if (errorOf(answer) && answer.status < 500 && answer.status !== 429) {
    return { kind: 'signed-out', detail: wordsOf(context, answer) };
  }
  return failureOfPreparing(context, answer, { signedOut: [], refused: [], tryLater: [429] });
}

/** The repository's server as the identity's document names it (atproto.com/specs/did). */
function pdsOf(json: unknown): string | null {
  const services = record(record(json).didDoc).service;
  if (!Array.isArray(services)) return null;
  const service = services.find((one) => textAt(one, 'id').endsWith('#atproto_pds'));
  return readUrl(textAt(service, 'serviceEndpoint'))?.origin ?? null;
}

/** Whether a JWT's `exp` is far enough away. Its signature is the server's matter. */
function livesOn(jwt: string, now: number): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const expiry = record(claims).exp;
    return typeof expiry === 'number' && expiry * 1_000 > now + TOKEN_MARGIN_MS;
  } catch {
    return false;
  }
}
