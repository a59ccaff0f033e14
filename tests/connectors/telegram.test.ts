import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { telegram } from '../../src-main/connectors/telegram/index.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { type FaultServer, type ServerAnswer, startFaultServer } from '../support/fault-server.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import {
  createTelegramFake,
  type TelegramFake,
  type TelegramOptions,
  TOKEN,
} from './servers/telegram-fake.ts';

describeConformance({
  connector: telegram,
  createNetwork: createTelegramFake,
  account: (origin) => ({ settings: { server: origin, chat: '@cafeson' }, secrets: { token: TOKEN } }),
  isPublic: (request) => /\/send\w+$/u.test(request.path),
  keyOf: null,
  preparesNothing: true,
});

describe('Telegram', () => {
  let fake: TelegramFake;
  let server: FaultServer;
  let instead: ServerAnswer | null;
  let opened: TelegramOptions = {};
  const open = (options: TelegramOptions) => {
    opened = options;
    fake = createTelegramFake(opened);
  };
  beforeEach(async () => {
    instead = null;
    open({});
    server = await startFaultServer({ answer: (request) => instead ?? fake.answer(request) });
  });
  afterEach(() => server.close());
  const context = (settings: Record<string, string> = {}, more: TestContextOptions = {}) =>
    createTestContext({
      settings: { server: server.origin, chat: '@cafeson', ...settings },
      secrets: { token: TOKEN },
      media: { [PNG_SHA256]: PNG },
      ...more,
    });
  const publish = (content = sampleContent(['Hello']), settings: Record<string, string> = {}) =>
    telegram.publish(context(settings), sampleRequest(content));
  const film = { ...samplePng(''), mime: 'video/mp4', name: 'film.mp4' };
  const gif = { ...samplePng(''), mime: 'image/gif', name: 'a.gif' };

  test('what was written is what appears: nothing is marked up, and no mode is asked for', async () => {
    const text = 'Prix *net* : 5_000 € <b>HT</b> [ici](https://example.com) `x` ~~y~~ & \\*';
    await publish(sampleContent([text]));
    expect(fake.messages[0]?.fields).toEqual({ chat_id: '@cafeson', text });
  });

  test('the link is in the text and is what the preview shows, the address tells where it is', async () => {
    const outcome = await publish(
      sampleContent(['See https://other.example'], { link: 'https://example.com/a' }),
    );
    expect(fake.messages[0]?.text).toBe('See https://other.example\n\nhttps://example.com/a');
    expect(fake.messages[0]?.fields.link_preview_options).toEqual({ url: 'https://example.com/a' });
    expect(outcome).toMatchObject({ refs: [{ id: '41', url: 'https://t.me/cafeson/41' }] });
  });

  test.each([
    ['sendPhoto', samplePng('')],
    ['sendVideo', film],
    ['sendAnimation', gif],
  ])('%s takes one medium with its caption, bytes and all', async (method, medium) => {
    const outcome = await publish(sampleContent(['Look'], { media: [medium] }));
    expect(outcome.kind).toBe('published');
    expect(fake.messages).toMatchObject([{ kind: method, text: 'Look' }]);
    expect(fake.messages[0]?.files[0]).toMatchObject({ name: medium.name, mime: medium.mime, bytes: PNG });
  });

  test('several media are one album and one request; all of it is taken down again', async () => {
    const outcome = await publish(
      sampleContent(['Look', 'And then'], { media: [samplePng(''), film, samplePng('')] }),
    );
    expect(fake.messages.map(({ text }) => text)).toEqual(['Look', '', '', 'And then']);
    expect(server.requests.map(({ path }) => path.split('/').at(-1))).toEqual([
      'sendMediaGroup',
      'sendMessage',
    ]);
    const refs = outcome.kind === 'published' ? outcome.refs : [];
    expect(refs.map(({ id }) => id)).toEqual(['41,42,43', '44']);
    expect(fake.messages[3]?.replyTo).toBe(41);
    expect(await telegram.remove?.(context(), refs)).toEqual({ kind: 'removed' });
    expect(fake.messages).toEqual([]);
  });

  test('every part of a thread answers the one before', async () => {
    await publish(sampleContent(['One', 'Two', 'Three']), { sound: 'silent' });
    expect(fake.messages.map(({ replyTo }) => replyTo)).toEqual([null, 41, 42]);
    expect(fake.messages.every(({ fields }) => fields.disable_notification === true)).toBe(true);
  });

  test.each([
    ['a GIF among others', [gif, samplePng('')]],
    ['a photo over 10 MB', [{ ...samplePng(''), bytes: 10_000_001 }]],
    [
      'an album over 50 MB',
      [
        { ...film, bytes: 30_000_000 },
        { ...film, bytes: 30_000_000 },
      ],
    ],
  ])('%s is refused before any request', async (_, media) => {
    expect((await publish(sampleContent(['Look'], { media }))).kind).toBe('refused');
    expect(server.requests).toEqual([]);
  });

  test('a film may be larger than a photo', () => {
    expect(telegram.limits.further(sampleContent([''], { media: [{ ...film, bytes: 40_000_000 }] }))).toEqual(
      [],
    );
  });

  const refusal = (code: number, description: string, parameters = {}): ServerAnswer => ({
    status: code,
    body: { ok: false, error_code: code, description, parameters },
  });
  test.each([
    [400, 'Bad Request: message text is empty', 'refused'],
    [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS', 'refused'],
    [400, 'Bad Request: chat not found', 'signed-out'],
    [400, 'Bad Request: need administrator rights in the channel chat', 'signed-out'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'signed-out'],
    [400, 'Bad Request: group chat was upgraded to a supergroup chat', 'signed-out'],
    [401, 'Unauthorized', 'signed-out'],
    [403, 'Forbidden: bot is not a member of the channel chat', 'signed-out'],
    [404, 'Not Found', 'signed-out'],
    [413, 'Request Entity Too Large', 'refused'],
    [500, 'Internal Server Error', 'unconfirmed'],
    [502, 'Bad Gateway', 'unconfirmed'],
  ])('%i “%s” is %s', async (code, description, kind) => {
    instead = refusal(code, description);
    expect(await publish()).toMatchObject({ kind, detail: expect.stringContaining(description) });
  });

  test('a refusal that contradicts its own status is none', async () => {
    instead = {
      status: 200,
      body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' },
    };
    expect((await publish()).kind).toBe('unconfirmed');
  });

  test.each([
    [{ ok: true, result: {} }],
    [{ ok: true, result: [] }],
    [{ ok: true, result: { message_id: 'x' } }],
    [{ result: { message_id: 7 } }],
  ])('%j is no yes', async (body) => {
    instead = { body };
    expect((await publish()).kind).toBe('unconfirmed');
  });

  test('too many requests wait for as long as Telegram says in its own words', async () => {
    instead = refusal(429, 'Too Many Requests: retry after 35', { retry_after: 35 });
    const outcome = await telegram.publish(
      context({}, { now: () => 5_000 }),
      sampleRequest(sampleContent(['Hello'])),
    );
    expect(outcome).toMatchObject({ kind: 'try-later', notBefore: 40_000 });
  });

  test('the token is in the address of every request and in no word about one', async () => {
    const encoded = encodeURIComponent(TOKEN);
    instead = refusal(400, `Bad Request: no /bot${TOKEN}/x nor /bot${encoded}/x`);
    for (const said of [
      await publish(),
      await telegram.verify(context()),
      await telegram.remove?.(context(), [{ id: '1', url: '' }]),
    ]) {
      expect(JSON.stringify(said)).not.toContain(TOKEN);
      expect(JSON.stringify(said)).not.toContain(encoded);
    }
    expect(server.requests[0]?.path).toContain(TOKEN);
  });

  test.each([
    ['@cafeson', '@cafeson'],
    ['cafeson', '@cafeson'],
    ['https://t.me/cafeson', '@cafeson'],
    ['t.me/cafeson/', '@cafeson'],
    ['-1001234567890', '-1001234567890'],
  ])('%s is the channel %s', async (chat, sent) => {
    expect(await telegram.verify(context({ chat }))).toMatchObject({
      kind: 'ready',
      name: '@cafeson',
      settings: { chat: sent },
    });
  });

  test.each(['', 'https://t.me/+AbCdEf', 'two words', '@a', 'https://example.com/cafeson'])(
    '%j is no channel and asks nothing',
    async (chat) => {
      expect((await telegram.verify(context({ chat }))).kind).toBe('signed-out');
      expect(server.requests).toEqual([]);
    },
  );

  test.each(['', 'not a token', '123:short', `${TOKEN}/../x`, `${TOKEN}?a=b`])(
    '%j is no token and is sent nowhere',
    async (token) => {
      expect((await telegram.verify(context({}, { secrets: { token } }))).kind).toBe('signed-out');
      expect(server.requests).toEqual([]);
    },
  );

  test('a server in the clear, but for one on this machine, is not used', async () => {
    expect((await publish(sampleContent(['Hello']), { server: 'http://api.telegram.org' })).kind).toBe(
      'signed-out',
    );
  });

  test.each([
    [{ status: 'administrator', can_post_messages: false }, 'channel', 'signed-out'],
    [{ status: 'member' }, 'channel', 'signed-out'],
    [{ status: 'left' }, 'supergroup', 'signed-out'],
    [{ status: 'member' }, 'supergroup', 'ready'],
    [{ status: 'restricted', is_member: true, can_send_messages: false }, 'supergroup', 'signed-out'],
    [{ status: 'creator' }, 'channel', 'ready'],
  ])('a bot that is %j in a %s is %s', async (member, type, kind) => {
    open({ member, chat: { id: -1001234567890, type, title: 'Café Søn', username: 'cafeson' } });
    expect((await telegram.verify(context())).kind).toBe(kind);
  });

  test('a channel without a name is called by its title, and its posts have an address for its members', async () => {
    open({ chat: { id: -1001234567890, type: 'channel', title: 'Café Søn' } });
    const chat = '-1001234567890';
    expect(await telegram.verify(context({ chat }))).toMatchObject({
      kind: 'ready',
      name: 'Café Søn',
      url: '',
    });
    expect(await publish(sampleContent(['Hello']), { chat })).toMatchObject({
      refs: [{ url: 'https://t.me/c/1234567890/41' }],
    });
  });

  test('what is older than 48 hours stays, and that is said', async () => {
    let now = 1_000_000;
    open({ now: () => now });
    const outcome = await publish();
    now += 48 * 3_600_000 + 1;
    const removed = await telegram.remove?.(context(), outcome.kind === 'published' ? outcome.refs : []);
    expect(removed).toMatchObject({ kind: 'failed', detail: expect.stringContaining('48 hours') });
    expect(fake.messages).toHaveLength(1);
  });
});
