import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installSnac } from './install-snac.ts';

const START_MS = 30_000;
/** A new person gets a long RSA key, which takes its time on a busy machine. */
const ASK_MS = 60_000;

/** Runs the server, and ends it and deletes its folder when standard input ends: with `stop`, and when the tests die in any way. */
const KEEPER =
  '"$1" httpd "$2/data" & server=$!; cat > /dev/null; kill -KILL $server; wait $server 2> /dev/null; rm -rf "$2"';

/** A real server that speaks Mastodon's API, on 127.0.0.1, and what a person would do on its pages. */
export type Snac = {
  readonly url: string;
  /** A new person, with the password the server gave. */
  addPerson(name: string): { readonly name: string; readonly password: string };
  /** Signs in on the page an app sends people to, as their browser would; resolves with where the app is called back. */
  signInOnPage(pageUrl: string, person: { name: string; password: string }): Promise<URL>;
  stop(): Promise<void>;
};

/** Fetches where needed, and starts. The reason where it cannot be had, said loudly. */
export async function startSnac(): Promise<{ snac: Snac; why: '' } | { snac: null; why: string }> {
  try {
    return { snac: await start(await installSnac()), why: '' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `\nSKIPPED: the tests against a real Mastodon-API server (snac). It cannot be had: ${why}\n\n`,
    );
    return { snac: null, why };
  }
}

async function start(program: string): Promise<Snac> {
  const dir = mkdtempSync(join(tmpdir(), 'all-stop-snac-'));
  const data = join(dir, 'data');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  try {
    ask(program, ['init', data], `127.0.0.1\n${port}\nlocalhost:${port}\n\n\n`);
    const config = join(data, 'server.json');
    const settings = JSON.parse(readFileSync(config, 'utf8')) as Record<string, unknown>;
    writeFileSync(
      config,
      JSON.stringify({ ...settings, protocol: 'http', disable_email_notifications: true }),
    );
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'keeper', program, dir], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  keeper.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => keeper.once('close', () => resolve()));
  const stop = async () => {
    keeper.stdin.end();
    await ended;
  };
  try {
    await untilItAnswers(`${url}/api/v1/instance`);
  } catch {
    await stop();
    throw new Error(`it did not start: ${said.slice(-400)}`);
  }
  return {
    url,
    addPerson: (name) => {
      const words = ask(program, ['adduser', data, name], '');
      const password = /password is (\S+)/u.exec(words)?.[1];
      if (!password) throw new Error(`snac adduser said ${words}`);
      return { name, password };
    },
    signInOnPage,
    stop,
  };
}

function ask(program: string, args: readonly string[], input: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    timeout: ASK_MS,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`snac ${args[0]} ended with ${status}: ${stderr.slice(-400)}`);
  return `${stdout}${stderr}`;
}

/** Fills in the form of the page, with its hidden fields, and is called back on a server of its own as a desktop app is. */
async function signInOnPage(pageUrl: string, person: { name: string; password: string }): Promise<URL> {
  const html = await (await fetch(pageUrl)).text();
  const fields = new URLSearchParams({ login: person.name, passwd: person.password });
  for (const [, name = '', value = ''] of html.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/gu)) {
    fields.set(name, value);
  }
  const action = /<form[^>]* action="([^"]*)"/u.exec(html)?.[1];
  if (!action) throw new Error(`no form on the page: ${html.slice(0, 400)}`);
  const answer = await fetch(action, { method: 'POST', body: fields, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (!location) throw new Error(`not called back: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
  await fetch(location);
  return new URL(location);
}

/** A page on a free port that waits to be called back once. */
export async function listenForCallback(): Promise<{
  readonly redirectUri: string;
  readonly called: Promise<URL>;
  close(): void;
}> {
  let tell: (url: URL) => void = () => {};
  const called = new Promise<URL>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, response) => {
    tell(new URL(request.url ?? '', 'http://127.0.0.1'));
    response.writeHead(200, { connection: 'close' }).end('You can close this page.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { redirectUri: `http://127.0.0.1:${port}/callback`, called, close: () => server.close() };
}

async function untilItAnswers(url: string): Promise<void> {
  const until = performance.now() + START_MS;
  for (;;) {
    try {
      const answer = await fetch(url);
      await answer.text();
      if (answer.ok) return;
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createTcpServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
