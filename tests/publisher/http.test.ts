import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { GateClosed, NoAnswer } from '../../src-main/core/connector.ts';
import type { GateAnswer } from '../../src-main/core/gate.ts';
import { createHttp } from '../../src-main/publisher/http.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that counts bytes and answers with `answer` (null: never) after `delayMs`. */
async function listen(answer: string | null, delayMs = 0) {
  const seen = { bytes: 0, connections: 0 };
  const server = createServer((socket) => {
    seen.connections += 1;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      seen.bytes += data.length;
      if (answer !== null) setTimeout(() => socket.end(answer), delayMs);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { seen, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/` };
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 11\r\nconnection: close\r\n\r\n{"id":"42"}';

function client(gate: () => GateAnswer, signal = new AbortController().signal, redact: string[] = []) {
  return createHttp({ gate, signal, redact });
}
const open = () => ({ allow: true }) as const;
const failure = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error);

describe('the guarded way out', () => {
  test('sends when the gate is open and gives the whole answer', async () => {
    const { url, seen } = await listen(OK);
    const answer = await client(open).send(url, { method: 'POST', body: 'hello' });
    expect(answer).toMatchObject({ status: 200, text: '{"id":"42"}', json: { id: '42' } });
    expect(seen.bytes).toBeGreaterThan(0);
  });

  test('lets no byte out when the gate closes between connecting and writing', async () => {
    const { url, seen } = await listen(OK);
    let asked = 0;
    const gate = (): GateAnswer => {
      asked += 1;
      return asked === 1 ? { allow: true } : { allow: false, why: 'permit missing' };
    };
    const error = await failure(client(gate).send(url, { method: 'POST', body: 'hello' }));
    expect(error).toBeInstanceOf(GateClosed);
    expect((error as GateClosed).why).toBe('permit missing');
    expect(asked).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toEqual({ bytes: 0, connections: 1 });
  });

  test('asks the gate again for a connection that is kept alive', async () => {
    const kept = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
    let bytes = 0;
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (data) => {
        bytes += data.length;
        socket.write(kept);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
    await client(open).send(url, { method: 'POST', body: 'one' });
    const before = bytes;
    let asked = 0;
    const gate = (): GateAnswer => (++asked === 1 ? { allow: true } : { allow: false, why: 'stopped' });
    expect(await failure(client(gate).send(url, { method: 'POST', body: 'two' }))).toBeInstanceOf(GateClosed);
    expect(bytes).toBe(before);
  });

  test('a closed gate does not even connect', async () => {
    const { url, seen } = await listen(OK);
    const error = await failure(client(() => ({ allow: false, why: 'stopped' })).send(url));
    expect(error).toBeInstanceOf(GateClosed);
    expect(seen.connections).toBe(0);
  });

  test('an abort after the bytes left says that they may be out', async () => {
    const { url } = await listen(null);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    const error = await failure(client(open, abort.signal).send(url, { method: 'POST', body: 'x' }));
    expect(error).toBeInstanceOf(NoAnswer);
    expect((error as NoAnswer).sent).toBe(true);
  });

  test('an abort before anything was sent says that nothing is out', async () => {
    const abort = new AbortController();
    abort.abort();
    expect(await failure(client(open, abort.signal).send('http://127.0.0.1:9/'))).toBeInstanceOf(GateClosed);
  });

  test('a refused connection certainly sent nothing', async () => {
    const error = await failure(client(open).send('http://127.0.0.1:1/', { method: 'POST', body: 'x' }));
    expect(error).toBeInstanceOf(NoAnswer);
    expect((error as NoAnswer).sent).toBe(false);
  });

  test('a connection closed without an answer may have taken it', async () => {
    const { url } = await listen('');
    const error = await failure(client(open).send(url, { method: 'POST', body: 'x' }));
    expect((error as NoAnswer).sent).toBe(true);
  });

  test('follows no redirect, so that a token goes nowhere else', async () => {
    const other = await listen(OK);
    const { url } = await listen(
      `HTTP/1.1 307 Temporary Redirect\r\nlocation: ${other.url}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    );
    const answer = await client(open).send(url, {
      method: 'POST',
      headers: { authorization: 'Bearer secret' },
    });
    expect(answer.status).toBe(307);
    expect(other.seen.connections).toBe(0);
  });

  test('gives up on an answer over 1 MiB and on one that takes too long', async () => {
    const big = await listen(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${'x'.repeat(1_100_000)}`);
    expect((await failure(client(open).call(big.url))) as NoAnswer).toMatchObject({ sent: true });
    const slow = await listen(null);
    expect(await failure(client(open).call(slow.url, { timeoutMs: 100 }))).toBeInstanceOf(NoAnswer);
  });

  test('never names a secret in an error', async () => {
    const error = await failure(client(open, undefined, ['tok-123456']).call('http://tok-123456.invalid/'));
    expect(String((error as Error).message)).not.toContain('tok-123456');
    // What cannot be a header is quoted by the client.
    const { url } = await listen(OK);
    const headers = { authorization: 'Bearer tok-123456\u0000' };
    const quoted = await failure(client(open, undefined, ['tok-123456']).call(url, { headers }));
    expect(String((quoted as Error).message)).toContain('…');
    expect(String((quoted as Error).message)).not.toContain('tok-123456');
  });
});
