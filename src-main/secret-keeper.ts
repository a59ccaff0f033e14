import type { Keyring } from './secrets/key-file.ts';
import { openSecrets, replaceKey, type Secrets } from './secrets/open-secrets.ts';

/** The secrets of this run: what the publisher is given, and what a new sign-in is sealed with. */
export function createSecretKeeper(deps: { dataDir: string; passphraseFile: string | undefined }) {
  let secrets: Secrets | null = null;
  let keyring: Keyring | null = null;
  return {
    /** Tries what there is, in this order: keyring, passphrase, this run only. */
    async open(from: Keyring | null): Promise<Secrets> {
      keyring = from;
      secrets = await openSecrets({ dir: deps.dataDir, keyring, passphraseFile: deps.passphraseFile });
      return secrets;
    },
    /** Null before the secrets were opened, and while the kept key cannot be had. */
    privateKey: (): string | null => secrets?.privateKey() ?? null,
    store: (): Secrets['store'] => secrets?.store ?? 'this-run',
    problem: (): string => secrets?.problem?.message ?? '',
    async keyForSignIn(): Promise<string> {
      if (!secrets) throw new Error('The secrets are not open yet.');
      const from = { dir: deps.dataDir, keyring, passphraseFile: deps.passphraseFile };
      secrets = await replaceKey(from, secrets);
      return secrets.publicKey;
    },
  };
}

export type SecretKeeper = ReturnType<typeof createSecretKeeper>;
