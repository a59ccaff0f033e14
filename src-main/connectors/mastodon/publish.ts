import type { ConnectorContext, HttpAnswer, Outcome, PublishRequest } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import {
  type Failure,
  failureBeforeSend,
  failureOfAnswer,
  failureOfPreparing,
  failureOfSend,
  type Refusals,
  record,
} from '../shared/answer.ts';
import { firstError } from '../shared/check-content.ts';
import { partTexts } from '../shared/part-texts.ts';
import { type PartOutcome, publishParts } from '../shared/publish-parts.ts';
import { type MediaBytes, readAllMedia } from '../shared/read-media.ts';
import { webAddress } from '../shared/server-url.ts';
import { type Access, readAccess } from './access.ts';
import { limitsFrom } from './limits.ts';

const UPLOAD_TIMEOUT_MS = 60_000;
const POLL_MS = 1_000;
const POLLS = 30;

export async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const limits = limitsFrom(context.account.settings);
  const error = firstError(request.content, limits);
  if (error !== null) return { kind: 'refused', detail: error };
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  const uploaded = await uploadAll(context, access, request);
  if (uploaded.kind !== 'uploaded') return uploaded;
  const texts = partTexts(request.content, limits);
  return publishParts(context, texts.length, (index, before) =>
    sendStatus(context, access, `${request.key}-${index + 1}`, {
      status: texts[index] ?? '',
      ...options(context.account.settings),
      ...(index === 0 && uploaded.ids.length > 0 ? { media_ids: uploaded.ids } : {}),
      ...(index > 0 ? { in_reply_to_id: before[index - 1]?.id } : {}),
    }),
  );
}

/** Never `scheduled_at`: servers were seen to ignore it and publish at once. */
function options(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const language = (settings.language ?? '').trim();
  return {
    visibility: settings.visibility === 'unlisted' ? 'unlisted' : 'public',
    ...(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu.test(language) ? { language } : {}),
  };
}

/** The key is honoured by Mastodon for an hour and by others not at all, so nothing relies on it. */
async function sendStatus(
  context: ConnectorContext,
  access: Access,
  key: string,
  status: Readonly<Record<string, unknown>>,
): Promise<PartOutcome> {
  try {
    const answer = await context.http.send(`${access.server}/api/v1/statuses`, {
      method: 'POST',
      headers: { ...access.headers, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(status),
    });
    const ref = refOf(answer);
    return ref === null ? failureOfAnswer(context, answer, refusalsOf(answer)) : { kind: 'published', ref };
  } catch (thrown) {
    return failureOfSend(context, thrown);
  }
}

function refOf(answer: HttpAnswer): RemoteRef | null {
  const { id, url, uri } = record(answer.json);
  if (answer.status < 200 || answer.status > 299 || typeof id !== 'string' || id === '') return null;
  return { id, url: webAddress(url) || webAddress(uri) };
}

/** The server's own 403 is about the sign-in (scope, disabled, unconfirmed); anything else's is only a no. */
function refusalsOf(answer: HttpAnswer): Refusals {
  const isOwnWord = typeof record(answer.json).error === 'string';
  return {
    signedOut: isOwnWord ? [401, 403] : [401],
    refused: [400, 403, 404, 405, 406, 410, 413, 415, 422],
    tryLater: [429],
  };
}

async function uploadAll(
  context: ConnectorContext,
  access: Access,
  request: PublishRequest,
): Promise<{ readonly kind: 'uploaded'; readonly ids: readonly string[] } | Failure> {
  const read = await readAllMedia(context, request.content.media);
  if (read.kind !== 'read') return read;
  const ids: string[] = [];
  for (const one of read.media) {
    try {
      const uploaded = await upload(context, access, one);
      if (uploaded.kind !== 'uploaded') return uploaded;
      ids.push(uploaded.id);
    } catch (thrown) {
      return failureBeforeSend(context, thrown);
    }
  }
  return { kind: 'uploaded', ids };
}

async function upload(
  context: ConnectorContext,
  access: Access,
  { media, bytes }: MediaBytes,
): Promise<{ readonly kind: 'uploaded'; readonly id: string } | Failure> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type: media.mime }), media.name);
  if (media.altText.trim() !== '') form.append('description', media.altText);
  const answer = await context.http.call(`${access.server}/api/v2/media`, {
    method: 'POST',
    headers: access.headers,
    body: form,
    timeoutMs: UPLOAD_TIMEOUT_MS,
  });
  const { id } = record(answer.json);
  if (typeof id !== 'string' || ![200, 202].includes(answer.status)) {
    return failureOfPreparing(context, answer, refusalsOf(answer));
  }
  return answer.status === 200 ? { kind: 'uploaded', id } : waitUntilProcessed(context, access, id);
}

async function waitUntilProcessed(
  context: ConnectorContext,
  access: Access,
  id: string,
): Promise<{ readonly kind: 'uploaded'; readonly id: string } | Failure> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    await context.wait(POLL_MS);
    const answer = await context.http.call(`${access.server}/api/v1/media/${encodeURIComponent(id)}`, {
      headers: access.headers,
    });
    if (answer.status === 200 && record(answer.json).id === id) return { kind: 'uploaded', id };
    if (answer.status !== 206) return failureOfPreparing(context, answer, refusalsOf(answer));
  }
  return { kind: 'try-later', detail: 'the server is still working on the media', notBefore: null };
}
