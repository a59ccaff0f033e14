import { openFields } from '../secrets/seal.ts';

/** 'no-key' says nothing of the account: the keyring may be locked, or slow. 'foreign' is a box the key of this run does not open. */
export type OpenedSecrets = Readonly<Record<string, string>> | 'no-key' | 'foreign';

export const NO_KEY = 'The key to the sign-ins is not available.';
export const FOREIGN = 'The sign-in of this account cannot be opened here. Sign in again.';

/** A sign-in's secrets, opened with the key of this run; none when it has none. `context` is what the box was sealed with. */
export function openSecrets(context: string, sealed: string | null, key: string | null): OpenedSecrets {
  if (sealed === null) return {};
  if (key === null) return 'no-key';
  const opened = openFields(key, context, sealed);
  return opened.ok ? opened.value : 'foreign';
}
