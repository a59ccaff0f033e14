import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the server met it. Times are the test process's own. */
export type Arrival = {
  /** The idempotency key. */
  readonly key: string;
  /** Which account, from the path. */
  readonly brand: number;
  readonly account: number;
  /** Monotonic (`performance.now()`) and wall clock, when the head arrived. */
  readonly at: number;
  readonly wall: number;
  /** From the body; null when it did not arrive in full. */
  postId: number | null;
  publishAt: number | null;
  /** False once the server itself said no, or half of a request was all there ever was: such a one was not taken. */
  taken: boolean;
  /** The connection ended or was answered. */
  isOver: boolean;
};

export type Answering = 'yes' | 'reset' | 'busy';

export type EngineServer = {
  readonly arrivals: readonly Arrival[];
  /** Where the account's posts are to go. */
  url(brand: number, account: number): string;
  /** Answers kept back until `letGo`. */
  hold(): void;
  letGo(): void;
  close(): void;
};

/**
 * Receives webhooks on 127.0.0.1 and writes down every one at its first byte. `answerFor` says how and after how many milliseconds it
 * answers: 'reset' takes the post and breaks the connection, 'busy' refuses it for now.
 */
export async function startEngineServer(
  answerFor: (arrival: Arrival) => { readonly how: Answering; readonly afterMs: number },
): Promise<EngineServer> {
  const arrivals: Arrival[] = [];
  let held: (() => void)[] = [];
  let isHolding = false;

  const server = createServer((request, response) => {
    const [, brand = '', account = ''] = (request.url ?? '').split('/');
    const arrival: Arrival = {
      key: String(request.headers['webhook-id']),
      brand: Number(brand),
      account: Number(account),
      at: performance.now(),
      wall: Date.now(),
      postId: null,
      publishAt: null,
      taken: true,
      isOver: false,
    };
    arrivals.push(arrival);
    response.on('close', () => {
      arrival.isOver = true;
      // Cut off before its body was there: nobody could have published it.
      if (arrival.postId === null) arrival.taken = false;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as { id: string; publishAt: string };
      arrival.postId = Number(body.id);
      arrival.publishAt = Date.parse(body.publishAt);
      const { how, afterMs } = answerFor(arrival);
      if (how === 'busy') arrival.taken = false;
      const go = () => {
        // Also an answer that was on its way when `hold` was called is kept back.
        if (isHolding) held.push(go);
        else answer(response, how);
      };
      if (afterMs > 0) setTimeout(go, afterMs).unref();
      else go();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  return {
    arrivals,
    url: (brand, account) => `http://127.0.0.1:${port}/${brand}/${account}`,
    hold() {
      isHolding = true;
    },
    letGo() {
      isHolding = false;
      const all = held;
      held = [];
      for (const go of all) go();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(response: ServerResponse, how: Answering): void {
  if (response.destroyed) return;
  if (how === 'reset') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(how === 'yes' ? 200 : 429, { 'content-type': 'application/json' });
  response.end(how === 'yes' ? '{"id":"1"}' : '{"error":"busy"}');
}
