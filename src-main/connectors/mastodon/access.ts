import type { ConnectorContext } from '../../core/connector.ts';
import { readUrl } from '../shared/server-url.ts';

export type Access = {
  readonly kind: 'access';
  /** 'https://example.social', no slash at the end. */
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
};
export type NoAccess = { readonly kind: 'signed-out'; readonly detail: string };

/** The server's origin; null when the text is no address that may be used. 'example.social' is enough. */
export function serverOf(text: string | undefined): string | null {
  const typed = (text ?? '').trim();
  return readUrl(/^[a-z][a-z0-9+.-]*:\/\//iu.test(typed) ? typed : `https://${typed}`)?.origin ?? null;
}

/** Where to ask and what to show; a header cannot carry every text, so a token that it cannot is none. */
export function readAccess({
  account,
  secrets,
}: Pick<ConnectorContext, 'account' | 'secrets'>): Access | NoAccess {
  const server = serverOf(account.settings.server);
  if (server === null) return { kind: 'signed-out', detail: 'the server’s address must be https' };
  const token = (secrets.token ?? '').trim();
  if (!/^[\x21-\x7e]+$/u.test(token)) return { kind: 'signed-out', detail: 'not signed in' };
  return { kind: 'access', server, headers: { authorization: `Bearer ${token}` } };
}
