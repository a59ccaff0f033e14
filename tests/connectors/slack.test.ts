import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { slack } from '../../src-main/connectors/slack/index.ts';
import { written } from '../../src-main/connectors/slack/written.ts';
import type { PublishRequest } from '../../src-main/core/connector.ts';
import type { RemoteRef } from '../../src-main/core/post.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import {
  type FaultServer,
  jsonOf,
  type SeenRequest,
  type ServerAnswer,
  startFaultServer,
} from '../support/fault-server.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import {
  BOT,
  CHANNEL,
  createSlackFake,
  type SlackFake,
  type SlackOptions,
  TOKEN,
} from './servers/slack-fake.ts';

const workspace = 'https://cafeson.slack.com';
const isPublic = ({ path }: SeenRequest) => path === '/api/chat.postMessage';
type Message = { metadata?: { event_payload?: { key?: string } } };

describeConformance({
  connector: slack,
  createNetwork: createSlackFake,
  account: (origin) => ({
    settings: { server: origin, channel: CHANNEL, workspace, ...BOT },
    secrets: { token: TOKEN },
  }),
  isPublic,
  keyOf: (request) => (jsonOf(request) as Message).metadata?.event_payload?.key ?? null,
});

describe('Slack', () => {
  let fake: SlackFake;
  let server: FaultServer;
  let instead: ((request: SeenRequest) => ServerAnswer | null) | null;
  const open = (options: SlackOptions = {}) => {
    fake = createSlackFake(options);
  };
  beforeEach(async () => {
    instead = null;
    open();
    server = await startFaultServer({ answer: (request) => instead?.(request) ?? fake.answer(request) });
  });
  afterEach(() => server.close());
  const context = (settings: Record<string, string> = {}, more: TestContextOptions = {}) => {
    const base = createTestContext({
      settings: { server: server.origin, channel: CHANNEL, workspace, ...BOT, ...settings },
      secrets: { token: TOKEN },
      media: { [PNG_SHA256]: PNG },
      ...more,
    });
    return { ...base, wait: async () => {} };
  };
  const publish = (content = sampleContent(['Hello'])) => slack.publish(context(), sampleRequest(content));
  const paths = () => server.requests.map(({ path }) => path.replace('/api/', ''));

  test.each([
    ['*a* _b_ `c` ~d~ :e:', '*a* _b_ `c` ~d~ :e:'],
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    [
      '<!channel> <!here> <!subteam^S1> <#C012ABCDEF> @channel',
      '&lt;!channel&gt; &lt;!here&gt; &lt;!subteam^S1&gt; &lt;#C012ABCDEF&gt; @channel',
    ],
    ['<@U012ABCDEF> & <@U012ABCDEF|lune>', '<@U012ABCDEF> &amp; <@U012ABCDEF>'],
    ['<https://a.example|here>', '&lt;https://a.example|here&gt;'],
  ])('%j is written %j', async (text, sent) => {
    expect(written(text)).toBe(sent);
    await publish(sampleContent([text]));
    expect(fake.messages[0]?.body).toMatchObject({ text: sent, mrkdwn: false });
    expect(fake.messages[0]?.body).not.toHaveProperty('link_names');
    expect(fake.messages[0]?.body).not.toHaveProperty('parse');
  });

  test('what a sign costs counts, and more than Slack advises is said', () => {
    const tooLong = slack.limits.written('&'.repeat(8_001)).length;
    expect(tooLong).toBeGreaterThan(slack.limits.textLength);
    expect(slack.limits.further(sampleContent(['a'.repeat(4_000)]))).toEqual([]);
    expect(slack.limits.further(sampleContent(['&'.repeat(801)]))).toMatchObject([{ level: 'warning' }]);
  });

  test.each([
    ['Hi @channel, @here', 1],
    ['<!here>', 1],
    ['<!subteam^S012|team>', 1],
    ['the channel is here, <@U012ABCDEF>', 0],
  ])('that %j calls nobody is said while writing: %i', (text, warnings) => {
    expect(slack.limits.further(sampleContent(['', text]))).toHaveLength(warnings);
  });

  test('the parts after the first are the thread under it, and each says where it is', async () => {
    const outcome = await publish(sampleContent(['One', 'Two', 'Three'], { link: 'https://example.com/a' }));
    const [root, ...replies] = fake.messages;
    expect(root?.text).toBe('One\n\nhttps://example.com/a');
    expect(replies.map(({ thread }) => thread)).toEqual([root?.ts, root?.ts]);
    const place = `${workspace}/archives/${CHANNEL}/p`;
    expect(outcome).toMatchObject({
      refs: [
        { url: `${place}${root?.ts.replace('.', '')}` },
        { url: `${place}${replies[0]?.ts.replace('.', '')}?thread_ts=${root?.ts}&cid=${CHANNEL}` },
        {},
      ],
    });
  });

  test('pictures are put there first, seen by nobody, and shown with their descriptions by the one message', async () => {
    open({ looks: 2 });
    const content = sampleContent(['Look <@U012ABCDEF> at https://a.example/x_y, *now*', 'Then'], {
      media: [samplePng('A grey pixel'), { ...samplePng(''), name: 'b.png' }],
    });
    const outcome = await publish(content);
    expect(outcome.kind).toBe('published');
    expect(paths().filter((path) => path === 'files.info')).toHaveLength(6);
    expect(server.requests.filter(isPublic)).toHaveLength(2);
    const ids = [...fake.files.keys()];
    expect(fake.messages[0]?.blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Look ' },
              { type: 'user', user_id: 'U012ABCDEF' },
              { type: 'text', text: ' at ' },
              { type: 'link', url: 'https://a.example/x_y' },
              { type: 'text', text: ', *now*' },
            ],
          },
        ],
      },
      { type: 'image', slack_file: { id: ids[0] }, alt_text: 'A grey pixel' },
      { type: 'image', slack_file: { id: ids[1] }, alt_text: 'b.png' },
    ]);
    expect(fake.messages[1]?.blocks).toEqual([]);
    for (const { bytes } of fake.files.values()) expect(bytes?.equals(PNG)).toBe(true);
    const refs = outcome.kind === 'published' ? outcome.refs : [];
    expect(refs[0]?.cid).toBe(ids.join(','));
    expect(await slack.remove?.(context(), refs)).toEqual({ kind: 'removed' });
    expect(fake.messages).toEqual([]);
    expect(fake.files.size).toBe(0);
  });

  const picture = sampleContent(['Look'], { media: [samplePng(), samplePng()] });
  test('a stop after the uploads takes them away again', async () => {
    let asked = 0;
    const gate = () => {
      asked += 1;
      return { allow: false, why: 'stopped by the test' } as const;
    };
    const outcome = await slack.publish(context({}, { gate }), sampleRequest(picture));
    expect(outcome.kind).toBe('not-sent');
    expect(asked).toBe(1);
    expect(fake.files.size).toBe(0);
  });

  test('when the second upload is refused, the first is taken away again', async () => {
    let uploads = 0;
    instead = ({ path }) => {
      if (!path.endsWith('completeUploadExternal')) return null;
      uploads += 1;
      return uploads === 2 ? { body: { ok: false, error: 'storage_limit_reached' } } : null;
    };
    expect((await publish(picture)).kind).toBe('refused');
    expect([...fake.files.values()].filter(({ isComplete }) => isComplete)).toEqual([]);
    expect(fake.messages).toEqual([]);
  });

  test('what may be out keeps its pictures', async () => {
    instead = (request) => (isPublic(request) ? { status: 500, body: {} } : null);
    expect((await publish(picture)).kind).toBe('unconfirmed');
    expect(fake.files.size).toBe(2);
  });

  test.each(['https://evil.example/upload', 'https://notslack.com/x', 'http://127.0.0.1:9/upload'])(
    'an upload is not sent to %s',
    async (uploadTo) => {
      open({ uploadTo });
      expect((await publish(picture)).kind).toBe('try-later');
      expect(fake.messages).toEqual([]);
    },
  );

  test('nothing but Slack’s uploads is told the token', async () => {
    await publish(picture);
    const uploads = server.requests.filter(({ path }) => path.startsWith('/upload/'));
    expect(uploads).toHaveLength(2);
    for (const { headers } of uploads) expect(headers.authorization).toBeUndefined();
  });

  test.each([
    ['channel_not_found', 'signed-out'],
    ['not_in_channel', 'signed-out'],
    ['is_archived', 'signed-out'],
    ['invalid_auth', 'signed-out'],
    ['token_revoked', 'signed-out'],
    ['msg_too_long', 'refused'],
    ['no_text', 'refused'],
    ['invalid_blocks', 'refused'],
    ['ratelimited', 'try-later'],
    ['internal_error', 'unconfirmed'],
    ['fatal_error', 'unconfirmed'],
    ['service_unavailable', 'unconfirmed'],
    ['request_timeout', 'unconfirmed'],
    ['something_new', 'unconfirmed'],
  ])('200 and “%s” is %s', async (error, kind) => {
    instead = (request) => (isPublic(request) ? { body: { ok: false, error } } : null);
    expect(await publish()).toMatchObject({ kind, detail: error });
  });

  test('which scope is missing is said', async () => {
    instead = () => ({
      body: { ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'files:read' },
    });
    expect(await publish()).toMatchObject({ kind: 'signed-out', detail: 'missing_scope: chat:write' });
    expect(await slack.verify(context())).toMatchObject({
      kind: 'signed-out',
      detail: 'missing_scope: chat:write',
    });
  });

  test('a picture that Slack has not looked at yet is tried again, not given up', async () => {
    const messages = ['[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]'];
    instead = (request) =>
      isPublic(request)
        ? { body: { ok: false, error: 'invalid_blocks', response_metadata: { messages } } }
        : null;
    expect((await publish(picture)).kind).toBe('try-later');
  });

  test.each([[{}], [{ ok: true }], [{ ok: true, ts: 17 }], [{ ok: true, ts: '' }], [{ ts: '1.2' }]])(
    '%j is no yes',
    async (body) => {
      instead = () => ({ body });
      expect((await publish()).kind).toBe('unconfirmed');
    },
  );

  test.each([
    ['xoxp-123456789012-abc', CHANNEL, 'https://slack.com'],
    ['', CHANNEL, 'https://slack.com'],
    [TOKEN, '#annonces', 'https://slack.com'],
    [TOKEN, '', 'https://slack.com'],
    [TOKEN, CHANNEL, 'https://slack.com.evil.example'],
    [TOKEN, CHANNEL, 'https://slack.com:8443'],
    [TOKEN, CHANNEL, 'http://slack.com'],
  ])(
    'with the token %j, the channel %j and the address %j nothing is asked',
    async (token, channel, address) => {
      const wrong = createTestContext({ settings: { channel, server: address }, secrets: { token } });
      expect((await slack.verify(wrong)).kind).toBe('signed-out');
      expect((await slack.publish(wrong, sampleRequest(sampleContent(['Hello'])))).kind).toBe('signed-out');
    },
  );

  test.each([
    CHANNEL,
    `https://cafeson.slack.com/archives/${CHANNEL}`,
    `https://app.slack.com/client/T1/${CHANNEL}`,
    ` ${CHANNEL} `,
  ])('%j is the channel', async (channel) => {
    expect(await slack.verify(context({ channel }))).toMatchObject({
      kind: 'ready',
      name: '#annonces',
      url: `${workspace}/archives/${CHANNEL}`,
      settings: { channel: CHANNEL, workspace, ...BOT },
    });
  });

  test('a bot that is not in the channel is told how to get there, unless it may post everywhere', async () => {
    const channel = { id: CHANNEL, name: 'annonces', is_member: false };
    open({ channel });
    expect(await slack.verify(context())).toMatchObject({
      kind: 'signed-out',
      detail: expect.stringContaining('/invite @son'),
    });
    open({ channel, scopes: 'chat:write,chat:write.public' });
    expect((await slack.verify(context())).kind).toBe('ready');
    open({ channel: { ...channel, is_member: true, is_archived: true } });
    expect((await slack.verify(context())).kind).toBe('signed-out');
  });

  describe('looking for what was posted', () => {
    const HOUR = 3_600_000;
    const find = (request: PublishRequest, refs: readonly RemoteRef[] = []) =>
      slack.find?.(context(), request, refs);
    const hello = (text: string) => sampleRequest(sampleContent([text]));

    test('its mark tells it from its twin, and the thread under it is found, too', async () => {
      const content = sampleContent(['Same', 'Reply', 'Reply']);
      const [one, two] = [sampleRequest(content), sampleRequest(content)];
      await slack.publish(context(), one);
      const outcome = await slack.publish(context(), two);
      const refs = outcome.kind === 'published' ? outcome.refs : [];
      expect(await find(two)).toEqual({ kind: 'found', refs });
      expect(await find(two, refs.slice(0, 2))).toMatchObject({ kind: 'found', refs });
      expect(await find(sampleRequest(content))).toEqual({ kind: 'absent' });
    });

    test('half a thread is unclear, and so is a part that was there and is gone', async () => {
      const request = sampleRequest(sampleContent(['One', 'Two', 'Three']));
      const outcome = await slack.publish(context(), request);
      const refs = outcome.kind === 'published' ? outcome.refs : [];
      fake.messages.pop();
      expect((await find(request))?.kind).toBe('unclear');
      expect((await find(request, refs))?.kind).toBe('unclear');
      fake.messages.splice(0);
      expect((await find(request, refs.slice(0, 1)))?.kind).toBe('unclear');
    });

    test('without a mark the text is compared as a person reads it', async () => {
      const text = 'Prix < 5 € & plus : https://a.example/x?a=1&b=2\n<@U012ABCDEF>';
      const message = fake.add(written(text));
      expect(await find(hello(text))).toMatchObject({ kind: 'found', refs: [{ id: message.ts }] });
    });

    test.each([
      ['twins', () => [fake.add('Hello'), fake.add('Hello')]],
      ['one with a picture', () => fake.add('Hello', { blocks: [{ type: 'image' }] })],
      ['the same some hours before', () => fake.add('Hello', { at: Date.now() - 3 * HOUR })],
    ])('%s leave it unclear', async (_, put) => {
      put();
      expect((await find(hello('Hello')))?.kind).toBe('unclear');
    });

    test('it reads page after page, and a channel too busy leaves it unclear', async () => {
      open({ mostPerPage: 15 });
      const mine = fake.add('Hello');
      for (let index = 0; index < 30; index += 1) fake.add(`noise ${index}`, { user: 'U9' });
      expect(await find(hello('Hello'))).toMatchObject({ kind: 'found', refs: [{ id: mine.ts }] });
      for (let index = 0; index < 60; index += 1) fake.add(`noise ${index}`, { user: 'U9' });
      expect((await find(hello('Hello')))?.kind).toBe('unclear');
    });
  });

  test('what somebody else posted cannot be taken down, and that is said', async () => {
    const { ts } = fake.add('Theirs', { user: 'U9' });
    expect(await slack.remove?.(context(), [{ id: ts, url: '' }])).toMatchObject({
      kind: 'failed',
      detail: 'cant_delete_message',
    });
  });

  test('a picture that stays when its message goes is said', async () => {
    const outcome = await publish(picture);
    instead = ({ path }) =>
      path.endsWith('files.delete') ? { body: { ok: false, error: 'cant_delete_file' } } : null;
    const refs = outcome.kind === 'published' ? outcome.refs : [];
    expect(await slack.remove?.(context(), refs)).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('cant_delete_file'),
    });
    instead = null;
    expect(await slack.remove?.(context(), refs)).toEqual({ kind: 'already-gone' });
    expect(fake.files.size).toBe(0);
  });
});
