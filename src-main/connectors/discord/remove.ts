import type { ConnectorContext, Removed } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { failureBeforeSend } from '../shared/answer.ts';
import { ask, readAccess } from './access.ts';
import { codeOf, failureOf } from './answer.ts';

const UNKNOWN_MESSAGE = 10008;

/** Takes down every part, the last first. Stops at the first that fails. */
export async function remove(context: ConnectorContext, refs: readonly RemoteRef[]): Promise<Removed> {
  const access = readAccess(context);
  if (access.kind !== 'access') return { kind: 'failed', detail: access.detail };
  let removed = 0;
  let gone = 0;
  for (const ref of [...refs].reverse()) {
    let failed: string;
    try {
      const answer = await ask(access, access.messageUrl(ref.id), { method: 'DELETE' });
      if (answer.status === 204) {
        removed += 1;
        continue;
      }
      if (answer.status === 404 && codeOf(answer) === UNKNOWN_MESSAGE) {
        gone += 1;
        continue;
      }
      const { detail } = failureOf(access.context, answer);
      failed = answer.status < 400 ? `${detail}: not Discord’s answer` : detail;
    } catch (thrown) {
      failed = failureBeforeSend(access.context, thrown).detail;
    }
    const done = removed + gone;
    return {
      kind: 'failed',
      detail: done > 0 ? `${done} of ${refs.length} parts are gone; then ${failed}` : failed,
    };
  }
  return removed > 0 ? { kind: 'removed' } : { kind: 'already-gone' };
}
