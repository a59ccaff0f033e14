import type {
  ConnectorContext,
  HttpAnswer,
  HttpInit,
  Outcome,
  PublishRequest,
} from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { failureOfSend, record } from '../shared/answer.ts';
import { firstError } from '../shared/check-content.ts';
import { partTexts } from '../shared/part-texts.ts';
import { type PartOutcome, publishParts } from '../shared/publish-parts.ts';
import { type MediaBytes, readAllMedia } from '../shared/read-media.ts';
import { type Access, readAccess } from './access.ts';
import { failureOf } from './answer.ts';
import { limitsFrom } from './limits.ts';
import { mentionedPeople, written } from './written.ts';

const LEAST_TIMEOUT_MS = 15_000;
const MOST_TIMEOUT_MS = 80_000;
/** A line slower than this is not waited for to the end. */
const BYTES_PER_MS = 100;
const MOST_MENTIONS = 100;

/** A message per part; a bot's answers the one before. Media go with the first, in the same request. */
export async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const limits = limitsFrom(context.account.settings);
  const error = firstError(request.content, limits);
  if (error !== null) return { kind: 'refused', detail: error };
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  const read = await readAllMedia(context, request.content.media);
  if (read.kind !== 'read') return read;
  const texts = partTexts(request.content, limits);
  return publishParts(context, texts.length, (index, before) => {
    const text = texts[index] ?? '';
    const media = index === 0 ? read.media : [];
    return send(access, media, {
      content: written(text),
      // Only who is meant by number is told: never @everyone, @here or a role, however they came into the text.
      allowed_mentions: {
        parse: [],
        users: mentionedPeople(text)
          .map((person) => person.slice(2, -1))
          .slice(0, MOST_MENTIONS),
        replied_user: false,
      },
      ...(access.as === 'bot' ? { nonce: nonceOf(request, index), enforce_nonce: true } : {}),
      ...(access.as === 'bot' && index > 0
        ? { message_reference: { message_id: before[index - 1]?.id } }
        : {}),
      ...(media.length > 0 ? { attachments: media.map(describe) } : {}),
    });
  });
}

/** At most 25 characters. Discord answers a second one within some minutes with the first message; nothing relies on it. */
export function nonceOf({ key }: PublishRequest, index: number): string {
  return `${key.slice(-22)}-${index + 1}`;
}

function describe({ media }: MediaBytes, id: number) {
  const description = media.altText.trim();
  return { id: String(id), filename: media.name, ...(description === '' ? {} : { description }) };
}

async function send(access: Access, media: readonly MediaBytes[], message: object): Promise<PartOutcome> {
  const { context } = access;
  try {
    const { headers, ...init } = media.length > 0 ? formOf(message, media) : jsonBody(message);
    const answer = await context.http.send(access.createUrl, {
      method: 'POST',
      ...init,
      headers: { ...access.headers, ...headers },
    });
    const ref = refOf(access, answer);
    return ref === null ? failureOf(context, answer) : { kind: 'published', ref };
  } catch (thrown) {
    return failureOfSend(context, thrown);
  }
}

function jsonBody(message: object): HttpInit {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) };
}

function formOf(message: object, media: readonly MediaBytes[]): HttpInit {
  const form = new FormData();
  form.append('payload_json', JSON.stringify(message));
  let size = 0;
  for (const [index, { media: one, bytes }] of media.entries()) {
    size += bytes.byteLength;
    form.append(`files[${index}]`, new Blob([new Uint8Array(bytes)], { type: one.mime }), one.name);
  }
  return { body: form, timeoutMs: Math.min(LEAST_TIMEOUT_MS + size / BYTES_PER_MS, MOST_TIMEOUT_MS) };
}

function refOf(access: Access, answer: HttpAnswer): RemoteRef | null {
  const { id } = record(answer.json);
  if (answer.status !== 200 || typeof id !== 'string' || !/^\d{1,20}$/u.test(id)) return null;
  return { id, url: addressOf(access, answer.json, id) };
}

/** Where those who may see the channel see the message; '' until the server it is on is known. */
export function addressOf({ context, channel }: Access, message: unknown, id: string): string {
  const { guildId } = context.account.settings;
  const { channel_id: said } = record(message);
  const where = typeof said === 'string' ? said : channel;
  return guildId && where ? `https://discord.com/channels/${guildId}/${where}/${id}` : '';
}
