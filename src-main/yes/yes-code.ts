import { createHash } from 'node:crypto';
import type { Post } from '../core/post.ts';

/** Of the code that a person may have to copy by hand. */
export const SHORT_DIGITS = 10;

/**
 * SHA-256, hex, of everything a yes is given to: the post as it would appear, on which account, when, in which data folder. A changed word,
 * picture, alternative text or time makes another code. It is no signature: whoever has the page can make any answer.
 */
export function yesCode(
  post: Pick<Post, 'id' | 'accountId' | 'publishAt' | 'content'>,
  deskId: string,
): string {
  const { parts, link, media } = post.content;
  const said = [
    deskId,
    post.id,
    post.accountId,
    post.publishAt,
    parts,
    link,
    media.map(({ sha256, altText }) => [sha256, altText]),
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** '#12-3f2a9c0b1d': what stands for a post in the lines of an e-mail. */
export function shortCode(postId: number, code: string): string {
  return `#${postId}-${code.slice(0, SHORT_DIGITS)}`;
}
