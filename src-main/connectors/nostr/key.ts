import { schnorr } from '@noble/curves/secp256k1.js';
import { bech32 } from '@scure/base';

/** An account's key pair; `publicKey` and ids are 64 hexadecimal digits, as events carry them. */
export type KeyPair = { readonly secretKey: Uint8Array; readonly publicKey: string };

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

/** NIP-19: `nsec1…`, or 64 hexadecimal digits. Null for whatever is no key. */
export function readSecretKey(text: string | undefined): KeyPair | null {
  const given = (text ?? '').trim();
  const secretKey = /^[0-9a-f]{64}$/iu.test(given) ? bytesOf(given) : decode('nsec', given);
  if (secretKey === null) return null;
  try {
    return { secretKey, publicKey: hexOf(schnorr.getPublicKey(secretKey)) };
  } catch {
    // Not every number of 256 bits is a key.
    return null;
  }
}

/** A new secret key as `nsec1…`. */
export function newSecretKey(randomBytes: (n: number) => Uint8Array): string {
  for (;;) {
    const text = encode('nsec', randomBytes(32));
    if (readSecretKey(text) !== null) return text;
  }
}

/** NIP-19, of 32 bytes: `npub1…` for an account, `note1…` for a post. */
export function encode(prefix: 'nsec' | 'npub' | 'note', bytes: Uint8Array): string {
  return bech32.encode(prefix, bech32.toWords(bytes));
}

/** The 32 bytes behind `<prefix>1…`; null when it is none. */
export function decode(prefix: 'nsec' | 'npub', text: string): Uint8Array | null {
  if (!text.toLowerCase().startsWith(`${prefix}1`)) return null;
  try {
    const { words } = bech32.decode(text as `${string}1${string}`);
    const bytes = bech32.fromWords(words);
    return bytes.length === 32 ? new Uint8Array(bytes) : null;
  } catch {
    return null;
  }
}
