import type { ConnectorContext, Removed } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { readAccess } from './access.ts';

/** Takes down every part, the last first, so that no reply is left hanging. Stops at the first that fails. */
export async function remove(context: ConnectorContext, refs: readonly RemoteRef[]): Promise<Removed> {
  const access = readAccess(context);
  if (access.kind !== 'access') return { kind: 'failed', detail: access.detail };
  let removed = 0;
  let gone = 0;
  for (const ref of [...refs].reverse()) {
    try {
      const answer = await context.http.call(
        `${access.server}/api/v1/statuses/${encodeURIComponent(ref.id)}`,
        { method: 'DELETE', headers: access.headers },
      );
      const isDone = answer.status === 200 && Object.keys(record(answer.json)).length > 0;
      if (isDone) removed += 1;
      else if (answer.status === 404 || answer.status === 410) gone += 1;
      else return failed(removed + gone, refs.length, wordsFor(answer.status, wordsOf(context, answer)));
    } catch (thrown) {
      return failed(removed + gone, refs.length, failureBeforeSend(context, thrown).detail);
    }
  }
  return removed > 0 ? { kind: 'removed' } : { kind: 'already-gone' };
}

function wordsFor(status: number, words: string): string {
  if (status === 429)
    return `${words}: Mastodon lets an account take down 30 posts in 30 minutes; try again later`;
  return status === 200 ? `${words}, but not a Mastodon server’s answer` : words;
}

function failed(done: number, all: number, detail: string): Removed {
  return { kind: 'failed', detail: done > 0 ? `${done} of ${all} parts are gone; then ${detail}` : detail };
}
