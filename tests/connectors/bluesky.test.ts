import { describe, expect, onTestFinished, test } from 'vitest';
import { bluesky } from '../../src-main/connectors/bluesky/index.ts';
import { createTestContext } from '../support/connector-context.ts';
import { createFakePds, FAKE_DID, FAKE_PASSWORD, fakeToken } from '../support/fake-pds.ts';
import { type Fault, jsonOf, type SeenRequest, startFaultServer } from '../support/fault-server.ts';
import { sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';

const HOUR = 3_600_000;

function account(origin: string) {
  return {
    settings: { server: origin, identifier: 'brand.test', did: FAKE_DID, handle: 'brand.test', pds: origin },
    secrets: {
      appPassword: FAKE_PASSWORD,
      accessJwt: fakeToken('kept-access', Date.now() + 2 * HOUR),
      refreshJwt: fakeToken('kept-refresh', Date.now() + 90 * 24 * HOUR),
    },
  };
}

const methodOf = ({ path }: SeenRequest) =>
  new URL(path, 'http://fake').pathname.replace('/xrpc/com.atproto.', '');

describeConformance({
  connector: bluesky,
  createNetwork: createFakePds,
  account,
  isPublic: (request) => methodOf(request) === 'repo.createRecord',
  keyOf: (request) => (jsonOf(request) as { rkey: string }).rkey,
});

describe('Bluesky', () => {
  /** A place of its own for one test: the server, a context that reaches it, and what it was asked in order. */
  async function open(
    options: {
      readonly ended?: readonly string[];
      readonly secrets?: Readonly<Record<string, string>>;
      readonly settings?: Readonly<Record<string, string>>;
      readonly faultFor?: (request: SeenRequest) => Fault | null;
      readonly now?: () => number;
    } = {},
  ) {
    const network = createFakePds(options.ended);
    const server = await startFaultServer({
      answer: network.answer,
      ...(options.faultFor ? { faultFor: options.faultFor } : {}),
    });
    onTestFinished(() => server.close());
    const good = account(server.origin);
    const context = createTestContext({
      settings: { ...good.settings, ...options.settings },
      secrets: { ...good.secrets, ...options.secrets },
      mostTimeoutMs: 400,
      ...(options.now ? { now: options.now } : {}),
    });
    return { context, server, network, asked: () => server.requests.map(methodOf) };
  }
  const hello = () => sampleRequest(sampleContent(['Hello']));
  const jsonAnswer = (status: number, body: unknown, headers = {}): Fault => ({
    kind: 'answer',
    answer: { status, body, headers },
  });

  describe('signing in within an attempt', () => {
    test('a kept token that lives on is used as it is', async () => {
      const { context, asked } = await open();
      expect((await bluesky.publish(context, hello())).kind).toBe('published');
      expect(asked()).toEqual(['repo.createRecord']);
    });

    test('one that ends soon is replaced by the refresh token', async () => {
      const { context, asked, server } = await open({
        secrets: { accessJwt: fakeToken('ends', Date.now() + 60_000) },
      });
      expect((await bluesky.publish(context, hello())).kind).toBe('published');
      expect(asked()).toEqual(['server.refreshSession', 'repo.createRecord']);
      expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${context.secrets.refreshJwt}`);
      expect(server.requests[1]?.headers.authorization).toContain('new-access');
    });

    test('a refresh token that is no longer honoured is replaced by the app password', async () => {
      const spent = fakeToken('spent', Date.now() + HOUR);
      const { context, asked } = await open({
        ended: [spent],
        secrets: { accessJwt: '', refreshJwt: spent },
      });
      expect((await bluesky.publish(context, hello())).kind).toBe('published');
      expect(asked()).toEqual(['server.refreshSession', 'server.createSession', 'repo.createRecord']);
    });

    test('tokens that are none are passed over', async () => {
      const { context, asked } = await open({ secrets: { accessJwt: 'x', refreshJwt: 'a.b.c' } });
      expect((await bluesky.publish(context, hello())).kind).toBe('published');
      expect(asked()).toEqual(['server.createSession', 'repo.createRecord']);
    });

    test('a token the server calls ended, against our clock, is tried again once with a new one', async () => {
      const kept = fakeToken('kept-access', Date.now() + 2 * HOUR);
      const { context, asked } = await open({ ended: [kept], secrets: { accessJwt: kept } });
      const request = hello();
      expect(await bluesky.publish(context, request)).toMatchObject({ kind: 'try-later' });
      expect(await bluesky.publish(context, { ...request, attempt: 2 })).toMatchObject({ kind: 'published' });
      expect(asked()).toEqual(['repo.createRecord', 'server.refreshSession', 'repo.createRecord']);
    });

    test('a new token that is refused too means signed out', async () => {
      const { context } = await open({
        faultFor: (request) =>
          methodOf(request) === 'repo.createRecord' ? jsonAnswer(400, { error: 'InvalidToken' }) : null,
      });
      expect(await bluesky.publish(context, { ...hello(), attempt: 2 })).toMatchObject({
        kind: 'signed-out',
      });
    });

    test('a sign-in that now belongs to another account publishes nothing', async () => {
      const { context, asked } = await open({
        settings: { did: 'did:plc:another' },
        secrets: { accessJwt: '' },
      });
      expect(await bluesky.publish(context, hello())).toMatchObject({ kind: 'signed-out' });
      expect(asked()).toEqual(['server.refreshSession']);
    });

    test('too many sign-ins are waited out until the server says', async () => {
      const reset = Math.ceil(Date.now() / 1_000) + 240;
      const { context } = await open({
        secrets: { accessJwt: '', refreshJwt: '' },
        faultFor: () => jsonAnswer(429, { error: 'RateLimitExceeded' }, { 'ratelimit-reset': String(reset) }),
      });
      expect(await bluesky.publish(context, hello())).toMatchObject({
        kind: 'try-later',
        notBefore: reset * 1_000,
      });
    });

    test('the password of the account with a second factor is told from an app password', async () => {
      const { context } = await open({
        faultFor: () => jsonAnswer(401, { error: 'AuthFactorTokenRequired' }),
      });
      expect(await bluesky.verify(context)).toMatchObject({
        kind: 'signed-out',
        detail: expect.stringContaining('app password'),
      });
    });

    test('an account that was taken down is signed out', async () => {
      const { context } = await open({
        faultFor: () =>
          jsonAnswer(200, { did: FAKE_DID, accessJwt: 'a', active: false, status: 'takendown' }),
      });
      expect(await bluesky.verify(context)).toMatchObject({
        kind: 'signed-out',
        detail: expect.stringContaining('takendown'),
      });
    });

    test('the repository is written where the identity says it is, but never over plain http to elsewhere', async () => {
      const answer = (serviceEndpoint: string) =>
        jsonAnswer(200, {
          did: FAKE_DID,
          handle: 'brand.test',
          accessJwt: 'a',
          refreshJwt: 'b',
          didDoc: { service: [{ id: '#other' }, { id: '#atproto_pds', serviceEndpoint }] },
        });
      const hosted = await open({ faultFor: () => answer('https://morel.example.com/') });
      expect(await bluesky.verify(hosted.context)).toMatchObject({
        kind: 'ready',
        settings: { did: FAKE_DID, handle: 'brand.test', pds: 'https://morel.example.com' },
        secrets: { appPassword: FAKE_PASSWORD, accessJwt: 'a', refreshJwt: 'b' },
      });
      const plain = await open({ faultFor: () => answer('http://morel.example.com') });
      expect(await bluesky.verify(plain.context)).toMatchObject({ settings: { pds: plain.server.origin } });
    });
  });

  describe('what may have gone out', () => {
    test('the answer of a server that the key exists already is unconfirmed, and find settles it', async () => {
      const { context, network } = await open();
      const request = hello();
      const first = await bluesky.publish(context, request);
      const again = await bluesky.publish(context, { ...request, attempt: 2 });
      expect(again).toMatchObject({ kind: 'unconfirmed' });
      expect(await bluesky.find?.(context, request, [])).toEqual({
        kind: 'found',
        refs: first.kind === 'published' ? first.refs : [],
      });
      expect(network.texts()).toEqual(['Hello']);
    });

    test('a refusal that is not worded as the network words them is no refusal', async () => {
      const { context } = await open({
        faultFor: () => ({
          kind: 'answer',
          answer: { status: 403, body: '<html>Forbidden by proxy</html>' },
        }),
      });
      expect(await bluesky.publish(context, hello())).toMatchObject({ kind: 'unconfirmed' });
    });

    test('another post under our key is not taken for ours', async () => {
      const { context } = await open();
      const request = hello();
      await bluesky.publish(context, request);
      const other = { ...request, content: sampleContent(['Goodbye']) };
      expect(await bluesky.find?.(context, other, [])).toMatchObject({ kind: 'unclear' });
    });

    test.each([[0], [1]])('a thread without its part %i is neither found nor absent', async (missing) => {
      const { context } = await open();
      const request = sampleRequest(sampleContent(['One', 'Two']));
      const outcome = await bluesky.publish(context, request);
      const refs = outcome.kind === 'published' ? outcome.refs : [];
      expect(await bluesky.remove?.(context, refs.slice(missing, missing + 1))).toEqual({ kind: 'removed' });
      expect(await bluesky.find?.(context, request, [])).toMatchObject({ kind: 'unclear' });
    });

    test('an account never verified cannot look anything up', async () => {
      const { context, asked } = await open({ settings: { did: '' } });
      expect(await bluesky.find?.(context, hello(), [])).toMatchObject({ kind: 'unclear' });
      expect(asked()).toEqual([]);
    });
  });

  describe('taking down', () => {
    test.each<[string, Fault]>([
      ['a server error', jsonAnswer(500, { error: 'InternalServerError' })],
      ['a rate limit', jsonAnswer(429, { error: 'RateLimitExceeded' })],
      ['a page', { kind: 'answer', answer: { status: 502, body: '<html>' } }],
      ['silence', { kind: 'hang' }],
      ['a token refused twice', jsonAnswer(400, { error: 'ExpiredToken' })],
    ])('%s is not taken for gone', async (_, fault) => {
      const { context } = await open({
        faultFor: (request) => (methodOf(request) === 'repo.deleteRecord' ? fault : null),
      });
      const ref = { id: `at://${FAKE_DID}/app.bsky.feed.post/3mabcdefghijk`, url: '' };
      expect(await bluesky.remove?.(context, [ref])).toMatchObject({ kind: 'failed' });
    });

    test('a token that ended is renewed', async () => {
      const kept = fakeToken('kept-access', Date.now() + 2 * HOUR);
      const { context, asked } = await open({ ended: [kept], secrets: { accessJwt: kept } });
      const ref = { id: `at://${FAKE_DID}/app.bsky.feed.post/3mabcdefghijk`, url: '' };
      expect(await bluesky.remove?.(context, [ref])).toEqual({ kind: 'already-gone' });
      expect(asked()).toEqual(['repo.deleteRecord', 'server.refreshSession', 'repo.deleteRecord']);
    });

    test('the post of another account is left alone', async () => {
      const { context, asked } = await open();
      const ref = { id: 'at://did:plc:another/app.bsky.feed.post/3mabcdefghijk', url: '' };
      expect(await bluesky.remove?.(context, [ref])).toMatchObject({ kind: 'failed' });
      expect(asked()).toEqual([]);
    });
  });

  test('a picture that is no longer in the data folder is refused before any request', async () => {
    const { context, asked } = await open();
    const request = sampleRequest(sampleContent(['Hello'], { media: [samplePng()] }));
    expect(await bluesky.publish(context, request)).toMatchObject({ kind: 'refused' });
    expect(asked()).toEqual([]);
  });

  test('a mention that cannot be resolved stays text, and the post goes out', async () => {
    for (const fault of [null, { kind: 'hang' }, jsonAnswer(429, { error: 'RateLimitExceeded' })] as const) {
      const { context, server } = await open({
        faultFor: (request) => (methodOf(request) === 'identity.resolveHandle' ? fault : null),
      });
      const outcome = await bluesky.publish(context, sampleRequest(sampleContent(['With @nobody.test'])));
      expect(outcome.kind).toBe('published');
      expect(jsonOf(server.requests.at(-1) as SeenRequest)).not.toHaveProperty('record.facets');
    }
  });
});
