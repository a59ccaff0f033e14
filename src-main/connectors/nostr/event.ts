import { createHash } from 'node:crypto';
import { schnorr } from '@noble/curves/secp256k1.js';
import { record } from '../shared/answer.ts';
import { bytesOf, hexOf, type KeyPair } from './key.ts';

type Tags = readonly (readonly string[])[];

/** What NIP-01 calls an event, before it is signed. `createdAt` in seconds since 1970. */
export type Draft = {
  readonly kind: number;
  readonly createdAt: number;
  readonly tags: Tags;
  readonly content: string;
};

export type NostrEvent = {
  readonly id: string;
  readonly pubkey: string;
  readonly created_at: number;
  readonly kind: number;
  readonly tags: Tags;
  readonly content: string;
  readonly sig: string;
};

/** NIP-01: SHA-256 of the event as a JSON array. The same draft of the same key has the same id, whenever it is made. */
export function idOf(publicKey: string, { kind, createdAt, tags, content }: Draft): string {
  const line = JSON.stringify([0, publicKey, createdAt, kind, tags, content]);
  return createHash('sha256').update(line, 'utf8').digest('hex');
}

export function sign(
  { secretKey, publicKey }: KeyPair,
  draft: Draft,
  randomBytes: (n: number) => Uint8Array,
): NostrEvent {
  const id = idOf(publicKey, draft);
  const { createdAt, kind, tags, content } = draft;
  return {
    id,
    pubkey: publicKey,
    created_at: createdAt,
    kind,
    tags,
    content,
    sig: hexOf(schnorr.sign(bytesOf(id), secretKey, randomBytes(32))),
  };
}

/** What a relay gave for an event, when its id and its signature are those of `publicKey` over just this content; null otherwise. */
export function readEvent(value: unknown, publicKey: string): NostrEvent | null {
  const { id, pubkey, created_at: createdAt, kind, tags, content, sig } = record(value);
  if (pubkey !== publicKey || typeof content !== 'string' || !Array.isArray(tags)) return null;
  if (typeof createdAt !== 'number' || typeof kind !== 'number') return null;
  if (typeof sig !== 'string' || !/^[0-9a-f]{128}$/u.test(sig)) return null;
  if (id !== idOf(publicKey, { kind, createdAt, tags, content })) return null;
  try {
    if (!schnorr.verify(bytesOf(sig), bytesOf(id), bytesOf(publicKey))) return null;
  } catch {
    return null;
  }
  return { id, pubkey, created_at: createdAt, kind, tags, content, sig };
}
