import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';

/** How much work one guess is: memory 128 × N × r bytes. */
export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number };

export type Wrapped = { readonly salt: string; readonly cost: ScryptCost; readonly wrapped: string };

/** 134 MB and about a third of a second per guess. */
const COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
const CIPHER = 'aes-256-gcm';
const TAG = { authTagLength: 16 };

/** Costs this version is willing to pay: a file that was tampered with must neither weaken the key nor eat the memory. */
export function isScryptCost(value: unknown): value is ScryptCost {
  const { N, r, p } = Object(value) as Partial<Record<'N' | 'r' | 'p', unknown>>;
  return (N === 2 ** 17 || N === 2 ** 18 || N === 2 ** 19) && r === 8 && p === 1;
}

/** `wrapped` is `<iv>.<tag>.<text>`, base64url. `context` is bound to it and not kept. */
export async function wrapBytes(bytes: Uint8Array, passphrase: string, context: string): Promise<Wrapped> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv(CIPHER, await keyFrom(passphrase, salt, COST), iv, TAG);
  cipher.setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const wrapped = [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.');
  return { salt: salt.toString('base64url'), cost: COST, wrapped };
}

/** Null for another passphrase, another context, or what was changed. */
export async function unwrapBytes(
  file: Wrapped,
  passphrase: string,
  context: string,
): Promise<Uint8Array | null> {
  const key = await keyFrom(passphrase, Buffer.from(file.salt, 'base64url'), file.cost);
  const [iv = '', tag = '', text = ''] = file.wrapped.split('.');
  try {
    const decipher = createDecipheriv(CIPHER, key, Buffer.from(iv, 'base64url'), TAG);
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]);
  } catch {
    return null;
  }
}

/** In the thread pool: main answers the stop meanwhile. Accents typed in two ways are one passphrase. */
function keyFrom(passphrase: string, salt: Uint8Array, cost: ScryptCost): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
