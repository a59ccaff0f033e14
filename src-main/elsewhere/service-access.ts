import { failureBeforeSend } from '../connectors/shared/answer.ts';
import { refusalOf } from '../connectors/shared/scheduled.ts';
import { readUrl } from '../connectors/shared/server-url.ts';
import type { ConnectorContext, HttpAnswer, Verified } from '../core/connector.ts';
import { CHANNELS, type ServiceChannel, WHOSE } from '../core/elsewhere-service.ts';

/** Where a service is asked: its own address, or the one of the form; without a slash at the end. Null when that may not be used. */
export function serverOf({ account }: Pick<ConnectorContext, 'account'>, own: string): string | null {
  const typed = account.settings.server?.trim() || own;
  return readUrl(typed)?.href.replace(/\/+$/u, '') ?? null;
}

/** The key as a header can carry it; null when there is none. */
export function keyOf({ secrets }: Pick<ConnectorContext, 'secrets'>): string | null {
  const key = (secrets.key ?? '').trim();
  return /^[\x21-\x7e]+$/u.test(key) ? key : null;
}

/** What a sign-in is worth, by an answer that was to say whose it is. */
export function readyOr(
  context: ConnectorContext,
  answer: HttpAnswer,
  found: {
    readonly name: string;
    readonly url: string;
    readonly channels: readonly ServiceChannel[];
    /** See `WHOSE`; '' where the service does not tell it. */
    readonly whose: string;
  } | null,
): Verified {
  if (found)
    return {
      kind: 'ready',
      name: found.name,
      url: found.url,
      settings: { [CHANNELS]: JSON.stringify(found.channels), [WHOSE]: found.whose },
      secrets: {},
    };
  const refusal = refusalOf(context, answer);
  return refusal.kind === 'signed-out' ? refusal : { kind: 'unreachable', detail: refusal.detail };
}

/** Runs a check of a sign-in; what the network did instead of answering becomes 'unreachable'. */
export async function verifiedOr(
  context: ConnectorContext,
  check: () => Promise<Verified>,
): Promise<Verified> {
  try {
    return await check();
  } catch (thrown) {
    return { kind: 'unreachable', detail: failureBeforeSend(context, thrown).detail };
  }
}
