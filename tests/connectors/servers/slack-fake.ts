import { z } from 'zod';
import type { SeenRequest, ServerAnswer } from '../../support/fault-server.ts';
import type { FakeNetwork } from '../subject.ts';
import { fieldsOf } from './fields.ts';

export const TOKEN = 'xoxb-123456789012-1234567890123-fakefakefakefakefakefake';
export const CHANNEL = 'C012ABCDEF';
export const BOT = { userId: 'U0BOTBOT1', botId: 'B0BOTBOT1' };

type FakeMessage = {
  ts: string;
  text: string;
  user: string;
  thread: string | null;
  blocks: readonly Record<string, unknown>[];
  metadata: unknown;
  body: Readonly<Record<string, unknown>>;
};
type FakeFile = {
  id: string;
  name: string;
  altText: string;
  length: number;
  bytes: Buffer | null;
  isComplete: boolean;
  looks: number;
};

export type SlackFake = FakeNetwork & {
  readonly messages: FakeMessage[];
  readonly files: Map<string, FakeFile>;
  /** Puts a message there without a request. */
  add(text: string, more?: Partial<Omit<FakeMessage, 'ts'>> & { at?: number }): FakeMessage;
};

export type SlackOptions = {
  /** Where it is reached, for the addresses of uploads. */
  readonly origin?: () => string;
  readonly channel?: Readonly<Record<string, unknown>>;
  readonly scopes?: string;
  /** How often a file is looked at before it has a type. */
  readonly looks?: number;
  readonly mostPerPage?: number;
  /** Gives this address for every upload. */
  readonly uploadTo?: string;
};

const channel = z.string().regex(/^[CG][A-Z0-9]+$/u);
const ts = z.string().regex(/^\d+\.\d+$/u);
const rich = z.strictObject({
  type: z.literal('rich_text'),
  elements: z
    .array(
      z.strictObject({
        type: z.literal('rich_text_section'),
        elements: z
          .array(
            z.union([
              z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
              z.strictObject({ type: z.literal('link'), url: z.url() }),
              z.strictObject({ type: z.literal('user'), user_id: z.string() }),
            ]),
          )
          .min(1),
      }),
    )
    .min(1),
});
const image = z.strictObject({
  type: z.literal('image'),
  slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/u) }),
  alt_text: z.string().min(1).max(2_000),
});
const page = {
  channel,
  limit: z.coerce.number().int().min(1).max(999).optional(),
  cursor: z.string().optional(),
  include_all_metadata: z.literal('true').optional(),
};
const count = z.string().regex(/^\d+(?:\.\d+)?$/u);

/** The arguments of each method that we use, as Slack's reference gives them; nothing else is let through. */
const METHODS: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  'auth.test': z.strictObject({}),
  'conversations.info': z.strictObject({ channel }),
  'conversations.history': z.strictObject({
    ...page,
    oldest: count.optional(),
    latest: count.optional(),
    inclusive: z.literal('true').optional(),
  }),
  'conversations.replies': z.strictObject({ ...page, ts }),
  'chat.postMessage': z.strictObject({
    channel,
    text: z.string().max(40_000),
    mrkdwn: z.literal(false),
    unfurl_links: z.boolean(),
    unfurl_media: z.boolean(),
    thread_ts: ts.optional(),
    blocks: z
      .array(z.union([rich, image]))
      .min(1)
      .max(50)
      .optional(),
    metadata: z.strictObject({ event_type: z.string(), event_payload: z.record(z.string(), z.string()) }),
  }),
  'chat.delete': z.strictObject({ channel, ts }),
  'files.getUploadURLExternal': z.strictObject({
    filename: z.string().min(1),
    length: z.coerce.number().int().positive(),
    alt_txt: z.string().max(1_000_000).optional(),
  }),
  'files.completeUploadExternal': z.strictObject({
    files: z.string().transform((text) =>
      z
        .array(z.strictObject({ id: z.string(), title: z.string() }))
        .min(1)
        .parse(JSON.parse(text)),
    ),
  }),
  'files.info': z.strictObject({ file: z.string() }),
  'files.delete': z.strictObject({ file: z.string() }),
};
/** The only one of them that takes JSON. */
const JSON_METHODS = ['chat.postMessage'];

const CHANNEL_INFO = { id: CHANNEL, name: 'annonces', is_member: true, is_archived: false };

/** A Slack in memory: one workspace, one channel, one bot, and the answers its reference gives, 200 for nearly all of them. */
export function createSlackFake(options: SlackOptions = {}): SlackFake {
  const messages: FakeMessage[] = [];
  const files = new Map<string, FakeFile>();
  let made = 0;
  let origin = 'http://127.0.0.1';

  const yes = (more: object = {}): ServerAnswer => ({
    headers: {
      'x-oauth-scopes': options.scopes ?? 'chat:write,channels:read,channels:history,files:write,files:read',
    },
    body: { ok: true, ...more },
  });
  const no = (error: string, more: object = {}): ServerAnswer => ({ body: { ok: false, error, ...more } });

  function put(one: Omit<FakeMessage, 'ts'>, at: number): FakeMessage {
    made += 1;
    const message = { ...one, ts: `${Math.floor(at / 1_000)}.${String(made).padStart(6, '0')}` };
    messages.push(message);
    return message;
  }
  const view = (one: FakeMessage, withMetadata: boolean) => ({
    type: 'message',
    ts: one.ts,
    user: one.user,
    ...(one.user === BOT.userId ? { bot_id: BOT.botId } : {}),
    // As Slack stores it: addresses between angle brackets.
    text: one.text.replace(/https?:\/\/[^\s<>]+/gu, '<$&>'),
    blocks: one.blocks,
    ...(one.thread === null ? {} : { thread_ts: one.thread }),
    ...(withMetadata && one.metadata ? { metadata: one.metadata } : {}),
  });

  function post(body: Record<string, unknown>): ServerAnswer {
    const blocks = (body.blocks ?? []) as Record<string, unknown>[];
    for (const block of blocks) {
      const { id } = (block.slack_file ?? { id: null }) as { id: string | null };
      if (id === null) continue;
      const file = files.get(id);
      if (!file?.isComplete || file.looks > 0)
        return no('invalid_blocks', {
          response_metadata: { messages: ['[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]'] },
        });
    }
    const text = String(body.text);
    if (text.trim() === '' && blocks.length === 0) return no('no_text');
    const thread = (body.thread_ts ?? null) as string | null;
    if (thread !== null && !messages.some((one) => one.ts === thread)) return no('thread_not_found');
    const message = put(
      { text, user: BOT.userId, thread, blocks, metadata: body.metadata, body },
      Date.now(),
    );
    return yes({ channel: CHANNEL, ts: message.ts, message: view(message, true) });
  }

  function list(all: readonly FakeMessage[], read: Record<string, unknown>): ServerAnswer {
    const most = Math.min(Number(read.limit ?? 100), options.mostPerPage ?? 999);
    const from = read.cursor === undefined ? 0 : Number(String(read.cursor).replace('next:', ''));
    const rest = all.slice(from + most);
    return yes({
      messages: all.slice(from, from + most).map((one) => view(one, read.include_all_metadata === 'true')),
      has_more: rest.length > 0,
      response_metadata: { next_cursor: rest.length > 0 ? `next:${from + most}` : '' },
    });
  }

  function history(read: Record<string, unknown>): ServerAnswer {
    const oldest = Number(read.oldest ?? 0);
    const latest = Number(read.latest ?? Number.MAX_SAFE_INTEGER);
    const isIn = (at: number) =>
      read.inclusive === 'true' ? at >= oldest && at <= latest : at > oldest && at < latest;
    return list(messages.filter((one) => one.thread === null && isIn(Number(one.ts))).reverse(), read);
  }

  function perform(method: string, read: Record<string, unknown>): ServerAnswer {
    if (read.channel !== undefined && read.channel !== CHANNEL) return no('channel_not_found');
    const file = files.get(String(read.file));
    switch (method) {
      case 'auth.test':
        return yes({
          url: 'https://cafeson.slack.com/',
          team: 'Søn',
          user: 'son',
          team_id: 'T1',
          user_id: BOT.userId,
          bot_id: BOT.botId,
        });
      case 'conversations.info':
        return yes({ channel: options.channel ?? CHANNEL_INFO });
      case 'conversations.history':
        return history(read);
      case 'conversations.replies':
        return list(
          messages.filter((one) => one.ts === read.ts || one.thread === read.ts),
          read,
        );
      case 'chat.postMessage':
        return post(read);
      case 'chat.delete': {
        const message = messages.find((one) => one.ts === read.ts);
        if (!message) return no('message_not_found');
        if (message.user !== BOT.userId) return no('cant_delete_message');
        messages.splice(messages.indexOf(message), 1);
        return yes({ channel: CHANNEL, ts: message.ts });
      }
      case 'files.getUploadURLExternal': {
        made += 1;
        const id = `F${String(made).padStart(9, '0')}`;
        files.set(id, {
          id,
          name: String(read.filename),
          altText: String(read.alt_txt ?? ''),
          length: Number(read.length),
          bytes: null,
          isComplete: false,
          looks: options.looks ?? 0,
        });
        return yes({
          file_id: id,
          upload_url: options.uploadTo ?? `${options.origin?.() ?? origin}/upload/v1/${id}`,
        });
      }
      case 'files.completeUploadExternal': {
        const all = (read.files as { id: string }[]).map(({ id }) => files.get(id));
        if (all.some((one) => one?.bytes?.length !== one?.length)) return no('file_not_found');
        for (const one of all) if (one) one.isComplete = true;
        return yes({ files: read.files });
      }
      case 'files.info':
        if (!file) return no('file_not_found');
        file.looks -= 1;
        return yes({ file: { id: file.id, name: file.name, mimetype: file.looks >= 0 ? '' : 'image/png' } });
      default:
        if (!file) return no('file_not_found');
        files.delete(file.id);
        return yes();
    }
  }

  async function answer(request: SeenRequest): Promise<ServerAnswer> {
    origin = `http://${request.headers.host}`;
    const [, id] = /^\/upload\/v1\/(F\d+)$/u.exec(request.path) ?? [];
    if (id !== undefined) {
      const file = files.get(id);
      if (!file || request.headers.authorization !== undefined)
        return { status: 404, body: 'no such upload' };
      file.bytes = request.body;
      return { body: `OK - ${request.body.length}` };
    }
    const [, method = ''] = /^\/api\/([\w.]+)$/u.exec(request.path) ?? [];
    const schema = METHODS[method];
    if (!schema || request.method !== 'POST') return no('unknown_method');
    if (request.headers.authorization === undefined) return no('not_authed');
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return no('invalid_auth');
    const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
    if (isJson !== JSON_METHODS.includes(method)) return no('invalid_post_type');
    const { fields } = await fieldsOf(request);
    const read = schema.safeParse(fields);
    if (!read.success)
      return no('invalid_arguments', { response_metadata: { messages: [z.prettifyError(read.error)] } });
    return perform(method, read.data);
  }

  return {
    messages,
    files,
    answer,
    texts: () => messages.map(({ text }) => text),
    add: (text, { at = Date.now(), ...more } = {}) =>
      put({ text, user: BOT.userId, thread: null, blocks: [], metadata: null, body: {}, ...more }, at),
  };
}
