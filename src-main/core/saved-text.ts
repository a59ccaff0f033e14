import type { BrandId } from './brand.ts';
import type { Instant } from './clock.ts';
import { ok, type Result, refuse } from './result.ts';

/** 'hashtags': a group of them, written one after the other. 'template': a text with places to fill in, such as {brand}. */
export type SavedTextKind = 'hashtags' | 'template';

/** A text kept for being written again, of one brand or, with null, of all. */
export type SavedText = {
  readonly id: number;
  readonly kind: SavedTextKind;
  /** Unique among those of its kind and brand, without regard to case. */
  readonly name: string;
  readonly brandId: BrandId | null;
  readonly text: string;
  readonly changedAt: Instant;
};

/** More than any desk needs; the list is read as a whole. */
export const MOST_SAVED_TEXTS = 2_000;

const HASHTAG = /^#[\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*$/u;

/**
 * Hashtags as they are kept: each with one #, with single spaces between, none twice whatever its capitals. Words may be separated by blanks,
 * commas or semicolons. Refuses 'hashtag-invalid', naming the word.
 */
export function tidyHashtags(text: string): Result<string> {
  const tags = new Map<string, string>();
  for (const word of text.split(/[\s,;]+/u).filter((one) => one !== '')) {
    const tag = `#${word.replace(/^[#＃]+/u, '')}`.normalize('NFC');
    if (!HASHTAG.test(tag))
      return refuse(
        'hashtag-invalid',
        `A hashtag has letters, digits and _ only, and at least one letter: ${word}`,
      );
    const key = tag.toLowerCase();
    if (!tags.has(key)) tags.set(key, tag);
  }
  return tags.size === 0
    ? refuse('hashtag-none', 'Write at least one hashtag.')
    : ok([...tags.values()].join(' '));
}
