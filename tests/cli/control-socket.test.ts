import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  likelyControlPlaces,
  makeControlPlace,
  type Surroundings,
} from '../../src-main/cli/control-place.ts';
import { askControl, askFirst, type StopRequest, serveControl } from '../../src-main/cli/control-socket.ts';

const CONFIRMED = { isDurable: true, isSilent: true, widenedFrom: '', todo: '' };
let folder: string;
let around: Surroundings;
let closers: (() => Promise<void>)[];
let stops: StopRequest[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'as-control-'));
  const runtimeDir = join(folder, 'run');
  mkdirSync(runtimeDir, { mode: 0o700 });
  mkdirSync(join(folder, 'data'));
  mkdirSync(join(folder, 'tmp'));
  around = { platform: 'linux', uid: process.getuid?.() ?? -1, runtimeDir, tmpDir: join(folder, 'tmp') };
  closers = [];
  stops = [];
});

afterEach(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true, force: true });
});

const dataDir = () => join(folder, 'data');

async function serve(changes: Partial<Parameters<typeof serveControl>[0]> = {}) {
  const served = await serveControl({
    dataDir: dataDir(),
    around,
    onStatus: async () => ({ state: 'publishing' }),
    onStop: async (request) => {
      stops.push(request);
      return CONFIRMED;
    },
    ...changes,
  });
  closers.push(served.close);
  return served;
}

/** Writes bytes and collects what comes back until the other side ends. */
function talk(path: string, bytes: Uint8Array | string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(path, () => socket.end(bytes));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

describe('the control socket', () => {
  test('answers a status with what the app says', async () => {
    const { path } = await serve();
    expect(await askControl(path, { verb: 'status' }, 1_000)).toEqual({
      kind: 'answer',
      value: { state: 'publishing' },
    });
  });

  test('hands on a stop with its scope, reason and person', async () => {
    const { path } = await serve();
    const request = { verb: 'stop', scopes: ['brand:Maison Lune'], reason: 'crise', by: 'ana' } as const;
    expect(await askControl(path, request, 1_000)).toEqual({ kind: 'answer', value: CONFIRMED });
    expect(stops).toEqual([{ verb: 'stop', scopes: ['brand:Maison Lune'], reason: 'crise', by: 'ana' }]);
  });

  test('says that a stop is taken before it is confirmed, so a slow confirmation is not taken for a hung app', async () => {
    let confirm: (answer: typeof CONFIRMED) => void = () => {};
    const { path } = await serve({ onStop: () => new Promise((resolve) => (confirm = resolve)) });
    const asked = askControl(path, { verb: 'stop', scopes: [], reason: '', by: '' }, 5_000, 300);
    setTimeout(() => confirm(CONFIRMED), 600);
    expect(await asked).toEqual({ kind: 'answer', value: CONFIRMED });
  });

  test('a stop that is not taken in time is answered by silence', async () => {
    const sockets: Socket[] = [];
    const hung = createServer((socket) => sockets.push(socket));
    const path = join(folder, 'hung.sock');
    await new Promise<void>((resolve) => hung.listen(path, resolve));
    closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => hung.close(() => resolve()));
    });
    const answer = await askControl(path, { verb: 'stop', scopes: [], reason: '', by: '' }, 5_000, 50);
    expect(answer).toEqual({ kind: 'silent' });
  });

  test('nobody listening is told from somebody silent', async () => {
    expect(await askControl(join(folder, 'none.sock'), { verb: 'status' }, 1_000)).toEqual({
      kind: 'absent',
    });
    const { path, close } = await serve();
    await close();
    expect(await askControl(path, { verb: 'status' }, 1_000)).toEqual({ kind: 'absent' });
  });

  test('a stop without a sensible scope is a stop of everything, or of what cannot be found', async () => {
    const { path } = await serve();
    await talk(path, '{"verb":"stop"}\n');
    await talk(path, '{"verb":"stop","scope":5,"reason":{"a":1},"by":null}\n');
    await talk(path, '{"verb":"stop"}');
    expect(stops.map(({ scopes, reason, by }) => [scopes, reason, by])).toEqual([
      [[], '', ''],
      [['5'], '', ''],
      [[], '', ''],
    ]);
  });

  test('anything else is answered with an error and changes nothing', async () => {
    const { path } = await serve();
    const wrong = [
      '\n',
      'stop\n',
      '"stop"\n',
      '[]\n',
      'null\n',
      '{"verb":"release"}\n',
      '{"verb":["stop"]}\n',
      '{"verb":"STOP"}\n',
      `{"verb":"stop","reason":"${'x'.repeat(70_000)}"}\n`,
      'x'.repeat(300_000),
    ];
    for (const bytes of wrong) {
      const answer = await talk(path, bytes);
      expect(answer, bytes.slice(0, 40)).toContain('"ok":false');
    }
    expect(stops).toEqual([]);
    expect((await askControl(path, { verb: 'status' }, 1_000)).kind).toBe('answer');
  });

  test('survives any bytes without stopping or ending', async () => {
    const { path } = await serve();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        await talk(path, bytes);
      }),
      { numRuns: 150 },
    );
    expect(stops).toEqual([]);
    expect((await askControl(path, { verb: 'status' }, 1_000)).kind).toBe('answer');
  });

  test('a part of the app that fails is an error to the one who asked, not the end of the socket', async () => {
    const { path } = await serve({ onStatus: () => Promise.reject(new Error('no database')) });
    expect(await askControl(path, { verb: 'status' }, 1_000)).toEqual({
      kind: 'refused',
      message: 'no database',
    });
    expect((await askControl(path, { verb: 'stop', scopes: [], reason: '', by: '' }, 1_000)).kind).toBe(
      'answer',
    );
  });

  test('takes the place of a socket left behind by a crash, but not of a living one', async () => {
    const { path } = await serve();
    await expect(serve()).rejects.toThrow('Another All Stop');
    expect((await askControl(path, { verb: 'status' }, 1_000)).kind).toBe('answer');
    await closers.pop()?.();
    // A file where the socket was, that nobody listens on.
    const left = createServer(() => {});
    await new Promise<void>((resolve) => left.listen(`${path}.x`, resolve));
    symlinkSync(`${path}.x`, path);
    await new Promise<void>((resolve) => left.close(() => resolve()));
    expect((await serve()).path).toBe(path);
  });
});

describe('the place of the socket', () => {
  test('is the same however the data folder is written, and is found by the folder alone', async () => {
    symlinkSync(dataDir(), join(folder, 'link'));
    const place = makeControlPlace(dataDir(), around);
    expect(makeControlPlace(join(folder, 'link'), around)).toBe(place);
    expect(likelyControlPlaces(join(folder, 'data', '.'), around)).toContain(place);
  });

  test('lies in a folder only this user may enter and is itself only for this user', async () => {
    const { path } = await serve();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  test('is found through the data folder from a session with another runtime folder', async () => {
    await serve();
    const elsewhere = { ...around, runtimeDir: '' };
    const answer = await askFirst(likelyControlPlaces(dataDir(), elsewhere), { verb: 'status' }, 1_000);
    expect(answer.kind).toBe('answer');
  });

  test('is short enough, and passes by a runtime folder that others may enter', () => {
    const deep = join(folder, 'x'.repeat(90));
    mkdirSync(deep, { mode: 0o700 });
    const short = makeControlPlace(dataDir(), { ...around, runtimeDir: deep });
    expect(Buffer.byteLength(short)).toBeLessThan(100);
    expect(short.startsWith(deep)).toBe(false);
    chmodSync(around.runtimeDir, 0o755);
    expect(makeControlPlace(dataDir(), around).startsWith(around.runtimeDir)).toBe(false);
  });

  const spoiled: [string, (place: string) => void][] = [
    ['that others may enter', (place) => chmodSync(place, 0o755)],
    ['that others may write to', (place) => chmodSync(place, 0o722)],
    [
      'that is only a link to one',
      (place) => {
        renameSync(place, `${place}-elsewhere`);
        symlinkSync(`${place}-elsewhere`, place);
      },
    ],
  ];
  if (process.getuid?.() === 0)
    spoiled.push(['of another user', (place) => chownSync(place, 12_345, 12_345)]);

  test.each(spoiled)(
    'is nobody’s in a folder %s, though the data folder names it and somebody answers there',
    async (_, spoil) => {
      const { path } = await serve();
      expect((await askFirst(likelyControlPlaces(dataDir(), around), { verb: 'status' }, 1_000)).kind).toBe(
        'answer',
      );
      spoil(dirname(path));
      expect((await askControl(path, { verb: 'status' }, 1_000)).kind).toBe('answer');
      expect(likelyControlPlaces(dataDir(), around)).not.toContain(path);
    },
  );

  test('is refused where only folders of others are to be had', () => {
    const uid = 987_654_321;
    try {
      expect(() => makeControlPlace(dataDir(), { ...around, uid })).toThrow('No private folder');
    } finally {
      rmSync(`/tmp/all-stop-${uid}`, { recursive: true, force: true });
    }
  });

  test('on Windows is a pipe with a name that cannot be guessed', () => {
    const windows = { ...around, platform: 'win32' } as const;
    const [one, two] = [makeControlPlace(dataDir(), windows), makeControlPlace(dataDir(), windows)];
    expect(one).toMatch(/^\\\\\.\\pipe\\all-stop-[0-9a-f]{32}$/u);
    expect(one).not.toBe(two);
  });
});
