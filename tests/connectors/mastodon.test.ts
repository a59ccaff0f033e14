import { describe, expect, test } from 'vitest';
import { mastodon } from '../../src-main/connectors/mastodon/index.ts';
import { sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import { mastodonScene } from './mastodon-scene.ts';
import { CODE, createMastodonFake, TOKEN } from './servers/mastodon-fake.ts';

describeConformance({
  connector: mastodon,
  createNetwork: createMastodonFake,
  account: (origin) => ({ settings: { server: origin, accountId: '7' }, secrets: { token: TOKEN } }),
  isPublic: (request) => request.method === 'POST' && request.path === '/api/v1/statuses',
  keyOf: (request) => request.headers['idempotency-key'] ?? null,
});

describe('Mastodon', () => {
  const scene = mastodonScene();

  describe('publishing', () => {
    test('a status says its text, its link, its visibility and nothing of scheduling', async () => {
      const content = sampleContent(['Bonjour'], { link: 'https://example.com/a' });
      await mastodon.publish(scene.context(), sampleRequest(content));
      expect(scene.bodies()).toEqual([{ status: 'Bonjour\n\nhttps://example.com/a', visibility: 'public' }]);
    });

    test('an account can ask for unlisted posts in its language', async () => {
      await mastodon.publish(
        scene.context({ visibility: 'unlisted', language: 'fr' }),
        sampleRequest(sampleContent(['A'])),
      );
      await mastodon.publish(
        scene.context({ visibility: 'direct', language: 'x"' }),
        sampleRequest(sampleContent(['B'])),
      );
      expect(scene.bodies()).toEqual([
        { status: 'A', visibility: 'unlisted', language: 'fr' },
        { status: 'B', visibility: 'public' },
      ]);
    });

    test('a picture is uploaded with its description and waited for before anything is public', async () => {
      await scene.start({ polls: 3 });
      const content = sampleContent(['Look'], { media: [samplePng('Un pixel gris'), samplePng('')] });
      const outcome = await mastodon.publish(scene.context(), sampleRequest(content));
      expect(outcome.kind).toBe('published');
      expect([...scene.fake.media.values()].map(({ description }) => description)).toEqual([
        'Un pixel gris',
        null,
      ]);
      expect(scene.fake.statuses[0]?.mediaIds).toEqual([...scene.fake.media.keys()]);
      expect(scene.server.requests.at(-1)?.path).toBe('/api/v1/statuses');
    });

    test('a picture that is never ready is tried later and nothing is public', async () => {
      await scene.start({ polls: 1_000 });
      const content = sampleContent(['Look'], { media: [samplePng()] });
      const outcome = await mastodon.publish(scene.context(), sampleRequest(content));
      expect(outcome.kind).toBe('try-later');
      expect(scene.bodies()).toEqual([]);
    });

    test('each part of a thread answers the one before, under a key of its own', async () => {
      const content = sampleContent(['One', 'Two', 'Three'], {
        media: [samplePng()],
        link: 'https://example.com',
      });
      await mastodon.publish(scene.context(), sampleRequest(content));
      const [one, two, three] = scene.fake.statuses;
      expect([two?.inReplyTo, three?.inReplyTo]).toEqual([one?.id, two?.id]);
      expect([one?.mediaIds.length, two?.mediaIds.length]).toEqual([1, 0]);
      expect(scene.fake.texts()).toEqual(['One\n\nhttps://example.com', 'Two', 'Three']);
      const keys = scene.server.requests.map(({ headers }) => headers['idempotency-key']).filter(Boolean);
      expect(new Set(keys).size).toBe(3);
    });

    test('an address counts as the server says, however long it is', async () => {
      const long = `https://example.com/${'a'.repeat(600)}`;
      const fits = sampleContent([`${'b'.repeat(476)} ${long}`]);
      const over = sampleContent([`${'b'.repeat(477)} ${long}`]);
      expect((await mastodon.publish(scene.context(), sampleRequest(fits))).kind).toBe('published');
      expect((await mastodon.publish(scene.context(), sampleRequest(over))).kind).toBe('refused');
    });

    test('a 403 that is not the server’s own word signs nobody out', async () => {
      await scene.serve({
        answer: () => ({ status: 403, body: '<html>Blocked</html>' }),
      });
      expect((await mastodon.publish(scene.context(), sampleRequest(sampleContent(['A'])))).kind).toBe(
        'refused',
      );
    });

    test('busy without a listed word may have published', async () => {
      await scene.serve({
        answer: () => ({ status: 503, headers: { 'retry-after': '5' }, body: { error: 'busy' } }),
      });
      expect((await mastodon.publish(scene.context(), sampleRequest(sampleContent(['A'])))).kind).toBe(
        'unconfirmed',
      );
    });
  });

  describe('verifying', () => {
    test('limits are read from the server and kept as settings', async () => {
      const verified = await mastodon.verify(scene.context());
      expect(verified).toEqual({
        kind: 'ready',
        name: '@alice@fake.example',
        url: 'https://fake.example/@alice',
        settings: {
          server: scene.server.origin,
          accountId: '7',
          textLength: '500',
          urlLength: '23',
          mediaCount: '4',
          mediaBytes: '16777216',
          altTextLength: '1500',
          mediaMimes: 'image/jpeg,image/png,image/avif',
        },
        secrets: {},
      });
    });

    test('an older server tells its limits in the first version', async () => {
      await scene.start({ hasV2: false });
      expect(await mastodon.verify(scene.context())).toMatchObject({
        kind: 'ready',
        name: '@alice@v1.example',
        settings: { textLength: '500' },
      });
    });

    test('what a server says of its limits is believed only when it is sensible', async () => {
      await scene.start({
        instance: {
          domain: 'bad host/',
          configuration: {
            statuses: { max_characters: -1, max_media_attachments: 'many' },
            media_attachments: { supported_mime_types: ['image/png,text/html', 7], image_size_limit: 1e99 },
          },
        },
      });
      const verified = await mastodon.verify(scene.context());
      expect(verified).toMatchObject({ kind: 'ready', name: `@alice@${new URL(scene.server.origin).host}` });
      const settings = verified.kind === 'ready' ? verified.settings : {};
      expect(mastodon.limitsOf(settings)).toEqual(mastodon.limits);
    });

    test('limits of an account are those its server told', () => {
      const limits = mastodon.limitsOf({ textLength: '5000', urlLength: '25', mediaMimes: 'image/png' });
      expect(limits).toMatchObject({
        textLength: 5_000,
        urlLength: 25,
        mediaMimes: ['image/png'],
        mediaCount: 4,
      });
    });

    test.each(['http://example.com', 'ftp://example.com', 'https://a:b@example.com', ' ', 'https://'])(
      'the server %j is not asked',
      async (address) => {
        expect((await mastodon.verify(scene.context({ server: address }))).kind).toBe('signed-out');
      },
    );

    test.each(['', ' ', 'tök', 'two words', 'line\nbreak'])(
      '%j is no token and is never sent',
      async (token) => {
        const verified = await mastodon.verify(scene.context({}, { secrets: { token } }));
        expect(verified.kind).toBe('signed-out');
        expect(scene.server.requests).toEqual([]);
      },
    );
  });

  describe('signing in', () => {
    const callback = { redirectUri: 'http://127.0.0.1:4321/cb', state: 'st', codeChallenge: 'challenge' };
    const answer = (more: Record<string, unknown> = {}) => ({
      code: CODE,
      redirectUri: callback.redirectUri,
      codeVerifier: 'verifier',
      carry: { server: scene.server.origin, clientId: 'client', clientSecret: 'client-secret' },
      ...more,
    });

    test('the person is sent to the server with a proof that only we can finish', async () => {
      const begun = await mastodon.signIn?.begin(scene.context({}, { secrets: {} }), callback);
      expect(begun).toMatchObject({ kind: 'open', carry: answer().carry });
      const url = new URL(begun?.kind === 'open' ? begun.url : '');
      expect(url.origin + url.pathname).toBe(`${scene.server.origin}/oauth/authorize`);
      expect(Object.fromEntries(url.searchParams)).toEqual({
        response_type: 'code',
        client_id: 'client',
        redirect_uri: callback.redirectUri,
        scope: 'read write',
        state: 'st',
        code_challenge: 'challenge',
        code_challenge_method: 'S256',
        force_login: 'true',
      });
      expect(begun?.kind === 'open' && begun.url).not.toContain('client-secret');
    });

    test.each(['form', 'json'] as const)(
      'the code is traded for a token at a server that takes a %s',
      async (takes) => {
        await scene.start({ tokenTakes: takes });
        const verified = await mastodon.signIn?.finish(scene.context({}, { secrets: {} }), answer());
        expect(verified).toMatchObject({
          kind: 'ready',
          name: '@alice@fake.example',
          settings: { server: scene.server.origin, accountId: '7' },
          secrets: { token: TOKEN },
        });
        expect(JSON.stringify(verified?.kind === 'ready' && verified.settings)).not.toContain(TOKEN);
      },
    );

    test('a code that is not good is asked for once and shown to nobody', async () => {
      const verified = await mastodon.signIn?.finish(
        scene.context({}, { secrets: {} }),
        answer({ code: 'stolen-code' }),
      );
      expect(verified?.kind).toBe('signed-out');
      expect(JSON.stringify(verified)).not.toContain('stolen-code');
      expect(scene.server.requests).toHaveLength(1);
    });

    test('a server that is none, or not there, is said so', async () => {
      const begin = () => mastodon.signIn?.begin(scene.context({}, { secrets: {} }), callback);
      expect(
        await mastodon.signIn?.begin(scene.context({ server: 'http://example.com' }), callback),
      ).toMatchObject({
        kind: 'failed',
      });
      await scene.server.close();
      expect(await begin()).toMatchObject({ kind: 'failed' });
      await scene.serve({ answer: () => ({ body: '<html>A blog</html>' }) });
      expect(await begin()).toMatchObject({ kind: 'failed' });
    });
  });

  describe('taking down', () => {
    test('the last part goes first, and what is gone already does not matter', async () => {
      const [one, two, three] = ['One', 'Two', 'Three'].map((text) => scene.fake.add(text));
      scene.fake.statuses.splice(1, 1);
      const refs = [one, two, three].map((status) => ({ id: status?.id ?? '', url: '' }));
      expect(await mastodon.remove?.(scene.context(), refs)).toEqual({ kind: 'removed' });
      expect(scene.fake.statuses).toEqual([]);
      const order = scene.server.requests.map(({ path }) => path.split('/').at(-1));
      expect(order).toEqual([three?.id, two?.id, one?.id]);
    });

    test('at the limit it says how many are gone and what the limit is', async () => {
      const [one, two] = ['One', 'Two'].map((text) => scene.fake.add(text));
      await scene.server.close();
      let asked = 0;
      await scene.serve({
        answer: (request) => {
          asked += 1;
          return asked === 1
            ? scene.fake.answer(request)
            : { status: 429, body: { error: 'Too many requests' } };
        },
      });
      const refs = [one, two].map((status) => ({ id: status?.id ?? '', url: '' }));
      expect(await mastodon.remove?.(scene.context(), refs)).toMatchObject({
        kind: 'failed',
        detail: expect.stringMatching(/1 of 2 parts are gone.*30 posts in 30 minutes/u),
      });
    });
  });
});
