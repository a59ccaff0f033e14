import type { ConnectorContext, HttpAnswer, Outcome, PublishRequest } from '../../core/connector.ts';
import type { Media, RemoteRef } from '../../core/post.ts';
import { failureOfSend, record } from '../shared/answer.ts';
import { firstError } from '../shared/check-content.ts';
import { partTexts } from '../shared/part-texts.ts';
import { type PartOutcome, publishParts } from '../shared/publish-parts.ts';
import { type Access, readAccess } from './access.ts';
import { failureOf, isYes } from './answer.ts';
import { LIMITS } from './limits.ts';
import { discard, uploadAll } from './upload.ts';
import { richText, written } from './written.ts';

/** What our messages carry, unseen, to be known again by. */
export const MARK = 'all_stop_post';

/** The first part is a message, the others are the thread under it. Pictures are uploaded before and shown by the one message. */
export async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const error = firstError(request.content, LIMITS);
  if (error !== null) return { kind: 'refused', detail: error };
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  const { media } = request.content;
  const uploaded = await uploadAll(context, access, media);
  if (uploaded.kind !== 'uploaded') return uploaded;
  const texts = partTexts(request.content, LIMITS);
  const outcome = await publishParts(context, texts.length, (index, before) => {
    const text = texts[index] ?? '';
    const pictures = index === 0 ? uploaded.ids : [];
    const message = {
      channel: access.channel,
      text: written(text),
      mrkdwn: false,
      unfurl_links: true,
      unfurl_media: true,
      ...(index > 0 ? { thread_ts: before[0]?.id } : {}),
      ...(pictures.length > 0 ? { blocks: blocksOf(text, media, pictures) } : {}),
      metadata: { event_type: MARK, event_payload: { key: markOf(request, index) } },
    };
    return send(context, access, message, before[0]?.id ?? null, pictures);
  });
  const isPublic = ['published', 'cut', 'unconfirmed'].includes(outcome.kind);
  if (!isPublic) await discard(context, access, uploaded.ids);
  return outcome;
}

export function markOf({ key }: PublishRequest, index: number): string {
  return `${key}-${index + 1}`;
}

function blocksOf(text: string, media: readonly Media[], ids: readonly string[]): readonly object[] {
  const pictures = media.map(({ altText, name }, index) => ({
    type: 'image',
    slack_file: { id: ids[index] },
    // Slack takes no picture without one.
    alt_text: altText.trim() || name,
  }));
  return text.trim() === '' ? pictures : [richText(text), ...pictures];
}

async function send(
  context: ConnectorContext,
  access: Access,
  message: object,
  thread: string | null,
  pictures: readonly string[],
): Promise<PartOutcome> {
  try {
    const answer = await context.http.send(access.urlOf('chat.postMessage'), {
      method: 'POST',
      headers: { ...access.headers, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(message),
    });
    const ref = refOf(context, access, answer, thread);
    if (ref === null) return failureOf(context, answer);
    return { kind: 'published', ref: pictures.length === 0 ? ref : { ...ref, cid: pictures.join(',') } };
  } catch (thrown) {
    return failureOfSend(context, thrown);
  }
}

function refOf(
  context: ConnectorContext,
  access: Access,
  answer: HttpAnswer,
  thread: string | null,
): RemoteRef | null {
  const { ts } = record(answer.json);
  if (!isYes(answer) || typeof ts !== 'string' || !/^\d{1,12}\.\d{1,10}$/u.test(ts)) return null;
  return { id: ts, url: addressOf(context, access, ts, thread) };
}

/** Where members of the workspace see the message; '' until the workspace's address is known. */
export function addressOf(
  { account }: Pick<ConnectorContext, 'account'>,
  { channel }: Access,
  ts: string,
  thread: string | null,
): string {
  const { workspace } = account.settings;
  if (!workspace) return '';
  const url = `${workspace}/archives/${channel}/p${ts.replace('.', '')}`;
  return thread === null ? url : `${url}?thread_ts=${thread}&cid=${channel}`;
}
