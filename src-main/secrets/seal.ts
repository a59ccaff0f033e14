import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { ok, type Result, refuse } from '../core/result.ts';

/*
 * A sealed box: anybody with the public key can close one, only the private key opens it. X25519 with a key pair made for this
 * box, HKDF-SHA256, AES-256-GCM with the account as additional data, so that a box cannot be moved to another account.
 */

const VERSION = 'v1';
const INFO = Buffer.from('all-stop sealed fields v1');
const CIPHER = 'aes-256-gcm';
/** Without it Node would take a tag of four bytes, which can be guessed. */
const TAG = { authTagLength: 16 };

/** Base64url of the keys' DER forms (SPKI and PKCS #8). */
export type KeyPair = { readonly publicKey: string; readonly privateKey: string };

export function newKeyPair(): KeyPair {
  const pair = generateKeyPairSync('x25519');
  return {
    publicKey: textOf(pair.publicKey),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url'),
  };
}

/** The pair a private key belongs to; null when it is no key of ours. Never throws. */
export function pairOf(privateKey: string): KeyPair | null {
  try {
    return { publicKey: textOf(createPublicKey(readPrivateKey(privateKey))), privateKey };
  } catch {
    return null;
  }
}

/** The additional data of an account's box. */
export function accountContext(accountId: number): string {
  return `account:${accountId}`;
}

/** The additional data of the box of a sign-in at another scheduler. */
export function serviceContext(serviceId: number): string {
  return `service:${serviceId}`;
}

/** `v1.<ephemeral public key>.<iv>.<tag>.<text>`, each part base64url. Throws only for a public key that is none. */
export function sealFields(
  publicKey: string,
  context: string,
  fields: Readonly<Record<string, string>>,
): string {
  const pair = generateKeyPairSync('x25519');
  const ephemeral = textOf(pair.publicKey);
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey: readPublicKey(publicKey) });
  const iv = randomBytes(12);
  const cipher = createCipheriv(CIPHER, contentKey(shared, ephemeral, publicKey), iv, TAG);
  cipher.setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(JSON.stringify(fields), 'utf8'), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
  return [VERSION, ephemeral, ...parts].join('.');
}

/** Refuses 'unopenable' for another key, another account, or a box that was changed. Never throws. */
export function openFields(
  privateKey: string,
  context: string,
  sealed: string,
): Result<Readonly<Record<string, string>>> {
  try {
    const [version, ephemeral = '', iv = '', tag = '', text = '', ...rest] = sealed.split('.');
    if (version !== VERSION || rest.length > 0) throw new Error('not a sealed box');
    const own = readPrivateKey(privateKey);
    const shared = diffieHellman({ privateKey: own, publicKey: readPublicKey(ephemeral) });
    const key = contentKey(shared, ephemeral, textOf(createPublicKey(own)));
    const decipher = createDecipheriv(CIPHER, key, bytesOf(iv), TAG);
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytesOf(tag));
    const opened = Buffer.concat([decipher.update(bytesOf(text)), decipher.final()]);
    return ok(JSON.parse(opened.toString('utf8')) as Record<string, string>);
  } catch {
    return refuse('unopenable', 'This sign-in was sealed with another key. Sign in again.');
  }
}

/** One key per box; bound to both public keys, so that a box made for one key is nothing to another. */
function contentKey(shared: Buffer, ephemeral: string, publicKey: string): Buffer {
  const salt = Buffer.concat([bytesOf(ephemeral), bytesOf(publicKey)]);
  return Buffer.from(hkdfSync('sha256', shared, salt, INFO, 32));
}

function readPublicKey(text: string): KeyObject {
  return createPublicKey({ key: bytesOf(text), type: 'spki', format: 'der' });
}

function readPrivateKey(text: string): KeyObject {
  return createPrivateKey({ key: bytesOf(text), type: 'pkcs8', format: 'der' });
}

function textOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
}

/** Strict, so that one box has one text: Node skips over what is no base64url. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new Error('not base64url');
  return bytes;
}
