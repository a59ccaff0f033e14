import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createServer, type Handlers } from '../../src-main/ipc/serve.ts';
import { asRefusal, StorageError } from '../../src-main/storage/failure.ts';
import { requests } from '../../src-preload/contract.ts';

type Listener = (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>;

/** Electron's side of the bridge, as far as the server uses it. */
function createPage(url = 'app://main/') {
  const mainFrame = { parent: null, url };
  const contents = { isDestroyed: () => false, mainFrame } as unknown as WebContents;
  return { contents, mainFrame };
}

function setUp(handle: (channel: string, request: unknown) => unknown = () => ({ ok: true, value: {} })) {
  const listeners = new Map<string, Listener>();
  const seen = { requests: [] as [string, unknown][], faults: [] as string[] };
  const page = createPage();
  const handlers = new Proxy({} as Handlers, {
    get: (_target, channel: string) => async (request: unknown) => {
      seen.requests.push([channel, request]);
      return handle(channel, request);
    },
  });
  const ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'> = {
    handle: (channel, listener) => {
      if (listeners.has(channel)) throw new Error('handled twice');
      listeners.set(channel, listener as Listener);
    },
    removeHandler: (channel) => void listeners.delete(channel),
  };
  let count = 0;
  const server = createServer({
    ipcMain,
    handlers,
    contents: () => page.contents,
    onFault: ({ id, channel }) => void seen.faults.push(`${id} ${channel}`),
    newId: () => `id-${++count}`,
    explain: asRefusal,
  });
  server.start();
  server.start();
  const own = { sender: page.contents, senderFrame: page.mainFrame } as unknown as IpcMainInvokeEvent;
  const send = (channel: string, request: unknown, event = own) => {
    const listener = listeners.get(channel);
    if (listener === undefined) throw new Error(`nobody listens to ${channel}`);
    return listener(event, request);
  };
  return { server, listeners, seen, send, page };
}

test('says in its own words what the machine lacks, and counts it as no fault', async () => {
  const { send, seen } = setUp(() => {
    throw new StorageError('disk-full', 'SQLITE_FULL');
  });
  expect(await send('post.read', { postId: 1 })).toMatchObject({
    ok: false,
    error: { code: 'disk-full', message: expect.stringContaining('The disk is full.') },
  });
  expect(seen.faults).toEqual([]);
});

test('listens to every channel of the contract and to nothing else', () => {
  const { listeners, server } = setUp();
  expect([...listeners.keys()].sort()).toEqual(Object.keys(requests).sort());
  server.stop();
  server.stop();
  expect(listeners.size).toBe(0);
});

test('hands on what was parsed and answers with the value', async () => {
  const { send, seen } = setUp((channel) => ({ ok: true, value: channel }));
  expect(await send('stop.list', { limit: 3 })).toEqual({ ok: true, value: 'stop.list' });
  expect(seen.requests).toEqual([['stop.list', { limit: 3 }]]);
});

test('a handler runs in the step in which the request arrives', () => {
  const { send, seen } = setUp();
  void send('stop.engage', { scopes: [{ kind: 'everything' }] });
  expect(seen.requests).toEqual([['stop.engage', { scopes: [{ kind: 'everything' }] }]]);
});

test('a throw, now or later, becomes a value without its words', async () => {
  const { send, seen } = setUp(() => {
    throw new Error('password is hunter2');
  });
  const answer = await send('desk.read', {});
  expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(JSON.stringify(answer)).toContain('id-1');
  expect(JSON.stringify(answer)).not.toContain('hunter2');
  expect(seen.faults).toEqual(['id-1 desk.read']);
});

test('nobody but the main frame of the window, on its own page, is listened to', async () => {
  const { send, seen, page } = setUp();
  const other = createPage();
  const { contents, mainFrame } = page;
  const events: unknown[] = [
    { sender: other.contents, senderFrame: other.mainFrame },
    { sender: other.contents, senderFrame: mainFrame },
    { sender: contents, senderFrame: { parent: mainFrame, url: 'app://main/' } },
    { sender: contents, senderFrame: { parent: null, url: 'app://main/' } },
    { sender: contents, senderFrame: null },
    { sender: contents },
  ];
  for (const event of events) {
    for (const channel of ['stop.engage', 'release.confirm', 'publishing.start']) {
      const answer = await send(channel, { scope: { kind: 'everything' } }, event as IpcMainInvokeEvent);
      expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    }
  }
  expect(seen.requests).toEqual([]);
});

test.each([
  'https://main/',
  'app://other/',
  'app://main.evil/',
  'app://user@other/',
  'file:///app/main/',
  'data:text/html,app://main/',
  'about:blank',
  '',
  'app:main',
])('a window that went to %j is no longer listened to', async (url) => {
  const { send, seen, page } = setUp();
  page.mainFrame.url = url;
  expect(await send('app.read', {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  expect(seen.requests).toEqual([]);
});

test('whatever arrives is refused with a value or has its shape', async () => {
  const { send, seen } = setUp();
  const channels = Object.keys(requests).filter((channel) => channel !== 'stop.engage');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...channels), fc.anything(), async (channel, request) => {
      seen.requests.length = 0;
      const answer = (await send(channel, request)) as { ok: boolean; error?: { code: string } };
      const schema = requests[channel as keyof typeof requests];
      if (schema.safeParse(request).success) expect(seen.requests).toHaveLength(1);
      else {
        expect(seen.requests).toHaveLength(0);
        expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      }
    }),
    { numRuns: 3_000 },
  );
});

test('a stop is never refused: what cannot be understood stops everything', async () => {
  const { send, seen } = setUp();
  await fc.assert(
    fc.asyncProperty(fc.anything(), async (request) => {
      seen.requests.length = 0;
      expect(await send('stop.engage', request)).toMatchObject({ ok: true });
      const [engaged] = seen.requests;
      if (!requests['stop.engage'].safeParse(request).success) {
        expect(engaged).toEqual([
          'stop.engage',
          { scopes: [{ kind: 'everything' }], widenedFrom: expect.stringMatching(/^.{1,200}$/su) },
        ]);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a stop that was not understood says what was asked for', async () => {
  const { send, seen } = setUp();
  const knot: { scopes?: unknown } = {};
  knot.scopes = knot;
  await send('stop.engage', { scopes: [{ kind: 'brand', brandId: 'all of them' }] });
  await send('stop.engage', { scopes: 'market:France', reason: 'a storm' });
  await send('stop.engage', undefined);
  await send('stop.engage', knot);
  expect(seen.requests.map(([, request]) => (request as { widenedFrom: string }).widenedFrom)).toEqual([
    '[{"kind":"brand","brandId":"all of them"}]',
    '"market:France"',
    '?',
    '?',
  ]);
});

test('a brand whose name is too long is refused with the field and the limit, never cut', async () => {
  const { send, seen } = setUp();
  const brand = { market: '', timeZone: 'Europe/Paris', graceMinutes: 5, colour: '#112233' };
  expect(await send('brand.create', { ...brand, name: 'N'.repeat(101) })).toEqual({
    ok: false,
    error: { code: 'bad-request', message: 'name: A brand’s name has at most 100 characters.' },
  });
  expect(await send('brand.create', { ...brand, name: 'N'.repeat(100) })).toMatchObject({ ok: true });
  expect(seen.requests).toHaveLength(1);
});
