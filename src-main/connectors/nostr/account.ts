import type { ConnectorContext } from '../../core/connector.ts';
import { type KeyPair, readSecretKey } from './key.ts';
import { readRelays } from './relays.ts';

export type NostrAccount = {
  readonly kind: 'account';
  readonly keys: KeyPair;
  readonly relays: readonly string[];
};

/** The account's key and relays; why it cannot be used where one of them is none. */
export function readAccount(
  context: ConnectorContext,
): NostrAccount | { readonly kind: 'signed-out'; readonly detail: string } {
  const keys = readSecretKey(context.secrets.key);
  if (keys === null)
    return { kind: 'signed-out', detail: 'a secret key is needed: nsec1…, or 64 hexadecimal digits' };
  const relays = readRelays(context.account.settings.relays);
  if (relays === null)
    return {
      kind: 'signed-out',
      detail: 'one to ten addresses of relays are needed, each wss://, or ws:// on this machine',
    };
  return { kind: 'account', keys, relays };
}
