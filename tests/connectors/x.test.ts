import { describe, expect, onTestFinished, test } from 'vitest';
import { countText } from '../../src-main/connectors/shared/count-text.ts';
import { x } from '../../src-main/connectors/x/index.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { type Fault, jsonOf, type SeenRequest, startFaultServer } from '../support/fault-server.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import { CLIENT_ID, createXFake, USER_ID, X_REFRESH, X_TOKEN } from './servers/x-fake.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 24, 9, 0, 0);
const isPublic = ({ method, path }: SeenRequest) => method === 'POST' && path === '/2/tweets';

function account(origin: string, secrets: Record<string, string> = {}) {
  return {
    settings: { api: origin, clientId: CLIENT_ID, userId: USER_ID, username: 'cafe_soen' },
    secrets: { accessToken: X_TOKEN, refreshToken: X_REFRESH, ...secrets },
  };
}

describeConformance({
  connector: x,
  createNetwork: () => createXFake(),
  account,
  isPublic,
  keyOf: null,
});

async function open(
  more: TestContextOptions & { readonly faultFor?: (request: SeenRequest) => Fault | null } = {},
  secrets: Record<string, string> = {},
) {
  const network = createXFake(more.now ?? (() => NOW));
  const server = await startFaultServer({
    answer: network.answer,
    ...(more.faultFor ? { faultFor: more.faultFor } : {}),
  });
  onTestFinished(() => server.close());
  const context = createTestContext({
    ...account(server.origin, secrets),
    media: { [PNG_SHA256]: PNG },
    now: () => NOW,
    ...more,
  });
  return { network, server, context };
}
const answerWith = (status: number, body: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  answer: { status, headers, body },
});
const hello = () => sampleRequest(sampleContent(['Hello']), { publishAt: NOW });

describe('counting', () => {
  const length = (text: string) => countText(text, x.limits);
  test.each([
    ['', 0],
    ['Hello', 5],
    ['Café', 4],
    ['Cafe\u0301', 4],
    ['日本', 4],
    ['안녕', 4],
    ['“quoted”…', 10],
    ['👍', 2],
    ['👨‍👩‍👧‍👦', 2],
    ['👍🏽', 2],
    ['🇫🇷', 2],
    ['1️⃣', 2],
    ['https://example.com', 23],
    ['See https://example.com/a/very/long/path?with=much&more=1 now', 31],
    ['(https://a.fr), https://b.fr.', 51],
    ['Read example.com today', 34],
    ['mail@example.com', 16],
    ['v2.0 at 9.30', 12],
  ])('%s counts as much as X says', (text, expected) => {
    expect(length(text)).toBe(expected);
  });

  test('140 signs that are not Latin fill a post', async () => {
    const { context, server } = await open();
    const over = await x.publish(context, sampleRequest(sampleContent(['語'.repeat(141)])));
    expect(over).toMatchObject({ kind: 'refused', detail: expect.stringContaining('282') });
    expect(server.requests).toEqual([]);
    expect((await x.publish(context, sampleRequest(sampleContent(['語'.repeat(140)])))).kind).toBe(
      'published',
    );
  });
});

describe('publishing', () => {
  test('an image is given in pieces, described, and shown with the first part', async () => {
    const { network, server, context } = await open();
    const request = sampleRequest(sampleContent(['One', 'Two'], { media: [samplePng('A grey pixel')] }));
    const outcome = await x.publish(context, request);
    expect(outcome).toMatchObject({
      kind: 'published',
      refs: [{ url: expect.stringMatching(/^https:\/\/x\.com\/cafe_soen\/status\/\d+$/u) }, {}],
    });
    expect([...network.uploads.values()]).toEqual([
      { size: PNG.byteLength, total: PNG.byteLength, isDone: true, alt: 'A grey pixel' },
    ]);
    const bodies = server.requests.filter(isPublic).map(jsonOf);
    expect(bodies).toEqual([
      { text: 'One', media: { media_ids: [...network.uploads.keys()] } },
      { text: 'Two', reply: { in_reply_to_tweet_id: network.posts[0]?.id } },
    ]);
  });

  test('a text that another post said is refused in the words of X', async () => {
    const { network, context } = await open();
    network.add('Hello');
    expect(await x.publish(context, hello())).toMatchObject({
      kind: 'refused',
      detail: expect.stringContaining('duplicate content'),
    });
  });

  test('without credit it is refused', async () => {
    const faultFor = (request: SeenRequest) =>
      isPublic(request) ? answerWith(402, { title: 'CreditsDepleted', detail: 'No credits left.' }) : null;
    const { context } = await open({ faultFor });
    expect(await x.publish(context, hello())).toMatchObject({
      kind: 'refused',
      detail: 'HTTP 402: No credits left.',
    });
  });

  test.each([
    [{ 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(NOW / 1_000 + 300) }, NOW + 300_000],
    [
      {
        'x-rate-limit-remaining': '5',
        'x-rate-limit-reset': String(NOW / 1_000 + 300),
        'x-app-limit-24hour-remaining': '0',
        'x-app-limit-24hour-reset': String(NOW / 1_000 + 40_000),
      },
      NOW + 40_000_000,
    ],
    [{}, null],
  ])('a limit that is used up says when: %o', async (headers, notBefore) => {
    const faultFor = (request: SeenRequest) =>
      isPublic(request) ? answerWith(429, { detail: 'Too Many Requests' }, headers) : null;
    const { context } = await open({ faultFor });
    expect(await x.publish(context, hello())).toMatchObject({ kind: 'try-later', notBefore });
  });

  test('what an address costs is said while writing', () => {
    const problems = (text: string, link = '') => x.limits.further(sampleContent([text], { link }));
    expect(problems('Hello')).toEqual([]);
    for (const found of [problems('See https://a.fr'), problems('Hello', 'https://a.fr')])
      expect(found).toMatchObject([{ level: 'warning', message: { en: expect.stringContaining('$0.20') } }]);
  });
});

describe('tokens', () => {
  const ending = { accessTokenEndsAt: String(NOW + 30_000) };

  test('one that ends soon is renewed, and what replaces it is kept before it is used', async () => {
    const kept: unknown[] = [];
    const { network, server, context } = await open(
      {
        keep: async (secrets) => {
          expect(server.requests.filter(isPublic)).toEqual([]);
          kept.push(secrets);
        },
      },
      ending,
    );
    expect((await x.publish(context, hello())).kind).toBe('published');
    expect(network.refreshed).toEqual([X_REFRESH]);
    expect(kept).toEqual([
      {
        accessToken: `${X_TOKEN}-1`,
        refreshToken: `${X_REFRESH}-2`,
        accessTokenEndsAt: String(NOW + 2 * HOUR),
      },
    ]);
  });

  test('what could not be kept is not used: nothing goes out', async () => {
    const { server, context } = await open(
      {
        keep: async () => {
          const { NoAnswer } = await import('../../src-main/core/connector.ts');
          throw new NoAnswer('the renewed sign-in could not be kept', false);
        },
      },
      ending,
    );
    expect(await x.publish(context, hello())).toMatchObject({
      kind: 'not-sent',
      detail: expect.stringContaining('could not be kept'),
    });
    expect(server.requests.filter(isPublic)).toEqual([]);
  });

  test('one that was used before is said, and no token with it', async () => {
    const spent = { ...ending, refreshToken: 'spent-refresh-token' };
    const { context } = await open({}, spent);
    for (const outcome of [await x.publish(context, hello()), await x.verify(context)]) {
      expect(outcome).toMatchObject({ kind: 'signed-out', detail: expect.stringContaining('invalid') });
      expect(JSON.stringify(outcome)).not.toContain('spent-refresh-token');
    }
  });

  test.each([500, 502, 429])('a token server that answers %i is not taken for a no', async (status) => {
    const faultFor = ({ path }: SeenRequest) =>
      path === '/2/oauth2/token' ? answerWith(status, '<html>') : null;
    const { context, server } = await open({ faultFor }, ending);
    expect((await x.publish(context, hello())).kind).toBe('try-later');
    expect((await x.verify(context)).kind).toBe('unreachable');
    expect(server.requests.filter(isPublic)).toEqual([]);
  });

  test('renewed elsewhere meanwhile, it is taken as it is', async () => {
    const { network, context } = await open({}, ending);
    const renewed = { accessToken: X_TOKEN, accessTokenEndsAt: String(NOW + HOUR), refreshToken: 'r' };
    const outcome = await x.publish(
      { ...context, renewSecrets: async (trade) => (await trade(renewed)) ?? renewed },
      hello(),
    );
    expect(outcome.kind).toBe('published');
    expect(network.refreshed).toEqual([]);
  });

  test('the sign-in goes through the browser with PKCE, and back to one address', async () => {
    const { context, network } = await open({ secrets: {} });
    const callback = { redirectUri: 'http://127.0.0.1:17170/signed-in', state: 's', codeChallenge: 'c' };
    const begun = await x.signIn?.begin(context, callback);
    const url = new URL(begun?.kind === 'open' ? begun.url : '');
    expect(`${url.origin}${url.pathname}`).toBe('https://x.com/i/oauth2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: callback.redirectUri,
      scope: 'tweet.read tweet.write users.read media.write offline.access',
      state: 's',
      code_challenge: 'c',
      code_challenge_method: 'S256',
    });
    const answer = {
      code: 'the-code',
      redirectUri: callback.redirectUri,
      codeVerifier: 'v'.repeat(64),
      carry: {},
    };
    expect(await x.signIn?.finish(context, answer)).toMatchObject({
      kind: 'ready',
      name: '@cafe_soen',
      settings: { userId: USER_ID, username: 'cafe_soen' },
      secrets: { accessToken: `${X_TOKEN}-1`, refreshToken: `${X_REFRESH}-2` },
    });
    expect(network.refreshed).toEqual([]);
    expect((await x.signIn?.finish(context, { ...answer, code: 'another' }))?.kind).toBe('signed-out');
    expect(x.signIn?.port).toBe(17_170);
  });

  test('an app that has a secret shows it in the header', async () => {
    const { context, server } = await open({}, { ...ending, clientSecret: 'the-secret-of-the-app' });
    await x.publish(context, hello());
    const asked = server.requests.find(({ path }) => path === '/2/oauth2/token');
    expect(asked?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${CLIENT_ID}:the-secret-of-the-app`).toString('base64')}`,
    );
    expect(asked?.body.toString()).not.toContain('the-secret');
  });
});

describe('looking up', () => {
  test('a post is known again by its text, addresses and signs as X shows them', async () => {
    const { network, context } = await open();
    const text = 'Q&A <today>  at https://Example.com/a/';
    const request = sampleRequest(sampleContent([text], { media: [samplePng()] }), { publishAt: NOW });
    network.add('Q&A <today>  at https://example.com/b', { media: ['3_1'] });
    network.add(text);
    expect((await x.find?.(context, request, []))?.kind).toBe('unclear');
    const post = network.add(text, { media: ['3_1'] });
    expect(await x.find?.(context, request, [])).toMatchObject({ kind: 'found', refs: [{ id: post.id }] });
  });

  test('it is absent only when the list reaches back far enough, by a clock that is right', async () => {
    const { network, context } = await open();
    for (let count = 0; count < 120; count += 1)
      network.add(`Another ${count}`, { createdAt: NOW + count * 1_000 });
    expect(await x.find?.(context, hello(), [])).toEqual({ kind: 'absent' });
    expect((await x.find?.({ ...context, now: () => NOW + 10 * 60_000 }, hello(), []))?.kind).toBe('unclear');
  });

  test('a thread is followed by what answers what', async () => {
    const { network, context } = await open();
    const request = sampleRequest(sampleContent(['One', 'Two']), { publishAt: NOW });
    const one = network.add('One');
    network.add('Two');
    expect(await x.find?.(context, request, [])).toMatchObject({
      kind: 'unclear',
      detail: expect.stringContaining('1 of 2'),
    });
    const two = network.add('Two', { replyTo: one.id });
    expect(await x.find?.(context, request, [])).toMatchObject({ refs: [{ id: one.id }, { id: two.id }] });
  });
});
