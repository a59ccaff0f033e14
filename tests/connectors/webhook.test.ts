import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webhook } from '../../src-main/connectors/webhook/index.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { type FaultServer, jsonOf, type ServerAnswer, startFaultServer } from '../support/fault-server.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import type { FakeNetwork } from './subject.ts';

const KEY = Buffer.from('a key of thirty-two bytes in all');
const SECRET = `whsec_${KEY.toString('base64')}`;

type Payload = { text: string; media: unknown[] };

/** A receiver as the README asks for: checks the signature and takes a `webhook-id` once. */
function createReceiver(): FakeNetwork {
  const taken = new Map<string, string>();
  return {
    answer: (request) => {
      const id = request.headers['webhook-id'] ?? '';
      const signed = `${id}.${request.headers['webhook-timestamp']}.${request.body.toString('utf8')}`;
      const expected = `v1,${createHmac('sha256', KEY).update(signed).digest('base64')}`;
      if (request.headers['webhook-signature'] !== expected)
        return { status: 401, body: { error: 'bad signature' } };
      if (!taken.has(id)) taken.set(id, (jsonOf(request) as Payload).text);
      return { status: 202, body: { id: `r-${id}`, url: `https://example.com/${id}` } };
    },
    texts: () => [...taken.values()],
  };
}

describeConformance({
  connector: webhook,
  createNetwork: createReceiver,
  account: (origin) => ({ settings: { url: `${origin}/hook/of-the-agency` }, secrets: { secret: SECRET } }),
  isPublic: (request) => request.method === 'POST',
  keyOf: (request) => request.headers['webhook-id'] ?? null,
  joinsParts: true,
  preparesNothing: true,
  verifiesOffline: true,
});

describe('Webhook', () => {
  let server: FaultServer;
  let answer: ServerAnswer = {};
  beforeEach(async () => {
    answer = {};
    server = await startFaultServer({ answer: () => answer });
  });
  afterEach(() => server.close());
  const context = (more: TestContextOptions = {}) =>
    createTestContext({
      settings: { url: `${server.origin}/hook` },
      secrets: { secret: SECRET },
      media: { [PNG_SHA256]: PNG },
      ...more,
    });
  const hello = () => sampleRequest(sampleContent(['Hello']));

  test('what arrives has exactly the promised members, and a signature of what arrived', async () => {
    const content = sampleContent(['One', 'Two'], {
      link: 'https://example.com/a',
      media: [samplePng('Grey')],
    });
    const request = sampleRequest(content, { publishAt: Date.UTC(2026, 11, 1, 8, 30) });
    await webhook.publish(
      context({ brand: 'Café Søn', name: 'main', now: () => 1_800_000_000_999 }),
      request,
    );
    const [seen] = server.requests;
    expect(seen?.headers['content-type']).toBe('application/json');
    expect(seen?.headers['webhook-id']).toBe(request.key);
    expect(seen?.headers['webhook-timestamp']).toBe('1800000000');
    const signed = `${request.key}.1800000000.${seen?.body.toString('utf8')}`;
    expect(seen?.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', KEY).update(signed).digest('base64')}`,
    );
    expect(seen && jsonOf(seen)).toEqual({
      id: String(request.postId),
      brand: 'Café Søn',
      account: 'main',
      text: 'One\n\nTwo',
      link: 'https://example.com/a',
      media: [
        {
          name: 'pixel.png',
          mime: 'image/png',
          altText: 'Grey',
          sha256: PNG_SHA256,
          base64: PNG.toString('base64'),
        },
      ],
      publishAt: '2026-12-01T08:30:00.000Z',
    });
  });

  test('a secret that is no whsec_ signs as the text it is', async () => {
    await webhook.publish(context({ secrets: { secret: 'entre nous' } }), hello());
    const [seen] = server.requests;
    const signed = `${seen?.headers['webhook-id']}.${seen?.headers['webhook-timestamp']}.${seen?.body}`;
    expect(seen?.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', 'entre nous').update(signed).digest('base64')}`,
    );
  });

  test.each([
    ['an empty answer', { status: 204 }, ''],
    ['plain text', { body: 'Accepted', headers: { 'content-type': 'text/plain' } }, ''],
    ['plain text called HTML', { body: 'OK', headers: { 'content-type': 'text/html' } }, ''],
    ['a number as id', { body: { id: 42 } }, '42'],
    ['an id and an address', { body: { id: 'p1', url: 'https://example.com/p1' } }, 'p1'],
    ['an address that is none', { body: { id: 'p1', url: 'javascript:alert(1)' } }, 'p1'],
    ['an empty id', { body: { id: ' ' } }, ''],
  ] as const)('%s is a yes', async (_, given, id) => {
    answer = given;
    const request = hello();
    const outcome = await webhook.publish(context(), request);
    expect(outcome).toMatchObject({ kind: 'published', refs: [{ id: id || request.key }] });
    const url = outcome.kind === 'published' ? outcome.refs[0]?.url : null;
    expect(url).toMatch(/^(?:https:\/\/example\.com\/p1)?$/u);
  });

  test('busy with a time is tried later, busy without one may have been done', async () => {
    answer = { status: 503, headers: { 'retry-after': '30' } };
    expect(await webhook.publish(context({ now: () => 5_000 }), hello())).toMatchObject({
      kind: 'try-later',
      notBefore: 35_000,
    });
    answer = { status: 503 };
    expect((await webhook.publish(context(), hello())).kind).toBe('unconfirmed');
    answer = { status: 409 };
    expect((await webhook.publish(context(), hello())).kind).toBe('unconfirmed');
  });

  test.each([
    'http://example.com/hook',
    'http://10.0.0.1/hook',
    'http://127.0.0.1.example.com/hook',
    'http://localhost.example.com/hook',
    'ftp://127.0.0.1/hook',
    'https://name:password@example.com/hook',
    'not an address',
    '',
  ])('the address %j is neither verified nor published to', async (url) => {
    const verified = await webhook.verify(context({ settings: { url } }));
    expect(verified.kind).toBe('signed-out');
    expect((await webhook.publish(context({ settings: { url } }), hello())).kind).toBe('signed-out');
  });

  test.each([
    'https://example.com/hook',
    'http://127.0.0.1:9/hook',
    'http://127.8.0.1/hook',
    'http://[::1]:9/hook',
    'http://localhost/hook',
  ])('the address %j is good', async (url) => {
    expect((await webhook.verify(context({ settings: { url } }))).kind).toBe('ready');
  });

  test('what is shown of the address is never its path, which may be a secret', async () => {
    const verified = await webhook.verify(context({ settings: { url: 'https://example.com/s3cret/path' } }));
    expect(JSON.stringify(verified)).not.toContain('s3cret');
  });

  test.each(['', '  ', 'whsec_', 'whsec_not base64!'])('the secret %j is none', async (secret) => {
    expect((await webhook.verify(context({ secrets: { secret } }))).kind).toBe('signed-out');
  });

  test('a picture that is no longer there is a refusal, not a post without it', async () => {
    const content = sampleContent(['Hello'], { media: [samplePng()] });
    const outcome = await webhook.publish(context({ media: {} }), sampleRequest(content));
    expect(outcome.kind).toBe('refused');
    expect(server.requests).toEqual([]);
  });
});
