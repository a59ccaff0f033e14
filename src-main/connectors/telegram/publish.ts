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
import { LIMITS } from './limits.ts';

const LEAST_TIMEOUT_MS = 15_000;
const MOST_TIMEOUT_MS = 80_000;
/** A line slower than this is not waited for to the end. */
const BYTES_PER_MS = 100;

type Fields = Readonly<Record<string, string | number | boolean | object>>;

/** A message per part, each an answer to the one before. Media go with the first, in the same request: Telegram has no place to put them ahead. */
export async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const error = firstError(request.content, LIMITS);
  if (error !== null) return { kind: 'refused', detail: error };
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  const read = await readAllMedia(context, request.content.media);
  if (read.kind !== 'read') return read;
  const texts = partTexts(request.content, LIMITS);
  return publishParts(context, texts.length, (index, before) => {
    const common: Fields = {
      chat_id: access.chat,
      ...(context.account.settings.sound === 'silent' ? { disable_notification: true } : {}),
      ...(index > 0 ? { reply_parameters: { message_id: Number(idsOf(before[index - 1])[0]) } } : {}),
    };
    const text = texts[index] ?? '';
    const media = index === 0 ? read.media : [];
    if (media.length > 0) return send(context, access, ...albumOf(common, text, media));
    const { link } = request.content;
    const preview = index === 0 && link !== '' ? { link_preview_options: { url: link } } : {};
    return send(context, access, 'sendMessage', { ...common, text, ...preview }, []);
  });
}

/** The message ids of one part: an album is a message for each of its media. */
export function idsOf(ref: RemoteRef | undefined): readonly string[] {
  return (ref?.id ?? '').split(',').filter((id) => /^\d{1,16}$/u.test(id));
}

function albumOf(
  common: Fields,
  caption: string,
  media: readonly MediaBytes[],
): [string, Fields, readonly MediaBytes[]] {
  const [only, second] = media;
  const said = caption.trim() === '' ? {} : { caption };
  if (only && !second) {
    const { method, field } = KINDS[only.media.mime] ?? PHOTO;
    return [method, { ...common, ...said, [field]: 'attach://file0' }, media];
  }
  const items = media.map((one, index) => ({
    type: (KINDS[one.media.mime] ?? PHOTO).field,
    media: `attach://file${index}`,
    ...(index === 0 ? said : {}),
  }));
  return ['sendMediaGroup', { ...common, media: items }, media];
}

const PHOTO = { method: 'sendPhoto', field: 'photo' };
const KINDS: Readonly<Record<string, typeof PHOTO>> = {
  'image/gif': { method: 'sendAnimation', field: 'animation' },
  'video/mp4': { method: 'sendVideo', field: 'video' },
};

async function send(
  context: ConnectorContext,
  access: Access,
  method: string,
  fields: Fields,
  media: readonly MediaBytes[],
): Promise<PartOutcome> {
  try {
    const answer = await context.http.send(access.urlOf(method), {
      method: 'POST',
      ...(media.length > 0 ? formOf(fields, media) : jsonBody(fields)),
    });
    const ref = refOf(answer);
    return ref === null ? failureOf(context, answer) : { kind: 'published', ref };
  } catch (thrown) {
    return failureOfSend(context, thrown);
  }
}

function jsonBody(fields: Fields): HttpInit {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
}

function formOf(fields: Fields, media: readonly MediaBytes[]): HttpInit {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) {
    form.append(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  let size = 0;
  for (const [index, { media: one, bytes }] of media.entries()) {
    size += bytes.byteLength;
    form.append(`file${index}`, new Blob([new Uint8Array(bytes)], { type: one.mime }), one.name);
  }
  return { body: form, timeoutMs: Math.min(LEAST_TIMEOUT_MS + size / BYTES_PER_MS, MOST_TIMEOUT_MS) };
}

/** Of the message, or of every message of an album; null for what is no such answer. */
function refOf(answer: HttpAnswer): RemoteRef | null {
  const { ok, result } = record(answer.json);
  if (answer.status !== 200 || ok !== true) return null;
  const messages = Array.isArray(result) ? result : [result];
  const ids = messages.map((message) => record(message).message_id);
  const areIds = ids.every((id) => typeof id === 'number' && Number.isSafeInteger(id) && id > 0);
  if (ids.length === 0 || !areIds) return null;
  return { id: ids.join(','), url: addressOf(record(record(messages[0]).chat), ids[0]) };
}

/** Where the message can be seen: by anybody in a channel with a name, by its members elsewhere. */
function addressOf(chat: Readonly<Record<string, unknown>>, id: unknown): string {
  const { username } = chat;
  if (typeof username === 'string' && /^\w{1,64}$/u.test(username)) return `https://t.me/${username}/${id}`;
  const [, number] = /^-100(\d+)$/u.exec(String(chat.id)) ?? [];
  return number === undefined ? '' : `https://t.me/c/${number}/${id}`;
}
