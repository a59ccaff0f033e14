import {
  type ConnectorContext,
  type Found,
  GateClosed,
  NoAnswer,
  type PublishRequest,
  type Removed,
} from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { cleanDetail, wordsOf } from '../shared/answer.ts';
import { partTexts } from '../shared/part-texts.ts';
import { LIMITS } from './limits.ts';
import { POST_TYPE, textAsKept } from './post-record.ts';
import { refOf } from './publish.ts';
import { recordKey } from './record-key.ts';
import { openSession } from './session.ts';
import { errorOf, isTokenRefused, jsonInit, methodUrl, textAt } from './xrpc.ts';

/**
 * Reads every part by the key we chose for it; anybody may read a repository, so no session is needed. 'absent' is what the server says
 * now: a request of ours that is still on its way can yet create the record. Some parts of a thread and not all are unclear.
 */
export async function find(context: ConnectorContext, request: PublishRequest): Promise<Found> {
  const { did = '', handle = '', pds = '' } = context.account.settings;
  if (!did || !pds) return { kind: 'unclear', detail: 'The account was never verified.' };
  const refs: RemoteRef[] = [];
  const texts = partTexts(request.content, LIMITS);
  try {
    for (const [index, text] of texts.entries()) {
      const rkey = recordKey(request.key, request.publishAt, index);
      const query = { repo: did, collection: POST_TYPE, rkey };
      const answer = await context.http.call(methodUrl(pds, 'com.atproto.repo.getRecord', query));
      if (errorOf(answer)?.error === 'RecordNotFound') continue;
      const ref = answer.status === 200 ? refOf(handle || did, answer.json) : null;
      if (!ref) return { kind: 'unclear', detail: wordsOf(context, answer) };
      if (textAt(answer.json, 'value', 'text') !== textAsKept(text)) {
        return { kind: 'unclear', detail: `Another post stands under the key ${rkey}.` };
      }
      refs.push(ref);
    }
  } catch (error) {
    return { kind: 'unclear', detail: whyNot(context, error) };
  }
  if (refs.length === 0) return { kind: 'absent' };
  if (refs.length === texts.length) return { kind: 'found', refs };
  return { kind: 'unclear', detail: `${refs.length} of ${texts.length} parts are out.` };
}

/** Deletes the last part first, so that what is left of a thread that fails half-way still reads as one. */
export async function remove(context: ConnectorContext, refs: readonly RemoteRef[]): Promise<Removed> {
  let gone = 0;
  try {
    for (const ref of [...refs].reverse()) {
      const removed = await removeOne(context, ref);
      if (removed.kind === 'already-gone') gone += 1;
      else if (removed.kind !== 'removed') return removed;
    }
  } catch (error) {
    return { kind: 'failed', detail: whyNot(context, error) };
  }
  return { kind: gone === refs.length ? 'already-gone' : 'removed' };
}

async function removeOne(context: ConnectorContext, ref: RemoteRef): Promise<Removed> {
  const [, repo, rkey] = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([^/]+)$/u.exec(ref.id) ?? [];
  if (!repo || !rkey) return { kind: 'failed', detail: `${ref.id} names no post on Bluesky.` };
  for (const fresh of [false, true]) {
    const opened = await openSession(context, fresh);
    if (opened.kind !== 'open') return { kind: 'failed', detail: opened.detail };
    const { session } = opened;
    if (session.did !== repo) return { kind: 'failed', detail: 'This post is of another Bluesky account.' };
    const url = methodUrl(session.pds, 'com.atproto.repo.deleteRecord');
    const answer = await context.http.call(
      url,
      jsonInit({ repo, collection: POST_TYPE, rkey }, session.accessJwt),
    );
    if (isTokenRefused(answer) && !fresh) continue;
    if (answer.status !== 200 || errorOf(answer)) return { kind: 'failed', detail: wordsOf(context, answer) };
    // A deletion is a commit; deleting what is not there makes none.
    return textAt(answer.json, 'commit', 'cid') ? { kind: 'removed' } : { kind: 'already-gone' };
  }
  return { kind: 'failed', detail: 'The sign-in was refused.' };
}

function whyNot(context: ConnectorContext, error: unknown): string {
  if (!(error instanceof NoAnswer) && !(error instanceof GateClosed)) throw error;
  return cleanDetail(context, error.message);
}
