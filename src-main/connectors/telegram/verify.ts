import type { ConnectorContext, HttpAnswer, Verified } from '../../core/connector.ts';
import { cleanDetail, failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { type Access, ask, readAccess } from './access.ts';
import { failureOf } from './answer.ts';

/** Whose token it is, which chat is meant, and whether this bot may post there: three questions, nothing written. */
export async function verify(context: ConnectorContext): Promise<Verified> {
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  try {
    const bot = await resultOf(context, access, 'getMe');
    if (bot.kind !== 'result') return bot;
    const { id: botId, username: botName } = bot.result;
    const chat = await resultOf(context, access, 'getChat', { chat_id: access.chat });
    if (chat.kind !== 'result') return chat;
    const member = await resultOf(context, access, 'getChatMember', { chat_id: access.chat, user_id: botId });
    if (member.kind !== 'result') return member;
    if (!mayPost(chat.result, member.result)) {
      const who = typeof botName === 'string' ? `@${botName}` : 'the bot';
      const detail = cleanDetail(
        context,
        `${who} may not post there: make it an administrator with the right to post`,
      );
      return { kind: 'signed-out', detail };
    }
    const { username, title } = chat.result;
    const isNamed = typeof username === 'string' && /^\w{1,64}$/u.test(username);
    return {
      kind: 'ready',
      name: isNamed
        ? `@${username}`
        : cleanDetail(context, typeof title === 'string' && title !== '' ? title : access.chat),
      url: isNamed ? `https://t.me/${username}` : '',
      settings: { chat: access.chat },
      secrets: {},
    };
  } catch (thrown) {
    return { kind: 'unreachable', detail: failureBeforeSend(context, thrown).detail };
  }
}

/** In a channel only an administrator with that right; in a group whoever is in it and was not muted. */
function mayPost(
  chat: Readonly<Record<string, unknown>>,
  member: Readonly<Record<string, unknown>>,
): boolean {
  const { status } = member;
  if (status === 'creator') return true;
  if (chat.type === 'channel') return status === 'administrator' && member.can_post_messages === true;
  if (status === 'restricted') return member.is_member === true && member.can_send_messages === true;
  return status === 'administrator' || status === 'member';
}

async function resultOf(
  context: ConnectorContext,
  access: Access,
  method: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<
  | { readonly kind: 'result'; readonly result: Readonly<Record<string, unknown>> }
  | Exclude<Verified, { kind: 'ready' }>
> {
  const answer = await ask(context, access, method, fields);
  const { ok, result } = record(answer.json);
  const read = record(result);
  if (answer.status === 200 && ok === true && Object.keys(read).length > 0)
    return { kind: 'result', result: read };
  const failure = failureOf(context, answer);
  if (failure.kind === 'signed-out') return { kind: 'signed-out', detail: failure.detail };
  return { kind: 'unreachable', detail: notItsAnswer(context, answer) };
}

function notItsAnswer(context: ConnectorContext, answer: HttpAnswer): string {
  const words = wordsOf(context, answer);
  return answer.status < 400 ? `${words}: not the answer of a Bot API server` : words;
}
