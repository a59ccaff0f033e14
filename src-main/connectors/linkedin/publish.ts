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
import { readUrl } from '../shared/server-url.ts';
import { type Access, ask, jsonBody, REFUSALS, readAccess } from './access.ts';
import { LIMITS } from './limits.ts';
import { written } from './little-text.ts';

const UPLOAD_TIMEOUT_MS = 60_000;

type Image = { readonly id: string; readonly altText?: string };

/** Token and images first, which make nothing public, then one `POST /rest/posts`. */
export async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const error = firstError(request.content, LIMITS);
  if (error !== null) return { kind: 'refused', detail: error };
  const read = await readAllMedia(context, request.content.media);
  if (read.kind !== 'read') return read;
  if (context.signal.aborted) return { kind: 'not-sent', detail: 'stopped before anything was published' };
  const access = await readAccess(context);
  if (access.kind !== 'access') return access;
  const images: Image[] = [];
  for (const one of read.media) {
    const uploaded = await upload(access, one);
    if (uploaded.kind !== 'uploaded') return uploaded;
    images.push(uploaded.image);
  }
  const [text = ''] = partTexts(request.content, LIMITS);
  return publishParts(context, 1, () => sendPost(access, text, images));
}

async function sendPost(access: Access, text: string, images: readonly Image[]): Promise<PartOutcome> {
  const { context } = access;
  const init = jsonBody({
    author: access.author,
    commentary: written(text),
    visibility: 'PUBLIC',
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: false,
    ...(images.length === 1 ? { content: { media: images[0] } } : {}),
    ...(images.length > 1 ? { content: { multiImage: { images } } } : {}),
  });
  try {
    const answer = await context.http.send(`${access.api}/rest/posts`, {
      ...init,
      headers: { ...access.headers, ...init.headers },
    });
    const id = answer.headers['x-restli-id'] ?? '';
    if (answer.status === 201 && isPostUrn(id)) return { kind: 'published', ref: refOf(id) };
    return failureOfAnswer(context, answer, REFUSALS);
  } catch (thrown) {
    return failureOfSend(context, thrown);
  }
}

export const isPostUrn = (id: unknown): id is string =>
  typeof id === 'string' && /^urn:li:(?:share|ugcPost):\d{1,19}$/u.test(id);

export const refOf = (id: string): RemoteRef => ({ id, url: `https://www.linkedin.com/feed/update/${id}` });

/** An image belongs to the page and is seen by nobody until a post has it. */
async function upload(
  access: Access,
  { media, bytes }: MediaBytes,
): Promise<{ readonly kind: 'uploaded'; readonly image: Image } | Failure> {
  try {
    const begun = await ask(
      access,
      '/rest/images?action=initializeUpload',
      jsonBody({ initializeUploadRequest: { owner: access.author } }),
    );
    const { uploadUrl, image: id } = record(record(begun.json).value);
    const url = typeof uploadUrl === 'string' ? readUrl(uploadUrl) : null;
    if (begun.status !== 200 || url === null || typeof id !== 'string' || !id.startsWith('urn:li:image:'))
      return unprepared(access, begun);
    const put = await access.context.http.call(url.href, {
      method: 'PUT',
      headers: { authorization: access.headers.authorization ?? '', 'content-type': media.mime },
      body: bytes,
      timeoutMs: UPLOAD_TIMEOUT_MS,
    });
    if (put.status !== 200 && put.status !== 201) return unprepared(access, put);
    const altText = media.altText.trim();
    return { kind: 'uploaded', image: { id, ...(altText === '' ? {} : { altText }) } };
  } catch (thrown) {
    return failureBeforeSend(access.context, thrown);
  }
}

const unprepared = (access: Access, answer: HttpAnswer): Failure =>
  failureOfPreparing(access.context, answer, REFUSALS);
