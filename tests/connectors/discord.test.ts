import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discord } from '../../src-main/connectors/discord/index.ts';
import { written } from '../../src-main/connectors/discord/written.ts';
import type { PublishRequest } from '../../src-main/core/connector.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { type FaultServer, jsonOf, type ServerAnswer, startFaultServer } from '../support/fault-server.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import {
  BOT,
  BOT_TOKEN,
  CHANNEL,
  createDiscordFake,
  type DiscordFake,
  type DiscordOptions,
  GUILD,
  webhookUrl,
} from './servers/discord-fake.ts';

const settingsOfBot = { channel: CHANNEL, channelId: CHANNEL, guildId: GUILD, botId: BOT };

describe('as a bot', () => {
  describeConformance({
    connector: discord,
    createNetwork: createDiscordFake,
    account: (origin) => ({ settings: { ...settingsOfBot, server: origin }, secrets: { access: BOT_TOKEN } }),
    isPublic: (request) => request.method === 'POST',
    keyOf: (request) => (jsonOf(request) as { nonce?: string }).nonce ?? null,
    preparesNothing: true,
  });
});

describe('as a webhook', () => {
  describeConformance({
    connector: discord,
    createNetwork: createDiscordFake,
    account: (origin) => ({ settings: { server: origin }, secrets: { access: webhookUrl(origin) } }),
    isPublic: (request) => request.method === 'POST',
    keyOf: null,
    preparesNothing: true,
    findsOnlyKnown: true,
  });
});

describe('Discord', () => {
  let fake: DiscordFake;
  let server: FaultServer;
  let instead: ServerAnswer | null;
  const open = (options: DiscordOptions = {}) => {
    fake = createDiscordFake(options);
  };
  beforeEach(async () => {
    instead = null;
    open();
    server = await startFaultServer({ answer: (request) => instead ?? fake.answer(request) });
  });
  afterEach(() => server.close());
  const context = (more: TestContextOptions & { access?: string } = {}) =>
    createTestContext({
      secrets: { access: more.access ?? BOT_TOKEN },
      media: { [PNG_SHA256]: PNG },
      ...more,
      settings: { ...settingsOfBot, server: server.origin, ...more.settings },
    });
  const byWebhook = () => context({ access: webhookUrl(server.origin) });
  const publish = (content = sampleContent(['Hello'])) => discord.publish(context(), sampleRequest(content));

  test.each([
    ['plain, with 5 - 3 = 2 and a #tag', 'plain, with 5 - 3 = 2 and a #tag'],
    ['*a* _b_ ~~c~~ ||d|| `e` \\f', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\` \\\\f'],
    ['# one\n## two\n-# small\n> said\n>>> all', '\\# one\n\\## two\n\\-# small\n\\> said\n\\>>> all'],
    ['- a\n  - b\n+ c\n1. d\n12. e', '\\- a\n  \\- b\n\\+ c\n1\\. d\n12\\. e'],
    ['[here](https://a.example/b_c)', '\\[here](https://a.example/b_c)'],
    ['https://a.example/x_y*z?q=~1|2 _u_', 'https://a.example/x_y*z?q=~1|2 \\_u\\_'],
    ['https://a.example/x\n- b', 'https://a.example/x\n\\- b'],
    ['https://a.example/ - b', 'https://a.example/ - b'],
    [
      '<#1> <:x:1> <t:1> <@&123456789012345678> <id:home>',
      '\\<#1> \\<:x:1> \\<t:1> \\<@&123456789012345678> \\<id:home>',
    ],
    ['<@123456789012345678>, <@!123456789012345678>', '<@123456789012345678>, <@!123456789012345678>'],
    ['1.5 and 3.', '1.5 and 3.'],
  ])('%j is written %j', (text, sent) => {
    expect(written(text)).toBe(sent);
  });

  test('backslashes count: what no longer fits is said while writing', async () => {
    const content = sampleContent(['*'.repeat(1_001)]);
    expect((await publish(content)).kind).toBe('refused');
    expect(server.requests).toEqual([]);
    expect((await publish(sampleContent(['*'.repeat(1_000)]))).kind).toBe('published');
  });

  test('nobody is told but who is meant by number: not everyone, not here, not a role', async () => {
    await publish(sampleContent(['@everyone @here <@&223456789012345678> <@123456789012345678>']));
    expect(fake.messages[0]?.body.allowed_mentions).toEqual({
      parse: [],
      users: ['123456789012345678'],
      replied_user: false,
    });
  });

  test.each([
    ['Hi @everyone!', 1],
    ['@here', 1],
    ['<@&223456789012345678>', 1],
    ['everyone is here, @everyones too, <@123456789012345678>', 0],
  ])('that %j calls nobody is said while writing: %i', (text, warnings) => {
    expect(discord.limits.further(sampleContent(['', text]))).toHaveLength(warnings);
  });

  test('a bot’s thread is replies, a webhook’s are messages one after the other', async () => {
    const content = sampleContent(['One', 'Two', 'Three']);
    await discord.publish(context(), sampleRequest(content));
    const [one, two] = fake.messages;
    expect(fake.messages.map(({ replyTo }) => replyTo)).toEqual([null, one?.id, two?.id]);
    await discord.publish(byWebhook(), sampleRequest(content));
    expect(fake.messages.slice(3).map(({ replyTo }) => replyTo)).toEqual([null, null, null]);
  });

  test('pictures and films go with their descriptions, in the one request', async () => {
    const film = { ...samplePng(''), mime: 'video/mp4', name: 'film.mp4' };
    const content = sampleContent([''], { media: [samplePng('A grey pixel'), film] });
    for (const as of [context(), byWebhook()]) {
      const outcome = await discord.publish(as, sampleRequest(content));
      expect(outcome.kind).toBe('published');
    }
    expect(server.requests).toHaveLength(2);
    for (const { body, files } of fake.messages) {
      expect(body.attachments).toEqual([
        { id: '0', filename: 'pixel.png', description: 'A grey pixel' },
        { id: '1', filename: 'film.mp4' },
      ]);
      expect(files.map(({ mime, bytes }) => [mime, bytes.equals(PNG)])).toEqual([
        ['image/png', true],
        ['video/mp4', true],
      ]);
    }
  });

  test('the same nonce again gives the message that is there, and another part has another', async () => {
    const request = sampleRequest(sampleContent(['One', 'Two']));
    const first = await discord.publish(context(), request);
    const second = await discord.publish(context(), { ...request, attempt: 2 });
    expect(second).toEqual(first);
    expect(fake.messages).toHaveLength(2);
    expect(fake.messages[0]?.nonce).toHaveLength(24);
  });

  test('where it is can be opened once the server is known', async () => {
    const outcome = await publish();
    const id = fake.messages[0]?.id;
    expect(outcome).toMatchObject({
      refs: [{ id, url: `https://discord.com/channels/${GUILD}/${CHANNEL}/${id}` }],
    });
  });

  const refusal = (status: number, code: number, message: string, more = {}): ServerAnswer => ({
    status,
    body: { code, message, ...more },
  });
  test.each([
    [400, 50006, 'refused'],
    [400, 200000, 'refused'],
    [403, 20009, 'refused'],
    [403, 50001, 'signed-out'],
    [403, 50013, 'signed-out'],
    [404, 10003, 'signed-out'],
    [404, 10015, 'signed-out'],
    [404, 10008, 'refused'],
    [401, 0, 'signed-out'],
    [413, 40005, 'refused'],
    [500, 0, 'unconfirmed'],
    [503, 130000, 'unconfirmed'],
  ])('HTTP %i with code %i is %s', async (status, code, kind) => {
    instead = refusal(status, code, 'Its words');
    expect(await publish()).toMatchObject({ kind, detail: expect.stringContaining('Its words') });
  });

  test('of an invalid form, what is wrong with it is passed on', async () => {
    instead = refusal(400, 50035, 'Invalid Form Body', {
      errors: {
        embeds: { 0: { url: { _errors: [{ code: 'URL_TYPE', message: 'Not a well formed URL.' }] } } },
      },
    });
    expect(await publish()).toMatchObject({
      kind: 'refused',
      detail: 'HTTP 400: Invalid Form Body: Not a well formed URL.',
    });
  });

  test('too many requests wait for as long as the more exact word says', async () => {
    instead = {
      ...refusal(429, 0, 'You are being rate limited.', { retry_after: 1.337, global: true }),
      headers: { 'retry-after': '1' },
    };
    const outcome = await discord.publish(
      context({ now: () => 5_000 }),
      sampleRequest(sampleContent(['Hello'])),
    );
    expect(outcome).toMatchObject({ kind: 'try-later', notBefore: 6_337 });
  });

  test.each([
    [204, undefined],
    [200, {}],
    [200, { id: 17 }],
    [202, { id: '17' }],
  ])('HTTP %i with %j is no yes', async (status, body) => {
    instead = body === undefined ? { status } : { status, body };
    expect((await publish()).kind).toBe('unconfirmed');
  });

  test('the webhook’s token is in no word, neither alone nor in its address', async () => {
    const [, token = ''] = /\/([^/]+)$/u.exec(webhookUrl('')) ?? [];
    instead = refusal(
      400,
      50035,
      `no ${token} at /webhooks/1/${token} nor ${encodeURIComponent(webhookUrl(server.origin))}`,
    );
    const request = sampleRequest(sampleContent(['Hello']));
    for (const said of [
      await discord.publish(byWebhook(), request),
      await discord.verify(byWebhook()),
      await discord.find?.(byWebhook(), request, [{ id: '17', url: '' }]),
      await discord.remove?.(byWebhook(), [{ id: '17', url: '' }]),
    ])
      expect(JSON.stringify(said)).not.toContain(token);
  });

  test.each([
    'https://discord.com.evil.example/api/webhooks/423456789012345678/aaaaaaaaaaaaaaaaaaaaaaaa',
    'https://evil.example/api/webhooks/423456789012345678/aaaaaaaaaaaaaaaaaaaaaaaa',
    'https://discord.com:8443/api/webhooks/423456789012345678/aaaaaaaaaaaaaaaaaaaaaaaa',
    'http://discord.com/api/webhooks/423456789012345678/aaaaaaaaaaaaaaaaaaaaaaaa',
    'https://discord.com/api/webhooks/423456789012345678',
    'https://discord.com/api/webhooks/423456789012345678/aaaaaaaaaaaaaaaaaaaaaaaa/github',
    'not.a-token',
    '',
  ])('%j is no way in, and nothing is asked', async (access) => {
    expect((await discord.verify(context({ access }))).kind).toBe('signed-out');
    expect(server.requests).toEqual([]);
  });

  test('a bot without its channel’s number is told what is missing', async () => {
    expect(await discord.verify(context({ settings: { channel: 'annonces' } }))).toMatchObject({
      kind: 'signed-out',
      detail: expect.stringContaining('channel'),
    });
  });

  test('who posts and where is read, and how much a boosted server takes', async () => {
    open({ tier: 2 });
    const verified = await discord.verify(context());
    expect(verified).toMatchObject({
      name: '#annonces',
      url: `https://discord.com/channels/${GUILD}/${CHANNEL}`,
    });
    const settings = verified.kind === 'ready' ? verified.settings : {};
    expect(settings).toMatchObject({ botId: BOT, guildId: GUILD, tier: '2' });
    expect(discord.limitsOf(settings).mediaBytes).toBe(50 * 1024 * 1024);
    expect(await discord.verify(byWebhook())).toMatchObject({
      name: 'Café Søn',
      settings: { guildId: GUILD, channelId: CHANNEL },
    });
  });

  test('a forum is no channel to post into', async () => {
    open({ channel: { id: CHANNEL, type: 15, name: 'forum', guild_id: GUILD } });
    expect((await discord.verify(context())).kind).toBe('signed-out');
  });

  describe('looking for what a bot posted', () => {
    const HOUR = 3_600_000;
    const find = (request: PublishRequest, refs: { id: string; url: string }[] = []) =>
      discord.find?.(context(), request, refs);
    const hello = (text: string, media = 0) =>
      sampleRequest(sampleContent([text], { media: Array.from({ length: media }, () => samplePng()) }));

    test('it is found by its text as it was sent, among others’ messages', async () => {
      fake.add('Someone else says \\*so\\*', { author: '999' });
      const mine = fake.add('Ours says \\*so\\*');
      expect(await find(hello('Ours says *so* '))).toMatchObject({ kind: 'found', refs: [{ id: mine.id }] });
    });

    test('what others say alike is not ours', async () => {
      fake.add('Hello', { author: '999' });
      expect(await find(hello('Hello'))).toEqual({ kind: 'absent' });
    });

    test('a nonce that is listed decides, also between twins', async () => {
      open({ listsNonce: true });
      const [one, two] = [hello('Twins'), hello('Twins')];
      await discord.publish(context(), one);
      expect(await find(two)).toEqual({ kind: 'absent' });
      await discord.publish(context(), two);
      expect(await find(two)).toMatchObject({ kind: 'found', refs: [{ id: fake.messages[1]?.id }] });
    });

    test.each([
      ['twins', () => [fake.add('Hello'), fake.add('Hello')]],
      ['one with a picture more', () => fake.add('Hello', { attachments: 1 })],
      ['the same some hours before', () => fake.add('Hello', { at: Date.now() - 3 * HOUR })],
    ])('%s leave it unclear', async (_, put) => {
      put();
      expect((await find(hello('Hello')))?.kind).toBe('unclear');
    });

    test('a channel too busy to be read back to then leaves it unclear', async () => {
      for (let index = 0; index < 501; index += 1) fake.add(`noise ${index}`, { author: '999' });
      expect((await find(hello('Hello')))?.kind).toBe('unclear');
    });

    test('what was known and is gone is unclear, half a thread, too', async () => {
      expect((await find(hello('Hello'), [{ id: '17', url: '' }]))?.kind).toBe('unclear');
      const request = sampleRequest(sampleContent(['One', 'Two']));
      fake.add('One');
      expect((await find(request))?.kind).toBe('unclear');
    });
  });
});
