import type { Keyring } from './secrets/key-file.ts';
import { replaceKey, type Secrets } from './secrets/open-secrets.ts';

/** The secrets of this run: what the publisher is given, and what a new sign-in is sealed with. */
export function createSecretKeeper(deps: { dataDir: string; passphraseFile: string | undefined }) {
  let secrets: Secrets | null = null;
  let keyring: Keyring | null = null;
  return {
    keep(opened: Secrets, from: Keyring | null): void {
      secrets = opened;
      keyring = from;
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
