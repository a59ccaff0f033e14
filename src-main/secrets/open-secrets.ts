import { ok, type Refusal, type Result, refuse } from '../core/result.ts';
import {
  createKeyFile,
  type KeyFile,
  type Keyring,
  readKeyFile,
  type Store,
  unwrapWithKeyring,
  unwrapWithPassphrase,
  type Wrapping,
} from './key-file.ts';
import { readText } from './private-file.ts';
import { type KeyPair, newKeyPair } from './seal.ts';

export type SecretsDeps = {
  /** The data folder. */
  readonly dir: string;
  /** The system's keyring; null when there is none to be had. */
  readonly keyring: Keyring | null;
  /** A file whose first line is the passphrase: ALLSTOP_PASSPHRASE_FILE. */
  readonly passphraseFile: string | undefined;
};

export type Secrets = {
  readonly store: Store;
  /** What new sign-ins are sealed with. */
  readonly publicKey: string;
  /** Opens them: base64url of PKCS #8, as `openFields` wants it. Null when `problem` says why. Never written anywhere as it is. */
  readonly privateKey: () => string | null;
  /** Why what was sealed before cannot be opened, or what is sealed now not kept, in words for a person; null when all is well. */
  readonly problem: Refusal | null;
  /** The kept key cannot be had: before a person's new sign-in is sealed, `replaceKey` makes another. */
  readonly isReplaceable: boolean;
};

/**
 * The keys of this data folder: wrapped by the keyring, else by the passphrase, else for this run only. A key file that is there is opened
 * the way it was made and by no other, and is never replaced here, but for one of an earlier run that holds no private key: what was
 * sealed with it is lost already. Never rejects: without a disk the key is for this run.
 */
export async function openSecrets(deps: SecretsDeps): Promise<Secrets> {
  const read = await readKeyFile(deps.dir);
  if (!read.ok) return { ...onlyThisRun(read.error), isReplaceable: true };
  const file = read.value;
  if (file === null || file.wrap === 'this-run') {
    return makeKey(deps, { mayReplace: file !== null, mayKeepNothing: true });
  }
  const opened = await unwrap(deps, file);
  return {
    store: file.wrap,
    publicKey: file.publicKey,
    privateKey: () => (opened.ok ? opened.value.privateKey : null),
    problem: opened.ok ? null : opened.error,
    isReplaceable: !opened.ok,
  };
}

/**
 * A new key in place of one that cannot be had, when a person signs in again: what was sealed with the old one is given up. Where the
 * new one could be kept for this run only, the file stays as it is, because the keyring it needs may be back at the next start; so it
 * does when it is of a newer version. `current` comes back as it is when there is nothing to replace: call it before every sign-in.
 */
export async function replaceKey(deps: SecretsDeps, current: Secrets): Promise<Secrets> {
  if (!current.isReplaceable) return current;
  const read = await readKeyFile(deps.dir);
  if (!read.ok && read.error.code !== 'key-file-damaged') return onlyThisRun(read.error);
  const holdsNothing = read.ok && (read.value === null || read.value.wrap === 'this-run');
  return makeKey(deps, { mayReplace: true, mayKeepNothing: holdsNothing });
}

/** With the best there is; `mayKeepNothing` lets a file without a private key be written where neither keyring nor passphrase is to be had. */
async function makeKey(
  deps: SecretsDeps,
  { mayReplace, mayKeepNothing }: { readonly mayReplace: boolean; readonly mayKeepNothing: boolean },
): Promise<Secrets> {
  const passphrase = await readPassphrase(deps);
  const wrappings: Wrapping[] = [
    ...(deps.keyring ? [{ store: 'keyring', keyring: deps.keyring } as const] : []),
    ...(passphrase?.ok ? [{ store: 'passphrase', passphrase: passphrase.value } as const] : []),
    ...(mayKeepNothing ? [{ store: 'this-run' } as const] : []),
  ];
  let problem: Refusal | null = passphrase && !passphrase.ok ? passphrase.error : null;
  for (const wrapping of wrappings) {
    const made = await createKeyFile(deps.dir, wrapping, mayReplace);
    if (made.ok) {
      const { store } = wrapping;
      const { publicKey, privateKey } = made.value;
      return {
        store,
        publicKey,
        privateKey: () => privateKey,
        problem: store === 'this-run' ? problem : null,
        isReplaceable: false,
      };
    }
    problem ??= made.error;
  }
  return onlyThisRun(problem);
}

function onlyThisRun(problem: Refusal | null): Secrets {
  const { publicKey, privateKey } = newKeyPair();
  return { store: 'this-run', publicKey, privateKey: () => privateKey, problem, isReplaceable: false };
}

async function unwrap(deps: SecretsDeps, file: KeyFile): Promise<Result<KeyPair>> {
  if (file.wrap === 'keyring') {
    if (deps.keyring) return unwrapWithKeyring(file, deps.keyring);
    return refuse('no-keyring', `The sign-ins are kept with ${file.backend}, which cannot be reached now.`);
  }
  const passphrase = await readPassphrase(deps);
  if (!passphrase)
    return refuse('no-passphrase', 'The sign-ins are kept with a passphrase, which was not given.');
  return passphrase.ok ? unwrapWithPassphrase(file, passphrase.value) : passphrase;
}

/** The first line of the file; null when none was named. Refuses 'passphrase-unreadable'. */
async function readPassphrase({ passphraseFile }: SecretsDeps): Promise<Result<string> | null> {
  if (!passphraseFile) return null;
  const text = await readText(passphraseFile).catch(() => null);
  const [line = ''] = (text ?? '').split(/\r?\n/u);
  return line
    ? ok(line)
    : refuse('passphrase-unreadable', 'The file that is to hold the passphrase holds none.');
}
