import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mastodon } from '../../src-main/connectors/mastodon/index.ts';
import type { PublishRequest } from '../../src-main/core/connector.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { type FaultServer, jsonOf, startFaultServer } from '../support/fault-server.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import {
  CODE,
  createMastodonFake,
  type FakeOptions,
  type MastodonFake,
  TOKEN,
} from './servers/mastodon-fake.ts';

describeConformance({
  connector: mastodon,
  createNetwork: createMastodonFake,
  account: (origin) => ({ settings: { server: origin, accountId: '7' }, secrets: { token: TOKEN } }),
  isPublic: (request) => request.method === 'POST' && request.path === '/api/v1/statuses',
  keyOf: (request) => request.headers['idempotency-key'] ?? null,
});

describe('Mastodon', () => {
  let fake: MastodonFake;
  let server: FaultServer;
  async function start(options: FakeOptions = {}): Promise<void> {
    await server?.close();
    fake = createMastodonFake(options);
    server = await startFaultServer({ answer: (request) => fake.answer(request) });
  }
  beforeEach(() => start());
  afterEach(() => server.close());
  const context = (settings: Record<string, string> = {}, more: TestContextOptions = {}) => {
    const base = createTestContext({
      settings: { server: server.origin, accountId: '7', ...settings },
      secrets: { token: TOKEN },
      media: { [PNG_SHA256]: PNG },
      ...more,
    });
    return { ...base, wait: async () => {} };
  };
  const bodies = () => server.requests.filter(({ path }) => path === '/api/v1/statuses').map(jsonOf);

  describe('publishing', () => {
    test('a status says its text, its link, its visibility and nothing of scheduling', async () => {
      const content = sampleContent(['Bonjour'], { link: 'https://example.com/a' });
      await mastodon.publish(context(), sampleRequest(content));
      expect(bodies()).toEqual([{ status: 'Bonjour\n\nhttps://example.com/a', visibility: 'public' }]);
    });

    test('an account can ask for unlisted posts in its language', async () => {
      await mastodon.publish(
        context({ visibility: 'unlisted', language: 'fr' }),
        sampleRequest(sampleContent(['A'])),
      );
      await mastodon.publish(
        context({ visibility: 'direct', language: 'x"' }),
        sampleRequest(sampleContent(['B'])),
      );
      expect(bodies()).toEqual([
        { status: 'A', visibility: 'unlisted', language: 'fr' },
        { status: 'B', visibility: 'public' },
      ]);
    });

    test('a picture is uploaded with its description and waited for before anything is public', async () => {
      await start({ polls: 3 });
      const content = sampleContent(['Look'], { media: [samplePng('Un pixel gris'), samplePng('')] });
      const outcome = await mastodon.publish(context(), sampleRequest(content));
      expect(outcome.kind).toBe('published');
      expect([...fake.media.values()].map(({ description }) => description)).toEqual(['Un pixel gris', null]);
      expect(fake.statuses[0]?.mediaIds).toEqual([...fake.media.keys()]);
      expect(server.requests.at(-1)?.path).toBe('/api/v1/statuses');
    });

    test('a picture that is never ready is tried later and nothing is public', async () => {
      await start({ polls: 1_000 });
      const content = sampleContent(['Look'], { media: [samplePng()] });
      const outcome = await mastodon.publish(context(), sampleRequest(content));
      expect(outcome.kind).toBe('try-later');
      expect(bodies()).toEqual([]);
    });

    test('each part of a thread answers the one before, under a key of its own', async () => {
      const content = sampleContent(['One', 'Two', 'Three'], {
        media: [samplePng()],
        link: 'https://example.com',
      });
      await mastodon.publish(context(), sampleRequest(content));
      const [one, two, three] = fake.statuses;
      expect([two?.inReplyTo, three?.inReplyTo]).toEqual([one?.id, two?.id]);
      expect([one?.mediaIds.length, two?.mediaIds.length]).toEqual([1, 0]);
      expect(fake.texts()).toEqual(['One\n\nhttps://example.com', 'Two', 'Three']);
      const keys = server.requests.map(({ headers }) => headers['idempotency-key']).filter(Boolean);
      expect(new Set(keys).size).toBe(3);
    });

    test('an address counts as the server says, however long it is', async () => {
      const long = `https://example.com/${'a'.repeat(600)}`;
      const fits = sampleContent([`${'b'.repeat(476)} ${long}`]);
      const over = sampleContent([`${'b'.repeat(477)} ${long}`]);
      expect((await mastodon.publish(context(), sampleRequest(fits))).kind).toBe('published');
      expect((await mastodon.publish(context(), sampleRequest(over))).kind).toBe('refused');
    });

    test('a 403 that is not the server’s own word signs nobody out', async () => {
      await server.close();
      server = await startFaultServer({ answer: () => ({ status: 403, body: '<html>Blocked</html>' }) });
      expect((await mastodon.publish(context(), sampleRequest(sampleContent(['A'])))).kind).toBe('refused');
    });

    test('busy without a listed word may have published', async () => {
      await server.close();
      server = await startFaultServer({
        answer: () => ({ status: 503, headers: { 'retry-after': '5' }, body: { error: 'busy' } }),
      });
      expect((await mastodon.publish(context(), sampleRequest(sampleContent(['A'])))).kind).toBe(
        'unconfirmed',
      );
    });
  });

  describe('verifying', () => {
    test('limits are read from the server and kept as settings', async () => {
      const verified = await mastodon.verify(context());
      expect(verified).toEqual({
        kind: 'ready',
        name: '@alice@fake.example',
        url: 'https://fake.example/@alice',
        settings: {
          server: server.origin,
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
      await start({ hasV2: false });
      expect(await mastodon.verify(context())).toMatchObject({
        kind: 'ready',
        name: '@alice@v1.example',
        settings: { textLength: '500' },
      });
    });

    test('what a server says of its limits is believed only when it is sensible', async () => {
      await start({
        instance: {
          domain: 'bad host/',
          configuration: {
            statuses: { max_characters: -1, max_media_attachments: 'many' },
            media_attachments: { supported_mime_types: ['image/png,text/html', 7], image_size_limit: 1e99 },
          },
        },
      });
      const verified = await mastodon.verify(context());
      expect(verified).toMatchObject({ kind: 'ready', name: `@alice@${new URL(server.origin).host}` });
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
        expect((await mastodon.verify(context({ server: address }))).kind).toBe('signed-out');
      },
    );

    test.each(['', ' ', 'tök', 'two words', 'line\nbreak'])(
      '%j is no token and is never sent',
      async (token) => {
        const verified = await mastodon.verify(context({}, { secrets: { token } }));
        expect(verified.kind).toBe('signed-out');
        expect(server.requests).toEqual([]);
      },
    );
  });

  describe('signing in', () => {
    const callback = { redirectUri: 'http://127.0.0.1:4321/cb', state: 'st', codeChallenge: 'challenge' };
    const answer = (more: Record<string, unknown> = {}) => ({
      code: CODE,
      redirectUri: callback.redirectUri,
      codeVerifier: 'verifier',
      carry: { server: server.origin, clientId: 'client', clientSecret: 'client-secret' },
      ...more,
    });

    test('the person is sent to the server with a proof that only we can finish', async () => {
      const begun = await mastodon.signIn?.begin(context({}, { secrets: {} }), callback);
      expect(begun).toMatchObject({ kind: 'open', carry: answer().carry });
      const url = new URL(begun?.kind === 'open' ? begun.url : '');
      expect(url.origin + url.pathname).toBe(`${server.origin}/oauth/authorize`);
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
        await start({ tokenTakes: takes });
        const verified = await mastodon.signIn?.finish(context({}, { secrets: {} }), answer());
        expect(verified).toMatchObject({
          kind: 'ready',
          name: '@alice@fake.example',
          settings: { server: server.origin, accountId: '7' },
          secrets: { token: TOKEN },
        });
        expect(JSON.stringify(verified?.kind === 'ready' && verified.settings)).not.toContain(TOKEN);
      },
    );

    test('a code that is not good is asked for once and shown to nobody', async () => {
      const verified = await mastodon.signIn?.finish(
        context({}, { secrets: {} }),
        answer({ code: 'stolen-code' }),
      );
      expect(verified?.kind).toBe('signed-out');
      expect(JSON.stringify(verified)).not.toContain('stolen-code');
      expect(server.requests).toHaveLength(1);
    });

    test('a server that is none, or not there, is said so', async () => {
      const begin = () => mastodon.signIn?.begin(context({}, { secrets: {} }), callback);
      expect(await mastodon.signIn?.begin(context({ server: 'http://example.com' }), callback)).toMatchObject(
        {
          kind: 'failed',
        },
      );
      await server.close();
      expect(await begin()).toMatchObject({ kind: 'failed' });
      server = await startFaultServer({ answer: () => ({ body: '<html>A blog</html>' }) });
      expect(await begin()).toMatchObject({ kind: 'failed' });
    });
  });

  describe('looking up', () => {
    const MINUTE = 60_000;
    const find = (request: PublishRequest, refs: { id: string; url: string }[] = []) =>
      mastodon.find?.(context(), request, refs);
    const ask = (text: string, more: Partial<PublishRequest> = {}) =>
      sampleRequest(sampleContent([text]), more);

    test.each([
      'Plain',
      'Two\n\nparagraphs\nand a line',
      'See https://example.com/a/very/long/path/that/is/shortened?x=1&y=2 now',
      'Hello @bob@example.com & <friends> "quoted"',
      '👩‍👩‍👧 😀',
      '*marks* _and_ `code`',
      '…!?',
    ])('%j is found again as the server shows it', async (text) => {
      fake.add('Another one');
      const status = fake.add(text);
      expect(await find(ask(text))).toMatchObject({ kind: 'found', refs: [{ id: status.id }] });
    });

    test('two that say the same are for a person to tell apart', async () => {
      fake.add('Twins');
      fake.add('Twins');
      expect((await find(ask('Twins')))?.kind).toBe('unclear');
    });

    test('one that is much like it is not taken for it, nor for nothing', async () => {
      fake.add('Our new opening hours from Monday on: nine to five');
      expect((await find(ask('Our new opening hours from Monday on: nine to six')))?.kind).toBe('unclear');
      fake.add('A picture');
      const withPicture = sampleRequest(sampleContent(['A picture'], { media: [samplePng()] }));
      expect((await find(withPicture))?.kind).toBe('unclear');
    });

    test('the same words long before do not count', async () => {
      fake.add('Good morning', { createdAt: Date.now() - 24 * 60 * MINUTE });
      expect(await find(ask('Good morning'))).toEqual({ kind: 'absent' });
    });

    test('a server whose clock is some minutes off is found on, too', async () => {
      const status = fake.add('Good morning', { createdAt: Date.now() - 9 * MINUTE });
      expect(await find(ask('Good morning'))).toMatchObject({ kind: 'found', refs: [{ id: status.id }] });
    });

    describe('with clocks that do not agree', () => {
      const AT = Date.UTC(2026, 11, 1, 8);
      /** The server at `AT` and some minutes; ours is `ahead` of it. */
      const findAhead = async (aheadMs: number, date: string | null, createdAt = AT) => {
        await server.close();
        server = await startFaultServer({
          answer: async (request) => {
            const answer = await fake.answer(request);
            return { ...answer, headers: { ...answer.headers, date: date ?? '' } };
          },
        });
        fake.add('Good morning', { createdAt });
        const now = () => AT + 3 * MINUTE + aheadMs;
        const request = (text: string) => ask(text, { publishAt: AT + aheadMs });
        const look = (text: string) => mastodon.find?.(context({}, { now }), request(text), []);
        return [(await look('Good morning'))?.kind, (await look('Another one'))?.kind];
      };
      const serverDate = new Date(AT + 3 * MINUTE).toUTCString();

      test.each([15 * MINUTE, -15 * MINUTE, 3 * 60 * MINUTE, -3 * 60 * MINUTE])(
        'ours %i ms ahead, what is there is never absent, nor is anything else',
        async (aheadMs) => {
          const [same, other] = await findAhead(aheadMs, serverDate);
          expect(same).toMatch(aheadMs === -15 * MINUTE ? 'found' : 'unclear');
          expect(other).toBe('unclear');
        },
      );

      test('five minutes off it is found, and nothing else is absent', async () => {
        expect(await findAhead(5 * MINUTE, serverDate)).toEqual(['found', 'unclear']);
      });

      test('a minute off both are certain', async () => {
        expect(await findAhead(MINUTE, serverDate)).toEqual(['found', 'absent']);
      });

      test('a server that does not say its time leaves it to a person', async () => {
        expect(await findAhead(0, 'no date')).toEqual(['found', 'unclear']);
      });

      test('set right since the post went out, the clock of that moment still counts', async () => {
        expect(await findAhead(0, serverDate, AT - 60 * MINUTE)).toEqual(['unclear', 'absent']);
      });
    });

    test('it reads on until the list reaches back far enough', async () => {
      await start({ mostPerPage: 2 });
      const status = fake.add('Sought');
      for (let i = 0; i < 5; i += 1) fake.add(`Later ${i}`);
      expect(await find(ask('Sought'))).toMatchObject({ kind: 'found', refs: [{ id: status.id }] });
    });

    test('a list that does not reach back far enough does not say absent', async () => {
      await start({ mostPerPage: 2 });
      for (let i = 0; i < 30; i += 1) fake.add(`Later ${i}`);
      expect((await find(ask('Sought')))?.kind).toBe('unclear');
    });

    test('without knowing whose statuses to read it does not say absent', async () => {
      const found = await mastodon.find?.(context({ accountId: '' }), ask('Sought'), []);
      expect(found?.kind).toBe('unclear');
    });

    test('the rest of a thread is found by what it answers', async () => {
      const request = sampleRequest(sampleContent(['One', 'Two']));
      const one = fake.add('One');
      fake.add('Two');
      expect((await find(request))?.kind).toBe('unclear');
      const two = fake.add('Two', { inReplyTo: one.id });
      expect(await find(request)).toMatchObject({ kind: 'found', refs: [{ id: one.id }, { id: two.id }] });
      expect(await find(request, [{ id: one.id, url: '' }])).toMatchObject({
        kind: 'found',
        refs: [{ id: one.id }, { id: two.id }],
      });
    });

    test('a known part that is gone is for a person', async () => {
      const found = await find(ask('One'), [{ id: '999', url: '' }]);
      expect(found?.kind).toBe('unclear');
    });
  });

  describe('taking down', () => {
    test('the last part goes first, and what is gone already does not matter', async () => {
      const [one, two, three] = ['One', 'Two', 'Three'].map((text) => fake.add(text));
      fake.statuses.splice(1, 1);
      const refs = [one, two, three].map((status) => ({ id: status?.id ?? '', url: '' }));
      expect(await mastodon.remove?.(context(), refs)).toEqual({ kind: 'removed' });
      expect(fake.statuses).toEqual([]);
      const order = server.requests.map(({ path }) => path.split('/').at(-1));
      expect(order).toEqual([three?.id, two?.id, one?.id]);
    });

    test('at the limit it says how many are gone and what the limit is', async () => {
      const [one, two] = ['One', 'Two'].map((text) => fake.add(text));
      await server.close();
      let asked = 0;
      server = await startFaultServer({
        answer: (request) => {
          asked += 1;
          return asked === 1 ? fake.answer(request) : { status: 429, body: { error: 'Too many requests' } };
        },
      });
      const refs = [one, two].map((status) => ({ id: status?.id ?? '', url: '' }));
      expect(await mastodon.remove?.(context(), refs)).toMatchObject({
        kind: 'failed',
        detail: expect.stringMatching(/1 of 2 parts are gone.*30 posts in 30 minutes/u),
      });
    });
  });
});
