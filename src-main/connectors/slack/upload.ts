import type { ConnectorContext } from '../../core/connector.ts';
import type { Media } from '../../core/post.ts';
import { type Failure, failureBeforeSend, record } from '../shared/answer.ts';
import { type MediaBytes, readAllMedia } from '../shared/read-media.ts';
import { type Access, ask } from './access.ts';
import { errorIn, failureOfPreparing, isYes } from './answer.ts';

const UPLOAD_TIMEOUT_MS = 60_000;
const POLL_MS = 1_000;
const POLLS = 30;

type Uploaded = { readonly kind: 'uploaded'; readonly ids: readonly string[] };

/** Puts the pictures into the workspace, where only this bot sees them until a message shows them. What was put there is taken away again when one fails. */
export async function uploadAll(
  context: ConnectorContext,
  access: Access,
  media: readonly Media[],
): Promise<Uploaded | Failure> {
  const read = await readAllMedia(context, media);
  if (read.kind !== 'read') return read;
  const ids: string[] = [];
  for (const one of read.media) {
    let failure: Failure | null;
    try {
      failure = await upload(context, access, one, (id) => ids.push(id));
    } catch (thrown) {
      failure = failureBeforeSend(context, thrown);
    }
    if (failure !== null) {
      await discard(context, access, ids);
      return failure;
    }
  }
  return { kind: 'uploaded', ids };
}

/** Takes uploads away again that no message shows, as far as that can be done; nobody but the bot could see them. */
export async function discard(
  context: ConnectorContext,
  access: Access,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    try {
      await ask(context, access, 'files.delete', { file: id });
    } catch (thrown) {
      failureBeforeSend(context, thrown);
    }
  }
}

/** Whether a file is certainly no longer there; the reason where it may be. */
export async function removeFile(
  context: ConnectorContext,
  access: Access,
  id: string,
): Promise<string | null> {
  const answer = await ask(context, access, 'files.delete', { file: id });
  if (isYes(answer) || ['file_deleted', 'file_not_found'].includes(errorIn(answer) ?? '')) return null;
  return failureOfPreparing(context, answer).detail;
}

async function upload(
  context: ConnectorContext,
  access: Access,
  { media, bytes }: MediaBytes,
  onId: (id: string) => void,
): Promise<Failure | null> {
  const place = await ask(context, access, 'files.getUploadURLExternal', {
    filename: media.name,
    length: String(bytes.byteLength),
    ...(media.altText.trim() === '' ? {} : { alt_txt: media.altText.trim() }),
  });
  const { upload_url: url, file_id: id } = record(place.json);
  if (!isYes(place) || typeof url !== 'string' || typeof id !== 'string' || !/^F[A-Z0-9]{5,20}$/u.test(id)) {
    return failureOfPreparing(context, place);
  }
  if (!access.isOwn(url)) {
    return {
      kind: 'try-later',
      detail: 'Slack gave an address for the upload that is not its own',
      notBefore: null,
    };
  }
  const put = await context.http.call(url, {
    method: 'POST',
    headers: { 'content-type': media.mime },
    body: bytes,
    timeoutMs: UPLOAD_TIMEOUT_MS,
  });
  if (put.status !== 200) return failureOfPreparing(context, put);
  // Without a channel it is shared with nobody.
  const done = await ask(context, access, 'files.completeUploadExternal', {
    files: JSON.stringify([{ id, title: media.name }]),
  });
  if (!isYes(done)) return failureOfPreparing(context, done);
  onId(id);
  return waitUntilReady(context, access, id);
}

/** A message with a picture that Slack has not looked at yet is refused; until then the file has no type. */
async function waitUntilReady(
  context: ConnectorContext,
  access: Access,
  id: string,
): Promise<Failure | null> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const answer = await ask(context, access, 'files.info', { file: id });
    if (!isYes(answer)) return failureOfPreparing(context, answer);
    const { mimetype } = record(record(answer.json).file);
    if (typeof mimetype === 'string' && mimetype !== '') return null;
    await context.wait(POLL_MS);
  }
  return { kind: 'try-later', detail: 'Slack is still working on the pictures', notBefore: null };
}
