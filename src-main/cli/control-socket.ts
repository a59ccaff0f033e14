import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { makeControlPlace, PLACE_FILE, type Surroundings } from './control-place.ts';

/*
 * The running app's door for the command line: a socket that only this user may open. One line of JSON in, one line of JSON out, and the
 * connection ends:
 *   {"verb":"status"}                                      -> {"ok":true,"value":{…}}
 *   {"verb":"stop","scopes":["…"],"reason":"…","by":"…"}   -> {"taken":true} and then {"ok":true,"value":{…}}
 * 'taken' is written as soon as the stop is engaged, so that who asked knows at once whether the app is alive; the second line when it
 * is confirmed or has failed to be. Anything else is answered with {"ok":false,"error":{"code","message"}} and changes nothing.
 */

/** A stop as asked for: `scopes` are texts such as 'brand:Maison Lune'; none, or an empty one, is everything. */
export type StopRequest = {
  readonly scopes: readonly string[];
  readonly reason: string;
  readonly by: string;
};

export type StopAnswer = {
  readonly isDurable: boolean;
  /** The publisher confirmed it or is dead. */
  readonly isSilent: boolean;
  /** What was asked for when it named nothing, and everything was stopped; '' otherwise. */
  readonly widenedFrom: string;
  /** What to do by hand while it is not confirmed; '' otherwise. */
  readonly todo: string;
};

export type ControlRequest = { readonly verb: 'status' } | ({ readonly verb: 'stop' } & StopRequest);

export type ControlAnswer =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly message: string }
  /** Nobody listens there: the app is not running. */
  | { readonly kind: 'absent' }
  /** Somebody listens but did not answer in time. */
  | { readonly kind: 'silent' };

const MOST_BYTES = 64 * 1024;
/** A status with many stops may be longer than a request. */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;
const MOST_SCOPES = 1_000;
const IDLE_MS = 10_000;
/** A client that goes on writing is cut off; cut off at once, it might not read its answer. */
const LINGER_MS = 250;

/**
 * Listens for `status` and `stop`, and writes where into the data folder. `onStop` must have engaged the stop when it returns its promise.
 * Rejects when there is no private place, or another app of the same data folder listens already.
 */
export async function serveControl(deps: {
  readonly dataDir: string;
  readonly around: Surroundings;
  readonly onStatus: () => Promise<unknown>;
  readonly onStop: (request: StopRequest) => Promise<StopAnswer>;
}): Promise<{ readonly path: string; close(): Promise<void> }> {
  const path = makeControlPlace(deps.dataDir, deps.around);
  const isFile = deps.around.platform !== 'win32';
  if (isFile && (await isListening(path))) throw new Error('Another All Stop uses this data folder.');
  if (isFile) rmSync(path, { force: true });
  const open = new Set<Socket>();
  // A client may say that it has written all and still wait for the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    serveOne(socket, deps);
  });
  server.maxConnections = 64;
  await listen(server, path);
  if (isFile) chmodSync(path, 0o600);
  server.on('error', () => {});
  const placeFile = join(deps.dataDir, PLACE_FILE);
  try {
    writeFileSync(placeFile, `${path}\n`, { mode: 0o600 });
  } catch {
    // A full disk: the place is found by the data folder's path all the same.
  }
  return {
    path,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(placeFile, { force: true });
    },
  };
}

function serveOne(
  socket: Socket,
  deps: {
    readonly onStatus: () => Promise<unknown>;
    readonly onStop: (request: StopRequest) => Promise<StopAnswer>;
  },
): void {
  const say = (line: unknown) => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`);
  };
  const refuse = (code: string, message: string) => say({ ok: false, error: { code, message } });
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  void readLine(socket, MOST_BYTES)
    .then(async (line) => {
      const request = line === null ? null : readRequest(line);
      if (request === null) {
        refuse('bad-request', 'Only {"verb":"status"} and {"verb":"stop"} are understood.');
      } else if (request.verb === 'stop') {
        const settled = deps.onStop(request);
        say({ taken: true });
        say({ ok: true, value: await settled });
      } else say({ ok: true, value: await deps.onStatus() });
    })
    .catch((error: unknown) => refuse('failed', error instanceof Error ? error.message : 'failed'))
    .finally(() => {
      socket.end();
      setTimeout(() => socket.destroy(), LINGER_MS).unref();
    });
}

/** Null for what is no request. A stop whose other members make no sense is still a stop: of everything. */
function readRequest(line: string): ControlRequest | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { verb, scope, scopes, reason, by } = value as Record<string, unknown>;
  if (verb === 'status') return { verb };
  if (verb !== 'stop') return null;
  const text = (given: unknown, most: number) => (typeof given === 'string' ? given.slice(0, most) : '');
  const given = [scopes ?? scope ?? []].flat();
  const written = given.map((one) => (one === null || one === undefined ? '' : String(one).slice(0, 500)));
  // More than there can be: what is left out would not be stopped, so everything is.
  const asked = written.length > MOST_SCOPES ? [''] : written;
  return { verb, scopes: asked, reason: text(reason, 2_000), by: text(by, 200) };
}

/**
 * Asks whoever listens at `path`. Never rejects. For a stop, `takenWithinMs` is how long the app may take to engage it, and
 * `timeoutMs` how long until it is confirmed.
 */
export async function askControl(
  path: string,
  request: ControlRequest | { readonly verb: 'answer' },
  timeoutMs: number,
  takenWithinMs = timeoutMs,
): Promise<ControlAnswer> {
  const socket = createConnection(path);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ControlAnswer>((resolve) => {
      const silent = () => resolve({ kind: 'silent' });
      timer = setTimeout(silent, takenWithinMs);
      socket.on('error', (error: NodeJS.ErrnoException) => {
        const isAbsent = error.code === 'ENOENT' || error.code === 'ECONNREFUSED';
        resolve({ kind: isAbsent ? 'absent' : 'silent' });
      });
      socket.on('close', silent);
      socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
      onLines(socket, (line) => {
        const answer = readAnswer(line);
        if (answer === null) return silent();
        if (answer !== 'taken') return resolve(answer);
        clearTimeout(timer);
        timer = setTimeout(silent, timeoutMs);
      });
    });
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** Whether whoever listens at `path` takes a line and answers one: an unknown verb is refused at once and changes nothing. Never rejects. */
export async function isControlAnswering(path: string, timeoutMs = 3_000): Promise<boolean> {
  const answer = await askControl(path, { verb: 'answer' }, timeoutMs);
  return answer.kind === 'refused' || answer.kind === 'answer';
}

/** Asks at each place until somebody listens. */
export async function askFirst(
  places: readonly string[],
  request: ControlRequest,
  timeoutMs: number,
  takenWithinMs = timeoutMs,
): Promise<ControlAnswer> {
  for (const place of places) {
    const answer = await askControl(place, request, timeoutMs, takenWithinMs);
    if (answer.kind !== 'absent') return answer;
  }
  return { kind: 'absent' };
}

function readAnswer(line: string): ControlAnswer | 'taken' | null {
  try {
    const { taken, ok, value, error } = JSON.parse(line) as Record<string, unknown>;
    if (taken === true) return 'taken';
    if (ok === true) return { kind: 'answer', value };
    const message = (error as { message?: unknown } | undefined)?.message;
    return { kind: 'refused', message: typeof message === 'string' ? message : '' };
  } catch {
    return null;
  }
}

function onLines(socket: Socket, onLine: (line: string) => void): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (piece: string) => {
    text += piece;
    if (text.length > MOST_ANSWER_BYTES) socket.destroy();
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      onLine(text.slice(0, end));
      text = text.slice(end + 1);
    }
  });
}

/** The first line, without its end, or what came instead of one; null when nothing did, or more than `most` bytes. */
function readLine(socket: Socket, most: number): Promise<string | null> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    socket.on('data', (piece: Buffer) => {
      const end = piece.indexOf(0x0a);
      pieces.push(end < 0 ? piece : piece.subarray(0, end));
      length += end < 0 ? piece.length : end;
      if (length > most) resolve(null);
      else if (end >= 0) resolve(Buffer.concat(pieces).toString('utf8'));
      else return;
      socket.removeAllListeners('data');
      socket.resume();
    });
    socket.on('end', () => resolve(pieces.length > 0 ? Buffer.concat(pieces).toString('utf8') : null));
    socket.on('close', () => resolve(null));
  });
}

async function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
