import { z } from 'zod';
import type { SeenRequest, ServerAnswer } from '../../support/fault-server.ts';
import type { FakeNetwork } from '../subject.ts';
import { fieldsOf, type SentFile } from './fields.ts';

export const TOKEN = '123456789:AAfake-token_0123456789abcdefghi';

type FakeMessage = {
  readonly id: number;
  readonly text: string;
  readonly sentAt: number;
  readonly replyTo: number | null;
  readonly kind: string;
  readonly files: readonly SentFile[];
  readonly fields: Readonly<Record<string, unknown>>;
};

export type TelegramFake = FakeNetwork & { readonly messages: FakeMessage[] };

export type TelegramOptions = {
  readonly now?: () => number;
  /** What the bot is in the chat. */
  readonly member?: Readonly<Record<string, unknown>>;
  readonly chat?: Readonly<Record<string, unknown>>;
};

const chatId = z.union([z.number().int(), z.string().regex(/^(?:@\w{4,32}|-?\d{1,16})$/u)]);
const fromForm = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }, schema);
const common = {
  chat_id: chatId,
  disable_notification: fromForm(z.boolean()).optional(),
  reply_parameters: fromForm(z.strictObject({ message_id: z.number().int().positive() })).optional(),
};
const caption = z.string().max(1_024).optional();
const attached = z.string().regex(/^attach:\/\/\w+$/u);
const item = z.strictObject({ type: z.enum(['photo', 'video']), media: attached, caption });

/** The fields of each method that we use, as the Bot API's documentation gives them; nothing else is let through. */
const METHODS: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  getMe: z.strictObject({}),
  getChat: z.strictObject({ chat_id: chatId }),
  getChatMember: z.strictObject({ chat_id: chatId, user_id: z.number().int() }),
  sendMessage: z.strictObject({
    ...common,
    text: z.string().trim().min(1).max(4_096),
    link_preview_options: z.strictObject({ url: z.url() }).optional(),
  }),
  sendPhoto: z.strictObject({ ...common, photo: attached, caption }),
  sendVideo: z.strictObject({ ...common, video: attached, caption }),
  sendAnimation: z.strictObject({ ...common, animation: attached, caption }),
  sendMediaGroup: z.strictObject({ ...common, media: fromForm(z.array(item).min(2).max(10)) }),
  deleteMessage: z.strictObject({ chat_id: chatId, message_id: z.number().int().positive() }),
};

const CHAT = { id: -1001234567890, type: 'channel', title: 'Café Søn', username: 'cafeson' };

/** A Telegram in memory: one channel, one bot, and the answers the Bot API is documented to give. */
export function createTelegramFake(options: TelegramOptions = {}): TelegramFake {
  const messages: FakeMessage[] = [];
  const now = options.now ?? (() => Date.now());
  const chat = options.chat ?? CHAT;
  let made = 40;

  const no = (code: number, description: string): ServerAnswer => ({
    status: code,
    body: { ok: false, error_code: code, description },
  });
  const yes = (result: unknown): ServerAnswer => ({ body: { ok: true, result } });

  function post(
    kind: string,
    text: string,
    fields: Record<string, unknown>,
    files: readonly SentFile[],
  ): FakeMessage {
    made += 1;
    const { reply_parameters: reply } = fields as { reply_parameters?: { message_id: number } };
    const message = {
      id: made,
      text,
      sentAt: now(),
      replyTo: reply?.message_id ?? null,
      kind,
      files,
      fields,
    };
    messages.push(message);
    return message;
  }
  const view = (message: FakeMessage) => ({
    message_id: message.id,
    date: Math.floor(message.sentAt / 1_000),
    chat,
    sender_chat: chat,
    ...(message.kind === 'sendMessage' ? { text: message.text } : { caption: message.text }),
  });

  function send(
    method: string,
    fields: Record<string, unknown>,
    files: ReadonlyMap<string, SentFile>,
  ): ServerAnswer {
    const { reply_parameters: reply } = fields as { reply_parameters?: { message_id: number } };
    if (reply && !messages.some(({ id }) => id === reply.message_id))
      return no(400, 'Bad Request: message to be replied not found');
    const fileOf = (value: unknown) => files.get(String(value).replace('attach://', ''));
    if (method === 'sendMessage') return yes(view(post(method, String(fields.text), fields, [])));
    if (method === 'sendMediaGroup') {
      const items = fields.media as { media: string; caption?: string }[];
      const sent = items.map(({ media }) => fileOf(media));
      if (sent.some((file) => file === undefined)) return no(400, 'Bad Request: wrong file identifier');
      return yes(
        items.map((one, index) =>
          view(post(method, one.caption ?? '', fields, sent.slice(index, index + 1) as SentFile[])),
        ),
      );
    }
    const file = fileOf(fields.photo ?? fields.video ?? fields.animation);
    if (!file) return no(400, 'Bad Request: wrong file identifier');
    return yes(view(post(method, String(fields.caption ?? ''), fields, [file])));
  }

  function remove(id: unknown): ServerAnswer {
    const message = messages.find((one) => one.id === id);
    if (!message) return no(400, 'Bad Request: message to delete not found');
    if (now() - message.sentAt > 48 * 3_600_000) return no(400, "Bad Request: message can't be deleted");
    messages.splice(messages.indexOf(message), 1);
    return yes(true);
  }

  async function answer(request: SeenRequest): Promise<ServerAnswer> {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/u.exec(request.path) ?? [];
    if (token !== TOKEN) return no(401, 'Unauthorized');
    const schema = METHODS[method];
    if (request.method !== 'POST' || !schema) return no(404, 'Not Found: method not found');
    const { fields, files } = await fieldsOf(request);
    const read = schema.safeParse(fields);
    if (!read.success) return no(400, `Bad Request: ${z.prettifyError(read.error)}`);
    if (method === 'getMe')
      return yes({ id: 123456789, is_bot: true, first_name: 'Bot', username: 'son_bot' });
    if (![`@${String(chat.username)}`, String(chat.id)].includes(String(read.data.chat_id)))
      return no(400, 'Bad Request: chat not found');
    if (method === 'getChat') return yes(chat);
    if (method === 'getChatMember')
      return yes(
        options.member ?? { status: 'administrator', can_post_messages: true, user: { id: 123456789 } },
      );
    if (method === 'deleteMessage') return remove(read.data.message_id);
    return send(method, read.data, files);
  }

  return { messages, answer, texts: () => messages.map(({ text }) => text).filter((text) => text !== '') };
}
