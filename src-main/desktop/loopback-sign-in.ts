import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../core/clock.ts';
import { redirectUriOf } from '../core/connector.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Words } from './words.ts';

const PATH = new URL(redirectUriOf(0)).pathname;
const PATIENCE_MS = 120_000;
/** Anything on this machine can knock; after so many wrong knocks the door is closed. */
const MOST_KNOCKS = 50;

/** What the network's sign-in is handed. The verifier itself stays here until the code came back. */
export type SignInCallback = {
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
};
export type SignInAnswer = {
  readonly code: string;
  readonly redirectUri: string;
  readonly codeVerifier: string;
  readonly carry: Readonly<Record<string, string>>;
};

/** Base64url without padding. */
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** RFC 7636, S256. */
export function codeChallengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier, 'ascii').digest('base64url');
}

/**
 * A sign-in through the system browser as RFC 8252 wants it: a server on 127.0.0.1 and a port of chance (or the one the network insists on), one exact path, PKCE (S256),
 * `state`, one shot, two minutes. Nothing of it is ever shown in a window of ours.
 * @returns what `finish` returned; refused with 'sign-in-failed', 'sign-in-port-taken', 'sign-in-timeout', 'sign-in-declined', 'sign-in-no-browser' or
 * 'sign-in-canceled'.
 */
export async function signInByBrowser<T>(deps: {
  /** The one the network knows; null takes a free one. */
  port: number | null;
  begin: (
    callback: SignInCallback,
  ) => Promise<
    | { kind: 'open'; url: string; carry: Readonly<Record<string, string>> }
    | { kind: 'failed'; detail: string }
  >;
  finish: (answer: SignInAnswer) => Promise<T>;
  openExternal: (url: string) => Promise<Result<true>>;
  randomBytes: (n: number) => Uint8Array;
  clock: Clock;
  words: () => Words;
  signal?: AbortSignal;
  patienceMs?: number;
}): Promise<Result<T>> {
  const words = deps.words();
  if (deps.signal?.aborted === true) return refuse('sign-in-canceled', words.cancel);
  const state = base64url(deps.randomBytes(32));
  const codeVerifier = base64url(deps.randomBytes(48));
  const receiver = await openReceiver(state, words, deps.port ?? 0);
  if (receiver === null) return refuse('sign-in-port-taken', words.signInPortTaken(deps.port ?? 0));
  const onAbort = () => receiver.give(refuse('sign-in-canceled', words.cancel));
  deps.signal?.addEventListener('abort', onAbort, { once: true });
  const cancelPatience = deps.clock.after(deps.patienceMs ?? PATIENCE_MS, () =>
    receiver.give(refuse('sign-in-timeout', words.signInTimeout)),
  );
  try {
    const callback = {
      redirectUri: receiver.redirectUri,
      state,
      codeChallenge: codeChallengeOf(codeVerifier),
    };
    const begun = await deps.begin(callback);
    if (begun.kind === 'failed') return refuse('sign-in-failed', begun.detail);
    const opened = await deps.openExternal(begun.url);
    if (!opened.ok) return refuse('sign-in-no-browser', words.signInNoBrowser);
    const code = await receiver.answer;
    if (!code.ok) return code;
    receiver.close();
    const { redirectUri } = receiver;
    return ok(await deps.finish({ code: code.value, redirectUri, codeVerifier, carry: begun.carry }));
  } finally {
    cancelPatience();
    deps.signal?.removeEventListener('abort', onAbort);
    receiver.close();
  }
}

/** The server that waits for one answer. `answer` settles once; whatever comes later meets a closed door. */
async function openReceiver(state: string, words: Words, wanted: number) {
  let give: (code: Result<string>) => void = () => {};
  const answer = new Promise<Result<string>>((resolve) => {
    give = resolve;
  });
  let knocks = 0;
  let isOver = false;
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (request, response) => {
    const heard = isOver
      ? ({ kind: 'wrong', status: 410 } as const)
      : readAnswer(request, state, `127.0.0.1:${port}`);
    if (heard.kind === 'wrong') {
      reply(response, heard.status, words.signInFailed, words);
      knocks += 1;
      if (knocks >= MOST_KNOCKS) give(refuse('sign-in-failed', words.signInFailed));
      return;
    }
    isOver = true;
    if (heard.kind === 'declined') {
      reply(response, 200, words.signInDeclined, words);
      give(refuse('sign-in-declined', words.signInDeclined));
    } else {
      reply(response, 200, words.signInDone, words);
      give(ok(heard.code));
    }
  });
  server.maxConnections = 16;
  const isOpen = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(wanted, '127.0.0.1', () => resolve(true));
  });
  if (!isOpen) return null;
  const { port } = server.address() as AddressInfo;
  let isClosed = false;
  return {
    redirectUri: redirectUriOf(port),
    answer,
    give: (code: Result<string>) => give(code),
    close(): void {
      if (isClosed) return;
      isClosed = true;
      isOver = true;
      server.close();
      // The page just answered may still be on its way out; whoever only sits there is put out.
      setTimeout(() => server.closeAllConnections(), 250).unref();
    },
  };
}

type Heard =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'wrong'; readonly status: number };

/** Only GET, only our own host name (a page in the browser could reach us under another), only the exact path, every parameter once. */
function readAnswer(request: IncomingMessage, state: string, host: string): Heard {
  if (request.headers.host !== host) return { kind: 'wrong', status: 421 };
  if (request.method !== 'GET') return { kind: 'wrong', status: 405 };
  let url: URL;
  try {
    url = new URL(request.url ?? '', `http://${host}`);
  } catch {
    return { kind: 'wrong', status: 400 };
  }
  if (url.host !== host || url.pathname !== PATH) return { kind: 'wrong', status: 404 };
  const only = (name: string) => {
    const all = url.searchParams.getAll(name);
    return all.length === 1 ? (all[0] ?? '') : '';
  };
  if (!isSame(only('state'), state)) return { kind: 'wrong', status: 400 };
  if (url.searchParams.has('error')) return { kind: 'declined' };
  const code = only('code');
  return code === '' || code.length > 4_096 ? { kind: 'wrong', status: 400 } : { kind: 'code', code };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function reply(response: ServerResponse, status: number, text: string, words: Words): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(
    `<!doctype html><html lang="${words.language}"><meta charset="utf-8"><title>All Stop</title>` +
      `<h1>${text}</h1>${status === 200 ? `<p>${words.signInClose}</p>` : ''}</html>`,
  );
}
