import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Receiver = {
  readonly url: string;
  /** Every request as it came: its idempotency key, and when its head had arrived (performance.now()). */
  readonly seen: readonly { readonly key: string; readonly postId: string; readonly at: number }[];
  /** Requests whose head arrived later than this. */
  after(at: number): number;
  /** How many keys came more than once. */
  doubles(): number;
  close(): Promise<void>;
};

/** A server on 127.0.0.1 that takes webhooks and answers each after `delayMs`. */
export async function startReceiver(delayMs = 20): Promise<Receiver> {
  const seen: { key: string; postId: string; at: number }[] = [];
  const server = createServer((request, response) => {
    const entry = { key: String(request.headers['webhook-id']), postId: '', at: performance.now() };
    seen.push(entry);
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      try {
        entry.postId = String((JSON.parse(body) as { id: unknown }).id);
      } catch {
        // Cut off: the key tells which it was.
      }
      setTimeout(() => {
        if (response.destroyed) return;
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ id: `seen-${seen.length}` }));
      }, delayMs);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    seen,
    after: (at) => seen.filter((entry) => entry.at > at).length,
    doubles: () => seen.length - new Set(seen.map(({ key }) => key)).size,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
