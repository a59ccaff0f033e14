import type { ConnectorContext, Removed } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { failureBeforeSend } from '../shared/answer.ts';
import { type Access, ask, readAccess } from './access.ts';
import { errorIn, failureOf, isYes } from './answer.ts';
import { removeFile } from './upload.ts';

/** Takes down every part, the last first, and the pictures it showed. Stops at the first that fails. */
export async function remove(context: ConnectorContext, refs: readonly RemoteRef[]): Promise<Removed> {
  const access = readAccess(context);
  if (access.kind !== 'access') return { kind: 'failed', detail: access.detail };
  let removed = 0;
  let gone = 0;
  for (const ref of [...refs].reverse()) {
    let failed: string;
    try {
      const answer = await ask(context, access, 'chat.delete', { channel: access.channel, ts: ref.id });
      const isGone = errorIn(answer) === 'message_not_found' && answer.status === 200;
      if (isYes(answer)) removed += 1;
      else if (isGone) gone += 1;
      if (isYes(answer) || isGone) {
        const left = await pictureLeft(context, access, ref);
        if (left === null) continue;
        return {
          kind: 'failed',
          detail: `the message is gone, a picture of it may still be in Slack’s files: ${left}`,
        };
      }
      failed = failureOf(context, answer).detail;
    } catch (thrown) {
      failed = failureBeforeSend(context, thrown).detail;
    }
    const done = removed + gone;
    return {
      kind: 'failed',
      detail: done > 0 ? `${done} of ${refs.length} parts are gone; then ${failed}` : failed,
    };
  }
  return removed > 0 ? { kind: 'removed' } : { kind: 'already-gone' };
}

async function pictureLeft(
  context: ConnectorContext,
  access: Access,
  { cid = '' }: RemoteRef,
): Promise<string | null> {
  for (const id of cid.split(',').filter((one) => one !== '')) {
    const left = await removeFile(context, access, id);
    if (left !== null) return left;
  }
  return null;
}
