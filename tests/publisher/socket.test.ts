import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { GateClosed, NoAnswer, type Socket } from '../../src-main/core/connector.ts';
import type { GateAnswer } from '../../src-main/core/gate.ts';
import { createSocketOpener } from '../../src-main/publisher/socket.ts';

type Options = {
  readonly gate?: () => GateAnswer;
  readonly signal?: AbortSignal;
  readonly redact?: readonly string[];
};

const opener = ({ gate, signal, redact }: Options = {}) =>
  createSocketOpener({
    gate: gate ?? (() => ({ allow: true })),
    signal: signal ?? new AbortController().signal,
    redact: redact ?? [],
  });

/** A server that keeps what it hears, in order, and lets the test speak. */
async function listen(onClient: (client: WebSocket) => void = () => {}) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  let closed = 0;
  server.on('connection', (client) => {
    client.on('error', () => {});
    client.on('close', () => {
      closed += 1;
      for (const tell of waiting.splice(0)) tell();
    });
    client.on('message', (data) => {
      heard.push(String(data));
      for (const tell of waiting.splice(0)) tell();
    });
    onClient(client);
  });
  await new Promise<void>((done) => server.once('listening', done));
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    closed: () => closed,
    /** Until something was heard or somebody left, and `isThere` says yes. */
    async until(isThere: () => boolean): Promise<void> {
      while (!isThere()) await new Promise<void>((tell) => waiting.push(tell));
    },
  };
}

async function portOf(server: ReturnType<typeof createServer> | ReturnType<typeof createTcpServer>) {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );
const any = (text: string) => text;

test('what is sent arrives once, and the gate is asked in the same step', async () => {
  const server = await listen();
  let asked = 0;
  const socket = await opener({
    gate: () => {
      asked += 1;
      return { allow: true };
    },
  })(server.url);
  socket.say('a question');
  expect(asked).toBe(0);
  await socket.send('a post');
  await server.until(() => server.heard.length === 2);
  expect(server.heard).toEqual(['a question', 'a post']);
  expect(asked).toBe(1);
  socket.close();
  await server.until(() => server.closed() === 1);
});

test('with the gate closed no byte of the message leaves, and reading goes on', async () => {
  const server = await listen();
  const socket = await opener({ gate: () => ({ allow: false, why: 'stopped by the test' }) })(server.url);
  const error = await thrownBy(socket.send('never'));
  expect(error).toBeInstanceOf(GateClosed);
  expect((error as GateClosed).why).toBe('stopped by the test');
  socket.say('a question');
  await server.until(() => server.heard.length > 0);
  expect(server.heard).toEqual(['a question']);
  socket.close();
});

test('a stop tears the connection down at once, and nothing is said any more', async () => {
  const server = await listen();
  const abort = new AbortController();
  const socket = await opener({ signal: abort.signal })(server.url);
  const reading = thrownBy(socket.until(any));
  abort.abort();
  expect(await reading).toBeInstanceOf(GateClosed);
  expect(() => socket.say('too late')).toThrow(GateClosed);
  expect(await thrownBy(socket.send('too late'))).toBeInstanceOf(GateClosed);
  await server.until(() => server.closed() === 1);
  expect(server.heard).toEqual([]);
});

test('a stop between asking to send and the earlier bytes being out lets nothing out', async () => {
  const server = await listen();
  const abort = new AbortController();
  const socket = await opener({ signal: abort.signal })(server.url);
  const sending = thrownBy(socket.send('too late'));
  abort.abort();
  expect(await sending).toBeInstanceOf(GateClosed);
  await server.until(() => server.closed() === 1);
  expect(server.heard).toEqual([]);
});

test('a stop while the answer is awaited does not claim that nothing left', async () => {
  const server = await listen();
  const abort = new AbortController();
  const socket = await opener({ signal: abort.signal })(server.url);
  await socket.send('a post');
  const reading = thrownBy(socket.until(any));
  await server.until(() => server.heard.length === 1);
  abort.abort();
  expect(await reading).toMatchObject({ sent: true });
});

test('aborted before it begins, and while it opens, it is not opened', async () => {
  const server = await listen();
  const abort = new AbortController();
  const opening = thrownBy(opener({ signal: abort.signal })(server.url));
  abort.abort();
  expect(await opening).toBeInstanceOf(GateClosed);
  expect(await thrownBy(opener({ signal: abort.signal })(server.url))).toBeInstanceOf(GateClosed);
});

test('what came before anybody read is handed over first, and what is left stays for the next', async () => {
  const server = await listen((client) => {
    for (const text of ['one', 'two', 'three']) client.send(text);
  });
  const socket = await opener()(server.url);
  expect(await socket.until((text) => (text === 'two' ? text : undefined))).toBe('two');
  expect(await socket.until(any)).toBe('three');
  const error = await thrownBy(socket.until(any, 50));
  expect(error).toMatchObject({ message: 'no answer in time', sent: false });
  socket.close();
});

test('a mistake in reading is told to who reads', async () => {
  const server = await listen((client) => client.send('one'));
  const socket = await opener()(server.url);
  const reading = socket.until(() => {
    throw new TypeError('a mistake');
  });
  expect(await thrownBy(reading)).toBeInstanceOf(TypeError);
  socket.close();
});

const ends: readonly (readonly [string, (client: WebSocket) => void, RegExp])[] = [
  ['closes', (client) => client.close(1001), /closed/u],
  ['is gone', (client) => client.terminate(), /closed/u],
  ['sends bytes', (client) => client.send(Buffer.from([1])), /no text/u],
  ['sends one huge message', (client) => client.send('x'.repeat(1_100_000)), /Max payload size exceeded/u],
  [
    'sends too much in all',
    (client) => {
      for (let count = 0; count < 3; count += 1) client.send('x'.repeat(400_000));
    },
    /larger than 1 MiB/u,
  ],
];
test.each(ends)('a server that %s ends the connection, and that is said', async (_, act, words) => {
  const server = await listen((client) => client.on('message', () => act(client)));
  const socket: Socket = await opener()(server.url);
  await socket.send('a post');
  const error = await thrownBy(socket.until((text) => (text === 'never' ? text : undefined)));
  expect(error).toBeInstanceOf(NoAnswer);
  expect(error).toMatchObject({ sent: true, message: expect.stringMatching(words) });
  const later = await thrownBy(socket.send('another'));
  expect(later).toMatchObject({ sent: false });
});

test('nothing that is reached, and what is reached and is no such server, are told apart', async () => {
  const free = createTcpServer();
  const port = await portOf(free);
  free.close();
  expect(await thrownBy(opener()(`ws://127.0.0.1:${port}`))).toMatchObject({
    message: 'ECONNREFUSED',
    sent: false,
  });
  const portal = await portOf(createServer((_, answer) => answer.end('<html>Welcome</html>')));
  expect(await thrownBy(opener()(`ws://127.0.0.1:${portal}`))).toMatchObject({
    message: 'Unexpected server response: 200',
    sent: true,
  });
  const silent = createTcpServer((client) => client.on('error', () => {}));
  const silentPort = await portOf(silent);
  expect(await thrownBy(opener()(`ws://127.0.0.1:${silentPort}`, 80))).toMatchObject({
    message: 'no answer in time',
    sent: true,
  });
});

test('a redirect is not followed', async () => {
  const server = await listen();
  const port = await portOf(
    createServer().on('upgrade', (_, socket) =>
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${server.url}\r\n\r\n`),
    ),
  );
  expect(await thrownBy(opener()(`ws://127.0.0.1:${port}`))).toMatchObject({
    message: 'Unexpected server response: 302',
  });
});

test('no secret is in what is said of a failure', async () => {
  const server = await listen((client) => client.on('message', () => client.close()));
  const socket = await opener({ redact: ['connection'] })(server.url);
  await socket.send('a post');
  expect(await thrownBy(socket.until(any))).toMatchObject({ message: 'the … was closed' });
});
