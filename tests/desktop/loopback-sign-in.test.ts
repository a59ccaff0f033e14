import { createHash, randomBytes } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { ok, refuse } from '../../src-main/core/result.ts';
import { wordsFor } from '../../src-main/desktop/language.ts';
import {
  codeChallengeOf,
  type SignInAnswer,
  signInByBrowser,
} from '../../src-main/desktop/loopback-sign-in.ts';
import { createFakeClock } from '../support/fake-clock.ts';

/** One sign-in up to where the browser was opened; `back` is where the network sends the person. */
async function begin(options: { signal?: AbortSignal; opens?: boolean } = {}) {
  const clock = createFakeClock();
  const finished: SignInAnswer[] = [];
  let asked: { redirectUri: string; state: string; codeChallenge: string } | undefined;
  let hasOpened = () => {};
  const opened = new Promise<void>((resolve) => {
    hasOpened = resolve;
  });
  const result = signInByBrowser({
    port: null,
    begin: async (callback) => {
      asked = callback;
      return { kind: 'open', url: 'https://network.example/authorize', carry: { app: 'a1' } };
    },
    finish: async (answer) => {
      finished.push(answer);
      return answer.code;
    },
    openExternal: async () => {
      hasOpened();
      return options.opens === false ? refuse('url-not-opened', 'no browser') : ok(true);
    },
    randomBytes,
    clock,
    words: () => wordsFor('en'),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  await opened;
  if (asked === undefined) throw new Error('begin was not called');
  return { clock, finished, result, asked, port: Number(new URL(asked.redirectUri).port) };
}

/** A request with exactly this path and these headers; 0 when the door is closed. */
function knock(
  port: number,
  path: string,
  options: { method?: string; host?: string } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: options.method ?? 'GET',
        headers: { host: options.host ?? `127.0.0.1:${port}` },
      },
      (response: IncomingMessage) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', () => resolve(0));
    sent.end();
  });
}

test('the code that comes back is exchanged with the verifier whose challenge was sent', async () => {
  const { asked, port, result, finished } = await begin();
  expect(new URL(asked.redirectUri).hostname).toBe('127.0.0.1');
  expect(asked.state.length).toBeGreaterThanOrEqual(43);
  expect(await knock(port, `/signed-in?state=${asked.state}&code=c1`)).toBe(200);
  expect(await result).toEqual({ ok: true, value: 'c1' });
  expect(finished[0]).toMatchObject({ code: 'c1', redirectUri: asked.redirectUri, carry: { app: 'a1' } });
  const verifier = finished[0]?.codeVerifier ?? '';
  expect(verifier).toMatch(/^[A-Za-z0-9_-]{43,128}$/u);
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(asked.codeChallenge);
});

test('the challenge is the one of RFC 7636', () => {
  expect(codeChallengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('the same answer sent again, and any later request, meets a closed door', async () => {
  const { asked, port, result, finished } = await begin();
  const path = `/signed-in?state=${asked.state}&code=c1`;
  await knock(port, path);
  await result;
  expect([0, 410]).toContain(await knock(port, path));
  expect([0, 410]).toContain(await knock(port, `/signed-in?state=${asked.state}&code=c2`));
  expect(finished).toHaveLength(1);
});

test('two answers at the same time count once', async () => {
  const { asked, port, result, finished } = await begin();
  const path = (code: string) => `/signed-in?state=${asked.state}&code=${code}`;
  const statuses = await Promise.all([
    knock(port, path('c1')),
    knock(port, path('c2')),
    knock(port, path('c3')),
  ]);
  await result;
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(finished).toHaveLength(1);
});

test('what does not fit exactly changes nothing, and the right answer still counts', async () => {
  const { asked, port, result } = await begin();
  const { state } = asked;
  const wrong: [string, number, { method?: string; host?: string }?][] = [
    ['/signed-in?code=c', 400],
    ['/signed-in?state=&code=c', 400],
    [`/signed-in?state=${state.slice(0, -1)}&code=c`, 400],
    [`/signed-in?state=${state}x&code=c`, 400],
    [`/signed-in?state=${state}&state=${state}&code=c`, 400],
    [`/signed-in?state=${state}&code=c&code=d`, 400],
    [`/signed-in?state=${state}`, 400],
    [`/signed-in?state=wrong&error=access_denied`, 400],
    [`/?state=${state}&code=c`, 404],
    [`/signed-in/?state=${state}&code=c`, 404],
    [`/Signed-In?state=${state}&code=c`, 404],
    ['/favicon.ico', 404],
    [`/signed-in?state=${state}&code=c`, 405, { method: 'POST' }],
    [`/signed-in?state=${state}&code=c`, 421, { host: `localhost:${port}` }],
    [`/signed-in?state=${state}&code=c`, 421, { host: 'evil.example' }],
    [`/signed-in?state=${state}&code=c`, 421, { host: `127.0.0.1:${port + 1}` }],
  ];
  for (const [path, status, options] of wrong) {
    expect(
      await knock(port, path, options),
      `${options?.method ?? 'GET'} ${path} ${options?.host ?? ''}`,
    ).toBe(status);
  }
  expect(await knock(port, `/signed-in?state=${state}&code=right`)).toBe(200);
  expect(await result).toEqual({ ok: true, value: 'right' });
});

test('somebody who tries again and again is not let go on', async () => {
  const { port, result } = await begin();
  for (let i = 0; i < 50; i += 1) await knock(port, '/signed-in?state=guess&code=c');
  expect(await result).toMatchObject({ ok: false, error: { code: 'sign-in-failed' } });
});

test('declined in the browser is told as that', async () => {
  const { asked, port, result, finished } = await begin();
  await knock(port, `/signed-in?state=${asked.state}&error=access_denied`);
  expect(await result).toMatchObject({ ok: false, error: { code: 'sign-in-declined' } });
  expect(finished).toEqual([]);
});

test('nobody coming back ends it after two minutes, and the door is closed', async () => {
  const { asked, port, result, clock } = await begin();
  await clock.advance(119_999);
  expect(await knock(port, '/favicon.ico')).toBe(404);
  await clock.advance(1);
  expect(await result).toMatchObject({ ok: false, error: { code: 'sign-in-timeout' } });
  expect([0, 410]).toContain(await knock(port, `/signed-in?state=${asked.state}&code=late`));
});

test('a connection that only sits there does not keep the door open', async () => {
  const { asked, port, result } = await begin();
  const sitting = connect(port, '127.0.0.1');
  const isPutOut = new Promise<void>((resolve) => {
    sitting.on('close', () => resolve());
    sitting.on('error', () => resolve());
  });
  await new Promise((resolve) => sitting.once('connect', resolve));
  await knock(port, `/signed-in?state=${asked.state}&code=c1`);
  await result;
  await isPutOut;
});

test('without a browser nothing is waited for', async () => {
  const { result } = await begin({ opens: false });
  expect(await result).toMatchObject({ ok: false, error: { code: 'sign-in-no-browser' } });
});

test('it can be called off', async () => {
  const controller = new AbortController();
  const { result, port } = await begin({ signal: controller.signal });
  controller.abort();
  expect(await result).toMatchObject({ ok: false, error: { code: 'sign-in-canceled' } });
  expect([0, 410]).toContain(await knock(port, '/signed-in'));
});

test('a network that cannot begin is told in its own words', async () => {
  const result = await signInByBrowser({
    port: null,
    begin: async () => ({ kind: 'failed', detail: 'The server does not answer.' }),
    finish: async () => 'never',
    openExternal: async () => ok(true),
    randomBytes,
    clock: createFakeClock(),
    words: () => wordsFor('en'),
  });
  expect(result).toEqual(refuse('sign-in-failed', 'The server does not answer.'));
});

test('a network that knows the address beforehand gets its port, and a port that is taken is said', async () => {
  const holder = createServer();
  await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done));
  const { port } = holder.address() as AddressInfo;
  const order = {
    port,
    finish: async () => 'never',
    openExternal: async () => ok(true as const),
    randomBytes,
    clock: createFakeClock(),
    words: () => wordsFor('en'),
  };
  const refused = await signInByBrowser({
    ...order,
    begin: async () => ({ kind: 'failed', detail: 'asked although the port is taken' }),
  });
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'sign-in-port-taken', message: expect.stringContaining(String(port)) },
  });
  await new Promise((done) => holder.close(done));
  const begun = await signInByBrowser({
    ...order,
    begin: async ({ redirectUri }) => ({ kind: 'failed', detail: redirectUri }),
  });
  expect(begun).toMatchObject({ error: { message: `http://127.0.0.1:${port}/signed-in` } });
});
