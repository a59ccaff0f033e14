import type { Limits } from '../../core/connector.ts';
import { PLAIN } from '../shared/plain-limits.ts';

/**
 * From the lexicons `app.bsky.feed.post` and `app.bsky.embed.images`, which the servers check (the server of the tests does too). The
 * lexicon sets no limit for alternative texts; Bluesky's own app takes 2,000 characters. A GIF would lose its movement, so none is taken.
 */
export const LIMITS: Limits = {
  ...PLAIN,
  counting: 'grapheme',
  textLength: 300,
  textBytes: 3_000,
  urlLength: null,
  mediaCount: 4,
  mediaBytes: 2_000_000,
  mediaMimes: ['image/jpeg', 'image/png', 'image/webp'],
  altTextLength: 2_000,
  threads: true,
  linkInText: 'with-media',
};
