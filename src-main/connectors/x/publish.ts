import type { ConnectorContext, HttpAnswer, Outcome, PublishRequest } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import {
  type Failure,
  failureBeforeSend,
  failureOfAnswer,
  failureOfPreparing,
  failureOfSend,
  record,
} from '../shared/answer.ts';
import { firstError } from '../shared/check-content.ts';
import { partTexts } from '../shared/part-texts.ts';
import { type PartOutcome, publishParts } from '../shared/publish-parts.ts';
import { type MediaBytes, readAllMedia } from '../shared/read-media.ts';
import { type Access, ask, jsonBody, REFUSALS, readAccess, waiting } from './access.ts';
import { LIMITS } from './limits.ts';

const SEGMENT_BYTES = 1_000_000;
const UPLOAD_TIMEOUT_MS = 60_000;

/** Token and images first, which make nothing public, then one `POST /2/tweets` per part. */
export async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const error = firstError(request.content, LIMITS);
  if (error !== null) return { kind: 'refused', detail: error };
  if (context.signal.aborted) return { kind: 'not-sent', detail: 'stopped before anything was published' };
  const read = await readAllMedia(context, request.content.media);
  if (read.kind !== 'read') return read;
  const access = await readAccess(context);
  if (access.kind !== 'access') return access;
  const ids: string[] = [];
  for (const one of read.media) {
    const uploaded = await upload(access, one);
    if (uploaded.kind !== 'uploaded') return uploaded;
    ids.push(uploaded.id);
  }
  const texts = partTexts(request.content, LIMITS);
  return publishParts(context, texts.length, (index, before) =>
    sendPost(access, {
      text: texts[index] ?? '',
      ...(index === 0 && ids.length > 0 ? { media: { media_ids: ids } } : {}),
      ...(index > 0 ? { reply: { in_reply_to_tweet_id: before[index - 1]?.id } } : {}),
    }),
  );
}

async function sendPost(access: Access, post: Readonly<Record<string, unknown>>): Promise<PartOutcome> {
  const { context } = access;
  try {
    const init = jsonBody(post);
    const answer = await context.http.send(`${access.api}/2/tweets`, {
      ...init,
      headers: { ...access.headers, ...init.headers },
    });
    const { id } = record(record(answer.json).data);
    if (answer.status === 201 && typeof id === 'string' && /^\d{1,19}$/u.test(id)) {
      return { kind: 'published', ref: refOf(context, id) };
    }
    return waiting(access, answer, failureOfAnswer(context, answer, REFUSALS));
  } catch (thrown) {
    return failureOfSend(context, thrown);
  }
}

/** Where a post can be seen; X takes any name before the id. */
export function refOf(context: ConnectorContext, id: string): RemoteRef {
  return { id, url: `https://x.com/${context.account.settings.username || 'i'}/status/${id}` };
}

type Uploaded = { readonly kind: 'uploaded'; readonly id: string };

/** Begun, given in pieces, ended, described. An image that nothing refers to is let go by X after a day. */
async function upload(access: Access, { media, bytes }: MediaBytes): Promise<Uploaded | Failure> {
  try {
    const begun = await ask(
      access,
      '/2/media/upload/initialize',
      jsonBody({ media_type: media.mime, total_bytes: bytes.byteLength, media_category: 'tweet_image' }),
    );
    const { id } = record(record(begun.json).data);
    if (!isYes(begun) || typeof id !== 'string' || !/^\d{1,19}$/u.test(id)) return unprepared(access, begun);
    for (let index = 0; index * SEGMENT_BYTES < bytes.byteLength; index += 1) {
      const form = new FormData();
      const piece = bytes.slice(index * SEGMENT_BYTES, (index + 1) * SEGMENT_BYTES);
      form.append('media', new Blob([piece], { type: media.mime }), media.name);
      form.append('segment_index', String(index));
      const appended = await ask(access, `/2/media/upload/${id}/append`, {
        method: 'POST',
        body: form,
        timeoutMs: UPLOAD_TIMEOUT_MS,
      });
      if (!isYes(appended) || appended.json === undefined) return unprepared(access, appended);
    }
    const ended = await ask(access, `/2/media/upload/${id}/finalize`, { method: 'POST' });
    const finalized = record(record(ended.json).data);
    if (!isYes(ended) || finalized.id !== id) return unprepared(access, ended);
    if (!['undefined', 'succeeded'].includes(String(record(finalized.processing_info).state))) {
      return { kind: 'try-later', detail: `X is still working on ${media.name}`, notBefore: null };
    }
    if (media.altText.trim() === '') return { kind: 'uploaded', id };
    const described = await ask(
      access,
      '/2/media/metadata',
      jsonBody({ id, metadata: { alt_text: { text: media.altText } } }),
    );
    if (!isYes(described) || record(record(described.json).data).id !== id)
      return unprepared(access, described);
    return { kind: 'uploaded', id };
  } catch (thrown) {
    return failureBeforeSend(access.context, thrown);
  }
}

const isYes = ({ status }: HttpAnswer) => status >= 200 && status < 300;

function unprepared(access: Access, answer: HttpAnswer): Failure {
  return waiting(access, answer, failureOfPreparing(access.context, answer, REFUSALS));
}
