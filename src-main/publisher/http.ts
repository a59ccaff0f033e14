import { AsyncLocalStorage } from 'node:async_hooks';
import diagnostics from 'node:diagnostics_channel';
import { GateClosed, type Http, type HttpAnswer, type HttpInit, NoAnswer } from '../core/connector.ts';
import type { GateAnswer } from '../core/gate.ts';
import { withoutSecrets } from '../core/redact.ts';

export type WayOut = {
  /** Asked in the synchronous step in which the first byte of a `send` is written. Must not throw. */
  readonly gate: () => GateAnswer;
  readonly signal: AbortSignal;
  /** Texts that never appear in an error: tokens, passwords. */
  readonly redact: readonly string[];
};

const DEFAULT_TIMEOUT_MS = 15_000;
const MOST_ANSWER_BYTES = 1024 * 1024;

/** What is known of one request on the wire. */
type Wire = {
  readonly gate: (() => GateAnswer) | null;
  headersSeen: boolean;
  sent: boolean;
  closed: string | null;
};

/** Errors that can only come before a connection stands; of TLS those by which we refuse a certificate, before anything is written. */
export const BEFORE_CONNECTION: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/*
 * undici publishes `sendHeaders` synchronously right before it writes the head of a request to the socket; destroying the socket
 * there means that no byte leaves (tried on Node 18.15, 20.20 and 24.21). This is the one place where asking and sending
 * are a single step. It watches only requests made through `createHttp`. HAZARD: listened to by name and never on a channel object: Node 18
 * lets go of a channel that nobody holds, with its listeners, and undici takes hold of it only at the first request.
 */
const wires = new AsyncLocalStorage<Wire>();
const wireOf = new WeakMap<object, Wire>();
/** Whether the channel was ever seen to work in this process, and whether it was ever seen not to. */
const boundary = { isProven: false, isBroken: false, isWatched: false };

function watchTheWire(): void {
  if (boundary.isWatched) return;
  boundary.isWatched = true;
  diagnostics.subscribe('undici:request:create', (message) => {
    const wire = wires.getStore();
    if (wire) wireOf.set((message as { request: object }).request, wire);
  });
  diagnostics.subscribe('undici:client:sendHeaders', (message) => {
    const { request, socket } = message as { request: object; socket: { destroy(error: Error): void } };
    const wire = wireOf.get(request);
    if (!wire) return;
    boundary.isProven = true;
    // A second head for one request would be a hidden retry: never let it out.
    const answer: GateAnswer = wire.headersSeen
      ? { allow: false, why: 'repeated by the HTTP client' }
      : (wire.gate?.() ?? { allow: true });
    wire.headersSeen = true;
    if (answer.allow) {
      wire.sent = true;
    } else {
      wire.closed = answer.why;
      socket.destroy(new Error('gate closed'));
    }
  });
}

/** Whether a request went out unseen: this process can promise nothing any more, and sends nothing. */
export const isWireLost = (): boolean => boundary.isBroken;

/** The only way to the network there is, but for `createSocketOpener`. One request per call, no retry, no redirect followed. */
export function createHttp(deps: WayOut): Http {
  watchTheWire();

  async function exchange(url: string, init: HttpInit, isPublic: boolean): Promise<HttpAnswer> {
    if (deps.signal.aborted) throw new GateClosed('stopped');
    if (isPublic) {
      if (boundary.isBroken) throw new GateClosed('the boundary of the wire cannot be watched');
      const answer = deps.gate();
      if (!answer.allow) throw new GateClosed(answer.why);
    }
    const wire: Wire = { gate: isPublic ? deps.gate : null, headersSeen: false, sent: false, closed: null };
    const timeout = new AbortController();
    const onAbort = () => timeout.abort(new Error('stopped'));
    deps.signal.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(
      () => timeout.abort(new Error('no answer in time')),
      init.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    );
    try {
      return await wires.run(wire, async () => {
        const response = await fetch(url, {
          method: init.method ?? 'GET',
          headers: { ...init.headers },
          ...(init.body === undefined ? {} : { body: init.body as BodyInit }),
          redirect: 'manual',
          signal: timeout.signal,
        });
        // An answer to a request whose head was never seen: nothing said of "not sent" could be believed from here on.
        if (!wire.headersSeen) boundary.isBroken = true;
        const text = await readText(response);
        return { status: response.status, headers: headersOf(response), text, json: parseJson(text) };
      });
    } catch (error) {
      if (wire.closed !== null && !wire.sent) throw new GateClosed(wire.closed);
      const code = codeOf(error);
      const couldTell = (boundary.isProven && !boundary.isBroken) || BEFORE_CONNECTION.has(code);
      const sent = wire.sent || !couldTell;
      if (!sent && deps.signal.aborted) throw new GateClosed('stopped');
      throw new NoAnswer(withoutSecrets(wordsOf(error, code), deps.redact), sent);
    } finally {
      clearTimeout(timer);
      deps.signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    call: (url, init = {}) => exchange(url, init, false),
    send: (url, init = {}) => exchange(url, init, true),
  };
}

async function readText(response: Response): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_ANSWER_BYTES) {
      await reader.cancel();
      throw new Error('the answer is larger than 1 MiB');
    }
    text += decoder.decode(value, { stream: true });
  }
}

function headersOf(response: Response): Record<string, string> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, key) => {
    headers[key.toLowerCase()] = value;
  });
  return headers;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } } | null)?.cause;
  const code = cause?.code ?? cause?.errors?.[0]?.code;
  return typeof code === 'string' ? code : '';
}

function wordsOf(error: unknown, code: string): string {
  if (code) return code;
  if (!(error instanceof Error)) return 'no answer';
  const cause = (error as { cause?: unknown }).cause;
  return cause instanceof Error && cause.message ? cause.message : error.message;
}
