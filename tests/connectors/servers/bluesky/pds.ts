import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installPds } from './install-pds.ts';

const START_MS = 60_000;

/** A real Bluesky server of our own on 127.0.0.1, and what a person would do on its web pages. */
export type Pds = {
  readonly url: string;
  createAccount(handle: string): Promise<PdsAccount>;
  /** A session token the server takes for its own, with the time of its end chosen. */
  forgeAccessToken(did: string, expiresAt: number): string;
  stop(): Promise<void>;
};

export type PdsAccount = {
  readonly did: string;
  readonly handle: string;
  createAppPassword(name: string): Promise<string>;
  revokeAppPassword(name: string): Promise<void>;
  /** The record as the server gives it to anybody; null when there is none. */
  readPost(rkey: string): Promise<{ uri: string; cid: string; value: Record<string, unknown> } | null>;
  /** The keys of all posts, oldest first. */
  listPosts(): Promise<readonly string[]>;
  readBlob(cid: string): Promise<{ mime: string; bytes: Buffer }>;
};

/** Installs where needed, and starts. The reason where it cannot be had. */
export async function startPds(): Promise<{ pds: Pds; why: '' } | { pds: null; why: string }> {
  try {
    const [major = 0] = process.versions.node.split('.').map(Number);
    if (major < 22) throw new Error(`it needs Node 22, this is ${process.version}`);
    return { pds: await run(await installPds()), why: '' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`\nSKIPPED: the tests against a real Bluesky server. It cannot be had: ${why}\n\n`);
    return { pds: null, why };
  }
}

async function run(folder: string): Promise<Pds> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-pds.ts'), folder], {
    // Its standard input ends with this process, however that ends, and the server with it.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = `${said}${String(chunk)}`.slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(timer);
  };
  try {
    const line = await firstLine(child.stdout, ended, () => said);
    const { url, jwtSecret, serviceDid } = JSON.parse(line) as Record<string, string>;
    if (!url || !jwtSecret || !serviceDid) throw new Error(`it said ${line}`);
    return {
      url,
      createAccount: (handle) => createAccount(url, handle),
      forgeAccessToken: (did, expiresAt) => forgeToken(jwtSecret, serviceDid, did, expiresAt),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function firstLine(output: NodeJS.ReadableStream, ended: Promise<void>, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it did not start in a minute')), START_MS);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      end();
    };
    createInterface({ input: output }).once('line', (line) => settle(() => resolve(line)));
    void ended.then(() => settle(() => reject(new Error(`it ended at once: ${said().slice(-500)}`))));
  });
}

async function createAccount(url: string, handle: string): Promise<PdsAccount> {
  const password = `the password of ${handle}`;
  const made = await post(url, 'com.atproto.server.createAccount', {
    email: `${handle.replaceAll('.', '-')}@mail.test`,
    handle,
    password,
  });
  const [did, token] = [String(made.did), String(made.accessJwt)];
  const get = (method: string, query: Record<string, string>) =>
    fetch(`${url}/xrpc/${method}?${new URLSearchParams(query)}`);
  const ofPosts = { repo: did, collection: 'app.bsky.feed.post' };
  return {
    did,
    handle,
    createAppPassword: async (name) =>
      String((await post(url, 'com.atproto.server.createAppPassword', { name }, token)).password),
    revokeAppPassword: async (name) => {
      await post(url, 'com.atproto.server.revokeAppPassword', { name }, token);
    },
    readPost: async (rkey) => {
      const answer = await get('com.atproto.repo.getRecord', { ...ofPosts, rkey });
      return answer.ok ? ((await answer.json()) as Awaited<ReturnType<PdsAccount['readPost']>>) : null;
    },
    listPosts: async () => {
      const answer = await get('com.atproto.repo.listRecords', { ...ofPosts, limit: '100', reverse: 'true' });
      const { records } = (await answer.json()) as { records: { uri: string }[] };
      return records.map(({ uri }) => uri.split('/').at(-1) ?? '');
    },
    readBlob: async (cid) => {
      const answer = await get('com.atproto.sync.getBlob', { did, cid });
      return {
        mime: answer.headers.get('content-type') ?? '',
        bytes: Buffer.from(await answer.arrayBuffer()),
      };
    },
  };
}

async function post(
  url: string,
  method: string,
  input: unknown,
  token?: string,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} answered ${answer.status}: ${text}`);
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

function forgeToken(secret: string, serviceDid: string, did: string, expiresAt: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(expiresAt / 1_000);
  const claims = { scope: 'com.atproto.appPass', aud: serviceDid, sub: did, iat: exp - 7_200, exp };
  const body = `${part({ typ: 'at+jwt', alg: 'HS256' })}.${part(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
