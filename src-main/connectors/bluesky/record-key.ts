import { createHash } from 'node:crypto';
import type { Instant } from '../../core/clock.ts';

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz';
/** Room for the parts of a thread behind the chosen microsecond, so that they never reach into the next second. */
const MICROS_OF_CHOICE = 900_000;

/**
 * The record key we choose for one part of a post: an atproto TID, 13 characters, the same on every attempt of one approval. The whole
 * second comes from `publishAt` (a repository lists its records in the order of their keys), the microsecond and the clock id from
 * `key`; the parts of a thread follow each other. Two posts of one account at one second collide once in 900 million.
 *
 * A server refuses to create a key twice while the record is there, but once the record is deleted the same key creates the post
 * AGAIN: a key whose post was taken down must never be sent another time. Main keeps those keys.
 */
export function recordKey(key: string, publishAt: Instant, part: number): string {
  const chance = createHash('sha256').update(`bluesky:${key}`).digest();
  const second = BigInt(Math.max(0, Math.floor(publishAt / 1_000)));
  const micros = second * 1_000_000n + BigInt(chance.readUInt32BE(0) % MICROS_OF_CHOICE) + BigInt(part);
  let number = (BigInt.asUintN(53, micros) << 10n) | BigInt(chance.readUInt16BE(4) % 1_024);
  let text = '';
  for (let digit = 0; digit < 13; digit += 1) {
    text = DIGITS.charAt(Number(number % 32n)) + text;
    number /= 32n;
  }
  return text;
}
