import type { ConnectorContext, HttpAnswer, Verified } from '../../core/connector.ts';
import { cleanDetail, failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { type Access, ask, readAccess } from './access.ts';
import { failureOf } from './answer.ts';

/** Kinds of channels that take no messages of their own: categories, directories, forums, media. */
const NO_MESSAGES = [4, 14, 15, 16];

type Read = { readonly kind: 'read'; readonly value: Readonly<Record<string, unknown>> };
type NotReady = Exclude<Verified, { kind: 'ready' }>;

/** Who the bot is and which channel is meant, or what the webhook is of. Whether the bot may write there shows with the first post. */
export async function verify(context: ConnectorContext): Promise<Verified> {
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  try {
    return await (access.as === 'bot' ? verifyBot(access) : verifyWebhook(access));
  } catch (thrown) {
    return { kind: 'unreachable', detail: failureBeforeSend(access.context, thrown).detail };
  }
}

async function verifyBot(access: Access): Promise<Verified> {
  const bot = await read(access, access.selfUrl);
  if (bot.kind !== 'read') return bot;
  const channel = await read(access, access.urlOf(`/channels/${access.channel}`));
  if (channel.kind !== 'read') return channel;
  const { name, type, guild_id: guildId } = channel.value;
  if (typeof type === 'number' && NO_MESSAGES.includes(type)) {
    return {
      kind: 'signed-out',
      detail: 'this channel takes no messages: choose a text or announcement channel',
    };
  }
  const isInGuild = typeof guildId === 'string' && /^\d{1,20}$/u.test(guildId);
  const guild = isInGuild ? await read(access, access.urlOf(`/guilds/${guildId}`)) : null;
  const tier = guild?.kind === 'read' ? guild.value.premium_tier : undefined;
  return {
    kind: 'ready',
    name: typeof name === 'string' && name !== '' ? `#${cleanDetail(access.context, name)}` : access.channel,
    url: isInGuild ? `https://discord.com/channels/${guildId}/${access.channel}` : '',
    settings: {
      channelId: access.channel,
      botId: String(bot.value.id),
      ...(isInGuild ? { guildId } : {}),
      ...(typeof tier === 'number' ? { tier: String(tier) } : {}),
    },
    secrets: {},
  };
}

async function verifyWebhook(access: Access): Promise<Verified> {
  const webhook = await read(access, access.selfUrl);
  if (webhook.kind !== 'read') return webhook;
  const { name, channel_id: channelId, guild_id: guildId } = webhook.value;
  const areIds = [channelId, guildId].every((id) => typeof id === 'string' && /^\d{1,20}$/u.test(id));
  return {
    kind: 'ready',
    name: cleanDetail(access.context, typeof name === 'string' && name !== '' ? name : 'Webhook'),
    url: areIds ? `https://discord.com/channels/${guildId}/${channelId}` : '',
    settings: areIds ? { channelId: String(channelId), guildId: String(guildId) } : {},
    secrets: {},
  };
}

async function read(access: Access, url: string): Promise<Read | NotReady> {
  const answer = await ask(access, url);
  const value = record(answer.json);
  if (answer.status === 200 && typeof value.id === 'string') return { kind: 'read', value };
  const failure = failureOf(access.context, answer);
  if (failure.kind === 'signed-out') return { kind: 'signed-out', detail: failure.detail };
  return { kind: 'unreachable', detail: notItsAnswer(access.context, answer) };
}

function notItsAnswer(context: ConnectorContext, answer: HttpAnswer): string {
  const words = wordsOf(context, answer);
  return answer.status < 400 ? `${words}: not Discord’s answer` : words;
}
