import { join } from 'node:path';
import { ok, type Result, refuse } from '../core/result.ts';
import { isScryptCost, type ScryptCost, unwrapBytes, wrapBytes } from './passphrase.ts';
import { readText, writePrivateFile } from './private-file.ts';
import { type KeyPair, newKeyPair, pairOf } from './seal.ts';

/** Wraps the private key with what the system keeps for this user. Both reject when it refuses or does not answer in time. */
export type Keyring = {
  /** Which keyring it is, for instance 'gnome_libsecret'. A key wrapped by one is not for another. */
  readonly name: string;
  wrap(bytes: Uint8Array): Promise<Uint8Array>;
  unwrap(bytes: Uint8Array): Promise<Uint8Array>;
};

/** How the private key is kept. 'this-run': it is not kept at all. */
export type Store = 'keyring' | 'passphrase' | 'this-run';

export type Wrapping =
  | { readonly store: 'keyring'; readonly keyring: Keyring }
  | { readonly store: 'passphrase'; readonly passphrase: string }
  | { readonly store: 'this-run' };

/** `secrets.json` of the data folder: the key everybody may seal with, and the wrapped one that opens. */
export type KeyFile = { readonly version: 1; readonly publicKey: string } & (
  | { readonly wrap: 'keyring'; readonly backend: string; readonly wrappedPrivateKey: string }
  | {
      readonly wrap: 'passphrase';
      readonly salt: string;
      readonly cost: ScryptCost;
      readonly wrappedPrivateKey: string;
    }
  | { readonly wrap: 'this-run' }
);

const NAME = 'secrets.json';

/** Null when there is none yet; refuses 'key-file-damaged', 'key-file-newer' or 'key-file-unreadable' otherwise. */
export async function readKeyFile(dir: string): Promise<Result<KeyFile | null>> {
  try {
    const text = await readText(join(dir, NAME));
    return text === null ? ok(null) : parse(text);
  } catch (error) {
    return refuse('key-file-unreadable', `The file ${NAME} cannot be read: ${codeOf(error)}.`);
  }
}

/**
 * The public key the command line may seal with; null when there is none whose private key will be there at the next start, so that what is
 * to be sealed must wait (`pending.ts`).
 */
export async function readPublicKey(dir: string): Promise<string | null> {
  const read = await readKeyFile(dir);
  return read.ok && read.value && read.value.wrap !== 'this-run' ? read.value.publicKey : null;
}

/**
 * Makes a new pair and the file for it. Refuses 'key-exists' where a file is, unless it `mayReplace`: what was sealed with the old key can
 * then no longer be opened, and the old file is kept beside as `secrets.json.replaced`, for whoever wants it back by hand. Refuses
 * 'keyring-refused' and 'key-file-unwritable', with the old file still in place.
 */
export async function createKeyFile(
  dir: string,
  wrapping: Wrapping,
  mayReplace: boolean,
): Promise<Result<KeyPair>> {
  const pair = newKeyPair();
  const file = await wrapKey(pair, wrapping);
  if (!file.ok) return file;
  const path = join(dir, NAME);
  try {
    const old = await readText(path);
    if (old !== null && !mayReplace) return refuse('key-exists', 'There is a key for the sign-ins already.');
    if (old !== null && holdsKey(old)) await writePrivateFile(`${path}.replaced`, old, false);
    await writePrivateFile(path, `${JSON.stringify(file.value, null, 2)}\n`, false);
  } catch (error) {
    return refuse('key-file-unwritable', `The file ${NAME} cannot be written: ${codeOf(error)}.`);
  }
  return ok(pair);
}

/** Refuses 'wrong-passphrase', and 'key-file-damaged' where no passphrase would help. */
export async function unwrapWithPassphrase(file: KeyFile, passphrase: string): Promise<Result<KeyPair>> {
  if (file.wrap !== 'passphrase') return damaged('its key is not wrapped by a passphrase');
  const { salt, cost, wrappedPrivateKey } = file;
  const wrapped = { salt, cost, wrapped: wrappedPrivateKey };
  const bytes = await unwrapBytes(wrapped, passphrase, contextOf(file.publicKey));
  if (bytes) return matching(file, bytes);
  return refuse('wrong-passphrase', 'The passphrase is not the one the sign-ins were kept with.');
}

/** Refuses 'other-keyring' without asking one that did not wrap it, and 'keyring-refused' when it does not give the key back. */
export async function unwrapWithKeyring(file: KeyFile, keyring: Keyring): Promise<Result<KeyPair>> {
  if (file.wrap !== 'keyring') return damaged('its key is not wrapped by a keyring');
  if (file.backend !== keyring.name) {
    const [then, now] = [file.backend, keyring.name];
    return refuse('other-keyring', `The sign-ins were kept with ${then}, and this desktop has ${now}.`);
  }
  let bytes: Uint8Array;
  try {
    bytes = await keyring.unwrap(new Uint8Array(Buffer.from(file.wrappedPrivateKey, 'base64url')));
  } catch {
    return refuse('keyring-refused', 'The keyring did not give back the key of the sign-ins.');
  }
  return matching(file, bytes);
}

async function wrapKey({ publicKey, privateKey }: KeyPair, wrapping: Wrapping): Promise<Result<KeyFile>> {
  const bytes = new Uint8Array(Buffer.from(privateKey, 'base64url'));
  const common = { version: 1, publicKey } as const;
  switch (wrapping.store) {
    case 'this-run':
      return ok({ ...common, wrap: 'this-run' });
    case 'passphrase': {
      const { salt, cost, wrapped } = await wrapBytes(bytes, wrapping.passphrase, contextOf(publicKey));
      return ok({ ...common, wrap: 'passphrase', salt, cost, wrappedPrivateKey: wrapped });
    }
    case 'keyring': {
      const { keyring } = wrapping;
      try {
        const wrapped = Buffer.from(await keyring.wrap(bytes)).toString('base64url');
        return ok({ ...common, wrap: 'keyring', backend: keyring.name, wrappedPrivateKey: wrapped });
      } catch {
        return refuse('keyring-refused', 'The keyring did not take the key of the sign-ins.');
      }
    }
  }
}

function holdsKey(text: string): boolean {
  const file = parse(text);
  return !file.ok || file.value.wrap !== 'this-run';
}

function contextOf(publicKey: string): string {
  return `private key of ${publicKey}`;
}

/** A file whose halves do not belong together was changed: what is sealed with its public key would be for somebody else. */
function matching(file: KeyFile, bytes: Uint8Array): Result<KeyPair> {
  const pair = pairOf(Buffer.from(bytes).toString('base64url'));
  return pair?.publicKey === file.publicKey ? ok(pair) : damaged('its two keys do not belong together');
}

function damaged(why: string) {
  return refuse('key-file-damaged', `The file ${NAME} is damaged: ${why}.`);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function parse(text: string): Result<KeyFile> {
  let file: Partial<Record<string, unknown>>;
  try {
    file = Object(JSON.parse(text)) as Partial<Record<string, unknown>>;
  } catch {
    return damaged('it is no JSON');
  }
  const { version, wrap, publicKey, wrappedPrivateKey, backend, salt, cost } = file;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  if (typeof version === 'number' && version > 1) {
    return refuse('key-file-newer', `The file ${NAME} was made by a newer version of All Stop.`);
  }
  if (version === 1 && isText(publicKey)) {
    const common = { version: 1, publicKey } as const;
    if (wrap === 'this-run') return ok({ ...common, wrap });
    if (wrap === 'keyring' && isText(backend) && isText(wrappedPrivateKey)) {
      return ok({ ...common, wrap, backend, wrappedPrivateKey });
    }
    if (wrap === 'passphrase' && isText(salt) && isScryptCost(cost) && isText(wrappedPrivateKey)) {
      return ok({ ...common, wrap, salt, cost, wrappedPrivateKey });
    }
  }
  return damaged('something is missing in it');
}
