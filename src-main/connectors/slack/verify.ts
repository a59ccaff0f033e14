import type { ConnectorContext, HttpAnswer, Verified } from '../../core/connector.ts';
import { cleanDetail, failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { webAddress } from '../shared/server-url.ts';
import { ask, readAccess } from './access.ts';
import { failureOf, isYes } from './answer.ts';

/** Whose token it is, which channel is meant, and whether the bot is in it. */
export async function verify(context: ConnectorContext): Promise<Verified> {
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  try {
    const test = await ask(context, access, 'auth.test');
    const { user_id: userId, bot_id: botId, user, url } = record(test.json);
    if (!isYes(test) || typeof userId !== 'string') return notReady(context, test);
    const info = await ask(context, access, 'conversations.info', { channel: access.channel });
    const { channel } = record(info.json);
    const { id, name, is_member: isMember, is_archived: isArchived } = record(channel);
    if (!isYes(info) || typeof id !== 'string') return notReady(context, info);
    if (isArchived === true) return { kind: 'signed-out', detail: 'this channel is archived' };
    const scopes = (test.headers['x-oauth-scopes'] ?? '').split(',').map((scope) => scope.trim());
    if (isMember !== true && !scopes.includes('chat:write.public')) {
      const who = typeof user === 'string' ? `@${user}` : 'the bot';
      const detail = cleanDetail(context, `${who} is not in this channel: write /invite ${who} there`);
      return { kind: 'signed-out', detail };
    }
    const workspace = webAddress(url).replace(/\/$/u, '');
    return {
      kind: 'ready',
      name: typeof name === 'string' && name !== '' ? `#${cleanDetail(context, name)}` : id,
      url: workspace && `${workspace}/archives/${id}`,
      settings: {
        channel: access.channel,
        userId,
        ...(typeof botId === 'string' ? { botId } : {}),
        ...(workspace === '' ? {} : { workspace }),
      },
      secrets: {},
    };
  } catch (thrown) {
    return { kind: 'unreachable', detail: failureBeforeSend(context, thrown).detail };
  }
}

function notReady(context: ConnectorContext, answer: HttpAnswer): Verified {
  const failure = failureOf(context, answer);
  if (failure.kind === 'signed-out') return { kind: 'signed-out', detail: failure.detail };
  if (record(answer.json).ok === false) return { kind: 'unreachable', detail: failure.detail };
  const words = wordsOf(context, answer);
  return { kind: 'unreachable', detail: answer.status < 400 ? `${words}: not Slack’s answer` : words };
}
