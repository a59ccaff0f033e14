import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { ok, type Result, refuse } from '../core/result.ts';

/*
 * A sealed box: anybody with the public key can close one, only the private key opens it. X25519 with a key pair made for this
 * box, HKDF-SHA256, AES-256-GCM with the account as additional data, so that a box cannot be moved to another account.
 */

const VERSION = 'v1';
const INFO = Buffer.from('all-stop sealed fields v1');

/** Base64url of the keys' DER forms (SPKI and PKCS #8). */
export type KeyPair = { readonly publicKey: string; readonly privateKey: string };

export function newKeyPair(): KeyPair {
  const pair = generateKeyPairSync('x25519');
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url'),
  };
}

/** The additional data of an account's box. */
export function accountContext(accountId: number): string {
  return `account:${accountId}`;
}

function contentKey(
  privateKey: Parameters<typeof diffieHellman>[0]['privateKey'],
  publicKey: string,
  ephemeral: string,
) {
  const shared = diffieHellman({
    privateKey,
    publicKey: createPublicKey({ key: Buffer.from(publicKey, 'base64url'), type: 'spki', format: 'der' }),
  });
  return Buffer.from(hkdfSync('sha256', shared, Buffer.from(ephemeral, 'base64url'), INFO, 32));
}

/** `v1.<ephemeral public key>.<iv>.<tag>.<text>`, each part base64url. Throws only for a public key that is none. */
export function sealFields(
  publicKey: string,
  context: string,
  fields: Readonly<Record<string, string>>,
): string {
  const pair = generateKeyPairSync('x25519');
  const ephemeral = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
  const key = contentKey(pair.privateKey, publicKey, ephemeral);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(JSON.stringify(fields), 'utf8'), cipher.final()]);
  return [
    VERSION,
    ephemeral,
    iv.toString('base64url'),
    cipher.getAuthTag().toString('base64url'),
    text.toString('base64url'),
  ].join('.');
}

/** Refuses 'unopenable' for another key, another account, or a box that was changed. Never throws. */
export function openFields(
  privateKey: string,
  context: string,
  sealed: string,
): Result<Readonly<Record<string, string>>> {
  try {
    const [version, ephemeral, iv, tag, text] = sealed.split('.');
    if (version !== VERSION || !ephemeral || !iv || !tag || !text) throw new Error('not a sealed box');
    const own = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), type: 'pkcs8', format: 'der' });
    const decipher = createDecipheriv(
      'aes-256-gcm',
      contentKey(own, ephemeral, ephemeral),
      Buffer.from(iv, 'base64url'),
    );
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    const opened = Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]);
    return ok(JSON.parse(opened.toString('utf8')) as Record<string, string>);
  } catch {
    return refuse('unopenable', 'This sign-in was sealed with another key. Sign in again.');
  }
}
