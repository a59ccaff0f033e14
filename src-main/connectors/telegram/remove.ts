import type { ConnectorContext, Removed } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { cleanDetail, failureBeforeSend, record } from '../shared/answer.ts';
import { ask, readAccess } from './access.ts';
import { failureOf, refusalIn } from './answer.ts';
import { idsOf } from './publish.ts';

/** Takes down every message, the last first. Stops at the first that fails. */
export async function remove(context: ConnectorContext, refs: readonly RemoteRef[]): Promise<Removed> {
  const access = readAccess(context);
  if (access.kind !== 'access') return { kind: 'failed', detail: access.detail };
  const ids = refs.flatMap(idsOf).reverse();
  if (ids.length === 0) return { kind: 'failed', detail: 'no message of it is known' };
  let removed = 0;
  let gone = 0;
  for (const id of ids) {
    let failed: string;
    try {
      const answer = await ask(context, access, 'deleteMessage', {
        chat_id: access.chat,
        message_id: Number(id),
      });
      const { ok, result } = record(answer.json);
      const words = refusalIn(answer)?.words ?? '';
      if (answer.status === 200 && ok === true && result === true) {
        removed += 1;
        continue;
      }
      if (/message to delete not found|MESSAGE_ID_INVALID/iu.test(words)) {
        gone += 1;
        continue;
      }
      failed = failureOf(context, answer).detail;
      if (/can't be deleted/iu.test(words)) {
        failed = cleanDetail(
          context,
          `${words}: Telegram lets a bot take down only what is less than 48 hours old`,
        );
      }
    } catch (thrown) {
      failed = failureBeforeSend(context, thrown).detail;
    }
    const done = removed + gone;
    return {
      kind: 'failed',
      detail: done > 0 ? `${done} of ${ids.length} messages are gone; then ${failed}` : failed,
    };
  }
  return removed > 0 ? { kind: 'removed' } : { kind: 'already-gone' };
}
