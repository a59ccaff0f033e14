import { z } from 'zod';
import type { SeenRequest, ServerAnswer } from '../../support/fault-server.ts';
import type { FakeNetwork } from '../subject.ts';
import { fieldsOf, type SentFile } from './fields.ts';

export const BOT_TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.fake-token_0123456789abcdefghijklmno';
export const CHANNEL = '223456789012345678';
export const GUILD = '323456789012345678';
export const BOT = '123456789012345678';
const WEBHOOK = '423456789012345678';
const WEBHOOK_TOKEN = 'fake-webhook-token_0123456789abcdefghijklmnopqrstuvwxyz-0123456789ab';
export const webhookUrl = (origin: string) => `${origin}/api/webhooks/${WEBHOOK}/${WEBHOOK_TOKEN}`;

type FakeMessage = {
  readonly id: string;
  readonly content: string;
  readonly author: string;
  readonly replyTo: string | null;
  readonly nonce: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly SentFile[];
};

export type DiscordFake = FakeNetwork & {
  readonly messages: FakeMessage[];
  /** Puts a message there without a request. */
  add(
    content: string,
    more?: { author?: string; at?: number; replyTo?: string; attachments?: number },
  ): FakeMessage;
};

export type DiscordOptions = {
  readonly now?: () => number;
  readonly channel?: Readonly<Record<string, unknown>>;
  readonly tier?: number;
  /** Lists messages with their nonce. */
  readonly listsNonce?: boolean;
};

const snowflake = z.string().regex(/^\d{17,20}$/u);
/** Members of a message to be made that we use, as Discord's reference gives them; nothing else is let through. */
const message = {
  content: z.string().refine((text) => [...text].length <= 2_000, 'Must be 2000 or fewer in length.'),
  allowed_mentions: z.strictObject({
    parse: z.array(z.enum(['roles', 'users', 'everyone'])),
    users: z.array(snowflake).max(100),
    replied_user: z.boolean(),
  }),
  attachments: z
    .array(
      z.strictObject({
        id: z.string().regex(/^(?:0|[1-9]\d*)$/u),
        filename: z.string(),
        description: z.string().max(1_024).optional(),
      }),
    )
    .max(10)
    .optional(),
};
const ofBot = z.strictObject({
  ...message,
  nonce: z.string().max(25),
  enforce_nonce: z.literal(true),
  message_reference: z.strictObject({ message_id: snowflake }).optional(),
});
const ofWebhook = z.strictObject(message);

const refusal = (status: number, code: number, words: string, errors?: unknown): ServerAnswer => ({
  status,
  body: { message: words, code, ...(errors === undefined ? {} : { errors }) },
});
const unknown = (what: string, code: number) => refusal(404, code, `Unknown ${what}`);

/** A Discord in memory: one channel of one server, a bot and a webhook, and the answers its reference gives. */
export function createDiscordFake(options: DiscordOptions = {}): DiscordFake {
  const messages: FakeMessage[] = [];
  const now = options.now ?? (() => Date.now());
  let made = 0n;

  function idAt(at: number): string {
    made += 1n;
    return ((BigInt(Math.floor(at) - 1_420_070_400_000) << 22n) + made).toString();
  }
  function put(one: Omit<FakeMessage, 'id'>, at: number): FakeMessage {
    const whole = { ...one, id: idAt(at) };
    messages.push(whole);
    messages.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    return whole;
  }
  const view = (one: FakeMessage, withNonce: boolean) => ({
    id: one.id,
    channel_id: CHANNEL,
    content: one.content,
    author: { id: one.author },
    attachments: one.files.map((file, index) => ({
      id: String(index),
      filename: file.name,
      size: file.bytes.length,
    })),
    ...(one.replyTo === null ? {} : { message_reference: { message_id: one.replyTo, channel_id: CHANNEL } }),
    ...(withNonce && one.nonce !== null ? { nonce: one.nonce } : {}),
  });

  async function create(request: SeenRequest, author: string): Promise<ServerAnswer> {
    const { fields, files } = await fieldsOf(request);
    const body = files.size > 0 ? JSON.parse(String(fields.payload_json)) : fields;
    const schema = author === BOT ? ofBot : ofWebhook;
    const read = schema.safeParse(body);
    if (!read.success)
      return refusal(400, 50035, 'Invalid Form Body', {
        [String(read.error.issues[0]?.path[0] ?? '')]: {
          _errors: [{ code: 'X', message: z.prettifyError(read.error) }],
        },
      });
    const described = read.data.attachments ?? [];
    const sent = [...files].map(([field, file]) => ({ field, file }));
    if (described.some(({ id }) => !files.has(`files[${id}]`)))
      return refusal(400, 50035, 'Invalid Form Body');
    const content = read.data.content.trim();
    if (content === '' && sent.length === 0) return refusal(400, 50006, 'Cannot send an empty message');
    const bot = author === BOT ? (read.data as z.infer<typeof ofBot>) : null;
    const same = bot && messages.find((one) => one.author === BOT && one.nonce === bot.nonce);
    if (same) return { body: view(same, true) };
    const replyTo = bot?.message_reference?.message_id ?? null;
    if (replyTo !== null && !messages.some(({ id }) => id === replyTo))
      return refusal(400, 50035, 'Invalid Form Body', {
        message_reference: { _errors: [{ message: 'Unknown message' }] },
      });
    const one = {
      content,
      author,
      replyTo,
      nonce: bot?.nonce ?? null,
      body: read.data,
      files: sent.map(({ file }) => file),
    };
    return { body: view(put(one, now()), true) };
  }

  function readOrRemove(method: string, id: string, author: string | null): ServerAnswer {
    const one = messages.find((each) => each.id === id && (author === null || each.author === author));
    if (!one) return unknown('Message', 10008);
    if (method === 'GET') return { body: view(one, false) };
    if (method !== 'DELETE') return refusal(405, 0, '405: Method Not Allowed');
    messages.splice(messages.indexOf(one), 1);
    return { status: 204 };
  }

  function list(query: URLSearchParams): ServerAnswer {
    const limit = Number(query.get('limit') ?? 50);
    if (limit < 1 || limit > 100) return refusal(400, 50035, 'Invalid Form Body');
    const before = BigInt(query.get('before') ?? '9223372036854775807');
    const older = messages.filter(({ id }) => BigInt(id) < before).reverse();
    return { body: older.slice(0, limit).map((one) => view(one, options.listsNonce === true)) };
  }

  async function answer(request: SeenRequest): Promise<ServerAnswer> {
    const { pathname, searchParams } = new URL(request.path, 'http://fake');
    const path = pathname.replace(/^\/api\/v10/u, '');
    if (path === pathname) return refusal(404, 0, '404: Not Found');
    if (!/^DiscordBot \(\S+, \S+\)$/u.test(request.headers['user-agent'] ?? ''))
      return { status: 403, body: '<html>error code: 1010</html>' };
    const [, webhook, token, id] = /^\/webhooks\/(\d+)\/([^/]+)(?:\/messages\/(\d+))?$/u.exec(path) ?? [];
    if (webhook !== undefined) {
      if (webhook !== WEBHOOK || token !== WEBHOOK_TOKEN) return refusal(401, 50027, 'Invalid Webhook Token');
      if (id !== undefined) return readOrRemove(request.method, id, WEBHOOK);
      if (request.method === 'GET')
        return { body: { id: WEBHOOK, type: 1, name: 'Café Søn', channel_id: CHANNEL, guild_id: GUILD } };
      const made = await create(request, WEBHOOK);
      return made.status === undefined && searchParams.get('wait') !== 'true' ? { status: 204 } : made;
    }
    if (request.headers.authorization !== `Bot ${BOT_TOKEN}`) return refusal(401, 0, '401: Unauthorized');
    if (path === '/users/@me') return { body: { id: BOT, username: 'son', bot: true } };
    if (path === `/guilds/${GUILD}`)
      return { body: { id: GUILD, name: 'Søn', premium_tier: options.tier ?? 0 } };
    const [, channel, messageId] = /^\/channels\/(\d+)(?:\/messages(?:\/(\d+))?)?$/u.exec(path) ?? [];
    if (channel !== CHANNEL) return unknown('Channel', 10003);
    if (messageId !== undefined) return readOrRemove(request.method, messageId, null);
    if (path === `/channels/${CHANNEL}`)
      return { body: options.channel ?? { id: CHANNEL, type: 0, name: 'annonces', guild_id: GUILD } };
    return request.method === 'POST' ? create(request, BOT) : list(searchParams);
  }

  return {
    messages,
    answer,
    texts: () => messages.map(({ content }) => content),
    add: (content, { author = BOT, at = now(), replyTo = null as string | null, attachments = 0 } = {}) =>
      put(
        {
          content,
          author,
          replyTo,
          nonce: null,
          body: {},
          files: Array.from({ length: attachments }, () => ({ name: 'a', mime: '', bytes: Buffer.from('') })),
        },
        at,
      ),
  };
}
