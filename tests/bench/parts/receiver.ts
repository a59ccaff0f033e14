import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. Times are milliseconds of the monotonic clock all processes share. */
export type Arrival = { readonly post: number; readonly key: string; readonly at: number };

export type Receiver = {
  readonly url: string;
  readonly arrivals: Arrival[];
  /** Requests whose answer is still to come. */
  open(): number;
  close(): void;
};

const now = () => Number(process.hrtime.bigint()) / 1e6;

/** A network: takes signed posts on the loopback and answers each after `answerMs`; null never answers. */
export async function openReceiver(answerMs: number | null): Promise<Receiver> {
  const arrivals: Arrival[] = [];
  let open = 0;
  const server = createServer((request, response) => {
    const at = now();
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const { id } = JSON.parse(body) as { id: string };
      arrivals.push({ post: Number(id), key: String(request.headers['webhook-id']), at });
      if (answerMs === null) return;
      setTimeout(
        () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}'),
        answerMs,
      );
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    arrivals,
    open: () => open,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
