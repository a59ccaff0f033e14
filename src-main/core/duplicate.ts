import type { Content } from './post.ts';

/**
 * The text two posts are compared by: Unicode NFKC, lower case, runs of white space as one blank. What is left differs only
 * when a reader would see a difference. The caller hashes it (SHA-256, hex) into `NewPost.contentHash`.
 */
export function comparableContent(content: Content): string {
  const fold = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  return JSON.stringify([
    content.parts.map(fold),
    fold(content.link),
    content.media.map((media) => media.sha256),
  ]);
}

export const DUPLICATE_WINDOW_MS = 24 * 60 * 60_000;
