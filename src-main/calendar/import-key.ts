import { createHash } from 'node:crypto';
import type { AccountId } from '../core/brand.ts';
import type { Instant } from '../core/clock.ts';
import { comparableContent } from '../core/duplicate.ts';
import type { Content } from '../core/post.ts';

/** SHA-256, hex, of the text and media two posts are compared by. */
export function contentHashOf(content: Content): string {
  return createHash('sha256').update(comparableContent(content)).digest('hex');
}

/**
 * Names a row of a calendar for ever, whichever file it stands in: the same account, instant, text, link and media are the same row, so
 * importing it again adds nothing. Label, zone and descriptions of media are not part of it: correcting them must not say a thing
 * twice. `occurrence` counts identical rows within one file from 1.
 */
export function importKeyOf(
  accountId: AccountId,
  publishAt: Instant,
  content: Content,
  occurrence: (sameRow: string) => number,
): string {
  const what = [
    accountId,
    publishAt,
    content.parts,
    content.link,
    content.media.map((media) => media.sha256),
  ];
  const sameRow = createHash('sha256').update(JSON.stringify(what)).digest().toString('base64url', 0, 16);
  const count = occurrence(sameRow);
  return count === 1 ? sameRow : `${sameRow}-${count}`;
}
