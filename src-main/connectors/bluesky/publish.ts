import { type ConnectorContext, NoAnswer, type Outcome, type PublishRequest } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import {
  type Failure,
  failureBeforeSend,
  failureOfPreparing,
  failureOfSend,
  record,
} from '../shared/answer.ts';
import { firstError } from '../shared/check-content.ts';
import { partTexts } from '../shared/part-texts.ts';
import { type PartOutcome, publishParts } from '../shared/publish-parts.ts';
import { type MediaBytes, readAllMedia } from '../shared/read-media.ts';
import { mentionedHandles } from './facets.ts';
import { imageSize } from './image-size.ts';
import { LIMITS } from './limits.ts';
import { failureOfWrite } from './outcome.ts';
import {
  embedOf,
  POST_TYPE,
  type PostRecord,
  postRecord,
  textAsKept,
  type UploadedImage,
} from './post-record.ts';
import { recordKey } from './record-key.ts';
import { openSession, type Session } from './session.ts';
import { bearer, jsonInit, methodUrl, textAt } from './xrpc.ts';

/** A slow line takes its time for 2 MB. */
const UPLOAD_TIMEOUT_MS = 60_000;
const RESOLVE_TIMEOUT_MS = 5_000;
const MOST_MENTIONS = 10;

type Ready = {
  readonly kind: 'ready';
  readonly session: Session;
  readonly texts: readonly string[];
  readonly images: readonly UploadedImage[];
  readonly didOf: ReadonlyMap<string, string>;
};

/** All that makes nothing public first (session, mentions, images), then one `createRecord` per part under a key of our own. */
export async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const problem = firstError(request.content, LIMITS);
  if (problem !== null) return { kind: 'refused', detail: problem };
  let ready: Ready | Failure;
  try {
    ready = await prepare(context, request);
  } catch (error) {
    return failureBeforeSend(context, error);
  }
  if (ready.kind !== 'ready') return ready;
  const { session, texts, images, didOf } = ready;
  return publishParts(context, texts.length, (index, before) => {
    const post = postRecord({
      text: texts[index] ?? '',
      createdAt: context.now(),
      didOf,
      embed: index === 0 ? embedOf(request.content, images) : null,
      reply: replyTo(before),
    });
    return createRecord(context, request, session, post, index);
  });
}

async function prepare(context: ConnectorContext, request: PublishRequest): Promise<Ready | Failure> {
  const read = await readAllMedia(context, request.content.media);
  if (read.kind !== 'read') return read;
  const opened = await openSession(context, request.attempt > 1);
  if (opened.kind !== 'open') return opened;
  const { session } = opened;
  const texts = partTexts(request.content, LIMITS).map(textAsKept);
  const didOf = await resolveMentions(context, session, texts);
  const images: UploadedImage[] = [];
  for (const one of read.media) {
    const uploaded = await uploadImage(context, session, one, request.attempt);
    if ('kind' in uploaded) return uploaded;
    images.push(uploaded);
  }
  return { kind: 'ready', session, texts, images, didOf };
}

/** What cannot be resolved now stays plain text: a mention that is no link is better than a post that is late. */
async function resolveMentions(
  context: ConnectorContext,
  session: Session,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const didOf = new Map<string, string>();
  for (const handle of mentionedHandles(texts.join('\n')).slice(0, MOST_MENTIONS)) {
    try {
      const url = methodUrl(session.pds, 'com.atproto.identity.resolveHandle', { handle });
      const answer = await context.http.call(url, { timeoutMs: RESOLVE_TIMEOUT_MS });
      const did = textAt(answer.json, 'did');
      if (answer.status === 200 && did.startsWith('did:')) didOf.set(handle, did);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }
  return didOf;
}

async function uploadImage(
  context: ConnectorContext,
  session: Session,
  { media, bytes }: MediaBytes,
  attempt: number,
): Promise<UploadedImage | Failure> {
  const answer = await context.http.call(methodUrl(session.pds, 'com.atproto.repo.uploadBlob'), {
    method: 'POST',
    headers: { 'content-type': media.mime, ...bearer(session.accessJwt) },
    body: bytes,
    timeoutMs: UPLOAD_TIMEOUT_MS,
  });
  const { blob } = record(answer.json);
  if (answer.status === 200 && typeof blob === 'object' && blob !== null) {
    return { blob, alt: media.altText, size: imageSize(bytes) };
  }
  const failure = failureOfWrite(context, answer, attempt);
  if (failure.kind !== 'unconfirmed') return failure;
  return failureOfPreparing(context, answer, { signedOut: [], refused: [], tryLater: [] });
}

async function createRecord(
  context: ConnectorContext,
  request: PublishRequest,
  session: Session,
  post: PostRecord,
  index: number,
): Promise<PartOutcome> {
  const rkey = recordKey(request.key, request.publishAt, index);
  const input = { repo: session.did, collection: POST_TYPE, rkey, record: post };
  try {
    const url = methodUrl(session.pds, 'com.atproto.repo.createRecord');
    const answer = await context.http.send(url, jsonInit(input, session.accessJwt));
    const ref = refOf(session.handle || session.did, answer.json);
    return answer.status === 200 && ref
      ? { kind: 'published', ref }
      : failureOfWrite(context, answer, request.attempt);
  } catch (error) {
    return failureOfSend(context, error);
  }
}

/** A reply names the first part and the one before it, by what the server answered for them. */
function replyTo(before: readonly RemoteRef[]) {
  const [root] = before;
  const parent = before.at(-1);
  if (!root?.cid || !parent?.cid) return null;
  return { root: { uri: root.id, cid: root.cid }, parent: { uri: parent.id, cid: parent.cid } };
}

/** Where a record can be seen, from an answer that carries its `uri` and `cid`; null when it does not. */
export function refOf(actor: string, json: unknown): RemoteRef | null {
  const [uri, cid] = [textAt(json, 'uri'), textAt(json, 'cid')];
  const rkey = /^at:\/\/[^/]+\/app\.bsky\.feed\.post\/([^/]+)$/u.exec(uri)?.[1];
  if (!rkey || !cid) return null;
  return { id: uri, url: `https://bsky.app/profile/${actor}/post/${rkey}`, cid };
}
