import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/**
 * The key a secret stands for: base64 after 'whsec_' (standard-webhooks), otherwise the text itself as UTF-8. Null when there
 * is none or the base64 is none.
 */
export function signingKey(secret: string | undefined): Uint8Array | null {
  const text = (secret ?? '').trim();
  if (!text.startsWith(PREFIX)) return text === '' ? null : new TextEncoder().encode(text);
  const encoded = text.slice(PREFIX.length);
  return /^[A-Za-z0-9+/]+={0,2}$/u.test(encoded) ? Buffer.from(encoded, 'base64') : null;
}

/** The three headers of standard-webhooks: HMAC-SHA256 over 'id.timestamp.body', base64, marked 'v1'. */
export function signedHeaders(
  key: Uint8Array,
  id: string,
  seconds: number,
  body: string,
): Readonly<Record<string, string>> {
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
