import type { Socket as NetSocket } from 'node:net';
import { WebSocket } from 'ws';
import { GateClosed, NoAnswer, type OpenSocket, type Socket } from '../core/connector.ts';
import { withoutSecrets } from '../core/redact.ts';
import { BEFORE_CONNECTION, type WayOut } from './http.ts';

const DEFAULT_TIMEOUT_MS = 15_000;
const MOST_HEARD_BYTES = 1024 * 1024;

/** The other way to the network: a WebSocket, without compression, so that what is said is written in the step that says it. */
export function createSocketOpener(deps: WayOut): OpenSocket {
  return (url, timeoutMs = DEFAULT_TIMEOUT_MS) =>
    new Promise((resolve, reject) => {
      if (deps.signal.aborted) return reject(new GateClosed('stopped'));
      let isReached = false;
      const ws = new WebSocket(url, {
        followRedirects: false,
        perMessageDeflate: false,
        maxPayload: MOST_HEARD_BYTES,
        finishRequest: (request) => {
          request.once('socket', (socket: NetSocket) => socket.once('connect', () => (isReached = true)));
          request.end();
        },
      });
      const socket = guard(ws, deps);
      const fail = (error: Error) => {
        clearTimeout(timer);
        deps.signal.removeEventListener('abort', onAbort);
        reject(error);
        socket.close();
      };
      const onAbort = () => fail(new GateClosed('stopped'));
      const timer = setTimeout(() => fail(new NoAnswer('no answer in time', isReached)), timeoutMs);
      deps.signal.addEventListener('abort', onAbort, { once: true });
      ws.once('error', (error) => {
        const code = codeOf(error);
        fail(
          new NoAnswer(
            withoutSecrets(code || error.message, deps.redact),
            isReached && !BEFORE_CONNECTION.has(code),
          ),
        );
      });
      ws.once('open', () => {
        clearTimeout(timer);
        deps.signal.removeEventListener('abort', onAbort);
        resolve(socket);
      });
    });
}

type Listener = { hear(text: string): void; end(why: string): void };

function guard(ws: WebSocket, deps: WayOut): Socket {
  const heard: string[] = [];
  let heardBytes = 0;
  let ended: string | null = null;
  let listener: Listener | null = null;
  let isSent = false;
  /** Whatever was said before has left Node's hands: only then is a write a write to the wire. */
  let isFlushed: Promise<void> = Promise.resolve();

  function end(why: string): void {
    if (ended !== null) return;
    ended = why;
    deps.signal.removeEventListener('abort', onAbort);
    ws.terminate();
    listener?.end(why);
  }
  // Destroys the socket before it returns: what Node still holds of it is dropped.
  const onAbort = () => end('stopped');
  deps.signal.addEventListener('abort', onAbort, { once: true });

  ws.on('error', (error) => end(withoutSecrets(codeOf(error) || error.message, deps.redact)));
  ws.on('close', () => end('the connection was closed'));
  ws.on('message', (data, isBinary) => {
    if (ended !== null) return;
    // Frames of text come as one Buffer each.
    const bytes = data as Buffer;
    heardBytes += bytes.byteLength;
    if (isBinary) return end('the answer is no text');
    if (heardBytes > MOST_HEARD_BYTES) return end('the answer is larger than 1 MiB');
    const text = bytes.toString('utf8');
    if (listener) listener.hear(text);
    else heard.push(text);
  });

  function refuseWhenOver(): void {
    if (deps.signal.aborted) throw new GateClosed('stopped');
    if (ended !== null || ws.readyState !== WebSocket.OPEN)
      throw new NoAnswer(ended ?? 'the connection was closed', false);
  }

  function write(text: string): void {
    isFlushed = new Promise((resolve) => ws.send(text, () => resolve()));
  }

  return {
    say(text) {
      refuseWhenOver();
      write(text);
    },

    async send(text) {
      isSent = false;
      await isFlushed;
      refuseWhenOver();
      const answer = deps.gate();
      if (!answer.allow) throw new GateClosed(answer.why);
      isSent = true;
      write(text);
    },

    until: (pick, timeoutMs = DEFAULT_TIMEOUT_MS) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          clearTimeout(timer);
          listener = null;
        };
        const fail = (why: string) => {
          settle();
          reject(
            deps.signal.aborted && !isSent
              ? new GateClosed('stopped')
              : new NoAnswer(withoutSecrets(why, deps.redact), isSent),
          );
        };
        const hear = (text: string) => {
          try {
            const picked = pick(text);
            if (picked === undefined) return;
            settle();
            resolve(picked);
          } catch (error) {
            settle();
            reject(error);
          }
        };
        const timer = setTimeout(() => fail('no answer in time'), timeoutMs);
        listener = { hear, end: fail };
        while (listener !== null && heard.length > 0) hear(heard.shift() ?? '');
        if (listener !== null && ended !== null) fail(ended);
      }),

    close: () => end('closed'),
  };
}

function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: unknown; errors?: { code?: unknown }[] };
  const said = code ?? errors?.[0]?.code;
  return typeof said === 'string' && !said.startsWith('WS_') ? said : '';
}
