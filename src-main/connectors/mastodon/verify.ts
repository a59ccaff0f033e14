import type { ConnectorContext, Verified } from '../../core/connector.ts';
import { cleanDetail, failureBeforeSend, record, wordsOf } from '../shared/answer.ts';
import { webAddress } from '../shared/server-url.ts';
import { type Access, readAccess } from './access.ts';
import { settingsFrom } from './limits.ts';

/** Who the token belongs to, and what the server allows. snac answers 422 where others answer 401. */
export async function verify(context: ConnectorContext): Promise<Verified> {
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  try {
    const answer = await context.http.call(`${access.server}/api/v1/accounts/verify_credentials`, {
      headers: access.headers,
    });
    if ([401, 403, 422].includes(answer.status))
      return { kind: 'signed-out', detail: wordsOf(context, answer) };
    const { id, username, url } = record(answer.json);
    if (answer.status !== 200 || typeof id !== 'string' || typeof username !== 'string') {
      return {
        kind: 'unreachable',
        detail: `${wordsOf(context, answer)}: not the answer of a Mastodon server`,
      };
    }
    const instance = await readInstance(context, access);
    const host = [instance.domain, instance.uri].find(isHost) ?? new URL(access.server).host;
    return {
      kind: 'ready',
      name: `@${username}@${host}`,
      url: webAddress(url) || `${access.server}/@${username}`,
      settings: { server: access.server, accountId: id, ...settingsFrom(instance) },
      secrets: {},
    };
  } catch (thrown) {
    return { kind: 'unreachable', detail: cleanDetail(context, failureBeforeSend(context, thrown).detail) };
  }
}

/** What the server says of itself; empty when it says nothing that can be read, because a token is good without it. */
async function readInstance(
  context: ConnectorContext,
  access: Access,
): Promise<Readonly<Record<string, unknown>>> {
  for (const version of ['v2', 'v1']) {
    const answer = await context.http.call(`${access.server}/api/${version}/instance`, {
      headers: access.headers,
    });
    const instance = record(answer.json);
    if (answer.status === 200 && Object.keys(instance).length > 0) return instance;
  }
  return {};
}

function isHost(value: unknown): value is string {
  return typeof value === 'string' && /^[^\s/@]{1,255}$/u.test(value);
}
