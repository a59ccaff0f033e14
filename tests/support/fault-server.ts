import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type SeenRequest = {
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Monotonic milliseconds (`performance.now()`) at which its head arrived. */
  readonly firstByteAt: number;
};

export type ServerAnswer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes go out as they are; anything else as JSON. Nothing when left out. */
  readonly body?: unknown;
};

/** What can go wrong with one request instead of an honest answer. */
export type Fault =
  | { readonly kind: 'answer'; readonly answer: ServerAnswer }
  /** The connection is reset before a byte of the answer. */
  | { readonly kind: 'reset' }
  /** Nothing comes, ever. */
  | { readonly kind: 'hang' }
  /** The head comes at once, then one byte in a while, never the end. */
  | { readonly kind: 'drip' }
  /** The head promises more than comes before the connection ends. */
  | { readonly kind: 'cut-short' }
  /** An honest answer, and then this many bytes more. */
  | { readonly kind: 'huge'; readonly bytes: number };

export type FaultServer = {
  /** 'http://127.0.0.1:<port>' */
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
  /** Resolves with the next request of which `which` says yes, as soon as it has arrived in full. */
  next(which: (request: SeenRequest) => boolean): Promise<SeenRequest>;
  close(): Promise<void>;
};

/**
 * A server on a free port of 127.0.0.1 that answers honestly with `answer`, but for the requests for which `faultFor` gives a fault.
 * Requests are kept in the order of their arrival, those included that are never answered.
 */
export async function startFaultServer(script: {
  readonly answer: (request: SeenRequest) => ServerAnswer | Promise<ServerAnswer>;
  readonly faultFor?: (request: SeenRequest) => Fault | null;
}): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const waiting: { which: (request: SeenRequest) => boolean; tell: (request: SeenRequest) => void }[] = [];
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();

  const server = createServer(async (message, response) => {
    const request = await readRequest(message);
    if (!request) return;
    requests.push(request);
    for (const one of waiting.splice(0)) {
      if (one.which(request)) one.tell(request);
      else waiting.push(one);
    }
    const fault = script.faultFor?.(request) ?? null;
    if (fault === null) return write(response, await script.answer(request));
    switch (fault.kind) {
      case 'answer':
        return write(response, fault.answer);
      case 'reset':
        message.socket.resetAndDestroy();
        return;
      case 'hang':
        return;
      case 'drip': {
        response.writeHead(200, { 'content-type': 'application/json' });
        timers.add(setInterval(() => response.write(' '), 20));
        return;
      }
      case 'cut-short': {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4096' });
        response.write('{"id":"1",');
        timers.add(setTimeout(() => message.socket.destroy(), 20));
        return;
      }
      case 'huge': {
        const honest = await script.answer(request);
        return write(response, { ...honest, body: { id: '1', filling: 'x'.repeat(fault.bytes) } });
      }
    }
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    next: (which) => new Promise((tell) => waiting.push({ which, tell })),
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readRequest(message: IncomingMessage): Promise<SeenRequest | null> {
  const firstByteAt = performance.now();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers,
    body: Buffer.concat(chunks),
    firstByteAt,
  };
}

function write(response: ServerResponse, answer: ServerAnswer): void {
  const { body } = answer;
  const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const headers = isRaw ? answer.headers : { 'content-type': 'application/json', ...answer.headers };
  response.writeHead(answer.status ?? 200, headers);
  response.end(isRaw ? body : JSON.stringify(body));
}

/** The JSON of a request's body; undefined when it has none. */
export function jsonOf(request: SeenRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return undefined;
  }
}
